"""The timed-release rows of contract.md, sections 1 to 3 and 5."""

from datetime import UTC, date, datetime, timedelta

import pytest

from integration.engine.status import stamp
from tests.support.backoffice import draft, path_of, post, publish
from tests.support.envelopes import STATUS, refused
from tests.support.launches import make_guest, make_launch, make_merchant

NEXT_YEAR = date.today().year + 1  # noqa: DTZ011 - any year to come will do
KIND = {"kind": "timed_release"}


def path(release, verb=""):
    return f"/api/v1/timed-releases/{release}{verb and '/'}{verb}"


def call(client, release, guest, verb):
    method = "GET" if verb == "status" else "POST"
    return client.open(path(release, verb), method=method, headers=guest.headers)


def test_get_timed_release(client, rt, merchant):
    launch = make_launch(rt, merchant, **KIND, max_capacity=10, notice="Two each.")

    answer = client.get(path(launch.queue_id), headers=merchant.page)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    shown = answer.json
    assert shown.pop("serverTime").endswith("Z")
    assert shown == {
        "id": launch.queue_id,
        "name": "Queue",
        "sequenceId": launch.sequence_id,
        "capacity": 10,
        "openAt": None,
        "closeAt": None,
        "timeZone": "UTC",
        "status": "OPEN",
        "consumerCount": 0,
        "perConsumerLimit": 1,
        "nextWaveAt": None,
        "notice": "Two each.",
    }


@pytest.mark.parametrize("verb", ["enter", "status", "leave"])
def test_the_status_object(client, rt, merchant, verb):
    launch, guest = make_launch(rt, merchant, **KIND), make_guest(client, merchant)
    call(client, launch.queue_id, guest, "enter")

    answer = call(client, launch.queue_id, guest, verb)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json.keys() == STATUS | {"timedReleaseId"}
    assert answer.json["timedReleaseId"] == launch.queue_id
    assert answer.json["consumerId"] == guest.consumer_id


def test_enter_admits_at_once_while_stock_and_time_allow(client, rt, merchant):
    launch = make_launch(rt, merchant, **KIND, inventory_bound=True, stock=1)
    guest = make_guest(client, merchant)

    entered = call(client, launch.queue_id, guest, "enter")

    assert entered.status_code == 201
    assert (entered.json["status"], entered.json["position"]) == ("ADMITTED", 0)
    assert entered.json["admissionToken"].count(".") == 2
    again = call(client, launch.queue_id, guest, "enter")
    assert (again.status_code, again.json) == (200, entered.json)


@pytest.mark.parametrize("verb", ["status", "leave"])
def test_404_consumer_not_in_timed_release(client, rt, merchant, verb):
    launch = make_launch(rt, merchant, **KIND)

    answer = call(client, launch.queue_id, make_guest(client, merchant), verb)

    assert refused(answer) == (404, "Consumer not in timed release", "NOT_IN_TIMED_RELEASE")


@pytest.mark.parametrize("verb", ["", "enter", "status", "leave"])
@pytest.mark.parametrize("what", ["unknown", "draft", "another kind", "other", "test mode"])
def test_404_timed_release_not_found(client, rt, merchant, verb, what):
    owner = {"other": make_merchant, "test mode": lambda rt: make_merchant(rt, "test", of=merchant)}
    made = {
        "unknown": lambda: "tr_nothing",
        "draft": lambda: make_launch(rt, merchant, **KIND, state="draft").queue_id,
        "another kind": lambda: make_launch(rt, merchant).queue_id,
    }.get(what, lambda: make_launch(rt, owner[what](rt), **KIND).queue_id)()
    guest = make_guest(client, merchant)
    method = "POST" if verb in {"enter", "leave"} else "GET"

    answer = client.open(path(made, verb), method=method, headers=guest.headers)

    assert refused(answer) == (404, "Timed release not found", "TIMED_RELEASE_NOT_FOUND")


@pytest.mark.parametrize("verb", ["enter", "status", "leave"])
def test_400_consumer_id_is_required(client, rt, merchant, verb):
    launch = make_launch(rt, merchant, **KIND)
    method = "GET" if verb == "status" else "POST"

    answer = client.open(path(launch.queue_id, verb), method=method, headers=merchant.page)

    assert refused(answer) == (400, "Consumer ID is required", "CONSUMER_REQUIRED")


@pytest.mark.parametrize("verb", ["", "enter", "status", "leave"])
def test_401_authentication_required(client, rt, merchant, verb):
    launch = make_launch(rt, merchant, **KIND)
    method = "POST" if verb in {"enter", "leave"} else "GET"

    answer = client.open(path(launch.queue_id, verb), method=method)

    assert refused(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


@pytest.mark.parametrize("verb", ["complete", "deny", "validate"])
def test_401_secret_key_required(client, rt, merchant, verb):
    launch = make_launch(rt, merchant, **KIND)

    answer = client.post(path(launch.queue_id, verb), headers=merchant.page, json={})

    assert refused(answer) == (401, "Secret key required", "SECRET_KEY_REQUIRED")


def test_423_timed_release_is_not_open_yet(client, rt, merchant):
    opens = datetime.now(UTC) + timedelta(minutes=5)
    launch = make_launch(rt, merchant, **KIND, open_at=opens)

    answer = call(client, launch.queue_id, make_guest(client, merchant), "enter")

    assert refused(answer) == (423, "Timed release is not open yet", "NOT_OPEN_YET")
    assert answer.json["opensAt"] == stamp(opens)
    assert 290 <= int(answer.headers["Retry-After"]) <= 300


@pytest.mark.parametrize(
    "given", [{"close_at": datetime(2020, 1, 1, tzinfo=UTC)}, {"state": "ended"}]
)
def test_400_timed_release_is_closed(client, rt, merchant, given):
    launch = make_launch(rt, merchant, **KIND, **given)

    answer = call(client, launch.queue_id, make_guest(client, merchant), "enter")

    assert refused(answer) == (400, "Timed release is closed", "CLOSED")


def test_429_timed_release_is_full(client, rt, merchant):
    launch = make_launch(rt, merchant, **KIND, max_capacity=1)
    call(client, launch.queue_id, make_guest(client, merchant), "enter")

    answer = call(client, launch.queue_id, make_guest(client, merchant), "enter")

    assert refused(answer) == (429, "Timed release is full", "FULL")
    assert answer.headers["Retry-After"].isdecimal()


def test_409_sold_out(client, rt, merchant):
    launch = make_launch(rt, merchant, **KIND, inventory_bound=True, stock=0)

    answer = call(client, launch.queue_id, make_guest(client, merchant), "enter")

    assert refused(answer) == (409, "Conflict", "SOLD_OUT")


def test_403_fingerprint_limit(client, rt, merchant):
    launch = make_launch(rt, merchant, **KIND, max_entries_per_fingerprint=1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    second.headers["X-Fingerprint"] = first.headers["X-Fingerprint"]
    call(client, launch.queue_id, first, "enter")

    answer = call(client, launch.queue_id, second, "enter")

    assert refused(answer) == (403, "Too many entries from this device", "FINGERPRINT_LIMIT")
    assert answer.headers["X-Fingerprint-Error"] == "true"


def test_429_rate_limit_exceeded(client, rt):
    limited = make_merchant(rt, limits={"queue_entry": 2, "guest_address": 50})
    launch, guest = make_launch(rt, limited, **KIND), make_guest(client, limited)

    answers = [call(client, launch.queue_id, guest, "enter") for _ in range(2)]

    assert answers[0].headers["X-RateLimit-Limit"] == "2"
    assert answers[0].headers["X-RateLimit-Remaining"] == "0"
    assert refused(answers[1]) == (429, "Rate limit exceeded", "RATE_LIMITED")
    assert answers[1].json["retryAfter"] == int(answers[1].headers["Retry-After"])


def test_post_timed_releases(client, rt, merchant):
    experience = draft(client, merchant, timeZone="Europe/Berlin")
    sequence = path_of(client, merchant, experience)
    wave = {"at": f"{NEXT_YEAR}-07-01T12:00:00", "quantity": 5}

    made = post(
        client,
        merchant,
        "/timed-releases",
        sequenceId=sequence["id"],
        name="Drop",
        perConsumerLimit=2,
        inventoryBound=True,
        stock=5,
        waves=[wave],
    )

    assert made["id"].startswith("tr_")
    assert made["timeZone"] == "Europe/Berlin"
    assert made["perConsumerLimit"] == 2
    assert made["admissionExpirationSeconds"] == 900
    assert made["waves"] == [{"at": f"{NEXT_YEAR}-07-01T10:00:00.000Z", "quantity": 5}]
    publish(client, merchant, experience)
    shown = client.get(path(made["id"]), headers=merchant.page).json
    assert shown["nextWaveAt"] == f"{NEXT_YEAR}-07-01T10:00:00.000Z"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"perConsumerLimit": 0}, "perConsumerLimit"),
        ({"waves": [{"at": "soon", "quantity": 1}]}, "waves.0.at"),
        ({"waves": [{"at": "2030-01-01T00:00:00Z", "quantity": 0}]}, "waves.0.quantity"),
        ({"drawAt": "2030-01-01T00:00:00Z"}, "drawAt"),
    ],
)
def test_400_of_a_timed_release_that_makes_no_sense(client, rt, merchant, given, field):
    sequence = path_of(client, merchant, draft(client, merchant))
    body = {"sequenceId": sequence["id"], "name": "Drop", **given}

    answer = client.post("/admin/api/v1/timed-releases", json=body, headers=merchant.server)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [each["field"] for each in answer.json["details"]] == [field]
