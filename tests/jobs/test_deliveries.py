"""Events on their way to merchants' endpoints, received by real servers on loopback."""

import hmac
import json
import threading
from contextlib import ExitStack
from datetime import timedelta
from hashlib import sha256

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from integration.services import deliveries
from integration.store.models import WebhookEndpoint
from jobs import sweeper
from tests.connectors.loopback import plain, serve
from tests.jobs.support import (
    PAST,
    deliveries_of,
    drain,
    end_leases,
    happen,
    make_due,
    make_endpoint,
    new_secret,
    wait_of,
)

MINUTE = 60
PAUSES = [60, 300, 1800, 7200, 21_600, 43_200, 86_400]


@pytest.fixture
def receiver():
    """Servers that stop with the test."""
    with ExitStack() as stack:
        yield lambda answer=None: stack.enter_context(serve(answer or plain(b"")))


def address(served) -> str:
    return f"http://127.0.0.1:{served.port}/hook"


def endpoint_row(rt, endpoint) -> WebhookEndpoint:
    with rt.transaction() as tx:
        return tx.session.get_one(WebhookEndpoint, endpoint.id)


def attempt_all(rt, endpoint) -> None:
    make_due(rt, "delivery")
    deliveries.drain(rt, endpoint.id)


def test_an_event_arrives_with_the_contracts_body_and_headers(rt, merchant, receiver):
    served = receiver()
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant, "order.created", {"id": "ord_1", "status": "paid"})

    deliveries.drain(rt, endpoint.id)

    [request] = served.requests
    [delivery] = deliveries_of(rt, endpoint)
    body = json.loads(request["body"])
    assert list(body) == ["id", "type", "timestamp", "organizationId", "sequence", "data"]
    assert body["id"] == delivery.event_id
    assert body["type"] == "order.created"
    assert body["timestamp"].endswith("Z")
    assert body["organizationId"] == merchant.tenant.organization_id
    assert body["sequence"] == 1
    assert body["data"] == {"id": "ord_1", "status": "paid"}
    assert request["Content-Type"] == "application/json"
    assert request["X-Fanfare-Delivery-Id"] == delivery.id
    assert request["X-Fanfare-Webhook-Id"] == endpoint.id
    assert request["X-Fanfare-Retry-Count"] == "0"
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("delivered", 1, 200)
    assert delivery.delivered_at is not None


def test_both_signatures_verify(rt, merchant, receiver):
    served = receiver()
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)

    deliveries.drain(rt, endpoint.id)

    [request] = served.requests
    signed = f"{request['X-Fanfare-Timestamp']}.{request['body']}".encode()
    expected = hmac.new(endpoint.secret.encode(), signed, sha256).hexdigest()
    assert request["X-Fanfare-Signature"] == f"sha256={expected}"
    assert Webhook(endpoint.secret).verify(request["body"], request)["type"] == "order.created"
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(request["body"] + " ", request)


def test_while_a_secret_is_rotated_both_sign(rt, merchant, receiver):
    served = receiver()
    old = new_secret()
    endpoint = make_endpoint(
        rt,
        merchant,
        address(served),
        previous_secret=rt.vault.seal(old.encode()),
        previous_until=rt.clock.now() + timedelta(hours=24),
    )
    happen(rt, merchant)

    deliveries.drain(rt, endpoint.id)

    [request] = served.requests
    signed = f"{request['X-Fanfare-Timestamp']}.{request['body']}".encode()
    assert request["X-Fanfare-Signature"].split(",") == [
        "sha256=" + hmac.new(secret.encode(), signed, sha256).hexdigest()
        for secret in (endpoint.secret, old)
    ]
    for secret in (endpoint.secret, old):
        Webhook(secret).verify(request["body"], request)


def test_a_secret_whose_time_is_over_signs_no_more(rt, merchant, receiver):
    served = receiver()
    old = new_secret()
    sealed = rt.vault.seal(old.encode())
    endpoint = make_endpoint(
        rt, merchant, address(served), previous_secret=sealed, previous_until=PAST
    )
    happen(rt, merchant)

    deliveries.drain(rt, endpoint.id)

    [request] = served.requests
    assert "," not in request["X-Fanfare-Signature"]
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(request["body"], request)


def test_a_failing_endpoint_is_tried_eight_times_at_growing_pauses(rt, merchant, receiver):
    served = receiver(plain(b"", 500))
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)
    [delivery] = deliveries_of(rt, endpoint)

    waits = []
    for _ in range(7):
        attempt_all(rt, endpoint)
        waits.append(wait_of(rt, "delivery", delivery.id).total_seconds())
    attempt_all(rt, endpoint)
    attempt_all(rt, endpoint)

    [delivery] = deliveries_of(rt, endpoint)
    assert waits == [pytest.approx(pause, abs=5) for pause in PAUSES]
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("failed", 8, 500)
    counts = [request["X-Fanfare-Retry-Count"] for request in served.requests]
    assert counts == [str(count) for count in range(8)]
    assert len({request["webhook-id"] for request in served.requests}) == 1


def test_a_later_attempt_delivers(rt, merchant, receiver):
    answers = iter([plain(b"", 503), plain(b"", 302, Location="/elsewhere"), plain(b"", 204)])
    served = receiver(lambda handler: next(answers)(handler))  # noqa: PLW0108 - another one each time
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)

    attempt_all(rt, endpoint)
    attempt_all(rt, endpoint)
    [delivery] = deliveries_of(rt, endpoint)
    redirected = (delivery.state, delivery.last_status, delivery.last_problem)
    attempt_all(rt, endpoint)

    [delivery] = deliveries_of(rt, endpoint)
    assert redirected == ("pending", 302, "The endpoint answered 302.")
    assert (delivery.state, delivery.attempts, delivery.last_problem) == ("delivered", 3, None)
    assert [request["path"] for request in served.requests] == ["/hook"] * 3


def test_nothing_is_attempted_before_its_time(rt, merchant, receiver):
    served = receiver(plain(b"", 500))
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)

    deliveries.drain(rt, endpoint.id)
    deliveries.drain(rt, endpoint.id)

    assert len(served.requests) == 1


def test_an_endpoint_that_cannot_be_reached_is_tried_again(rt, merchant, receiver):
    with serve(plain()) as served:
        closed = address(served)
    endpoint = make_endpoint(rt, merchant, closed)
    happen(rt, merchant)

    deliveries.drain(rt, endpoint.id)

    [delivery] = deliveries_of(rt, endpoint)
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("pending", 1, None)
    assert delivery.last_problem == "The other server cannot be reached."


def test_a_private_address_is_refused_at_connect_time(rt, merchant):
    endpoint = make_endpoint(rt, merchant, "http://10.0.0.1/hook")
    happen(rt, merchant)

    deliveries.drain(rt, endpoint.id)

    [delivery] = deliveries_of(rt, endpoint)
    assert delivery.state == "pending"
    assert "private" in delivery.last_problem


def test_410_disables_the_endpoint_and_ends_what_was_on_its_way(rt, merchant, receiver):
    served = receiver(plain(b"", 410))
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)
    deliveries.drain(rt, endpoint.id)

    heard = happen(rt, merchant)

    row = endpoint_row(rt, endpoint)
    assert (row.enabled, row.disabled_reason) == (False, "The endpoint answered 410 Gone.")
    assert [each.state for each in deliveries_of(rt, endpoint)] == ["cancelled"]
    assert heard == []


@pytest.mark.parametrize("change", ["enabled = false", "archived_at = now()"])
def test_deliveries_to_an_endpoint_that_was_switched_off_end(rt, merchant, receiver, change):
    served = receiver()
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql(f"UPDATE webhook_endpoint SET {change}")

    deliveries.drain(rt, endpoint.id)

    assert [each.state for each in deliveries_of(rt, endpoint)] == ["cancelled"]
    assert served.requests == []


def test_many_events_arrive_each_once(rt, merchant, receiver):
    served = receiver()
    endpoint = make_endpoint(rt, merchant, address(served))
    for number in range(150):
        happen(rt, merchant, data={"number": number})

    deliveries.drain(rt, endpoint.id)

    numbers = sorted(json.loads(each["body"])["data"]["number"] for each in served.requests)
    assert numbers == list(range(150))
    assert {each.state for each in deliveries_of(rt, endpoint)} == {"delivered"}


def test_racing_drains_deliver_each_event_once(rt, merchant, receiver):
    served = receiver()
    endpoint = make_endpoint(rt, merchant, address(served))
    for _ in range(100):
        happen(rt, merchant)
    racers = [threading.Thread(target=deliveries.drain, args=(rt, endpoint.id)) for _ in range(6)]

    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert len(served.requests) == len({each["webhook-id"] for each in served.requests}) == 100


def test_a_slow_endpoint_has_one_batch_under_way_and_gives_the_rest_back(
    rt, merchant, receiver, monkeypatch
):
    monkeypatch.setattr(deliveries, "STARTING_SECONDS", 1)
    pause = threading.Event()

    def slowly(handler):
        pause.wait(1.2)
        plain(b"")(handler)

    served = receiver(slowly)
    endpoint = make_endpoint(rt, merchant, address(served))
    for _ in range(30):
        happen(rt, merchant)

    deliveries.drain(rt, endpoint.id)

    states = [each.state for each in deliveries_of(rt, endpoint)]
    assert states.count("delivered") == len(served.requests) == deliveries.AT_ONCE
    assert all(each.claimed_until is None for each in deliveries_of(rt, endpoint))
    assert rt.valkey.client.llen("rq:queue:webhooks") == 1


def test_a_worker_that_dies_leaves_its_claim_to_time(rt, merchant, receiver):
    served = receiver()
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)
    deliveries._claim(rt, endpoint.id)
    deliveries.drain(rt, endpoint.id)
    meanwhile = len(served.requests)

    end_leases(rt)
    deliveries.drain(rt, endpoint.id)

    assert (meanwhile, len(served.requests)) == (0, 1)


def test_an_attempt_that_was_made_twice_counts_once(rt, merchant, receiver):
    served = receiver(plain(b"", 500))
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)
    late = deliveries._claim(rt, endpoint.id)
    end_leases(rt)
    deliveries.drain(rt, endpoint.id)

    heard = deliveries._Heard(200, "")
    deliveries._record(rt, late, [deliveries._outcome(late.items[0], heard, {})])

    [delivery] = deliveries_of(rt, endpoint)
    assert (delivery.state, delivery.attempts) == ("pending", 1)


def test_an_event_goes_to_those_who_subscribed(rt, merchant, receiver):
    served = receiver()
    orders = make_endpoint(rt, merchant, address(served), events=["order.created"])
    syncs = make_endpoint(rt, merchant, address(served), events=["sync.completed"])

    heard = happen(rt, merchant, "order.created")

    assert heard == [orders.id]
    assert deliveries_of(rt, syncs) == []


def test_the_sweeper_and_a_worker_deliver_what_lost_its_job(rt, merchant, receiver):
    served = receiver()
    make_endpoint(rt, merchant, address(served))
    happen(rt, merchant)
    rt.valkey.client.flushdb()

    sweeper.sweep(rt)
    drain(rt)

    assert len(served.requests) == 1


def test_old_events_are_dropped_and_pending_ones_kept(rt, merchant, receiver):
    served = receiver()
    endpoint = make_endpoint(rt, merchant, address(served))
    happen(rt, merchant, data={"which": "old"})
    deliveries.drain(rt, endpoint.id)
    happen(rt, merchant, data={"which": "old and pending"})
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql(
            "UPDATE outbox_event SET created_at = now() - interval '31 days'"
        )
    happen(rt, merchant, data={"which": "new"})

    dropped = sweeper.tidy(rt)

    kept = [each.event.data["which"] for each in deliveries_of(rt, endpoint)]
    assert (dropped, kept) == (1, ["old and pending", "new"])
