"""Draws by the clock: at their time, and once, however many clocks run."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from integration.app import create_app
from integration.engine.verification import verify
from tests.support.clocks import ticking_on
from tests.support.draws import enter, outcomes, proof, running_draw
from tests.support.launches import make_guest
from tests.support.waiting import wait_until

TELLING = timedelta(seconds=2)
TO_ENTER = timedelta(seconds=6)


def times(rt):
    with rt.transaction() as tx:
        return tx.session.execute(
            text("SELECT draw_at, frozen_at, drawn_at, announced_at FROM draw")
        ).one()


def test_two_clocks_draw_within_two_seconds_of_the_time_and_once(rt, clock_runtime, merchant):
    client = create_app(rt).test_client()
    guests = [make_guest(client, merchant) for _ in range(8)]
    at = datetime.now(UTC) + TO_ENTER
    draw = running_draw(client, merchant, winnerCount=2, backupCount=1, drawAt=at.isoformat())
    for guest in guests:
        enter(client, draw, guest)

    with ticking_on([clock_runtime] * 2):
        wait_until(lambda: times(rt).announced_at, "everybody knows")

    draw_at, frozen_at, drawn_at, announced_at = times(rt)
    assert draw_at <= frozen_at <= drawn_at <= announced_at < draw_at + TELLING
    assert Counter(outcomes(client, draw, guests)) == {"WON": 2, "BACKUP": 1, "LOST": 5}
    assert verify(proof(client, merchant, draw)) == []
