"""Statements on API keys and signing keys."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal_column, select, update
from sqlalchemy.orm import Session

from integration.kernel.tenant import Caller, Tenant, owner_of
from integration.store import rows
from integration.store.models import ApiKey, SigningKey
from integration.store.rows import Slice

FOR_EVER: ColumnElement[datetime] = literal_column("timestamptz 'infinity'")


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


def page(
    session: Session, tenant: Tenant, part: Slice, wanted: Mapping[str, Any], now: datetime
) -> Sequence[ApiKey]:
    """Return a part of this tenant's keys; ``wanted`` narrows it, ``active`` to who serves."""
    columns = dict(wanted)
    active = columns.pop("active", None)
    found = rows.narrowed(_of(tenant), ApiKey, columns)
    if active is not None:
        serves = ApiKey.revoked_at.is_(None) & (func.coalesce(ApiKey.expires_at, FOR_EVER) > now)
        found = found.where(serves if active else ~serves)
    return session.scalars(rows.cut(found, ApiKey.id, part)).all()


def lock(
    session: Session, tenant: Tenant, key_id: str, expected: int | None = None
) -> ApiKey | None:
    """Take a key for this transaction, to change it."""
    return rows.lock(session, _of(tenant).where(ApiKey.id == key_id), expected)


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
    tenant = owner_of(key)
    caller = Caller(tenant, key.id, key.kind == "secret", frozenset(key.scopes))
    return KeyFacts(caller, frozenset(key.allowed_origins), key.expires_at)
