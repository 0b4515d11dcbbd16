"""The launch simulation: it repeats, it counts, and it notices what is not fair."""

from collections import Counter

import pytest

from benchmarks.simulation import report
from benchmarks.simulation.capacity import Cost, need
from benchmarks.simulation.client import State
from benchmarks.simulation.launch import Launch
from benchmarks.simulation.run import run
from benchmarks.simulation.service import Service, Told
from benchmarks.simulation.tally import Tally, percentile

SMALL = Launch(240, per_minute=60, over_seconds=20, absence_seconds=30, away=0.2)


@pytest.fixture(scope="module")
def outcome():
    return run(SMALL)


def test_the_same_launch_is_the_same_run(outcome):
    again, other = run(SMALL), run(SMALL._replace(seed=2))

    assert report.text(again) == report.text(outcome)
    assert report.text(other) != report.text(outcome)


def test_everybody_gets_in_in_turn_or_has_gone(outcome):
    ends = Counter(client.state for client in outcome.clients)

    assert sum(ends.values()) == SMALL.people
    assert ends.keys() <= {State.COMPLETED, State.EXPIRED, State.LEFT}
    assert ends[State.COMPLETED] > SMALL.people / 2
    assert report.fair(outcome)


def test_who_closes_the_page_is_passed_over_and_some_come_back(outcome):
    left = sum(client.state is State.LEFT for client in outcome.clients)
    back = sum(client.back and client.state is not State.LEFT for client in outcome.clients)

    assert outcome.service.passed >= left + back
    assert left > 0
    assert back > 0


def test_whoever_waits_asks_for_the_card_and_enters_once(outcome):
    line, enter = outcome.tally.load("line"), outcome.tally.load("enter")

    assert enter.total == SMALL.people
    assert line.total > 10 * SMALL.people
    assert SMALL.people / SMALL.over_seconds < enter.peak < SMALL.people


def test_it_notices_that_somebody_present_was_passed_over():
    class Deaf(Service):
        def status(self, client, now):
            told = super().status(client, now)
            client.last_sign = None
            return told

    few = SMALL._replace(people=60, away=0)
    outcome = run(few, Deaf(few))

    assert outcome.service.unjust > 0
    assert not report.fair(outcome)


def test_it_notices_that_somebody_was_admitted_out_of_order():
    class Upside(Service):
        def admit(self, now):
            self.card(now)
            self.waiting.reverse()
            admitted = super().admit(now)
            self.waiting.reverse()
            return admitted

    outcome = run(SMALL, Upside(SMALL))

    assert outcome.service.inversions > 0
    assert not report.fair(outcome)


def test_no_more_is_sold_than_there_is_and_the_others_are_told():
    outcome = run(SMALL._replace(stock=50))

    ends = Counter(client.state for client in outcome.clients)

    assert ends[State.COMPLETED] == 50
    assert ends[State.DENIED] > 0
    told = [client for client in outcome.clients if client.state is State.DENIED]
    assert all(client.told_at or client.away_since for client in told)


def test_without_presence_hardly_anybody_asks_for_a_status():
    asked = run(SMALL._replace(absence_seconds=0, away=0))

    assert asked.tally.load("status").total < 1.5 * SMALL.people
    assert asked.service.passed == 0


def test_signs_of_life_stay_under_their_share_of_the_limit():
    tight = SMALL._replace(status_limit=200, away=0)

    outcome = run(tight)

    assert outcome.service.refused == 0
    assert outcome.tally.load("status").total < 200 * outcome.lasted / 60
    assert report.fair(outcome)


def test_a_refused_call_is_a_sign_of_life_all_the_same():
    service = Service(SMALL._replace(status_limit=0))
    client = service.enter(0)

    told = service.status(client, 20)

    assert told is Told.REFUSED
    assert client.last_sign == 20


def test_a_client_that_stands_for_many_asks_as_often_as_they_would():
    alone = Launch(600, per_minute=120, over_seconds=20, away=0)

    many = run(alone._replace(clients=60)).tally
    each = run(alone).tally

    for route in ("enter", "line", "status"):
        assert many.load(route).total == pytest.approx(each.load(route).total, rel=0.15)


def test_requests_are_spread_over_an_interval_and_none_is_lost():
    tally = Tally()

    tally.add("line", 3.7, count=100, spread=4.2)
    tally.add("line", 3.9, count=1, spread=30)

    assert tally.load("line") == (101, 26)
    assert tally.between("line", 0, 4) == 26 / 4


def test_machines_are_counted_at_the_peak_of_all_routes():
    tally = Tally()
    tally.add("line", 0, 60_000)
    tally.add("enter", 0, 6_000)
    costs = {"line": Cost(20, 0), "enter": Cost(200, 100)}

    behind, alone = need(tally, costs, edges=100), need(tally, costs, edges=None)

    assert alone.web_cores == pytest.approx((1.2 + 1.2) / 0.6)
    assert alone.engine_cores == behind.engine_cores == pytest.approx(1)
    assert behind.web_processes == 3
    assert alone.web_machines == 1


@pytest.mark.parametrize(("values", "expected"), [([], 0), ([5], 5), (list(range(1, 102)), 51)])
def test_a_percentile_of_few_is_the_most_that_is_known(values, expected):
    assert percentile(values, 50) == expected
