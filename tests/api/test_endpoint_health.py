"""How an endpoint has been doing, and when one that is gone is switched off."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from integration.kernel.outbound import guarded_session
from integration.services import deliveries
from integration.store.models import WebhookEndpoint
from tests.connectors.loopback import plain, serve
from tests.jobs.support import PAST, deliveries_of, happen, make_due, make_endpoint
from tests.support.waiting import wait_until


def endpoint_row(rt, endpoint) -> WebhookEndpoint:
    with rt.transaction() as tx:
        return tx.session.get_one(WebhookEndpoint, endpoint.id)


def change(rt, statement: str, **values) -> None:
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql(statement, values)


def attempt(rt, endpoint) -> None:
    make_due(rt, "delivery")
    deliveries.drain(rt, endpoint.id)


def failing(rt, merchant, served, since=PAST, attempts: int = 7):
    """An endpoint that has been failing since then, with a delivery that was tried so often."""
    endpoint = make_endpoint(rt, merchant, f"{served.url}/hook", failing_since=since, failures=40)
    happen(rt, merchant)
    change(rt, "UPDATE delivery SET attempts = %(attempts)s", attempts=attempts)
    return endpoint


def test_failures_are_counted_until_something_gets_through(rt, merchant):
    answers = iter([plain(b"", 500), plain(b"", 500), plain(b"", 204)])
    with serve(lambda handler: next(answers)(handler)) as served:  # noqa: PLW0108 - one a call
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)
        told = []
        for _ in range(3):
            attempt(rt, endpoint)
            told.append(endpoint_row(rt, endpoint).health)

    assert [each.status for each in told] == ["failing", "failing", "healthy"]
    assert [each.failures for each in told] == [1, 2, 0]
    assert told[0].failing_since == told[1].failing_since is not None
    assert told[2].failing_since is None
    assert told[2].last_success_at > told[2].last_failure_at


def test_nothing_through_for_three_days_disables_once_a_delivery_has_failed(rt, merchant):
    with serve(plain(b"", 500)) as served:
        endpoint = failing(rt, merchant, served)
        happen(rt, merchant)

        attempt(rt, endpoint)

    row = endpoint_row(rt, endpoint)
    assert (row.enabled, row.disabled_reason) == (False, deliveries.DEAD_SAID)
    assert row.health.status == "disabled"
    assert {each.state for each in deliveries_of(rt, endpoint)} == {"failed", "cancelled"}
    assert happen(rt, merchant) == []


@pytest.mark.parametrize(("since", "attempts"), [(PAST, 6), (None, 7)])
def test_less_than_that_disables_nothing(rt, merchant, since, attempts):
    with serve(plain(b"", 500)) as served:
        endpoint = failing(rt, merchant, served, since, attempts)

        attempt(rt, endpoint)

    assert endpoint_row(rt, endpoint).enabled


def test_enabled_again_it_begins_anew(client, rt, merchant):
    with serve(plain(b"", 410)) as served:
        endpoint = failing(rt, merchant, served)
        attempt(rt, endpoint)
    path = f"/admin/api/v1/webhooks/{endpoint.id}"
    before = client.get(path, headers=merchant.server).json

    after = client.patch(path, json={"enabled": True}, headers=merchant.server).json

    assert before["health"]["status"] == "disabled"
    assert before["disabledReason"] == deliveries.GONE_SAID
    assert after["health"]["status"] == "healthy"
    assert (after["health"]["failures"], after["health"]["failingSince"]) == (0, None)


def test_a_silent_endpoint_costs_the_time_that_is_allowed_and_is_tried_again(rt, merchant):
    hasty = guarded_session(allow_loopback=True, timeout=(1, 0.3), max_bytes=4096, cut=True)
    with serve(lambda handler: handler.rfile.read(1)) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)

        deliveries.drain(replace(rt, hooks=hasty), endpoint.id)

    [delivery] = deliveries_of(rt, endpoint)
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("pending", 1, None)
    assert delivery.last_problem == "The other server took too long to answer."


def test_the_time_that_is_allowed_is_thirty_seconds(rt):
    assert rt.hooks._timeout[1] == rt.hooks._guard.total == 30


def test_in_production_a_name_that_turns_to_this_machine_is_refused(rt, merchant):
    production = guarded_session(allow_loopback=False, resolver=lambda *_: ["127.0.0.1"])
    endpoint = make_endpoint(rt, merchant, "https://hooks.example/hook")
    happen(rt, merchant)

    deliveries.drain(replace(rt, hooks=production), endpoint.id)

    [delivery] = deliveries_of(rt, endpoint)
    assert delivery.state == "pending"
    assert delivery.last_problem == "This address is not one that we connect to."


def test_an_endless_answer_is_cut_and_the_event_is_delivered(rt, merchant):
    with serve(plain(b"x" * 5_000_000)) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)

        deliveries.drain(rt, endpoint.id)

    [delivery] = deliveries_of(rt, endpoint)
    assert delivery.state == "delivered"
    assert delivery.log[0]["response"] == "x" * 4096


def test_endpoints_that_fail_again_and_again_leave_lanes_to_the_others(rt, merchant):
    done = threading.Event()

    def hang(handler):
        done.wait(30)
        plain(b"", 500)(handler)

    with serve(hang) as served, ThreadPoolExecutor(5) as pool:
        ailing = [failing(rt, merchant, served, attempts=0) for _ in range(5)]
        lanes = [pool.submit(deliveries.drain, rt, each.id) for each in ailing]
        wait_until(lambda: sum(lane.done() for lane in lanes) == 2, "two find no lane")
        busy = [lane.done() for lane in lanes].count(False)
        done.set()

    assert busy == 3
    tried = [each.attempts > 0 for at in ailing for each in deliveries_of(rt, at)[:1]]
    assert sorted(tried) == [False, False, True, True, True]
