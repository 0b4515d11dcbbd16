"""One-time codes: asked for, kept as a hash, sent by whatever way there is."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from integration.kernel.errors import Conflict, RateLimited
from integration.kernel.ids import new_id
from integration.kernel.mail import Channel
from integration.kernel.quotas import per_hour
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import messages, organizations, otp_codes
from integration.store.contacts import Contact, contact_hash, otp_hash
from integration.store.db import Transaction
from integration.store.job_queue import Job
from integration.store.known import own_limits
from integration.store.otp_codes import NewCode

LIFETIME = timedelta(minutes=10)
DIGITS = 6
LIMIT = "otp_contact"


class NoChannel(Conflict):
    """Nobody has set up how people are reached this way."""

    code = "CHANNEL_NOT_CONFIGURED"
    message = "This service cannot send messages this way. Use the other kind of contact."


class Requested(NamedTuple):
    """A code is on its way."""

    request_id: str
    expires_at: datetime


def request(rt: Runtime, tenant: Tenant, contact: Contact, full_name: str | None) -> Requested:
    """Send a code to a contact; the one sent before is good no more.

    Looks up nobody: the answer and its time are the same for known and unknown contacts.
    Raises ``RateLimited`` for the sixth of an hour, and ``NoChannel``.
    """
    if contact.channel not in rt.senders and not rt.settings.development:
        raise NoChannel
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    key, request_id = contact_hash(rt.vault, contact), new_id("otp")
    name = None if full_name is None else rt.vault.seal(full_name.encode())
    new = NewCode(request_id, otp_hash(rt.vault, request_id, code), name)
    most = per_hour(own_limits(rt.organizations, tenant), LIMIT)
    with rt.transaction() as tx:
        asked = otp_codes.ask(tx.session, tenant, key, new, lasts=LIFETIME, most=most)
        if asked is None:
            raise RateLimited(retry_after=otp_codes.wait_of(tx.session, tenant, key))
        expires_at = asked.expires_at
        _send(rt, tx, tenant, contact, code)
    return Requested(request_id, expires_at)


def _send(rt: Runtime, tx: Transaction, tenant: Tenant, contact: Contact, code: str) -> None:
    name = " ".join(organizations.required(tx.session, tenant).name.split())
    minutes = int(LIFETIME.total_seconds() // 60)
    lines = [f"{code} is your code for {name}. It is good for {minutes} minutes."]
    if contact.channel is Channel.EMAIL:
        lines.append("If you did not ask for it, ignore this message; do not pass the code on.")
    message_id = messages.add(
        tx.session,
        rt.vault,
        tenant,
        contact.channel,
        recipient=contact.value,
        subject=f"Your code for {name}",
        text="\n\n".join(lines),
        lasts=LIFETIME,
    )
    tx.then(lambda: rt.jobs.enqueue(Job.SEND_MESSAGE, message_id=message_id))
