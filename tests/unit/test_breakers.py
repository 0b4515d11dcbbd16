"""Breakers and bulkheads: what they let through, beside a model in a few lines."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.kernel.breakers import (
    FAILURES,
    FIRST_PAUSE_SECONDS,
    LONGEST_PAUSE_SECONDS,
    MOST,
    PROBE_SECONDS,
    Breaker,
    Breakers,
    NotNow,
)


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def breaker(time):
    return Breaker(time)


def fail(breaker, times=1):
    for _ in range(times):
        with breaker.turn():
            breaker.failed()


def waits(breaker) -> float:
    with pytest.raises(NotNow) as caught, breaker.turn():
        pass
    return caught.value.seconds


def test_some_failures_in_a_row_let_nobody_call_for_a_while(breaker):
    fail(breaker, FAILURES)

    assert waits(breaker) == FIRST_PAUSE_SECONDS


def test_one_answer_among_failures_keeps_it_closed(breaker):
    for _ in range(3):
        fail(breaker, FAILURES - 1)
        with breaker.turn():
            breaker.answered()

    fail(breaker)


def test_after_the_pause_one_goes_first_and_the_others_wait_for_it(breaker, time):
    fail(breaker, FAILURES)
    time.now += FIRST_PAUSE_SECONDS

    with breaker.turn():
        meanwhile = waits(breaker)
        breaker.answered()

    assert meanwhile == PROBE_SECONDS
    fail(breaker, FAILURES - 1)


def test_each_first_one_that_fails_makes_the_pause_longer(breaker, time):
    fail(breaker, FAILURES)
    pauses = []
    for _ in range(8):
        time.now += waits(breaker)
        fail(breaker)
        pauses.append(waits(breaker))

    assert pauses[:4] == [10.0, 20.0, 40.0, 60.0]
    assert set(pauses[4:]) == {LONGEST_PAUSE_SECONDS}


def test_a_first_one_that_never_says_what_became_of_it_is_followed_by_another(breaker, time):
    fail(breaker, FAILURES)
    time.now += FIRST_PAUSE_SECONDS
    with breaker.turn():
        pass
    time.now += PROBE_SECONDS

    with breaker.turn():
        breaker.answered()


def test_those_under_way_when_it_opens_do_not_make_the_pause_longer(breaker):
    fail(breaker, FAILURES)
    for _ in range(10):
        breaker.failed()

    assert waits(breaker) == FIRST_PAUSE_SECONDS


@given(st.lists(st.booleans(), max_size=60))
def test_without_time_it_opens_exactly_after_so_many_failures_in_a_row(outcomes):
    breaker, in_a_row = Breaker(Time()), 0

    for good in outcomes:
        if in_a_row >= FAILURES:
            assert waits(breaker) > 0
            break
        with breaker.turn():
            breaker.answered() if good else breaker.failed()
        in_a_row = 0 if good else in_a_row + 1


def test_so_many_at_once_and_no_more(monkeypatch):
    monkeypatch.setattr("integration.kernel.breakers.TURN_SECONDS", 0.01)
    breaker, entered, leave = Breaker(at_once=2), threading.Barrier(3), threading.Event()

    def call() -> None:
        with breaker.turn():
            entered.wait(20)
            leave.wait(20)

    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    entered.wait(20)
    refused = waits(breaker)
    leave.set()
    for thread in threads:
        thread.join()

    assert refused > 0
    with breaker.turn():
        pass


def test_each_name_has_a_breaker_of_its_own(time):
    breakers = Breakers()
    fail(breakers.of("conn_1"), FAILURES)

    assert breakers.of("conn_1") is breakers.of("conn_1")
    with breakers.of("conn_2").turn():
        pass
    waits(breakers.of("conn_1"))


def test_of_very_many_the_longest_unused_are_forgotten():
    breakers = Breakers()
    first, second = breakers.of("0"), breakers.of("1")
    for number in range(2, MOST):
        breakers.of(str(number))
    breakers.of("0")

    breakers.of("one more")

    assert breakers.of("0") is first
    assert breakers.of("1") is not second
