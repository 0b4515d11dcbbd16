"""Contacts as they are kept before they are proven: by what only this installation can compute."""

import hmac
from typing import NamedTuple

from integration.kernel.crypto import Vault, same
from integration.kernel.mail import Channel
from integration.store.models import Consumer, OtpCode


class Contact(NamedTuple):
    """An e-mail address or a phone number in its one form."""

    channel: Channel
    value: str


def contact_hash(vault: Vault, contact: Contact) -> bytes:
    """Return what a contact is found by, whatever case it is written in."""
    return _contact_hash(vault.derive("contact"), contact)


def contact_hashes(vault: Vault, contact: Contact) -> list[bytes]:
    """Return what a contact may be found by, of before a rotation of the secret too."""
    return [_contact_hash(key, contact) for key in vault.derive_all("contact")]


def of(consumer: Consumer) -> list[Contact]:
    """Return the contacts of a consumer, those that they once proved included."""
    known = [
        (Channel.EMAIL, consumer.email),
        (Channel.EMAIL, consumer.proven_email),
        (Channel.SMS, consumer.phone),
        (Channel.SMS, consumer.proven_phone),
    ]
    return [Contact(channel, value) for channel, value in known if value is not None]


def otp_hash(vault: Vault, request_id: str, code: str) -> bytes:
    """Return the form in which a code is kept: six digits under a plain hash are no secret."""
    return _hash(vault.derive("otp"), request_id, code)


def fits(vault: Vault, code: str, kept: OtpCode) -> bool:
    """Tell whether this is the code; one of before the secret was rotated is too."""
    return any(same(kept.code or b"", _hash(key, kept.id, code)) for key in vault.derive_all("otp"))


def _contact_hash(key: bytes, contact: Contact) -> bytes:
    text = f"{contact.channel.value}:{contact.value.lower()}"
    return hmac.digest(key, text.encode(), "sha256")


def _hash(key: bytes, request_id: str, code: str) -> bytes:
    return hmac.digest(key, f"{request_id}:{code}".encode(), "sha256")
