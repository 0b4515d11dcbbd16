"""The secret of a connection's webhooks, where we are the ones who make it."""

import secrets

from connectors.base import Surroundings

NAME = "webhookSecret"


def made_secret(outside: Surroundings) -> str:
    """Return the connection's secret; the first to ask makes it, and keeps it for the others."""
    with outside.alone():
        secret = outside.read_credentials().get(NAME)
        if not secret:
            secret = secrets.token_urlsafe(32)
            outside.save_credentials({NAME: secret})
    return secret
