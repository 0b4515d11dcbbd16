"""Statements on everything that is still to be done for a tenant, or could not be done.

A row is the promise (design.md, D1): what waits, runs, is tried again or has failed is read from
the rows themselves, whatever became of the jobs that carry their ids. All ids but a delivery's
end in a ULID, and a delivery is sorted by its event's, so they share one order of time.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant


class Status(StrEnum):
    """How something to be done stands: only what has failed waits for somebody to ask again."""

    WAITING = "waiting"
    RUNNING = "running"
    RETRYING = "retrying"
    FAILED = "failed"


class Kind(StrEnum):
    """What is to be done with: a reported order, a shop's notice, an event, a sync and so on."""

    ORDER = "order"
    NOTICE = "notice"
    DELIVERY = "delivery"
    SYNC = "sync"
    IMPORT = "import"
    MESSAGE = "message"


class Intent(NamedTuple):
    """Something to be done; ``subject_id`` is whom it is for, ``topic`` what it is about."""

    id: str
    kind: str
    queue: str
    status: str
    subject_id: str | None
    topic: str
    attempts: int
    problem: str | None
    due_at: datetime | None
    created_at: datetime
    place: str


class Chosen(NamedTuple):
    """Which of them; None where it makes no difference."""

    kind: str | None = None
    status: str | None = None
    id: str | None = None


_INBOX = """
    SELECT id, CASE source WHEN 'orders' THEN 'order' ELSE 'notice' END, 'orders',
        CASE WHEN handled_at IS NOT NULL THEN 'failed' WHEN attempts > 0 THEN 'retrying'
            ELSE 'waiting' END,
        CASE source WHEN 'orders' THEN payload ->> 'order_id' ELSE source END,
        topic, attempts, problem, CASE WHEN handled_at IS NULL THEN due_at END, received_at, id
    FROM inbox_notice
    WHERE organization_id = :organization_id AND mode = :mode
        AND (handled_at IS NULL OR problem IS NOT NULL) AND id <= 'inb_' || :moment
"""
_DELIVERIES = """
    SELECT d.id, 'delivery', 'webhooks',
        CASE WHEN d.state = 'failed' THEN 'failed'
            WHEN d.claimed_until > clock_timestamp() THEN 'running'
            WHEN d.attempts > 0 THEN 'retrying' ELSE 'waiting' END,
        d.endpoint_id, e.type, d.attempts, d.last_problem,
        CASE WHEN d.state = 'pending' THEN d.due_at END, e.created_at, d.event_id
    FROM delivery d JOIN outbox_event e ON e.id = d.event_id
    WHERE d.organization_id = :organization_id AND d.mode = :mode
        AND d.state = '{state}' AND d.event_id <= 'evt_' || :moment
"""
_RUNS = """
    SELECT id, '{kind}', 'sync',
        CASE status WHEN 'queued' THEN 'waiting' WHEN 'waiting' THEN 'retrying' ELSE status END,
        {subject_id}, subject, attempts, problem, CASE WHEN finished_at IS NULL THEN due_at END,
        started_at, id
    FROM {table}
    WHERE organization_id = :organization_id AND mode = :mode
        AND status <> 'completed' AND id <= '{prefix}' || :moment
"""
_SYNCS = _RUNS.format(kind="sync", table="sync_run", prefix="sync_", subject_id="connection_id")
_IMPORTS = _RUNS.format(kind="import", table="import_run", prefix="imp_", subject_id="NULL")
_MESSAGES = """
    SELECT id, 'message', 'mail',
        CASE WHEN state <> 'pending' THEN 'failed'
            WHEN claimed_until > clock_timestamp() THEN 'running'
            WHEN attempts > 0 THEN 'retrying' ELSE 'waiting' END,
        NULL, channel, attempts, problem, CASE WHEN state = 'pending' THEN due_at END,
        created_at, id
    FROM message
    WHERE organization_id = :organization_id AND mode = :mode
        AND state IN ('pending', 'failed', 'expired') AND id <= 'msg_' || :moment
"""
_SOURCES: tuple[tuple[str, frozenset[str]], ...] = (
    (_INBOX, frozenset({Kind.ORDER, Kind.NOTICE})),
    (_DELIVERIES.format(state="pending"), frozenset({Kind.DELIVERY})),
    (_DELIVERIES.format(state="failed"), frozenset({Kind.DELIVERY})),
    (_SYNCS, frozenset({Kind.SYNC})),
    (_IMPORTS, frozenset({Kind.IMPORT})),
    (_MESSAGES, frozenset({Kind.MESSAGE})),
)
_PART = """(
    SELECT * FROM ({source}) s (
        id, kind, queue, status, subject_id, topic, attempts, problem, due_at, created_at, place
    )
    WHERE (right(place, 26), id) < (:moment, :id)
        AND (CAST(:status AS text) IS NULL OR status = :status)
        AND (CAST(:kind AS text) IS NULL OR kind = :kind)
        AND (CAST(:wanted AS text) IS NULL OR id = :wanted)
    ORDER BY place DESC, id DESC LIMIT :most
)"""
_ALL = "SELECT * FROM ({parts}) u ORDER BY right(place, 26) DESC, id DESC LIMIT :most"
_BEFORE_ALL = ("Z" * 26, "")


def page(
    session: Session, tenant: Tenant, after: Sequence[str] | None, limit: int, chosen: Chosen
) -> Sequence[Intent]:
    """Return what is to be done for this tenant or has failed, the newest first."""
    moment, last = after or _BEFORE_ALL
    values = {"moment": moment, "id": last, "most": limit}
    values |= {"status": chosen.status, "kind": chosen.kind, "wanted": chosen.id}
    parts = " UNION ALL ".join(
        _PART.format(source=source)
        for source, kinds in _SOURCES
        if chosen.kind is None or chosen.kind in kinds
    )
    found = session.execute(text(_ALL.format(parts=parts)), values | tenant._asdict())
    return [Intent._make(row) for row in found]


def find(session: Session, tenant: Tenant, intent_id: str) -> Intent | None:
    """Return one of them; None for what is done, or nobody asked for."""
    return next(iter(page(session, tenant, None, 1, Chosen(id=intent_id))), None)


def place(intent: Intent) -> tuple[str, str]:
    """Return where one stands in the list."""
    return intent.place[-26:], intent.id
