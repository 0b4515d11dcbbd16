"""Statements on exchange codes: sixty seconds, one use."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store.models import ExchangeCode


class Subject(NamedTuple):
    """Somebody as an identity provider knows them; no two subjects of an issuer are one."""

    provider: str
    issuer: str
    subject: str


class Ticket(NamedTuple):
    """What an exchange code stands for; the claims are sealed."""

    who: Subject
    claims: bytes


def add(
    session: Session, tenant: Tenant, digest: bytes, ticket: Ticket, *, lasts: timedelta
) -> datetime:
    """Keep a new code, by its hash; return when it ends."""
    adding = (
        insert(ExchangeCode)
        .values(
            hash=digest,
            claims=ticket.claims,
            expires_at=func.clock_timestamp() + lasts,
            **ticket.who._asdict(),
            **tenant._asdict(),
        )
        .returning(ExchangeCode.expires_at)
    )
    return session.scalars(adding).one()


def take(session: Session, tenant: Tenant, digest: bytes) -> Ticket | None:
    """Use up a code; None for all callers but one, and once it is over."""
    taking = (
        delete(ExchangeCode)
        .where(ExchangeCode.hash == digest, ExchangeCode.expires_at > func.clock_timestamp())
        .where(ExchangeCode.organization_id == tenant.organization_id)
        .where(ExchangeCode.mode == tenant.mode)
        .returning(
            ExchangeCode.provider, ExchangeCode.issuer, ExchangeCode.subject, ExchangeCode.claims
        )
    )
    row = session.execute(taking).first()
    return None if row is None else Ticket(Subject(*row[:3]), row[3])


def forget_old(session: Session) -> None:
    """Delete the codes of all tenants that nobody took up in time."""
    session.execute(delete(ExchangeCode).where(ExchangeCode.expires_at < func.now()))
