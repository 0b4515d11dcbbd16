"""Statements on organizations, and what every process knows of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Organization


class OrganizationFacts(NamedTuple):
    """What the hot path needs: the organization's own rate limits, calls a minute by name."""

    limits: Mapping[str, int]


def load(session: Session, organization_id: str) -> OrganizationFacts | None:
    """Return what is known of an organization."""
    row = session.get(Organization, organization_id)
    return None if row is None else OrganizationFacts(row.limits)


def changes(session: Session, since: datetime) -> Iterable[tuple[str, OrganizationFacts | None]]:
    """Yield the organizations that changed since a moment."""
    for row in session.scalars(select(Organization).where(Organization.changed_at > since)):
        yield row.id, OrganizationFacts(row.limits)


def find(session: Session, tenant: Tenant) -> Organization | None:
    """Return the organization that a tenant belongs to."""
    return session.get(Organization, tenant.organization_id)


def lock(session: Session, tenant: Tenant, expected: int | None = None) -> Organization | None:
    """Take the organization for this transaction, to change it."""
    wanted = select(Organization).where(Organization.id == tenant.organization_id)
    return rows.lock(session, wanted, expected)


def required(session: Session, tenant: Tenant) -> Organization:
    """Return the organization that a tenant belongs to."""
    return session.get_one(Organization, tenant.organization_id)
