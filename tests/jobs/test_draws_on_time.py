"""Draws by the clock: at their time, and once, however many clocks run."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from integration.app import create_app
from integration.engine.verification import verify
from integration.runtime import build
from tests.jobs.test_schedule import ticking
from tests.support.draws import entrants, outcomes, proof, running_draw
from tests.support.waiting import wait_until

TELLING = timedelta(seconds=2)


@pytest.fixture
def clock_runtime(rt, settings):
    """A runtime that a clock may change the connections of."""
    own = build(settings)
    yield own
    own.close()


def times(rt):
    with rt.transaction() as tx:
        return tx.session.execute(
            text("SELECT draw_at, frozen_at, drawn_at, announced_at FROM draw")
        ).one()


def test_two_clocks_draw_within_two_seconds_of_the_time_and_once(rt, clock_runtime, merchant):
    client = create_app(rt).test_client()
    at = datetime.now(UTC) + timedelta(seconds=4)
    draw = running_draw(client, merchant, winnerCount=2, backupCount=1, drawAt=at.isoformat())
    guests = entrants(client, merchant, draw, 8)

    with ticking(clock_runtime, clocks=2):
        wait_until(lambda: times(rt).announced_at, "everybody knows")

    draw_at, frozen_at, drawn_at, announced_at = times(rt)
    assert draw_at <= frozen_at <= drawn_at <= announced_at < draw_at + TELLING
    assert Counter(outcomes(client, draw, guests)) == {"WON": 2, "BACKUP": 1, "LOST": 5}
    assert verify(proof(client, merchant, draw)) == []
