"""A queue's life by the Admin API (contract.md, section 5)."""

import pytest

from integration.services import admitting
from tests.support.backoffice import (
    ADMIN,
    change_queue,
    get_queue,
    path_of,
    post,
    publish,
    queue_of,
    running_queue,
)
from tests.support.launches import make_guest

QUEUES = f"{ADMIN}/queues"


def enter(client, queue, guest):
    return client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)


def test_a_running_queue_changes_its_rate_and_keeps_its_sequence(client, merchant):
    queue = running_queue(client, merchant, admissionRate=10)

    changed = change_queue(client, merchant, queue, admissionRate=600, notice="Faster now.")
    refused = change_queue(client, merchant, queue, sequenceId=queue["sequenceId"])

    assert changed.status_code == 200
    assert changed.json["admissionRate"] == 600
    assert changed.json["absenceSeconds"] == 180
    assert refused.status_code == 409
    assert refused.json["error"] == "Conflict"
    assert refused.json["details"][0]["field"] == "sequenceId"
    shown = client.get(f"/api/v1/queues/{queue['id']}", headers=merchant.page).json
    assert shown["notice"] == "Faster now."


def test_an_open_queue_keeps_its_opening_time(client, merchant):
    queue = running_queue(client, merchant)

    refused = change_queue(client, merchant, queue, openAt="2030-01-01T00:00:00Z")

    assert refused.status_code == 409
    assert refused.json["details"] == [{"field": "openAt", "message": "It has opened already."}]


def test_stock_never_falls_below_what_is_taken(client, merchant, rt):
    queue = running_queue(client, merchant, inventoryBound=True, stock=3)
    guests = [make_guest(client, merchant) for _ in range(2)]
    for guest in guests:
        enter(client, queue, guest)
    admitting.admit_due(rt, queue["id"])

    refused = change_queue(client, merchant, queue, stock=1)
    raised = change_queue(client, merchant, queue, stock=2)

    assert refused.status_code == 409
    assert refused.json["message"].startswith("2 are sold or held")
    assert raised.status_code == 200


def test_a_queue_is_opened_closed_paused_and_resumed(client, merchant):
    queue = running_queue(client, merchant, openAt="2030-01-01T00:00:00Z")
    address = f"/queues/{queue['id']}"

    statuses = [
        post(client, merchant, f"{address}/{verb}", 200)["status"]
        for verb in ("open", "pause", "resume", "close", "open")
    ]

    assert get_queue(client, merchant, queue).json["openAt"] < "2030"
    assert statuses == ["OPEN", "PAUSED", "OPEN", "CLOSED", "OPEN"]


def test_consumers_meet_a_switched_queue_at_once(client, merchant):
    queue = running_queue(client, merchant)
    guest = make_guest(client, merchant)

    post(client, merchant, f"/queues/{queue['id']}/close", 200)

    refused = enter(client, queue, guest)
    assert refused.status_code == 400
    assert refused.json["error"] == "Queue is closed"


def test_ending_denies_those_who_wait_and_spares_the_admitted(client, merchant, rt):
    queue = running_queue(client, merchant, maxActiveAdmissions=1)
    inside, waiting = (make_guest(client, merchant) for _ in range(2))
    for guest in (inside, waiting):
        enter(client, queue, guest)
    admitting.admit_due(rt, queue["id"])

    ended = post(client, merchant, f"/queues/{queue['id']}/end", 200)
    admitting.settle_waiting(rt)

    def status(guest):
        answer = client.get(f"/api/v1/queues/{queue['id']}/status", headers=guest.headers).json
        return answer["status"], answer["denyReason"]

    assert (ended["state"], ended["status"]) == ("ended", "CLOSED")
    assert status(inside) == ("ADMITTED", None)
    assert status(waiting) == ("DENIED", "QUEUE_CLOSED")
    assert get_queue(client, merchant, queue).json["counters"]["waiting"] == 0


@pytest.mark.parametrize("verb", ["open", "pause", "resume", "close"])
def test_an_ended_queue_stays_ended(client, merchant, verb):
    queue = running_queue(client, merchant)
    post(client, merchant, f"/queues/{queue['id']}/end", 200)

    refused = client.post(f"{QUEUES}/{queue['id']}/{verb}", headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["code"] == "ENDED"


@pytest.mark.parametrize("verb", ["open", "pause", "resume", "close", "end"])
def test_a_draft_is_published_first(client, merchant, sequence, verb):
    queue = queue_of(client, merchant, sequence)

    refused = client.post(f"{QUEUES}/{queue['id']}/{verb}", headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["code"] == "NOT_PUBLISHED"


def test_a_queue_goes_when_it_is_over(client, merchant):
    queue = running_queue(client, merchant)
    address = f"{QUEUES}/{queue['id']}"

    refused = client.delete(address, headers=merchant.server)
    post(client, merchant, f"/queues/{queue['id']}/end", 200)
    archived = client.delete(address, headers=merchant.server)

    assert refused.status_code == 409
    assert archived.status_code == 204
    assert client.get(f"/api/v1/queues/{queue['id']}", headers=merchant.page).status_code == 404


def test_a_published_experience_takes_no_queue_without_stock(client, merchant):
    running = running_queue(client, merchant)
    sequence = path_of(client, merchant, {"id": running["experienceId"]})

    refused = client.post(
        QUEUES,
        json={"sequenceId": sequence["id"], "inventoryBound": True},
        headers=merchant.server,
    )

    assert refused.status_code == 400
    assert refused.json["details"][0]["field"] == "stock"


def test_the_merchant_finds_who_is_in(client, merchant, rt):
    queue = running_queue(client, merchant, maxActiveAdmissions=1)
    guests = [make_guest(client, merchant) for _ in range(3)]
    for guest in guests:
        enter(client, queue, guest)
    admitting.admit_due(rt, queue["id"])
    address = f"{QUEUES}/{queue['id']}/participations"

    def found(**query):
        return client.get(address, query_string=query, headers=merchant.server).json

    everybody = found()["data"]
    assert [each["number"] for each in everybody] == [1, 2, 3]
    assert [each["consumerId"] for each in everybody] == [guest.consumer_id for guest in guests]
    assert everybody[0]["admissionId"].startswith("adm_")
    assert [each["number"] for each in found(status="QUEUED")["data"]] == [2, 3]
    assert [each["number"] for each in found(consumerId=guests[1].consumer_id)["data"]] == [2]
    assert [each["number"] for each in found(number=3)["data"]] == [3]
    first = found(limit=2, sort="-createdAt")
    second = found(limit=2, sort="-createdAt", cursor=first["pageInfo"]["endCursor"])
    assert [each["number"] for each in first["data"] + second["data"]] == [3, 2, 1]


def test_publishing_serves_both_sequences(client, merchant, sequence):
    queue_of(client, merchant, sequence)
    beside = path_of(client, merchant, {"id": sequence["experienceId"]})
    queue_of(client, merchant, beside)

    assert publish(client, merchant, {"id": sequence["experienceId"]})["status"] == "active"
