"""Standing in line, through the front door."""

from datetime import UTC, datetime, timedelta

from integration.engine.marks import interpolate
from tests.support.launches import make_guest, make_launch, make_merchant, without
from tests.support.waiting import wait_until


def enter(client, queue, guest):
    return client.post(f"/api/v1/queues/{queue}/enter", headers=guest.headers)


def status(client, queue, guest):
    return client.get(f"/api/v1/queues/{queue}/status", headers=guest.headers)


def leave(client, queue, guest):
    return client.post(f"/api/v1/queues/{queue}/leave", headers=guest.headers)


def test_entering_gives_the_next_place(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guests = [make_guest(client, merchant) for _ in range(3)]

    places = [enter(client, launch.queue_id, guest) for guest in guests]

    assert [place.status_code for place in places] == [201, 201, 201]
    assert [place.json["number"] for place in places] == [1, 2, 3]
    assert [place.json["position"] for place in places] == [1, 2, 3]
    first = places[0].json
    assert first["status"] == "QUEUED"
    assert first["queueId"] == launch.queue_id
    assert first["consumerId"] == guests[0].consumer_id
    assert first["experienceId"] == launch.experience_id
    assert first["sequenceId"] == launch.sequence_id
    assert first["admissionToken"] is None
    assert first["outcome"] is None


def test_entering_twice_keeps_the_same_place(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    first = enter(client, launch.queue_id, guest)

    second = enter(client, launch.queue_id, guest)

    assert second.status_code == 200
    assert second.json == first.json


def test_status_shows_the_place_from_the_line_and_from_the_record(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guests = [make_guest(client, merchant) for _ in range(2)]
    for guest in guests:
        enter(client, launch.queue_id, guest)
    rt.mender.mend(launch.queue_id)
    cached = status(client, launch.queue_id, guests[1])

    rt.valkey.client.flushdb()
    recorded = status(client, launch.queue_id, guests[1])

    assert cached.status_code == recorded.status_code == 200
    assert cached.json == recorded.json
    assert cached.json["position"] == 2


def test_whoever_leaves_makes_room_and_begins_anew_at_the_end(client, rt, merchant):
    launch = make_launch(rt, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))
    enter(client, launch.queue_id, first)
    enter(client, launch.queue_id, second)

    left = leave(client, launch.queue_id, first)

    assert (left.status_code, left.json["status"]) == (200, "LEFT")
    assert leave(client, launch.queue_id, first).json["status"] == "LEFT"
    assert status(client, launch.queue_id, second).json["position"] == 1
    again = enter(client, launch.queue_id, first)
    assert (again.status_code, again.json["number"], again.json["position"]) == (201, 3, 2)


def test_status_and_leave_of_somebody_who_never_entered(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    answers = [status(client, launch.queue_id, guest), leave(client, launch.queue_id, guest)]

    for answer in answers:
        assert answer.status_code == 404
        assert answer.json["error"] == "Consumer not in queue"
        assert answer.json["code"] == "NOT_IN_QUEUE"


def test_a_queue_that_opens_later_says_when(client, rt, merchant):
    opens = datetime.now(UTC) + timedelta(minutes=5)
    launch = make_launch(rt, merchant, open_at=opens)

    answer = enter(client, launch.queue_id, make_guest(client, merchant))

    assert answer.status_code == 423
    assert answer.json["error"] == "Queue is not open yet"
    assert answer.json["code"] == "NOT_OPEN_YET"
    assert datetime.fromisoformat(answer.json["opensAt"]) - opens < timedelta(seconds=1)
    assert 290 <= int(answer.headers["Retry-After"]) <= 300


def test_a_closed_queue_takes_nobody(client, rt, merchant):
    launch = make_launch(rt, merchant, close_at=datetime.now(UTC) - timedelta(seconds=1))

    answer = enter(client, launch.queue_id, make_guest(client, merchant))

    assert answer.status_code == 400
    assert answer.json["error"] == "Queue is closed"
    assert answer.json["code"] == "CLOSED"


def test_a_full_queue_says_so_until_somebody_leaves(client, rt, merchant):
    launch = make_launch(rt, merchant, max_capacity=1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    enter(client, launch.queue_id, first)

    full = enter(client, launch.queue_id, second)
    leave(client, launch.queue_id, first)

    assert full.status_code == 429
    assert full.json["error"] == "Queue is full"
    assert full.json["code"] == "FULL"
    assert int(full.headers["Retry-After"]) >= 1
    assert enter(client, launch.queue_id, second).status_code == 201


def test_a_device_without_a_fingerprint_is_asked_for_one(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    answer = enter(client, launch.queue_id, guest)

    assert answer.status_code == 403
    assert answer.json["error"] == "Fingerprint required"
    assert answer.json["code"] == "FINGERPRINT_REQUIRED"
    assert answer.headers["X-Fingerprint-Error"] == "true"


def test_one_device_holds_only_so_many_entries(client, rt, merchant):
    launch = make_launch(rt, merchant, max_entries_per_fingerprint=2)
    guests = [make_guest(client, merchant) for _ in range(3)]
    for guest in guests:
        guest.headers["X-Fingerprint"] = "fp_shared-device"

    answers = [enter(client, launch.queue_id, guest) for guest in guests]

    assert [answer.status_code for answer in answers] == [201, 201, 403]
    assert answers[2].json["error"] == "Too many entries from this device"
    assert answers[2].json["code"] == "FINGERPRINT_LIMIT"
    assert answers[2].headers["X-Fingerprint-Error"] == "true"


def test_a_key_without_a_consumer_is_told_so(client, rt, merchant):
    launch = make_launch(rt, merchant)

    answer = client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=merchant.page)

    assert answer.status_code == 400
    assert answer.json["error"] == "Consumer ID is required"
    assert answer.json["code"] == "CONSUMER_REQUIRED"


def test_other_tenants_queues_do_not_exist(client, rt, merchant):
    other = make_merchant(rt)
    test_mode = make_merchant(rt, mode="test", of=merchant)
    guest = make_guest(client, merchant)

    for owner in (other, test_mode):
        launch = make_launch(rt, owner)
        for call in (enter, status, leave):
            answer = call(client, launch.queue_id, guest)
            assert answer.status_code == 404
            assert answer.json["error"] == "Queue not found"
            assert answer.json["code"] == "QUEUE_NOT_FOUND"


def test_the_queue_as_everybody_sees_it(client, rt, merchant):
    launch = make_launch(rt, merchant, max_capacity=10, notice="Price: 199.99")
    enter(client, launch.queue_id, make_guest(client, merchant))

    answer = client.get(f"/api/v1/queues/{launch.queue_id}", headers=merchant.page)

    assert answer.status_code == 200
    seen = answer.json
    assert seen.pop("serverTime").endswith("Z")
    assert seen == {
        "id": launch.queue_id,
        "name": "Queue",
        "sequenceId": launch.sequence_id,
        "capacity": 10,
        "openAt": None,
        "closeAt": None,
        "timeZone": "UTC",
        "status": "OPEN",
        "consumerCount": 1,
        "positionDisplay": "precise",
        "notice": "Price: 199.99",
    }


def test_the_line_card_is_the_same_for_everybody(client, rt, merchant):
    launch = make_launch(rt, merchant)
    for _ in range(3):
        enter(client, launch.queue_id, make_guest(client, merchant))

    def card():
        return client.get(f"/api/v1/queues/{launch.queue_id}/line")

    wait_until(lambda: card().json["waiting"] == 3, "a card that is a second younger")
    answer = card()

    assert answer.status_code == 200
    assert answer.json["queueId"] == launch.queue_id
    assert (answer.json["tail"], answer.json["serving"]) == (3, 0)
    assert interpolate([tuple(mark) for mark in answer.json["marks"]], 3) == 2
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=1, stale-while-revalidate=5"
    for name in ("Vary", "X-Request-Id", "X-RateLimit-Limit", "Set-Cookie"):
        assert name not in answer.headers
    etag = answer.headers["ETag"]
    unchanged = client.get(
        f"/api/v1/queues/{launch.queue_id}/line", headers={"If-None-Match": etag}
    )
    assert unchanged.status_code == 304


def test_the_line_card_of_no_queue(client, rt):
    answer = client.get("/api/v1/queues/queue_nothing/line")

    assert (answer.status_code, answer.json["code"]) == (404, "QUEUE_NOT_FOUND")


def test_limits_are_told_and_kept(client, rt):
    limited = make_merchant(rt, limits={"status": 2, "queue_entry": 50, "guest_address": 50})
    launch = make_launch(rt, limited)
    guest = make_guest(client, limited)
    entered = enter(client, launch.queue_id, guest)

    answers = [status(client, launch.queue_id, guest) for _ in range(3)]

    assert entered.headers["X-RateLimit-Limit"] == "50"
    assert entered.headers["X-RateLimit-Remaining"] == "48"
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[2]
    assert refused.json["error"] == "Rate limit exceeded"
    assert refused.json["code"] == "RATE_LIMITED"
    assert refused.json["retryAfter"] == int(refused.headers["Retry-After"])
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert int(refused.headers["X-RateLimit-Reset"]) > 1_700_000_000
