"""The errors of contract.md, section 1, that concern queues: exact error, code and headers."""

from datetime import UTC, datetime

import pytest

from integration.kernel.ids import new_id
from tests.api.admitted import status, waiting
from tests.contract.test_queues import HOUR, STANDING, call
from tests.support.backoffice import stranger_to
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, make_merchant, without

ACTIONS = [("POST", "enter"), ("POST", "leave"), ("GET", "status")]


@pytest.mark.parametrize(("method", "action"), ACTIONS)
def test_400_consumer_id_is_required(client, rt, merchant, method, action):
    launch = make_launch(rt, merchant)

    answer = call(client, launch.queue_id, method, action, merchant.page)

    assert refused(answer) == (400, "Consumer ID is required", "CONSUMER_REQUIRED")


@pytest.mark.parametrize("row", [*ACTIONS, ("GET", "")])
@pytest.mark.parametrize("key", [None, "pk_live_unknown"])
def test_401_authentication_required(client, rt, merchant, row, key):
    launch = make_launch(rt, merchant)

    answer = call(client, launch.queue_id, *row, {"X-Publishable-Key": key} if key else {})

    assert refused(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


@pytest.mark.parametrize("what", ["organization", "mode", "unknown"])
@pytest.mark.parametrize("row", [*ACTIONS, ("GET", "")])
def test_404_queue_not_found(client, rt, merchant, row, what):
    launch = make_launch(rt, merchant)
    asker = merchant if what == "unknown" else stranger_to(rt, merchant, what)
    queue_id = new_id("queue") if what == "unknown" else launch.queue_id

    answer = call(client, queue_id, *row, make_guest(client, asker).headers)

    assert refused(answer) == (404, "Queue not found", "QUEUE_NOT_FOUND")


def test_404_queue_not_found_on_the_line(client):
    answer = call(client, new_id("queue"), "GET", "line")

    assert refused(answer) == (404, "Queue not found", "QUEUE_NOT_FOUND")


@pytest.mark.parametrize(("method", "action"), ACTIONS[1:])
def test_404_consumer_not_in_queue(client, rt, merchant, method, action):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    answer = call(client, launch.queue_id, method, action, guest.headers)

    assert refused(answer) == (404, "Consumer not in queue", "NOT_IN_QUEUE")


def test_405_method_not_allowed(client, rt, merchant):
    launch = make_launch(rt, merchant)

    answer = call(client, launch.queue_id, "DELETE", "enter", merchant.page)

    assert refused(answer) == (405, "Method not allowed", "METHOD_NOT_ALLOWED")


def test_423_queue_is_not_open_yet(client, rt, merchant):
    opens = datetime.now(UTC).replace(microsecond=0) + HOUR
    launch = make_launch(rt, merchant, open_at=opens)
    guest = make_guest(client, merchant)

    answer = call(client, launch.queue_id, "POST", "enter", guest.headers)

    assert refused(answer) == (423, "Queue is not open yet", "NOT_OPEN_YET")
    assert datetime.fromisoformat(answer.json["opensAt"]) == opens
    assert 3590 <= int(answer.headers["Retry-After"]) <= 3600


def test_429_queue_is_full(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING, max_capacity=1)
    waiting(client, merchant, launch, 1)

    answer = call(client, launch.queue_id, "POST", "enter", make_guest(client, merchant).headers)

    assert refused(answer) == (429, "Queue is full", "FULL")
    assert int(answer.headers["Retry-After"]) > 0


def test_429_rate_limit_exceeded(client, rt):
    merchant = make_merchant(rt, limits={"status": 1, "queue_entry": 100})
    launch = make_launch(rt, merchant, rules=STANDING)
    [guest] = waiting(client, merchant, launch, 1)
    status(client, launch, guest)

    answer = call(client, launch.queue_id, "GET", "status", guest.headers)

    assert refused(answer) == (429, "Rate limit exceeded", "RATE_LIMITED")
    assert answer.json["retryAfter"] == int(answer.headers["Retry-After"]) > 0
    assert (answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remaining"]) == (
        "1",
        "0",
    )


def test_403_fingerprint_required(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    answer = call(client, launch.queue_id, "POST", "enter", guest.headers)

    assert refused(answer) == (403, "Fingerprint required", "FINGERPRINT_REQUIRED")
    assert answer.headers["X-Fingerprint-Error"] == "true"
