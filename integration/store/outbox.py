"""Statements on events: written only where somebody subscribes (design.md, D15)."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.db import Transaction
from integration.store.job_queue import Job, JobQueue
from integration.store.models import WebhookEndpoint


class Event(NamedTuple):
    """Something that happened; ``sequence`` rises per subject."""

    type: str
    subject_id: str
    sequence: int
    data: dict[str, Any]


_EMIT = text("""
    WITH happened AS (
        SELECT * FROM unnest(
            CAST(:ids AS text[]), CAST(:types AS text[]), CAST(:subjects AS text[]),
            CAST(:sequences AS bigint[]), CAST(:data AS text[])
        ) AS h (id, type, subject_id, sequence, data)
    ),
    wanted AS (
        SELECT h.*, w.id AS endpoint_id
        FROM happened h
        JOIN webhook_endpoint w ON w.organization_id = :organization_id AND w.mode = :mode
            AND w.enabled AND w.archived_at IS NULL
            AND (w.events IS NULL OR w.events ? h.type)
    ),
    told AS (
        INSERT INTO outbox_event (id, organization_id, mode, type, subject_id, sequence, data)
        SELECT DISTINCT ON (id) id, :organization_id, :mode, type, subject_id, sequence,
            CAST(data AS jsonb)
        FROM wanted
    ),
    due AS (
        INSERT INTO delivery (organization_id, mode, event_id, endpoint_id)
        SELECT :organization_id, :mode, id, endpoint_id FROM wanted
        RETURNING endpoint_id
    )
    SELECT DISTINCT endpoint_id FROM due
""")


def emit(  # noqa: PLR0917 - an event is these six
    session: Session,
    tenant: Tenant,
    type: str,  # noqa: A002 - the event's own word
    subject_id: str,
    sequence: int,
    data: dict[str, Any],
) -> list[str]:
    """Keep one event for whoever subscribes; return the endpoints it is on its way to."""
    return emit_many(session, tenant, [Event(type, subject_id, sequence, data)])


def emit_many(session: Session, tenant: Tenant, events: Sequence[Event]) -> list[str]:
    """Keep many events in one statement; return the endpoints they are on their way to."""
    if not events:
        return []
    values = {
        "ids": [new_id("evt") for _ in events],
        "types": [event.type for event in events],
        "subjects": [event.subject_id for event in events],
        "sequences": [event.sequence for event in events],
        "data": [orjson.dumps(event.data).decode() for event in events],
    }
    return list(session.scalars(_EMIT, values | tenant._asdict()))


def subscribed(session: Session, tenant: Tenant, type: str) -> bool:  # noqa: A002
    """Tell whether anybody wants such events: ask before making thousands of them."""
    events = WebhookEndpoint.events
    wanted = select(WebhookEndpoint.id).where(
        WebhookEndpoint.organization_id == tenant.organization_id,
        WebhookEndpoint.mode == tenant.mode,
        WebhookEndpoint.enabled,
        WebhookEndpoint.archived_at.is_(None),
        or_(events.is_(None), events.op("?")(type)),
    )
    return session.scalar(wanted.limit(1)) is not None


def wake(tx: Transaction, jobs: JobQueue, endpoint_ids: Iterable[str]) -> None:
    """Have these endpoints' deliveries made soon after the commit."""
    for endpoint_id in sorted(set(endpoint_ids)):
        tx.then(_waker(jobs, endpoint_id))


def _waker(jobs: JobQueue, endpoint_id: str) -> Any:
    return lambda: jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=endpoint_id)
