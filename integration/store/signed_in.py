"""A session as its consumer gets it: a pair of tokens, and whose they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session as Database

from integration.kernel.crypto import hash_secret, random_text
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.kernel.tokens import Keyring, access_claims
from integration.store import sessions
from integration.store.models import Consumer

ACCESS_LIFETIME = timedelta(hours=1)


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


def access_token(
    keyring: Keyring, tenant: Tenant, consumer_id: str, session_id: str, now: datetime
) -> str:
    """Return a token for this session, good for an hour."""
    claims = access_claims(
        organization_id=tenant.organization_id,
        mode=tenant.mode,
        consumer_id=consumer_id,
        session_id=session_id,
        issued_at=now,
        expires_at=now + ACCESS_LIFETIME,
    )
    return keyring.issue(claims)


def sign_in(
    database: Database,
    tenant: Tenant,
    consumer: Consumer,
    *,
    keyring: Keyring,
    lifetime: timedelta,
    now: datetime,
) -> SignedIn:
    """Begin an authenticated session for somebody; ``lifetime`` is the refresh token's."""
    session_id, refresh_token = new_id("sess"), f"rt_{random_text(43)}"
    beginning = sessions.Beginning(session_id, consumer.id, hash_secret(refresh_token))
    return SignedIn(
        access_token(keyring, tenant, consumer.id, session_id, now),
        refresh_token,
        sessions.AUTHENTICATED,
        consumer.id,
        sessions.begin(database, tenant, beginning, lifetime),
        consumer.email,
        consumer.phone,
    )
