"""The secret of a connection's webhooks, where we are the ones who make it."""

import secrets

from connectors.base import Surroundings


def made_secret(outside: Surroundings, name: str = "webhookSecret") -> str:
    """Return this credential; the first to ask makes it, and keeps it for the others."""
    with outside.alone():
        secret = outside.read_credentials().get(name)
        if not secret:
            secret = secrets.token_urlsafe(32)
            outside.save_credentials({name: secret})
    return secret
