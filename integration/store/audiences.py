"""Statements on audiences and their members."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, any_, delete, func, literal, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.arrays import among
from integration.store.models import Audience, AudienceMember, Consumer, RoutingGrant
from integration.store.models import Sequence as Path
from integration.store.rows import Slice

STATIC = "STATIC"
DYNAMIC = "DYNAMIC"

M = AudienceMember


class Member(NamedTuple):
    """A consumer of an audience; lists are cut by ``id``."""

    id: str
    consumer_id: str
    added_at: datetime


def find(session: Session, tenant: Tenant, audience_id: str) -> Audience | None:
    """Return one of this tenant's audiences, archived ones excepted."""
    return session.scalar(_of(tenant).where(Audience.id == audience_id))


def lock(
    session: Session, tenant: Tenant, audience_id: str, expected: int | None = None
) -> Audience | None:
    """Take an audience for this transaction, to change it or its members."""
    return rows.lock(session, _of(tenant).where(Audience.id == audience_id), expected)


def page(
    session: Session, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]
) -> Sequence[Audience]:
    """Return a part of this tenant's audiences; ``wanted`` narrows it."""
    found = rows.narrowed(_of(tenant), Audience, wanted)
    return session.scalars(rows.cut(found, Audience.id, part)).all()


def members(session: Session, tenant: Tenant, audience_id: str, part: Slice) -> list[Member]:
    """Return an audience's members by consumer id."""
    wanted = rows.of(M, tenant).where(M.audience_id == audience_id)
    found = session.scalars(rows.cut(wanted, M.consumer_id, part))
    return [Member(each.consumer_id, each.consumer_id, each.added_at) for each in found]


def add(session: Session, tenant: Tenant, audience_id: str, consumer_ids: Sequence[str]) -> int:
    """Add consumers that are known to exist; return how many were not members before."""
    values = {"audience_id": audience_id, "ids": list(consumer_ids), **tenant._asdict()}
    return len(session.scalars(_ADD, values).all())


_ADD = text("""
    INSERT INTO audience_member (audience_id, consumer_id, organization_id, mode)
    SELECT :audience_id, id, :organization_id, :mode FROM unnest(CAST(:ids AS text[])) AS id
    ON CONFLICT DO NOTHING
    RETURNING consumer_id
""")


def remove(session: Session, tenant: Tenant, audience_id: str, consumer_id: str) -> bool:
    """Take a member out, and close the sequences that this had opened; False if there was none."""
    mine = (M.audience_id == audience_id) & (M.consumer_id == consumer_id)
    gone = session.scalar(
        delete(M)
        .where(mine, M.organization_id == tenant.organization_id, M.mode == tenant.mode)
        .returning(M.consumer_id)
    )
    opened = rows.of(Path, tenant).where(Path.audience_id == audience_id)
    session.execute(
        delete(RoutingGrant)
        .where(RoutingGrant.consumer_id == consumer_id)
        .where(RoutingGrant.sequence_id.in_(opened.with_only_columns(Path.id)))
        .where(RoutingGrant.organization_id == tenant.organization_id)
        .where(RoutingGrant.mode == tenant.mode)
        .execution_options(synchronize_session=False)
    )
    return gone is not None


def consumers_called(
    session: Session, tenant: Tenant, column: str, names: Iterable[str]
) -> dict[str, str]:
    """Return the consumers by what they are called: ``consumerId``, or ``email`` in lower case."""
    name = Consumer.id if column == "consumerId" else func.lower(Consumer.email)
    wanted = (
        rows.of(Consumer, tenant)
        .where(Consumer.erased_at.is_(None), name == any_(literal(list(names), ARRAY(Text))))
        .with_only_columns(name, Consumer.id)
    )
    return dict(session.execute(wanted).all())


def of(session: Session, tenant: Tenant, ids: Iterable[str]) -> Sequence[Audience]:
    """Return these audiences."""
    return session.scalars(_of(tenant).where(among(Audience.id, ids))).all()


def memberships(
    session: Session, tenant: Tenant, consumer_id: str, audience_ids: Iterable[str]
) -> frozenset[str]:
    """Return which of these audiences the consumer is a member of."""
    wanted = rows.of(M, tenant).where(
        M.consumer_id == consumer_id, among(M.audience_id, audience_ids)
    )
    return frozenset(session.scalars(wanted.with_only_columns(M.audience_id)))


def _of(tenant: Tenant) -> Select[Audience]:
    return rows.of(Audience, tenant).where(Audience.archived_at.is_(None))
