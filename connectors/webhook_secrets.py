"""The secret of a connection's webhooks: its form, and making it where that is up to us."""

import secrets

from connectors.base import Surroundings
from connectors.platform import Key

_FOUR, _LAST_TWO, _LAST_THREE = (
    "[A-Za-z0-9+/]{4}",
    "[A-Za-z0-9+/]{2}==",
    "[A-Za-z0-9+/]{3}=",
)
_24_TO_64_BYTES = f"({_FOUR}){{8,20}}({_LAST_TWO}|{_LAST_THREE})?|({_FOUR}){{21}}({_LAST_TWO})?"
HOW = "whsec_ and base64 of 24 to 64 bytes, as made by: echo whsec_$(openssl rand -base64 32)"


def standard_secret(purpose: str) -> Key:
    """Return the entry of a secret that the merchant makes, in the form of Standard Webhooks."""
    return Key("webhookSecret", f"{HOW}. {purpose}", f"whsec_({_24_TO_64_BYTES})")


def made_secret(outside: Surroundings, name: str = "webhookSecret") -> str:
    """Return this credential; the first to ask makes it, and keeps it for the others."""
    with outside.alone():
        secret = outside.read_credentials().get(name)
        if not secret:
            secret = secrets.token_urlsafe(32)
            outside.save_credentials({name: secret})
    return secret
