"""Signing in: who proves a contact, or comes with a provider's word, is that consumer.

A guest who does so becomes them, and brings their entries (docs/identity.md).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import orjson

from integration.engine.claims import EmailClaim, opens_account
from integration.kernel.crypto import hash_secret
from integration.kernel.errors import AuthenticationRequired, FanfareError, ServiceUnavailable
from integration.kernel.mail import Channel
from integration.kernel.tenant import Caller, Tenant, owner_of
from integration.kernel.tokens import Keyring
from integration.runtime import GUEST_LIFETIME, Runtime
from integration.store import (
    arrivals,
    contacts,
    distributions,
    events,
    exchange_codes,
    identities,
    merging,
    otp_codes,
    outbox,
)
from integration.store.arrivals import Arrival, blanks
from integration.store.consumers import EmailTaken
from integration.store.contacts import Contact
from integration.store.counters import LineOf
from integration.store.db import Database, Transaction
from integration.store.line import renaming
from integration.store.models import Consumer
from integration.store.signed_in import SignedIn, sign_in

T = TypeVar("T")
TRIES = 3


class InvalidOtp(FanfareError):
    """No such code, a wrong one, one that was used, or one that is over: all alike."""

    error = "Invalid code"
    code = "INVALID_OTP"
    status = 401
    message = "The code is wrong, used or over. Ask for a new one."


class InvalidExchangeCode(FanfareError):
    """No such exchange code, or one that was used or is over: all alike."""

    error = "Invalid code"
    code = "INVALID_EXCHANGE_CODE"
    status = 401
    message = "The exchange code is unknown, used or over. Have your server ask for a new one."


def verify(rt: Runtime, caller: Caller, contact: Contact, code: str) -> SignedIn:
    """Sign in whoever proves a contact by its code; a guest who calls becomes them.

    Of several callers with one code one is signed in. Raises ``InvalidOtp``.
    """
    signed_in = _settled(lambda: _verify(rt, caller, contact, code))
    if signed_in is None:
        raise InvalidOtp
    return signed_in


def exchange(rt: Runtime, caller: Caller, code: str) -> SignedIn:
    """Sign in whom an exchange code stands for; a guest who calls becomes them.

    Of several callers with one code one is signed in. Raises ``InvalidExchangeCode``.
    """
    return _settled(lambda: _exchange(rt, caller, code))


def carry_over(rt: Runtime, guest_id: str) -> None:
    """Give what a merged guest has entered to whom the guest turned out to be."""
    with rt.transaction() as tx:
        guest = merging.guest(tx.session, guest_id)
    if guest is not None and guest.merged_into is not None:
        tenant = owner_of(guest)
        _carry_over(rt, tenant, guest.id, guest.merged_into)


def _settled(attempt: Callable[[], T]) -> T:
    """Try again where somebody else was given the e-mail address in that moment."""
    for _ in range(TRIES):
        with suppress(EmailTaken):
            return attempt()
    raise ServiceUnavailable


def _verify(rt: Runtime, caller: Caller, contact: Contact, code: str) -> SignedIn | None:
    tenant, keyring = caller.tenant, rt.keyring
    key = contacts.contact_hash(rt.vault, contact)
    fits = partial(contacts.fits, rt.vault, code)
    with rt.transaction() as tx:
        guest = _guest(tx.session, caller)
        kept = otp_codes.use(tx.session, tenant, key, fits)
        if kept is None:
            # A wrong guess is counted by the commit.
            return None
        known = identities.by_contact(tx.session, tenant, contact)
        name = None if kept.full_name is None else rt.vault.open(kept.full_name).decode()
        changes = _proven(known or guest, contact, name)
        arrival = arrivals.arrive(tx.session, tenant, known, guest, changes)
        return _signed_in(rt, tx, keyring, tenant, arrival)


def _exchange(rt: Runtime, caller: Caller, code: str) -> SignedIn:
    tenant, keyring = caller.tenant, rt.keyring
    with rt.transaction() as tx:
        guest = _guest(tx.session, caller)
        ticket = exchange_codes.take(tx.session, tenant, hash_secret(code))
        if ticket is None:
            raise InvalidExchangeCode
        told = orjson.loads(rt.vault.open(ticket.claims))
        claim = EmailClaim(told["email"], told["email_verified"])
        known = identities.by_subject(tx.session, tenant, ticket.who)
        owner = None
        if claim.email is not None and claim.counts:
            owner = identities.by_email(tx.session, tenant, claim.email)
        if known is None and owner is not None and opens_account(claim, proven=_proven_by(owner)):
            known = owner
        name = told["full_name"] or told["name"]
        changes = _claimed(known or guest, owner, claim, name)
        arrival = arrivals.arrive(tx.session, tenant, known, guest, changes)
        identities.bind(tx.session, tenant, ticket.who, arrival.consumer.id)
        return _signed_in(rt, tx, keyring, tenant, arrival)


def _guest(database: Database, caller: Caller) -> Consumer | None:
    """Return the guest who calls; raises ``AuthenticationRequired`` where the session is over."""
    if caller.session_id is None:
        return None
    guest = identities.guest_of(database, caller)
    if guest is None and not identities.live(database, caller):
        raise AuthenticationRequired
    return guest


def _proven(person: Consumer | None, contact: Contact, name: str | None) -> dict[str, Any]:
    """Return what a proof changes: the contact is theirs, whatever was known before."""
    field = "email" if contact.channel is Channel.EMAIL else "phone"
    changes = {f"proven_{field}": contact.value, **blanks(person, {"full_name": name})}
    kept = getattr(person, field, None) or ""
    if kept.lower() != contact.value.lower():
        changes[field] = contact.value
    return changes


def _proven_by(owner: Consumer) -> bool:
    return (owner.proven_email or "").lower() == (owner.email or "").lower()


def _claimed(
    person: Consumer | None, owner: Consumer | None, claim: EmailClaim, name: str | None
) -> Mapping[str, Any]:
    """Return what a provider's word changes: it fills in blanks, and takes nobody's address."""
    free = claim.counts and (owner is None or owner is person)
    told = {"full_name": name, "email": claim.email if free else None}
    changes = blanks(person, told)
    kept = changes.get("email") or getattr(person, "email", None) or ""
    if free and claim.verified and kept.lower() == (claim.email or "").lower():
        changes["proven_email"] = kept
    return changes


def _signed_in(
    rt: Runtime, tx: Transaction, keyring: Keyring, tenant: Tenant, arrival: Arrival
) -> SignedIn:
    """Begin the session, and have what follows from it done after the commit."""
    person, guest_id = arrival.consumer, arrival.merged
    outbox.wake(tx, rt.jobs, arrival.endpoints)
    tx.then(lambda: rt.refuse_sessions(arrival.ended))
    if guest_id is not None:
        merging.rest(tx.session, tenant, guest_id, person.id)
        tx.then(lambda: _carry_over_soon(rt, tenant, guest_id, person.id))
    return sign_in(
        tx.session, tenant, person, keyring=keyring, lifetime=GUEST_LIFETIME, now=rt.clock.now()
    )


def _carry_over_soon(rt: Runtime, tenant: Tenant, guest_id: str, consumer_id: str) -> None:
    # Where it cannot be done now, the sweeper finds the guest.
    with suppress(ServiceUnavailable):
        _carry_over(rt, tenant, guest_id, consumer_id)


def _carry_over(rt: Runtime, tenant: Tenant, guest_id: str, consumer_id: str) -> None:
    with rt.transaction() as tx:
        merging.rest(tx.session, tenant, guest_id, consumer_id)
        lines = merging.lines_of(tx.session, tenant, guest_id)
    for line in lines:
        _join(rt, line, guest_id, consumer_id)


def _join(rt: Runtime, line: LineOf, guest_id: str, consumer_id: str) -> None:
    tenant, line_id, kind = line
    renaming.fence(rt.lines, line_id, guest_id, consumer_id)
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, line_id)
        joined = merging.join(tx.session, tenant, line_id, guest_id, consumer_id)
        outbox.wake(tx, rt.jobs, events.of_entries(tx.session, tenant, kind, "left", joined.left))
        tx.then(lambda: renaming.tell(rt.lines, line_id, joined.gone, guest_id, joined.stays))
