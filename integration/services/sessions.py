"""Consumers' sessions: a guest's beginning, the next token, the end."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hmac import digest

from integration.kernel.crypto import hash_secret, random_text
from integration.kernel.errors import AuthenticationRequired
from integration.kernel.ids import new_id
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import GUEST_LIFETIME, Runtime
from integration.store import sessions
from integration.store.db import Database
from integration.store.limits import Taken
from integration.store.line.guests import Guest
from integration.store.models import RefreshToken
from integration.store.signed_in import SignedIn, access_token

GRACE = timedelta(seconds=30)
"""How long a lost answer may be asked for again."""


def guest(rt: Runtime, tenant: Tenant) -> tuple[SignedIn, Taken]:
    """Begin a session for somebody unknown; counted as a queue entry.

    Raises ``RateLimited`` and, while the database is away, ``ServiceUnavailable``.
    """
    consumer_id, session_id = new_id("cons"), new_id("sess")
    refresh_token = f"rt_{random_text(43)}"
    made = rt.guests.make(Guest(tenant, consumer_id, session_id, hash_secret(refresh_token)))
    token = access_token(rt.keyring, tenant, consumer_id, session_id, rt.clock.now())
    signed_in = SignedIn(token, refresh_token, sessions.GUEST, consumer_id, made.expires_at)
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
        rt.refuse_sessions([token.session_id])
        raise AuthenticationRequired
    session, person = known
    return SignedIn(
        access_token(rt.keyring, tenant, person.id, session.id, rt.clock.now()),
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
    rt.refuse_sessions(ended)


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
