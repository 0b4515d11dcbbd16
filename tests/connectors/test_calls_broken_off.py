"""What a shop that fails, or hangs, costs everybody else: a few calls, and then none."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from connectors.base import ConnectorError, NeedsReconnect, PlatformBusy, Surroundings
from connectors.calls import AWAY, call
from integration.kernel.breakers import FAILURES, FIRST_PAUSE_SECONDS, Breaker
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.loopback import plain


class Time:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time():
    return Time()


def around(breaker) -> Surroundings:
    http = guarded_session(allow_loopback=True, timeout=(3, 20))
    return Surroundings(http=http, clock=SystemClock(), breaker=breaker)


def ask(outside, url):
    return call(outside, "GET", f"{url}/products")


def fail(outside, url, times):
    for _ in range(times):
        with pytest.raises(ConnectorError):
            ask(outside, url)


def test_a_shop_that_fails_is_left_in_peace_until_its_pause_is_over(serving, time):
    outside, shop = around(Breaker(time)), serving(plain(b"", 500))
    fail(outside, shop.url, FAILURES)

    with pytest.raises(PlatformBusy) as caught:
        ask(outside, shop.url)
    asked = len(shop.requests)
    time.now += FIRST_PAUSE_SECONDS
    fail(outside, shop.url, 3)

    assert (str(caught.value), caught.value.retry_after) == (AWAY, FIRST_PAUSE_SECONDS)
    assert asked == FAILURES
    assert len(shop.requests) == FAILURES + 1


def test_a_shop_that_cannot_be_reached_is_left_in_peace_too(time):
    outside = around(Breaker(time))
    fail(outside, "http://127.0.0.1:9", FAILURES)

    with pytest.raises(PlatformBusy, match="has not been answering"):
        ask(outside, "http://127.0.0.1:9")


@pytest.mark.parametrize("status", [200, 401, 404, 422, 429])
def test_a_shop_that_answers_is_asked_on_whatever_it_says(serving, time, status):
    outside, shop = around(Breaker(time)), serving(plain(b"{}", status))

    for _ in range(2 * FAILURES):
        with suppress(NeedsReconnect, PlatformBusy):
            ask(outside, shop.url)

    assert len(shop.requests) == 2 * FAILURES


def test_a_shop_that_hangs_holds_up_no_more_callers_than_its_share(serving, monkeypatch):
    monkeypatch.setattr("integration.kernel.breakers.TURN_SECONDS", 0.01)
    come, leave = threading.Semaphore(0), threading.Event()

    def hang(handler):
        come.release()
        leave.wait(20)
        plain(b"{}")(handler)

    outside, shop = around(Breaker(at_once=3)), serving(hang)
    with ThreadPoolExecutor(3) as pool:
        hanging = [pool.submit(ask, outside, shop.url) for _ in range(3)]
        for _ in hanging:
            assert come.acquire(timeout=20)
        fail(outside, shop.url, 5)
        leave.set()
        answers = [each.result().status_code for each in hanging]

    assert answers == [200, 200, 200]
    assert len(shop.requests) == 3
    assert ask(outside, shop.url).status_code == 200
