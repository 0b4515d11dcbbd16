"""Consumers' sessions: a guest's beginning, the next token, the end."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import digest

from integration.kernel.crypto import hash_secret, random_text
from integration.kernel.errors import AuthenticationRequired
from integration.kernel.ids import new_id
from integration.kernel.tenant import Caller, Tenant
from integration.kernel.tokens import access_claims
from integration.runtime import GUEST_LIFETIME, Runtime
from integration.store import sessions
from integration.store.db import Database
from integration.store.limits import Taken
from integration.store.line.guests import Guest
from integration.store.line.reader import revoke
from integration.store.models import RefreshToken

ACCESS_LIFETIME = timedelta(hours=1)
GRACE = timedelta(seconds=30)
"""How long a lost answer may be asked for again."""


@dataclass(frozen=True)
class SignedIn:
    """A session as its consumer gets it; ``expires_at`` is the session's, not the token's."""

    access_token: str
    refresh_token: str
    type: str
    consumer_id: str
    expires_at: datetime
    email: str | None = None
    phone: str | None = None


def guest(rt: Runtime, tenant: Tenant) -> tuple[SignedIn, Taken]:
    """Begin a session for somebody unknown; counted as a queue entry.

    Raises ``RateLimited`` and, while the database is away, ``ServiceUnavailable``.
    """
    consumer_id, session_id = new_id("cons"), new_id("sess")
    refresh_token = f"rt_{random_text(43)}"
    made = rt.guests.make(Guest(tenant, consumer_id, session_id, hash_secret(refresh_token)))
    access_token = _access_token(rt, tenant, consumer_id, session_id)
    signed_in = SignedIn(access_token, refresh_token, "guest", consumer_id, made.expires_at)
    return signed_in, made.taken


def refresh(rt: Runtime, tenant: Tenant, refresh_token: str) -> SignedIn:
    """Exchange a refresh token for the next pair.

    A token that was rotated less than 30 s ago, and whose successor nobody has used, gets
    that same successor. Any other reuse ends the session: somebody holds a copy.
    """
    successor = _successor(rt, refresh_token)
    with rt.transaction() as tx:
        token = sessions.lock_token(tx.session, tenant, hash_secret(refresh_token))
        if token is None:
            raise AuthenticationRequired
        known = sessions.find(tx.session, tenant, token.session_id)
        if known is None:
            raise AuthenticationRequired
        stolen = not _may_follow(tx.session, tenant, token, hash_secret(successor))
        if stolen:
            sessions.revoke(tx.session, tenant, token.session_id)
        elif token.rotated_at is None:
            sessions.rotate(tx.session, token, hash_secret(successor), GUEST_LIFETIME)
    if stolen:
        _refuse_from_now(rt, token.session_id)
        raise AuthenticationRequired
    session, person = known
    return SignedIn(
        _access_token(rt, tenant, person.id, session.id),
        successor,
        session.type,
        person.id,
        session.expires_at,
        person.email,
        person.phone,
    )


def log_out(rt: Runtime, caller: Caller, refresh_token: str | None) -> None:
    """End the caller's session, and that of ``refresh_token`` where it is theirs too."""
    ended = [caller.session_id or ""]
    with rt.transaction() as tx:
        if refresh_token is not None:
            ended += _owned(tx.session, caller, refresh_token)
        for session_id in ended:
            sessions.revoke(tx.session, caller.tenant, session_id)
    for session_id in ended:
        _refuse_from_now(rt, session_id)


def _owned(database: Database, caller: Caller, refresh_token: str) -> list[str]:
    token = sessions.find_token(database, caller.tenant, hash_secret(refresh_token))
    known = token and sessions.find(database, caller.tenant, token.session_id)
    return [known[0].id] if known and known[1].id == caller.consumer_id else []


def _may_follow(database: Database, tenant: Tenant, token: RefreshToken, successor: bytes) -> bool:
    if token.rotated_at is None:
        return True
    follower = sessions.find_token(database, tenant, successor)
    in_time = sessions.now(database) - token.rotated_at < GRACE
    return in_time and follower is not None and follower.rotated_at is None


def _successor(rt: Runtime, refresh_token: str) -> str:
    """Compute the next token from this one, so that it need not be stored to be repeated."""
    mac = digest(rt.vault.derive("refresh"), refresh_token.encode(), "sha256")
    return "rt_" + urlsafe_b64encode(mac).decode().rstrip("=")


def _access_token(rt: Runtime, tenant: Tenant, consumer_id: str, session_id: str) -> str:
    now = rt.clock.now()
    claims = access_claims(
        organization_id=tenant.organization_id,
        mode=tenant.mode,
        consumer_id=consumer_id,
        session_id=session_id,
        issued_at=now,
        expires_at=now + ACCESS_LIFETIME,
    )
    return rt.keyring.sign(claims)


def _refuse_from_now(rt: Runtime, session_id: str) -> None:
    rt.revoked.add(session_id, rt.clock.now())
    revoke(rt.valkey, [session_id])
