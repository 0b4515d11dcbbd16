"""What the record says of a whole line."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, text

from integration.engine.marks import Mark
from integration.engine.windows import DistributionState, Window
from integration.store.line.ladder import ladders, waiting_in
from integration.store.models import Distribution, Line, Participation

DRAFT = "draft"
FRONT = 2_048

# From the number being served back in doubling steps: the time of each is the history.
_HISTORY = text("""
    SELECT found.issued_at, found.number
    FROM unnest(CAST(:steps AS bigint[])) AS step
    CROSS JOIN LATERAL (
        SELECT a.issued_at, p.number
        FROM participation p JOIN admission a ON a.participation_id = p.id AND a.in_turn
        WHERE p.distribution_id = :line
            AND p.number <= :serving - step AND p.number > :serving - step - 64
        ORDER BY p.number DESC LIMIT 1
    ) AS found
    ORDER BY found.issued_at, found.number
""")
_STEPS = [0, *(2**power for power in range(21))]


class LineFacts(NamedTuple):
    """A published distribution and its counters, at one moment of the database's clock."""

    id: str
    now: datetime
    window: Window
    rules: dict[str, Any]
    notice: str | None
    entered: int
    waiting: int
    serving: int


def line_facts(connection: Connection, distribution_id: str) -> LineFacts | None:
    """Return the facts, or None for what consumers may not know of."""
    wanted = (
        select(
            func.clock_timestamp(),
            Distribution.state,
            Distribution.open_at,
            Distribution.close_at,
            Distribution.rules,
            Distribution.notice,
            Line.entered,
            Line.waiting,
            Line.serving,
        )
        .join(Line, Line.distribution_id == Distribution.id)
        .where(Distribution.id == distribution_id)
        .where(Distribution.state != DRAFT, Distribution.archived_at.is_(None))
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    now, state, open_at, close_at, *rest = row
    window = Window(DistributionState(state), open_at, close_at)
    return LineFacts(distribution_id, now, window, *rest)


def history(connection: Connection, facts: LineFacts) -> list[tuple[datetime, int]]:
    """Return when which number was served, a few of them, ascending."""
    found = connection.execute(
        _HISTORY, {"line": facts.id, "serving": facts.serving, "steps": _STEPS}
    )
    return [(at, number) for at, number in found]


def samples(connection: Connection, facts: LineFacts) -> list[Mark]:
    """Return some of those waiting with their ranks: the first, some between, the last."""
    waiting = select(Participation.number).where(*waiting_in(facts.id))
    ascending = waiting.order_by(Participation.number)
    first = connection.scalars(ascending.limit(FRONT)).all()
    marks = [(number, rank) for rank, number in enumerate(first)]
    if len(first) < FRONT:
        return marks
    last = connection.scalars(waiting.order_by(Participation.number.desc()).limit(1)).all()
    further = [
        *ladders.rungs(connection, facts.id),
        *((number, facts.waiting - 1) for number in last),
    ]
    for number, rank in further:
        if number > marks[-1][0] and rank > marks[-1][1]:
            marks.append((number, rank))
    return marks
