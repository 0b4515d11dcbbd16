"""Buckets: what all workers of a shop may spend together, as the platform tells it."""

from concurrent.futures import ThreadPoolExecutor
from heapq import heapify, heappop, heappush

import pytest

from integration.kernel.errors import ServiceUnavailable
from integration.store.buckets import Bucket
from integration.store.credential_turns import alone
from integration.store.valkey import open_valkey
from tests.store.silence import closed_port


@pytest.fixture
def bucket(valkey) -> Bucket:
    return make(valkey)


def make(valkey, name="conn_1") -> Bucket:
    return Bucket(valkey, name, maximum=1000, per_second=10)


def let_pass(valkey, seconds: float, name="conn_1") -> None:
    """Let time pass for a bucket."""
    key = f"bucket:{name}"
    for field in {b"at", b"since"} & set(map(_bytes, valkey.client.hkeys(key))):
        valkey.client.hincrby(key, field, -int(seconds * 1000))


def _bytes(name: str | bytes) -> bytes:
    return name.encode() if isinstance(name, str) else name


def test_it_gives_what_it_has_and_says_how_long_the_rest_takes(bucket):
    taken = [bucket.take(600), bucket.take(400)]

    wait = bucket.take(100)

    assert taken == [0, 0]
    assert 9 < wait <= 10


def test_it_fills_with_time_up_to_its_maximum(bucket, valkey):
    bucket.take(1000)

    let_pass(valkey, 50)
    half = [bucket.take(500), bucket.take(50)]
    let_pass(valkey, 5000)
    full = [bucket.take(1000), bucket.take(50)]

    assert (half[0], full[0]) == (0, 0)
    assert half[1] > 0
    assert full[1] > 0


def test_what_is_refused_costs_nothing(bucket):
    bucket.take(950)

    refused = [bucket.take(100) for _ in range(5)]

    assert all(refused)
    assert bucket.take(50) == 0


def test_small_costs_keep_no_large_one_out(bucket, valkey):
    bucket.take(1000)
    due, seconds, passed = bucket.take(660), 0, 0

    while due > 0:
        let_pass(valkey, 1)
        seconds += 1
        passed += bucket.take(10) == 0
        if seconds >= due:
            left = bucket.take(660)
            due = left and seconds + left
        assert seconds < 1000

    assert seconds <= 140
    assert passed > seconds / 3


def test_nothing_is_saved_for_whoever_does_not_come_back(bucket, valkey):
    bucket.take(1000)
    bucket.take(660)

    let_pass(valkey, 60)
    early = [bucket.take(400), bucket.take(290)]
    let_pass(valkey, 30)

    assert early[0] > 0
    assert early[1] == 0
    assert bucket.take(590) == 0


def test_a_much_larger_cost_is_saved_for_before_a_small_one(bucket, valkey):
    bucket.take(1000)
    refused = [bucket.take(10), bucket.take(660), bucket.take(500)]

    let_pass(valkey, 67)

    assert all(refused)
    assert bucket.take(400) > 0
    assert bucket.take(660) == 0


def test_a_full_bucket_refuses_nobody(bucket, valkey):
    bucket.take(1000)
    bucket.take(900)

    let_pass(valkey, 101)

    assert bucket.take(1000) == 0


def test_a_cost_above_the_maximum_passes_when_the_bucket_is_full(bucket):
    assert bucket.take(5000) == 0
    assert bucket.take(1) > 300


def test_the_platforms_own_figures_take_over(bucket):
    bucket.take(10)

    bucket.learn(available=20, maximum=2000, per_second=100)
    wait = bucket.take(120)

    assert 0.9 < wait <= 1


def test_what_is_on_its_way_to_the_platform_stays_spent(bucket):
    for _ in range(3):
        bucket.take(300)

    # The answer to the first: the platform has not seen the others yet.
    bucket.learn(available=970, maximum=1000, per_second=10, refund=270)

    assert bucket.take(360) == 0
    assert bucket.take(100) > 0


def test_a_wait_that_the_platform_asks_for_holds_for_everybody(bucket, valkey):
    bucket.rest(30)
    bucket.rest(1)

    waits = [make(valkey).take(1), bucket.take(0)]

    assert all(29 < wait <= 30 for wait in waits)


def test_shops_have_buckets_of_their_own(bucket, valkey):
    bucket.take(1000)

    assert make(valkey, "conn_2").take(1000) == 0


def test_many_workers_together_spend_no_more_than_there_is(valkey):
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: make(valkey).take(100), range(40)))

    # As much as comes back while they ask is theirs, too.
    assert 10 <= waits.count(0) <= 15


def test_without_valkey_everything_passes():
    bucket = make(open_valkey(f"redis://127.0.0.1:{closed_port()}"))

    bucket.learn(available=0, maximum=10, per_second=1)

    assert [bucket.take(1000) for _ in range(3)] == [0, 0, 0]


def test_one_at_a_time_renews_credentials(valkey):
    inside, most = [], []

    def work(number: int) -> None:
        with alone(valkey, "conn_1"):
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(30)))

    assert (max(most), len(most)) == (1, 30)


def test_nobody_renews_credentials_while_nobody_can_tell_who_else_does():
    away = open_valkey(f"redis://127.0.0.1:{closed_port()}")

    with pytest.raises(ServiceUnavailable) as refused, alone(away, "conn_1"):
        pass

    assert refused.value.retry_after == 2


def asking(valkey, askers, seconds):
    """Let everybody ask as they are told for so long; return how long each had to wait.

    ``askers`` are costs, the seconds from one grant to the next asking, and how late they come.
    """
    bucket = Bucket(valkey, "conn_1", maximum=1000, per_second=100)
    turns = [(0.01 * place, place) for place in range(len(askers))]
    heapify(turns)
    now, since = 0.0, [None] * len(askers)
    waited = [[] for _ in askers]
    while turns[0][0] < seconds:
        at, place = heappop(turns)
        cost, pause, late = askers[place]
        let_pass(valkey, at - now)
        # What is left of a millisecond passes with the next.
        now += int((at - now) * 1000) / 1000
        since[place] = at if since[place] is None else since[place]
        wait = bucket.take(cost)
        if not wait:
            waited[place].append(at - since[place])
            since[place] = None
        heappush(turns, (at + (wait + late if wait else pause), place))
    for place, began in enumerate(since):
        waited[place] += [] if began is None else [now - began]
    return waited


PRODUCTS, ORDERS, CUSTOMERS, MORE = (664, 0.5), (753, 0.5), (603, 0.5), (803, 0.5)


@pytest.mark.parametrize(
    "askers",
    [
        [(*PRODUCTS, 0), (*ORDERS, 0)],
        [(*PRODUCTS, 0), (*ORDERS, 2)],
        [(*PRODUCTS, 0), (*ORDERS, 12)],
        [(*PRODUCTS, 5), (*ORDERS, 1), (*CUSTOMERS, 0)],
        [(*PRODUCTS, 1), (*ORDERS, 1), (*CUSTOMERS, 1), (*MORE, 8)],
        [(*PRODUCTS, 0), (*ORDERS, 1), (30, 0.2, 0.3), (60, 0.5, 0.5), (67, 2, 3)],
        [(*ORDERS, 1), (50, 0.2, 0), (55, 0.2, 0), (60, 0.2, 0)],
        [(1000, 0.5, 1), (*PRODUCTS, 0), (*ORDERS, 0)],
    ],
)
def test_everybody_who_keeps_asking_gets_turns(valkey, askers):
    waited = asking(valkey, askers, 150)

    round_of_all = 2 * sum({cost for cost, _, _ in askers}) / 100
    for told, (_, _, late) in zip(waited, askers, strict=True):
        assert len(told) > 1
        assert max(told) <= round_of_all + late + 1
