"""Statements on who somebody is: by a proven contact, or by an identity provider's word."""

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Database

from integration.kernel.mail import Channel
from integration.kernel.tenant import Caller, Tenant
from integration.store import rows
from integration.store.contacts import Contact
from integration.store.exchange_codes import Subject
from integration.store.models import Consumer, ExternalIdentity, Session
from integration.store.sessions import GUEST


def guest_of(database: Database, caller: Caller) -> Consumer | None:
    """Return the guest whose session the caller acts in, locked; None for anybody else."""
    wanted = (
        rows.of(Consumer, caller.tenant)
        .join(Session, Session.consumer_id == Consumer.id)
        .where(Session.id == caller.session_id, Session.type == GUEST)
        .where(Session.revoked_at.is_(None), Consumer.erased_at.is_(None))
        .with_for_update(of=Consumer)
        .execution_options(populate_existing=True)
    )
    return database.scalar(wanted)


def live(database: Database, caller: Caller) -> bool:
    """Tell whether the caller's session has not ended."""
    session_id = select(Session.id).where(
        Session.id == caller.session_id,
        Session.revoked_at.is_(None),
        Session.organization_id == caller.tenant.organization_id,
        Session.mode == caller.tenant.mode,
    )
    return database.scalar(session_id) is not None


def by_contact(database: Database, tenant: Tenant, contact: Contact) -> Consumer | None:
    """Return whose contact this is, locked."""
    if contact.channel is Channel.EMAIL:
        return by_email(database, tenant, contact.value)
    return by_phone(database, tenant, contact.value)


def by_email(database: Database, tenant: Tenant, email: str) -> Consumer | None:
    """Return the one consumer with this address, locked."""
    wanted = _living(tenant).where(func.lower(Consumer.email) == email.lower())
    return database.scalar(_locked(wanted))


def by_phone(database: Database, tenant: Tenant, phone: str) -> Consumer | None:
    """Return whose number this is, locked: who proved it, else the only one who has it.

    Several may have it, as a shop's customers do; it is then nobody's until it is proven.
    """
    proven = func.coalesce(Consumer.proven_phone == phone, False)
    wanted = _living(tenant).where(Consumer.phone == phone)
    found = database.scalars(_locked(wanted.order_by(proven.desc(), Consumer.id).limit(2))).all()
    clear = len(found) == 1 or (found and found[0].proven_phone == phone)
    return found[0] if clear else None


def by_subject(database: Database, tenant: Tenant, who: Subject) -> Consumer | None:
    """Return whom a subject of an issuer is, locked.

    Whoever else asks for the same subject waits for this transaction to end.
    """
    name = "\x1f".join([*tenant, who.issuer, who.subject])
    database.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 2))))
    wanted = (
        _living(tenant)
        .join(ExternalIdentity, ExternalIdentity.consumer_id == Consumer.id)
        .where(ExternalIdentity.organization_id == tenant.organization_id)
        .where(ExternalIdentity.mode == tenant.mode)
        .where(ExternalIdentity.issuer == who.issuer, ExternalIdentity.subject == who.subject)
    )
    return database.scalar(_locked(wanted))


def bind(database: Database, tenant: Tenant, who: Subject, consumer_id: str) -> None:
    """Remember whom a subject is; who it was stays."""
    values = {**who._asdict(), "consumer_id": consumer_id, **tenant._asdict()}
    database.execute(insert(ExternalIdentity).values(values).on_conflict_do_nothing())


def _living(tenant: Tenant) -> Select[Consumer]:
    return rows.of(Consumer, tenant).where(Consumer.erased_at.is_(None))


def _locked(wanted: Select[Consumer]) -> Select[Consumer]:
    return wanted.with_for_update(of=Consumer, key_share=True).execution_options(
        populate_existing=True
    )
