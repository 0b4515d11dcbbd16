"""Limits: exact over threads and processes, and there when Valkey is not (D12)."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from integration.kernel.errors import RateLimited
from integration.kernel.tenant import Tenant
from integration.store.limits import Limits, Taken, share, subject_of
from integration.store.valkey import open_valkey
from tests.store.silence import closed_port, frozen_port
from tests.support.waiting import within

A, B = Tenant("org_a", "live"), Tenant("org_b", "live")


@pytest.fixture
def limits(valkey) -> Limits:
    return Limits(valkey)


def test_a_window_grants_what_it_has_room_for_and_tells_its_figures(limits):
    first = limits.take("orders", "org_a:live", 10, 7)
    second = limits.take("orders", "org_a:live", 10, 7)
    third = limits.take("orders", "org_a:live", 10)

    assert (first.granted, first.limit, first.remaining, first.retry_after) == (7, 10, 3, 0)
    assert (second.granted, second.remaining) == (3, 0)
    assert (third.granted, third.remaining) == (0, 0)
    assert 1 <= third.retry_after <= 60
    assert 0 <= third.reset - int(time.time()) <= 61


def test_subjects_and_names_have_windows_of_their_own(limits):
    limits.take("orders", subject_of(A), 1)

    assert limits.take("orders", subject_of(A), 1).granted == 0
    assert limits.take("orders", subject_of(B), 1).granted == 1
    assert limits.take("products", subject_of(A), 1).granted == 1
    assert limits.take("orders", subject_of(A._replace(mode="test")), 1).granted == 1


def test_a_burst_is_bounded_within_its_second_and_costs_the_minute_only_what_it_granted(
    limits, valkey
):
    first = limits.take("queue_entry", "a", 1000, 150, burst=100)
    (second,) = valkey.client.keys("limit:*:second")
    assert valkey.client.pexpire(second, 9_000)

    again = limits.take("queue_entry", "a", 1000, 1, burst=100)

    assert (first.granted, first.remaining, first.retry_after) == (100, 900, 1)
    assert (again.granted, again.remaining, again.retry_after) == (0, 900, 9)


def test_a_minute_bounds_what_a_burst_would_allow(limits):
    limits.take("queue_entry", "a", 50, 45, burst=100)

    taken = limits.take("queue_entry", "a", 50, 20, burst=100)

    assert taken.granted == 5
    assert taken.retry_after > 1


def test_a_window_ends_by_valkeys_clock_and_begins_with_its_first_call(limits, valkey):
    limits.take("orders", "a", 1)
    (key,) = valkey.client.keys("limit:*")
    assert 59_000 < valkey.client.pttl(key) <= 60_000

    valkey.client.pexpire(key, 1)
    while valkey.client.exists(key):
        pass

    assert limits.take("orders", "a", 1).granted == 1


def test_a_window_without_an_end_gets_one(limits, valkey):
    limits.take("orders", "a", 5)
    (key,) = valkey.client.keys("limit:*")
    valkey.client.persist(key)

    limits.take("orders", "a", 5)

    assert valkey.client.pttl(key) > 0


def test_eight_processes_worth_of_callers_never_take_more_than_there_is(redis_url, clean):
    limits = [Limits(open_valkey(redis_url)) for _ in range(8)]
    for each in limits:
        each._valkey.client.connection_pool.connection_kwargs["socket_timeout"] = 5

    def take(mine: Limits) -> int:
        return sum(mine.take("queue_entry", "a", 1000, cost).granted for cost in range(1, 40))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, limits)) == 1000
    for each in limits:
        each._valkey.client.close()


@pytest.mark.parametrize("kind", ["closed", "frozen"])
def test_with_valkey_away_each_process_counts_for_itself_and_nobody_waits_twice(kind):
    with frozen_port() as frozen:
        port = frozen if kind == "frozen" else closed_port()

        def take_ten() -> list[Taken]:
            limits = Limits(open_valkey(f"redis://127.0.0.1:{port}"))
            return [limits.take("queue_entry", "a", 5, 1, burst=4) for _ in range(10)]

        taken = within(0.4, take_ten)
    assert [each.granted for each in taken] == [*[1] * 4, *[0] * 6]
    assert taken[0].remaining == 4
    assert taken[-1].retry_after >= 1


def test_a_refusal_carries_the_figures():
    with pytest.raises(RateLimited) as refused:
        Taken(0, 10, 0, 1_700_000_000, 12).check()

    assert refused.value.retry_after == 12
    assert refused.value.headers == {
        "X-RateLimit-Limit": "10",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1700000000",
    }


def test_who_came_first_in_a_group_is_granted():
    windows = {A: Taken(2, 10, 0, 0, 9), B: Taken(1, 10, 9, 0, 0)}
    asked = []

    shares = share(lambda *call: asked.append(call) or windows[call[0]], [A, B, A, A])

    assert asked == [(A, 3), (B, 1)]
    assert shares[:3] == [windows[A], windows[B], windows[A]]
    assert isinstance(shares[3], RateLimited)
