"""Signing in elsewhere: a merchant's server vouches, a browser takes it up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson

from integration.kernel.crypto import hash_secret, random_text
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import exchange_codes
from integration.store.exchange_codes import Subject, Ticket

LIFETIME = timedelta(seconds=60)


class Authorized(NamedTuple):
    """A code to be exchanged for a session, once."""

    exchange_code: str
    expires_at: datetime


def authorize(rt: Runtime, tenant: Tenant, who: Subject, claims: Mapping[str, Any]) -> Authorized:
    """Vouch for somebody whom an identity provider has signed in."""
    code = f"xc_{random_text(43)}"
    ticket = Ticket(who, rt.vault.seal(orjson.dumps(dict(claims))))
    with rt.transaction() as tx:
        ends = exchange_codes.add(tx.session, tenant, hash_secret(code), ticket, lasts=LIFETIME)
    return Authorized(code, ends)
