"""Statements for whoever operates it on the night of a launch: of all tenants together."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from integration.store.insight.reading import UNCOUNTED_SINCE

MOST_LINES = 20


class Busy(NamedTuple):
    """One of the lines that most people are in."""

    distribution_id: str
    kind: str
    waiting: int
    active: int


class Step(NamedTuple):
    """How often something happened in all lines of one kind."""

    kind: str
    step: str
    taken: int


class Health(NamedTuple):
    """How far the clock is behind, and what the database is busy with; times in seconds."""

    expiry: float
    counting: float
    connections: int
    oldest_transaction: float


def busiest(session: Session) -> Sequence[Busy]:
    """Return the lines with most people in them: a launch more makes no series more."""
    found = session.execute(_BUSIEST, {"most": MOST_LINES})
    return [Busy._make(row) for row in found]


def steps(session: Session) -> Sequence[Step]:
    """Return how often each step of the funnel was taken, in all."""
    return [Step._make(row) for row in session.execute(_STEPS)]


def health(session: Session) -> Health:
    """Return how the clock and the database do."""
    return Health._make(session.execute(_HEALTH).one())


_BUSIEST = text("""
    /* of the whole installation */
    SELECT d.id, d.kind, l.waiting, l.active
    FROM line l JOIN distribution d ON d.id = l.distribution_id
    WHERE l.waiting + l.active > 0
    ORDER BY l.waiting + l.active DESC, d.id LIMIT :most
""")
_STEPS = text("""
    /* of the whole installation */
    SELECT d.kind, c.measure, sum(c.value)::bigint
    FROM insight_count c JOIN distribution d ON d.id = c.subject_id
    WHERE c.grain = 0 AND c.measure IN (
        'entered', 'admitted', 'checked_out', 'completed', 'expired', 'denied', 'left'
    )
    GROUP BY 1, 2 ORDER BY 1, 2
""")
_HEALTH = text(f"""
    /* of the whole installation */
    WITH changed AS (
        SELECT l.distribution_id, coalesce(k.number, 0) AS number, coalesce(k.turn, 0) AS turn
        FROM line l LEFT JOIN insight_mark k ON k.distribution_id = l.distribution_id
        WHERE l.version > 0 AND k.version IS DISTINCT FROM l.version
    )
    SELECT
        coalesce(extract(epoch FROM clock_timestamp() - (
            SELECT min(expires_at) FROM admission
            WHERE state = 'ADMITTED' AND expires_at <= clock_timestamp()
        )), 0)::float,
        coalesce(extract(epoch FROM clock_timestamp() - least(
            {UNCOUNTED_SINCE}, (SELECT min(at) FROM insight_fact)
        )), 0)::float,
        count(*),
        coalesce(max(extract(epoch FROM clock_timestamp() - xact_start))
            FILTER (WHERE pid <> pg_backend_pid()), 0)::float
    FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
""")  # noqa: S608 - the fragment is ours
