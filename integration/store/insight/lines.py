"""Statements that count a line's entries and admissions, each of them once.

Whatever changes a line does so under its row, one after the other: entries are numbered, and
admissions given their turn, in the order of their commits. Behind the last one counted there
is nothing left to come, whoever was slow.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.engine.fairness import BLOCK
from integration.engine.insight import Measure
from integration.store import counters, rows
from integration.store.counters import LINE, LineOf
from integration.store.insight.counts import Count
from integration.store.models import Distribution, InsightBlock, InsightMark, Line

M = InsightMark


class Mark(NamedTuple):
    """How far a line has been counted; ``version`` is the line's, read before its rows."""

    number: int
    turn: int
    version: int


class Given(NamedTuple):
    """One admission, in the order of turns."""

    turn: int
    number: int
    entered_at: datetime
    admitted_at: datetime


def due(session: Session, most: int) -> list[LineOf]:
    """Return the lines, whoever's they are, that have changed since they were counted."""
    changed = (
        select(*LINE)
        .join(Line, Line.distribution_id == Distribution.id)
        .outerjoin(M, M.distribution_id == Line.distribution_id)
        .where(Line.version > 0, or_(M.version.is_(None), M.version != Line.version))
    )
    return counters.lines(session, changed, most)


def claim(session: Session, line: LineOf) -> Mark | None:
    """Take a line to count it; None where another clock does."""
    new = insert(M).values(distribution_id=line.distribution_id, **line.tenant._asdict())
    session.execute(new.on_conflict_do_nothing())
    mine = (
        rows.of(M, line.tenant)
        .where(M.distribution_id == line.distribution_id)
        .join(Line, Line.distribution_id == M.distribution_id)
        .with_only_columns(M.number, M.turn, Line.version)
        .with_for_update(of=M, skip_locked=True)
    )
    row = session.execute(mine).first()
    return None if row is None else Mark(*row)


def entries(session: Session, line: LineOf, mark: Mark, most: int) -> tuple[int, list[Count]]:
    """Return the number of the last entry behind the mark, and the counts of all up to it."""
    found = session.execute(_ENTRIES, _names(line, mark.number, most)).all()
    measure = Measure.ENTERED.value
    counts = [Count(line.tenant, line.distribution_id, measure, at, n) for at, n, _ in found]
    return max((last for _, _, last in found), default=mark.number), counts


def admissions(session: Session, line: LineOf, mark: Mark, most: int) -> list[Given]:
    """Return the first admissions behind the mark."""
    found = session.execute(_ADMISSIONS, _names(line, mark.turn, most))
    return [Given(*row) for row in found]


def blocks(session: Session, line: LineOf) -> dict[int, int]:
    """Return how many were admitted of each block of entry numbers, up to the mark."""
    B = InsightBlock  # noqa: N806 - a table
    wanted = rows.of(B, line.tenant).where(B.distribution_id == line.distribution_id)
    found = session.execute(wanted.with_only_columns(B.block, B.admitted))
    return {row.block: row.admitted for row in found}


def members(session: Session, line: LineOf, turn: int, wanted: Sequence[int]) -> Sequence[int]:
    """Return the entry numbers in these blocks that were admitted up to a turn."""
    names = _names(line, turn, BLOCK) | {"blocks": list(wanted)}
    return session.scalars(_MEMBERS, names).all()


def add_blocks(session: Session, line: LineOf, added: dict[int, int]) -> None:
    """Add to the blocks' counts."""
    values = [
        {
            "distribution_id": line.distribution_id,
            "block": block,
            "admitted": count,
            **line.tenant._asdict(),
        }
        for block, count in sorted(added.items())
    ]
    new = insert(InsightBlock).values(values)
    more = {"admitted": InsightBlock.admitted + new.excluded.admitted}
    session.execute(
        new.on_conflict_do_update(index_elements=["distribution_id", "block"], set_=more)
    )


def move_on(session: Session, line: LineOf, mark: Mark) -> None:
    """Keep how far the line has been counted; the caller has claimed it."""
    session.execute(
        update(M)
        .where(M.distribution_id == line.distribution_id)
        .where(M.organization_id == line.tenant.organization_id, M.mode == line.tenant.mode)
        .values(mark._asdict())
        .execution_options(synchronize_session=False)
    )


def _names(line: LineOf, mark: int, most: int) -> dict[str, Any]:
    names = {"distribution_id": line.distribution_id, "mark": mark, "most": most}
    return names | line.tenant._asdict()


_ENTRIES = text("""
    SELECT date_trunc('minute', entered_at), count(*), max(number)
    FROM (
        SELECT entered_at, number FROM participation
        WHERE distribution_id = :distribution_id AND number > :mark
            AND organization_id = :organization_id AND mode = :mode
        ORDER BY number LIMIT :most
    ) news
    GROUP BY 1
""")
_ADMISSIONS = text("""
    SELECT a.turn, p.number, p.entered_at, a.issued_at
    FROM (
        SELECT turn, participation_id, issued_at FROM admission
        WHERE distribution_id = :distribution_id AND turn > :mark
            AND organization_id = :organization_id AND mode = :mode
        ORDER BY turn LIMIT :most
    ) a
    JOIN participation p ON p.id = a.participation_id
    WHERE p.organization_id = :organization_id AND p.mode = :mode
    ORDER BY a.turn
""")
_MEMBERS = text("""
    SELECT p.number
    FROM unnest(CAST(:blocks AS bigint[])) AS b (block)
    JOIN participation p ON p.distribution_id = :distribution_id
        AND p.number >= b.block * :most AND p.number < (b.block + 1) * :most
        AND p.admitted_at IS NOT NULL
    JOIN admission a ON a.participation_id = p.id AND a.turn <= :mark
    WHERE p.organization_id = :organization_id AND p.mode = :mode
""")
