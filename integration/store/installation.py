"""Figures of the whole installation, for whoever operates it: of all tenants together."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session


class Backlog(NamedTuple):
    """The age in seconds of what has waited longest; 0 where nothing waits."""

    inbox: float
    deliveries: float
    sync_runs: float
    messages: float


class Lines(NamedTuple):
    """What the lines of one kind add up to."""

    kind: str
    entered: int
    waiting: int
    active: int
    sold: int


_BACKLOG = text("""
    /* of the whole installation */
    SELECT
        coalesce(extract(epoch FROM clock_timestamp() - (
            SELECT min(received_at) FROM inbox_notice WHERE handled_at IS NULL
        )), 0)::float,
        coalesce(extract(epoch FROM clock_timestamp() - (
            SELECT min(due_at) FROM delivery
            WHERE state = 'pending' AND due_at <= clock_timestamp()
        )), 0)::float,
        coalesce(extract(epoch FROM clock_timestamp() - (
            SELECT least(
                (SELECT min(due_at) FROM sync_run
                WHERE finished_at IS NULL AND due_at <= clock_timestamp()),
                (SELECT min(due_at) FROM import_run
                WHERE finished_at IS NULL AND due_at <= clock_timestamp())
            )
        )), 0)::float,
        coalesce(extract(epoch FROM clock_timestamp() - (
            SELECT min(due_at) FROM message
            WHERE state = 'pending' AND due_at <= clock_timestamp()
                AND expires_at > clock_timestamp()
        )), 0)::float
""")
_LINES = text("""
    /* of the whole installation */
    SELECT d.kind, sum(l.entered)::bigint, sum(l.waiting)::bigint, sum(l.active)::bigint,
        sum(l.sold)::bigint
    FROM line l JOIN distribution d ON d.id = l.distribution_id
    WHERE d.state <> 'draft'
    GROUP BY d.kind ORDER BY d.kind
""")


def backlog(session: Session) -> Backlog:
    """Return how long what is due has waited."""
    return Backlog._make(session.execute(_BACKLOG).one())


def lines(session: Session) -> Sequence[Lines]:
    """Return the sums of all lines, archived ones too, so that they never fall."""
    return [Lines._make(row) for row in session.execute(_LINES)]
