"""Statements on the addresses that merchants want events at."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import WebhookEndpoint
from integration.store.rows import Slice


def find(session: Session, tenant: Tenant, endpoint_id: str) -> WebhookEndpoint | None:
    """Return one of this tenant's endpoints, archived ones excepted."""
    return session.scalar(_of(tenant).where(WebhookEndpoint.id == endpoint_id))


def lock(
    session: Session, tenant: Tenant, endpoint_id: str, expected: int | None = None
) -> WebhookEndpoint | None:
    """Take an endpoint for this transaction, to change it."""
    return rows.lock(session, _of(tenant).where(WebhookEndpoint.id == endpoint_id), expected)


def page(
    session: Session, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]
) -> Sequence[WebhookEndpoint]:
    """Return a part of this tenant's endpoints; ``wanted`` narrows it."""
    found = rows.narrowed(_of(tenant), WebhookEndpoint, wanted)
    return session.scalars(rows.cut(found, WebhookEndpoint.id, part)).all()


def add(session: Session, row: WebhookEndpoint) -> None:
    """Keep a new endpoint."""
    session.add(row)
    session.flush()


def _of(tenant: Tenant) -> Select[WebhookEndpoint]:
    return rows.of(WebhookEndpoint, tenant).where(WebhookEndpoint.archived_at.is_(None))
