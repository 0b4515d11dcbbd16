"""Timed releases, through the front door: in at once, while there is some."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.engine.status import stamp
from integration.services import admitting
from tests.api.admitted import books, events, run_out, subscribe
from tests.support.launches import make_guest, make_launch, without


def release(rt, merchant, **given):
    return make_launch(rt, merchant, **{"kind": "timed_release", **given})


def stocked(rt, merchant, stock, **given):
    return release(rt, merchant, inventory_bound=True, stock=stock, **given)


def call(client, launch, guest, verb="enter"):
    path = f"/api/v1/timed-releases/{launch.queue_id}/{verb}"
    return client.open(path, method="GET" if verb == "status" else "POST", headers=guest.headers)


def complete(client, merchant, launch, guest, order_id):
    answer = client.post(
        f"/api/v1/timed-releases/{launch.queue_id}/complete",
        json={"consumerId": guest.consumer_id, "orderId": order_id},
        headers=merchant.server,
    )
    assert answer.status_code == 200, answer.text
    return answer.json


def test_entering_admits_at_once(client, rt, merchant):
    launch = stocked(rt, merchant, 2)
    guest = make_guest(client, merchant)

    entered = call(client, launch, guest)

    assert entered.status_code == 201
    said = entered.json
    assert (said["status"], said["position"], said["number"]) == ("ADMITTED", 0, 1)
    assert said["timedReleaseId"] == launch.queue_id
    assert "queueId" not in said
    assert said["admissionToken"]
    assert said["outcome"] is None
    lasts = datetime.fromisoformat(said["expiresAt"]) - datetime.fromisoformat(said["admittedAt"])
    assert lasts == timedelta(seconds=900)
    books(rt, launch)


def test_entering_again_shows_the_same_admission(client, rt, merchant):
    launch = stocked(rt, merchant, 2)
    guest = make_guest(client, merchant)
    first = call(client, launch, guest)

    again = call(client, launch, guest)
    status = call(client, launch, guest, "status")

    assert (again.status_code, again.json) == (200, first.json)
    assert (status.status_code, status.json) == (200, first.json)


def test_the_token_is_good_for_the_shop(client, rt, merchant):
    launch = stocked(rt, merchant, 1)
    token = call(client, launch, make_guest(client, merchant)).json["admissionToken"]

    answer = client.post(
        f"/api/v1/timed-releases/{launch.queue_id}/validate",
        json={"admissionToken": token},
        headers=merchant.server,
    )

    assert answer.json["valid"] is True
    assert answer.json["distributionType"] == "timed_release"


def test_it_is_full_while_all_is_held_and_sold_out_once_all_is_sold(client, rt, merchant):
    launch = stocked(rt, merchant, 1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    call(client, launch, first)

    held = call(client, launch, second)
    complete(client, merchant, launch, first, "A1")
    sold = call(client, launch, second)

    assert (held.status_code, held.json["code"]) == (429, "FULL")
    assert held.json["error"] == "Timed release is full"
    assert int(held.headers["Retry-After"]) >= 1
    assert (sold.status_code, sold.json["error"], sold.json["code"]) == (
        409,
        "Conflict",
        "SOLD_OUT",
    )
    assert books(rt, launch).sold == 1


def test_what_is_given_back_can_be_had_again(client, rt, merchant):
    launch = stocked(rt, merchant, 1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    call(client, launch, first)

    left = call(client, launch, first, "leave")
    taken = call(client, launch, second)
    run_out(rt, launch)
    admitting.expire_due(rt)
    again = call(client, launch, first)

    assert (left.status_code, left.json["status"]) == (200, "LEFT")
    assert (taken.status_code, taken.json["status"]) == (201, "ADMITTED")
    assert (again.status_code, again.json["number"]) == (201, 3)
    expired = call(client, launch, second, "status").json
    assert (expired["status"], expired["denyReason"]) == ("DENIED", "ADMISSION_EXPIRED")
    books(rt, launch)


def test_a_wave_brings_more_and_says_when(client, rt, merchant):
    later = datetime.now(UTC) + timedelta(minutes=5)
    waves = [
        {"at": stamp(datetime.now(UTC) - timedelta(minutes=5)), "quantity": 1},
        {"at": stamp(later), "quantity": 1},
    ]
    launch = stocked(rt, merchant, 2, rules={"waves": waves})
    first, second = (make_guest(client, merchant) for _ in range(2))
    call(client, launch, first)
    complete(client, merchant, launch, first, "A1")

    full = call(client, launch, second)
    shown = client.get(f"/api/v1/timed-releases/{launch.queue_id}", headers=merchant.page)

    assert (full.status_code, full.json["code"]) == (429, "FULL")
    assert 290 <= int(full.headers["Retry-After"]) <= 300
    assert shown.json["nextWaveAt"] == stamp(later)


def test_a_consumer_may_buy_as_often_as_the_limit_says(client, rt, merchant):
    launch = stocked(rt, merchant, 10, rules={"perConsumerLimit": 2})
    guest = make_guest(client, merchant)
    first = call(client, launch, guest)
    complete(client, merchant, launch, guest, "A1")

    second = call(client, launch, guest)
    complete(client, merchant, launch, guest, "A2")
    third = call(client, launch, guest)

    assert (first.json["number"], second.json["number"]) == (1, 2)
    assert (second.status_code, second.json["status"]) == (201, "ADMITTED")
    assert (third.status_code, third.json["status"]) == (200, "COMPLETED")
    assert third.json["number"] == 2
    assert books(rt, launch).sold == 2


def test_capacity_counts_those_who_have_bought(client, rt, merchant):
    launch = release(rt, merchant, max_capacity=1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    call(client, launch, first)
    complete(client, merchant, launch, first, "A1")

    full = call(client, launch, second)

    assert (full.status_code, full.json["code"]) == (429, "FULL")


def test_whoever_was_denied_is_shown_that(client, rt, merchant):
    launch = stocked(rt, merchant, 5)
    guest = make_guest(client, merchant)
    call(client, launch, guest)
    client.post(
        f"/api/v1/timed-releases/{launch.queue_id}/deny",
        json={"consumerId": guest.consumer_id, "reason": "BOT_DETECTED"},
        headers=merchant.server,
    )

    again = call(client, launch, guest)

    assert (again.status_code, again.json["status"]) == (200, "DENIED")
    assert again.json["denyReason"] == "BOT_DETECTED"
    assert books(rt, launch).held == 0


def test_a_device_holds_only_so_many_entries(client, rt, merchant):
    launch = release(rt, merchant, max_entries_per_fingerprint=1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    second.headers["X-Fingerprint"] = first.headers["X-Fingerprint"]
    call(client, launch, first)

    refused = call(client, launch, second)

    assert (refused.status_code, refused.json["code"]) == (403, "FINGERPRINT_LIMIT")
    assert refused.headers["X-Fingerprint-Error"] == "true"


@pytest.mark.parametrize(("policy", "status"), [("required", 403), ("recommended", 201)])
def test_a_device_is_told_apart_where_the_merchant_wants_that(client, rt, merchant, policy, status):
    launch = release(rt, merchant, fingerprint_policy=policy)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    assert call(client, launch, guest).status_code == status


def test_a_paused_release_admits_nobody(client, rt, merchant):
    launch = release(rt, merchant, state="paused")

    answer = call(client, launch, make_guest(client, merchant))

    assert (answer.status_code, answer.json["code"]) == (429, "FULL")


def test_entering_is_told_as_two_steps(client, rt, merchant):
    subscribe(rt, merchant)
    launch = stocked(rt, merchant, 1)

    call(client, launch, make_guest(client, merchant))

    told = sorted(events(rt), key=lambda each: each[1])
    assert [(name, sequence) for name, sequence, _ in told] == [
        ("timed_release.consumer.entered", 1),
        ("timed_release.consumer.admitted", 2),
    ]
    entered, admitted = (data for _, _, data in told)
    assert (entered["status"], entered["admittedAt"]) == ("QUEUED", None)
    assert admitted["status"] == "ADMITTED"
    assert admitted["timedReleaseId"] == launch.queue_id
    assert "admissionToken" not in admitted
