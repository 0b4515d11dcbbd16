"""Statements on sessions and their chains of refresh tokens."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Database

from integration.kernel.tenant import Tenant
from integration.store.models import Consumer, RefreshToken, Session

GUEST, AUTHENTICATED = "guest", "authenticated"


class Beginning(NamedTuple):
    """A session that is to be, and the hash of its refresh token."""

    session_id: str
    consumer_id: str
    token_hash: bytes


def lock_token(database: Database, tenant: Tenant, digest: bytes) -> RefreshToken | None:
    """Take one link of a chain for this transaction; the first of two tabs goes first."""
    return database.scalar(
        select(RefreshToken)
        .where(RefreshToken.hash == digest, RefreshToken.expires_at > func.clock_timestamp())
        .where(RefreshToken.organization_id == tenant.organization_id)
        .where(RefreshToken.mode == tenant.mode)
        .with_for_update()
    )


def find_token(database: Database, tenant: Tenant, digest: bytes) -> RefreshToken | None:
    """Return one link of a chain."""
    return database.scalar(
        select(RefreshToken).where(
            RefreshToken.hash == digest,
            RefreshToken.organization_id == tenant.organization_id,
            RefreshToken.mode == tenant.mode,
        )
    )


def rotate(database: Database, token: RefreshToken, successor: bytes, lifetime: timedelta) -> None:
    """Let ``successor`` follow; the session lives as long as its newest token."""
    token.rotated_at = now(database)
    until = token.rotated_at + lifetime
    database.execute(
        insert(RefreshToken)
        .values(
            hash=successor,
            organization_id=token.organization_id,
            mode=token.mode,
            session_id=token.session_id,
            expires_at=until,
        )
        .on_conflict_do_nothing()
    )
    database.execute(
        update(Session)
        .where(Session.id == token.session_id)
        .where(Session.organization_id == token.organization_id, Session.mode == token.mode)
        .values(expires_at=until)
    )


def find(database: Database, tenant: Tenant, session_id: str) -> tuple[Session, Consumer] | None:
    """Return a session that has not ended, and whose it is."""
    row = database.execute(
        select(Session, Consumer)
        .join(Consumer, Consumer.id == Session.consumer_id)
        .where(Session.id == session_id, Session.revoked_at.is_(None))
        .where(Session.organization_id == tenant.organization_id, Session.mode == tenant.mode)
    ).first()
    return None if row is None else (row[0], row[1])


def revoke(database: Database, tenant: Tenant, session_id: str) -> None:
    """End a session, once."""
    database.execute(
        update(Session)
        .where(Session.id == session_id, Session.revoked_at.is_(None))
        .where(Session.organization_id == tenant.organization_id, Session.mode == tenant.mode)
        .values(revoked_at=func.clock_timestamp())
    )


def now(database: Database) -> datetime:
    """Return the database's time."""
    moment: datetime = database.scalars(select(func.clock_timestamp())).one()
    return moment


def begin(
    database: Database, tenant: Tenant, beginning: Beginning, lifetime: timedelta
) -> datetime:
    """Begin an authenticated session, with the first link of its chain; return its end."""
    until = now(database) + lifetime
    shared = {"session_id": beginning.session_id, "expires_at": until}
    database.add(
        Session(
            id=beginning.session_id,
            consumer_id=beginning.consumer_id,
            type=AUTHENTICATED,
            expires_at=until,
            **tenant._asdict(),
        )
    )
    database.flush()
    database.add(RefreshToken(hash=beginning.token_hash, **shared, **tenant._asdict()))
    database.flush()
    return until
