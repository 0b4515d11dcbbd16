"""Statements that find lines with something to do, whoever's they are."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from integration.engine.kinds import SERVED_IN_TURN
from integration.engine.windows import DistributionState
from integration.store import counters, distributions
from integration.store.counters import LINE, LineOf
from integration.store.models import Distribution, Draw, Line


def served(session: Session, most: int) -> list[str]:
    """Return the lines, whoever's they are, that are served in turn and in which somebody waits.

    With them lobbies whose numbers are to be dealt, even while they are paused.
    """
    active = Distribution.state == DistributionState.ACTIVE.value
    found = (
        select(Line.distribution_id)
        .join(Distribution, Distribution.id == Line.distribution_id)
        .where(Line.waiting > 0, active | Line.lobby.is_(None))
        .where(Distribution.archived_at.is_(None))
        .where(func.coalesce(Distribution.open_at, func.now()) <= func.now())
        .where(Distribution.kind.in_([kind.value for kind in SERVED_IN_TURN]))
        .order_by(Line.distribution_id)
        .limit(most)
    )
    return list(session.scalars(found))


def without_hope(session: Session, most: int) -> list[LineOf]:
    """Return the lines, whoever's they are, in which people wait for nothing."""
    in_turn = Distribution.kind.in_([kind.value for kind in SERVED_IN_TURN])
    sold_out = (
        # Others tell those who wait themselves, when they have chosen.
        in_turn
        & Distribution.inventory_bound
        & (Line.held <= 0)
        & (Distribution.stock - Line.sold < Distribution.units_per_admission)
    )
    # Those a draw has not chosen are told so, whatever happens to it then.
    drawn = exists().where(Draw.distribution_id == Distribution.id, Draw.drawn_at.is_not(None))
    over = (Distribution.state == DistributionState.ENDED.value) & ~drawn
    hopeless = (
        select(*LINE)
        .join(Line, Line.distribution_id == Distribution.id)
        .where(Line.waiting > 0, sold_out | over, Distribution.state != distributions.DRAFT)
        .where(Distribution.archived_at.is_(None))
    )
    return counters.lines(session, hopeless, most)
