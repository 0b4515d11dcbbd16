"""Leases are short and renewed: who lives keeps what it has in hand, who dies loses it soon."""

import signal
import threading
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest

from integration.kernel.heartbeat import beating
from integration.services import deliveries, inbox, mail, syncing
from tests.connectors.loopback import plain, serve
from tests.jobs.support import deliveries_of, end_leases, happen, make_endpoint
from tests.jobs.test_worker import swept, worker_process
from tests.support.waiting import wait_until

SECONDS = 30


@pytest.mark.parametrize("service", [deliveries, inbox, mail, syncing])
def test_a_dead_workers_work_is_taken_up_within_seconds(service):
    assert timedelta(seconds=10) >= service.LEASE
    assert timedelta(seconds=3 * service.BEAT_SECONDS) <= service.LEASE


def test_a_beat_goes_on_beside_the_work_until_it_ends():
    beats, enough = [], threading.Event()

    def beat():
        beats.append(threading.current_thread())
        if len(beats) == 3:
            enough.set()
        raise ValueError(len(beats))

    with beating(0.01, beat):
        assert enough.wait(SECONDS)
    after = len(beats)

    assert threading.current_thread() not in beats
    assert not beats[0].is_alive()
    assert len(beats) == after


@contextmanager
def holding(until: threading.Event):
    """A receiver that answers nobody before that."""

    def answer(handler):
        until.wait(SECONDS)
        plain(b"")(handler)

    with serve(answer) as served:
        try:
            yield served
        finally:
            until.set()


def test_who_lives_keeps_what_it_has_for_longer_than_a_lease(rt, merchant, monkeypatch):
    monkeypatch.setattr(deliveries, "LEASE", timedelta(seconds=3))
    monkeypatch.setattr(deliveries, "BEAT_SECONDS", 0.1)
    done = threading.Event()
    with holding(done) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)
        first = threading.Thread(target=deliveries.drain, args=(rt, endpoint.id))
        first.start()
        wait_until(lambda: served.requests, "the first attempt is under way")
        until = deliveries_of(rt, endpoint)[0].claimed_until

        wait_until(
            lambda: deliveries_of(rt, endpoint)[0].claimed_until > until + timedelta(seconds=3),
            "the lease was renewed beyond its end",
        )
        deliveries.drain(rt, endpoint.id)
        done.set()
        first.join(SECONDS)

    assert len(served.requests) == 1
    assert deliveries_of(rt, endpoint)[0].state == "delivered"


def test_a_slow_endpoint_holds_up_no_other_and_a_killed_worker_loses_nothing(
    rt, merchant, settings
):
    done = threading.Event()
    with ExitStack() as stack:
        slow, quick = stack.enter_context(holding(done)), stack.enter_context(serve(plain(b"")))
        endpoints = [make_endpoint(rt, merchant, f"{at.url}/hook") for at in (slow, quick)]
        happen(rt, merchant)
        with worker_process(settings, "none", 0) as worker:
            wait_until(lambda: swept(rt) and slow.requests, "the slow endpoint is being told")
            for _ in range(20):
                happen(rt, merchant)
            wait_until(lambda: swept(rt) and len(told(quick)) == 21, "the other is told of all")
            waiting = len(slow.requests)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        done.set()
        end_leases(rt)

        with worker_process(settings, "none", 0):
            wait_until(
                lambda: (
                    swept(rt)
                    and {each.state for each in deliveries_of(rt, endpoints[0])} == {"delivered"}
                ),
                "what the killed worker had in hand is delivered",
            )

    assert waiting < 21
    # A worker killed between an answer and its row delivers once more.
    assert len(told(slow)) == len(told(quick)) == 21


def told(served):
    """The events that an endpoint was told of, each once."""
    return {each["webhook-id"] for each in list(served.requests)}
