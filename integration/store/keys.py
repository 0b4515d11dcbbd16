"""Statements on API keys and signing keys."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from integration.kernel.tenant import Caller, Tenant
from integration.store import rows
from integration.store.models import ApiKey, SigningKey
from integration.store.rows import Slice


class KeyFacts(NamedTuple):
    """A live key: whom it speaks for, until when, and for which pages."""

    caller: Caller
    allowed_origins: frozenset[str]
    expires_at: datetime | None


def load(session: Session, digest: str) -> KeyFacts | None:
    """Return the live key with this SHA-256, in hex."""
    key = session.scalar(select(ApiKey).where(ApiKey.hash == bytes.fromhex(digest)))
    return None if key is None else _facts(key)


def changes(session: Session, since: datetime) -> Iterable[tuple[str, KeyFacts | None]]:
    """Yield the keys that changed since a moment; None for those that were revoked."""
    for key in session.scalars(select(ApiKey).where(ApiKey.changed_at > since)):
        yield key.hash.hex(), _facts(key)


def add(session: Session, key: ApiKey) -> None:
    """Keep a new key."""
    session.add(key)
    session.flush()


def find(session: Session, tenant: Tenant, key_id: str) -> ApiKey | None:
    """Return one of this tenant's keys."""
    return session.scalar(_of(tenant).where(ApiKey.id == key_id))


def page(session: Session, tenant: Tenant, part: Slice, kind: str | None) -> Sequence[ApiKey]:
    """Return this tenant's keys by id; of one kind where that is given."""
    wanted = _of(tenant) if kind is None else _of(tenant).where(ApiKey.kind == kind)
    return session.scalars(rows.cut(wanted, ApiKey.id, part)).all()


def lock(session: Session, tenant: Tenant, key_id: str) -> ApiKey | None:
    """Take a key that has not been revoked for this transaction, to change it."""
    wanted = _of(tenant).where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
    return session.scalar(wanted.with_for_update().execution_options(populate_existing=True))


def revoke(session: Session, tenant: Tenant, key_id: str) -> ApiKey | None:
    """End a key now; one that has ended stays as it is."""
    session.execute(
        update(ApiKey)
        .where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
        .where(ApiKey.organization_id == tenant.organization_id, ApiKey.mode == tenant.mode)
        .values(revoked_at=func.clock_timestamp(), changed_at=func.clock_timestamp())
    )
    return find(session, tenant, key_id)


def mark_used(session: Session, ids: Iterable[str], at: datetime) -> None:
    """Remember when these keys were last used."""
    session.execute(update(ApiKey).where(ApiKey.id.in_(list(ids))).values(last_used_at=at))


def signing_keys(session: Session) -> Sequence[SigningKey]:
    """Return every key that signs or verifies, the newest first."""
    return session.scalars(select(SigningKey).order_by(SigningKey.created_at.desc())).all()


def lock_signing_keys(session: Session) -> None:
    """Let one process at a time look whether there is a signing key."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("signing_key", 0))))


def _of(tenant: Tenant) -> Select[ApiKey]:
    return select(ApiKey).where(
        ApiKey.organization_id == tenant.organization_id, ApiKey.mode == tenant.mode
    )


def _facts(key: ApiKey) -> KeyFacts | None:
    if key.revoked_at is not None:
        return None
    tenant = Tenant(key.organization_id, "live" if key.mode == "live" else "test")
    caller = Caller(tenant, key.id, key.kind == "secret", frozenset(key.scopes))
    return KeyFacts(caller, frozenset(key.allowed_origins), key.expires_at)
