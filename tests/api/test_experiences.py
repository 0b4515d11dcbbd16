"""What a page sees of an experience (contract.md, section 3)."""

import pytest

from tests.support.backoffice import (
    CHECKOUT,
    draft,
    path_of,
    post,
    product_of,
    publish,
    queue_of,
    running_queue,
    stranger_to,
)
from tests.support.launches import make_guest, make_launch


def show(client, merchant, experience_id, headers=None):
    return client.get(f"/api/v1/experiences/{experience_id}", headers=headers or merchant.page)


def test_a_page_sees_all_that_an_experience_offers(client, merchant):
    product = product_of(client, merchant, imageUrl="https://cdn.example/s.png")
    experience = draft(client, merchant, productId=product["id"], theme={"accent": "#f06"})
    low = path_of(client, merchant, experience, name="Everybody")
    high = path_of(client, merchant, experience, name="Members", priority=10, color="#ffffff")
    queues = [queue_of(client, merchant, each, maxCapacity=100) for each in (low, high)]
    publish(client, merchant, experience)

    shown = show(client, merchant, experience["id"])

    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    body = shown.json
    assert body.pop("serverTime").endswith("Z")
    members, everybody = body.pop("sequences")
    assert body == {
        "id": experience["id"],
        "name": "Launch",
        "openAt": None,
        "closeAt": None,
        "timeZone": "UTC",
        "theme": {"accent": "#f06"},
        "i18n": None,
        "currencyCode": "USD",
        "checkoutUrl": CHECKOUT,
        "product": {
            "id": product["id"],
            "name": "Sneaker",
            "price": "199.99",
            "currencyCode": "USD",
            "imageUrl": "https://cdn.example/s.png",
            "url": None,
        },
        "notice": None,
    }
    assert [queue["id"] for queue in everybody.pop("queues")] == [queues[0]["id"]]
    assert [queue["id"] for queue in members.pop("queues")] == [queues[1]["id"]]
    assert members == {
        "id": high["id"],
        "name": "Members",
        "color": "#ffffff",
        "priority": 10,
        "hasAccessCode": False,
        "waitlist": None,
        "draws": [],
        "auctions": [],
        "appointments": [],
        "timedReleases": [],
    }


def test_its_queues_look_as_they_do_by_themselves(client, merchant):
    queue = running_queue(client, merchant, notice="Soon.")
    guest = make_guest(client, merchant)
    client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)

    (inside,) = show(client, merchant, queue["experienceId"]).json["sequences"][0]["queues"]
    alone = client.get(f"/api/v1/queues/{queue['id']}", headers=merchant.page).json

    assert inside["consumerCount"] == 1
    assert {**inside, "serverTime": ""} == {**alone, "serverTime": ""}


LATER = "2100-01-01T00:00:00Z"
HOURS = [{"weekday": day, "from": "09:00", "to": "17:00"} for day in range(7)]


@pytest.mark.parametrize(
    ("kind", "shelf", "body"),
    [
        ("queues", "queues", {}),
        ("draws", "draws", {"drawAt": LATER, "winnerCount": 1}),
        (
            "auctions",
            "auctions",
            {"settleAt": LATER, "startingPrice": "100", "currencyCode": "USD"},
        ),
        ("timed-releases", "timedReleases", {}),
        ("appointments", "appointments", {"slotDurationMinutes": 30, "weeklyHours": HOURS}),
    ],
)
def test_every_kind_looks_as_it_does_by_itself(client, merchant, kind, shelf, body):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    made = post(client, merchant, f"/{kind}", sequenceId=path["id"], **body)
    publish(client, merchant, experience)

    (inside,) = show(client, merchant, experience["id"]).json["sequences"][0][shelf]
    alone = client.get(f"/api/v1/{kind}/{made['id']}", headers=merchant.page).json

    assert {**inside, "serverTime": ""} == {**alone, "serverTime": ""}


def test_a_sequences_waitlist_is_shown_with_it(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    queue_of(client, merchant, path, openAt=LATER)
    waitlist = post(client, merchant, "/waitlists", sequenceId=path["id"], name="Tell me")
    publish(client, merchant, experience)

    (shown,) = show(client, merchant, experience["id"]).json["sequences"]

    assert shown["waitlist"]["id"] == waitlist["id"]
    assert shown["waitlist"]["name"] == "Tell me"
    assert [queue["status"] for queue in shown["queues"]] == ["PENDING"]


def test_a_consumer_and_a_server_may_look_too(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    for headers in (guest.headers, merchant.server):
        assert show(client, merchant, launch.experience_id, headers).status_code == 200


def test_a_draft_does_not_exist(client, merchant):
    experience = draft(client, merchant)
    queue = queue_of(client, merchant, path_of(client, merchant, experience))

    refused = show(client, merchant, experience["id"])

    assert refused.status_code == 404
    assert refused.json["error"] == "Experience not found"
    assert refused.json["code"] == "EXPERIENCE_NOT_FOUND"
    hidden = client.get(f"/api/v1/queues/{queue['id']}", headers=merchant.page)
    assert hidden.json["error"] == "Queue not found"


def test_an_archived_experience_does_not_exist(client, merchant):
    queue = running_queue(client, merchant)
    experience_id = queue["experienceId"]
    post(client, merchant, f"/experiences/{experience_id}/end", 200)
    assert show(client, merchant, experience_id).status_code == 200

    client.delete(f"/admin/api/v1/experiences/{experience_id}", headers=merchant.server)

    assert show(client, merchant, experience_id).status_code == 404


def test_an_archived_queue_is_not_shown(client, merchant):
    queue = running_queue(client, merchant)
    post(client, merchant, f"/queues/{queue['id']}/end", 200)
    client.delete(f"/admin/api/v1/queues/{queue['id']}", headers=merchant.server)

    shown = show(client, merchant, queue["experienceId"]).json

    assert shown["sequences"][0]["queues"] == []
    assert shown["product"] is None


@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_sees_it(client, merchant, rt, stranger):
    launch = make_launch(rt, merchant)
    other = stranger_to(rt, merchant, stranger)

    assert show(client, other, launch.experience_id).status_code == 404


@pytest.mark.parametrize("headers", [{"X-Publishable-Key": "pk_live_unknown"}, {"X-Other": "1"}])
def test_without_a_good_key_nothing_is_shown(client, merchant, rt, headers):
    launch = make_launch(rt, merchant)

    refused = show(client, merchant, launch.experience_id, headers)

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"
