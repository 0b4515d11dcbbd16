"""The queue rows of contract.md, sections 1, 3 and 5: exact errors, codes, headers, shapes."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from integration.engine.status import stamp
from integration.services import admitting
from tests.api.admitted import admission_of, enter, run_out, status, waiting
from tests.support import envelopes
from tests.support.backoffice import draft, path_of, queue_of
from tests.support.envelopes import CARD, refused
from tests.support.launches import make_guest, make_launch
from tests.support.presence import card, change

HOUR = timedelta(hours=1)
STATUS = {*envelopes.STATUS, "queueId"}
STANDING = {"admissionRate": 0}


def call(client, queue_id, method, action="", headers=None, **more):
    path = f"/api/v1/queues/{queue_id}" + (f"/{action}" if action else "")
    return client.open(path, method=method, headers=headers, **more)


def test_get_queue(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING, max_capacity=9, notice="Hi")
    waiting(client, merchant, launch, 1)

    answer = call(client, launch.queue_id, "GET", headers=merchant.page)

    assert answer.status_code == 200
    assert answer.json == {
        "id": launch.queue_id,
        "name": "Queue",
        "sequenceId": launch.sequence_id,
        "capacity": 9,
        "openAt": None,
        "closeAt": None,
        "timeZone": "UTC",
        "status": "OPEN",
        "consumerCount": 1,
        "positionDisplay": "precise",
        "notice": "Hi",
        "serverTime": answer.json["serverTime"],
    }


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("open_at = now() + interval '1 hour'", "PENDING"),
        ("open_at = now() - interval '1 hour'", "OPEN"),
        ("state = 'paused'", "PAUSED"),
        ("close_at = now()", "CLOSED"),
        ("state = 'ended'", "CLOSED"),
    ],
)
def test_get_queue_status(client, rt, merchant, sql, said):
    launch = make_launch(rt, merchant)
    change(rt, launch, sql)

    shown = call(client, launch.queue_id, "GET", headers=merchant.page)

    assert shown.json["status"] == said


def test_post_queue_enter(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    guest = make_guest(client, merchant)

    first, second = (
        call(client, launch.queue_id, "POST", "enter", guest.headers) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (201, 200)
    assert set(first.json) == set(second.json) == STATUS
    assert (first.json["status"], first.json["position"], first.json["number"]) == ("QUEUED", 1, 1)
    assert {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} <= {
        *first.headers.keys()
    }
    assert first.headers["Cache-Control"] == "no-store"


def test_post_queue_leave(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    [guest] = waiting(client, merchant, launch, 1)

    answer = call(client, launch.queue_id, "POST", "leave", guest.headers)

    assert answer.status_code == 200
    assert set(answer.json) == STATUS
    assert (answer.json["status"], answer.json["position"]) == ("LEFT", None)


def test_post_queue_leave_gives_back_a_live_admission(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    first, second = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)

    call(client, launch.queue_id, "POST", "leave", first.headers)
    admitting.admit_due(rt, launch.queue_id)

    assert status(client, launch, second)["status"] == "ADMITTED"


def test_get_queue_status_of_a_consumer(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    first, second = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)

    admitted = call(client, launch.queue_id, "GET", "status", first.headers)
    waits = call(client, launch.queue_id, "GET", "status", second.headers)

    assert set(admitted.json) == set(waits.json) == STATUS
    assert (admitted.json["status"], admitted.json["position"]) == ("ADMITTED", 0)
    assert admitted.json["admissionToken"]
    assert (waits.json["status"], waits.json["position"]) == ("QUEUED", 1)
    assert waits.json["admissionToken"] is None
    assert "X-RateLimit-Limit" in waits.headers


@pytest.mark.parametrize("ending", ["left", "expired"])
def test_after_left_or_admission_expired_a_new_entry_at_the_end(client, rt, merchant, ending):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    first, _ = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)
    if ending == "left":
        call(client, launch.queue_id, "POST", "leave", first.headers)
    else:
        run_out(rt, launch)
        admitting.expire_due(rt)

    again = call(client, launch.queue_id, "POST", "enter", first.headers)

    assert (again.status_code, again.json["number"], again.json["position"]) == (201, 3, 2)


def test_after_another_denial_the_old_entry(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    [guest] = waiting(client, merchant, launch, 1)
    change(rt, launch, "state = 'ended'")
    admitting.settle_waiting(rt)

    again = call(client, launch.queue_id, "POST", "enter", guest.headers)

    assert (again.status_code, again.json["status"]) == (200, "DENIED")
    assert again.json["denyReason"] == "QUEUE_CLOSED"


def test_the_line_card(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    waiting(client, merchant, launch, 2)

    card(client, rt, launch)
    answer = call(client, launch.queue_id, "GET", "line")

    shown = orjson.loads(answer.data)
    assert [*shown] == CARD
    assert shown["marks"] == [[1, 0], [2, 1]]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=1, stale-while-revalidate=5"
    assert answer.headers["ETag"] == f'"{shown["version"]}"'
    assert {"Vary", "X-Request-Id", "X-RateLimit-Limit"}.isdisjoint(answer.headers.keys())


def test_the_line_card_is_not_sent_twice(client, rt, merchant):
    launch = make_launch(rt, merchant)
    etag = call(client, launch.queue_id, "GET", "line").headers["ETag"]

    again = call(client, launch.queue_id, "GET", "line", {"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")


def test_pause_stops_admissions_and_entries_go_on(client, rt, merchant):
    launch = make_launch(rt, merchant)
    change(rt, launch, "state = 'paused'")

    [guest] = waiting(client, merchant, launch, 1)
    count = admitting.admit_due(rt, launch.queue_id)

    assert count == 0
    assert status(client, launch, guest)["status"] == "QUEUED"
    assert status(client, launch, guest)["estimatedWait"] is None


def test_close_at_stops_entries_and_the_line_is_still_served(client, rt, merchant):
    launch = make_launch(rt, merchant)
    [guest] = waiting(client, merchant, launch, 1)
    change(rt, launch, "close_at = now()")
    late = make_guest(client, merchant)

    answer = call(client, launch.queue_id, "POST", "enter", late.headers)
    admitting.admit_due(rt, launch.queue_id)

    assert refused(answer) == (400, "Queue is closed", "CLOSED")
    assert status(client, launch, guest)["status"] == "ADMITTED"


def test_end_denies_those_waiting_and_admissions_keep_their_time(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    first, second = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)
    change(rt, launch, "state = 'ended'")

    admitting.settle_waiting(rt)

    assert status(client, launch, first)["status"] == "ADMITTED"
    said = status(client, launch, second)
    assert (said["status"], said["denyReason"]) == ("DENIED", "QUEUE_CLOSED")


def test_sold_out_denies_those_waiting_and_409_enters(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    first, second = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)
    path = f"/api/v1/queues/{launch.queue_id}/complete"
    client.post(path, headers=merchant.server, json={"consumerId": first.consumer_id})

    admitting.settle_waiting(rt)
    late = call(client, launch.queue_id, "POST", "enter", make_guest(client, merchant).headers)

    said = status(client, launch, second)
    assert (said["status"], said["denyReason"]) == ("DENIED", "SOLD_OUT")
    assert refused(late) == (409, "Conflict", "SOLD_OUT")


def test_an_admission_rate_of_0_admits_nobody_by_itself(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    waiting(client, merchant, launch, 1)

    assert admitting.admit_due(rt, launch.queue_id) == 0


def test_the_estimate_is_a_range_and_null_when_unknown(client, rt, merchant):
    fast = make_launch(rt, merchant, rules={"admissionRate": 60})
    unknown = make_launch(rt, merchant)

    told = enter(client, fast, make_guest(client, merchant))
    untold = enter(client, unknown, make_guest(client, merchant))

    assert told["estimatedWait"]["low"] <= told["estimatedWaitSeconds"]
    assert told["estimatedWaitSeconds"] <= told["estimatedWait"]["high"]
    assert (untold["estimatedWaitSeconds"], untold["estimatedWait"]) == (None, None)


def test_lobby_enter_answers_201_with_number_and_position_null(client, rt, merchant):
    now = datetime.now(UTC)
    rules = {"lobbyOpensAt": stamp(now - HOUR), "shuffleBeforeOpen": True}
    launch = make_launch(rt, merchant, open_at=now + HOUR, rules=rules)
    guest = make_guest(client, merchant)

    answer = call(client, launch.queue_id, "POST", "enter", guest.headers)

    assert answer.status_code == 201
    assert (answer.json["number"], answer.json["position"]) == (None, None)


def test_qualitative_position_null_card_without_marks_band_in_the_status(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={**STANDING, "positionDisplay": "qualitative"})
    [guest] = waiting(client, merchant, launch, 1)

    said = status(client, launch, guest)

    assert set(said) == {*STATUS, "band"}
    assert (said["position"], said["band"]) == (None, "next")
    assert [*card(client, rt, launch)] == [name for name in CARD if name != "marks"]


def test_an_admission_lasts_900_seconds_by_default(client, merchant):
    queue = queue_of(client, merchant, path_of(client, merchant, draft(client, merchant)))

    assert queue["admissionExpirationSeconds"] == 900


def test_an_admission_out_of_turn_is_recorded(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    _, second = waiting(client, merchant, launch, 2)
    path = f"/api/v1/queues/{launch.queue_id}/admit"

    client.post(path, headers=merchant.server, json={"consumerId": second.consumer_id})

    assert admission_of(rt, second).in_turn is False
