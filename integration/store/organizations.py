"""Statements on organizations, and what every process knows of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Organization


class OrganizationFacts(NamedTuple):
    """What the hot path needs: the rate limits that were set for it, calls a minute by name."""

    limits: Mapping[str, int]


def load(
    usual: Mapping[str, int], session: Session, organization_id: str
) -> OrganizationFacts | None:
    """Return what is known of an organization; ``usual`` are the limits of those without own."""
    row = session.get(Organization, organization_id)
    return None if row is None else OrganizationFacts({**usual, **row.limits})


def changes(
    usual: Mapping[str, int], session: Session, since: datetime
) -> Iterable[tuple[str, OrganizationFacts | None]]:
    """Yield the organizations that changed since a moment."""
    for row in session.scalars(select(Organization).where(Organization.changed_at > since)):
        yield row.id, OrganizationFacts({**usual, **row.limits})


def find(session: Session, tenant: Tenant) -> Organization | None:
    """Return the organization that a tenant belongs to."""
    return session.get(Organization, tenant.organization_id)


def by_slug(session: Session, slug: str) -> str:
    """Return the id of the organization with this short name, or raise ``NotFound``."""
    found = session.scalar(select(Organization.id).where(Organization.slug == slug))
    if found is None:
        raise NotFound("Organization")
    return found


def add(session: Session, organization_id: str, slug: str, values: Mapping[str, Any]) -> str | None:
    """Add an organization; None where its slug is taken."""
    defaults = {"allowed_redirect_hosts": [], "limits": {}, "time_zone": "UTC"}
    defaults |= {"language_code": "en", "currency_code": "USD"}
    statement = insert(Organization).values(
        {**defaults, **values, "id": organization_id, "slug": slug}
    )
    return session.scalar(
        statement.on_conflict_do_nothing(index_elements=["slug"]).returning(Organization.id)
    )


def lock(session: Session, tenant: Tenant, expected: int | None = None) -> Organization | None:
    """Take the organization for this transaction, to change it."""
    wanted = select(Organization).where(Organization.id == tenant.organization_id)
    return rows.lock(session, wanted, expected)


def required(session: Session, tenant: Tenant) -> Organization:
    """Return the organization that a tenant belongs to."""
    return session.get_one(Organization, tenant.organization_id)
