"""Session tokens: Shopify's word that somebody in a shop's admin has opened our app."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import jwt

from connectors.base import NoticeRefused

LEEWAY_SECONDS = 10
_NEEDED = ("aud", "dest", "exp", "nbf")


def read_session_token(
    token: str, *, shop: str, client_id: str, secrets: Sequence[str], now: datetime
) -> dict[str, Any]:
    """Return what a token for this app and shop says. Raises ``NoticeRefused``.

    Shopify lets it live for a minute.
    """
    for secret in secrets:
        claims = _claims(token, secret, client_id) if secret else None
        if claims is not None:
            return _timely(_of(claims, shop), now)
    raise NoticeRefused


def _claims(token: str, secret: str, client_id: str) -> dict[str, Any] | None:
    try:
        # The times are ours to check, by the clock that we are given.
        return jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            audience=client_id,
            options={
                "require": list(_NEEDED),
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except jwt.InvalidTokenError:
        return None


def _of(claims: dict[str, Any], shop: str) -> dict[str, Any]:
    if claims["dest"] != f"https://{shop}" or not isinstance(claims["aud"], str):
        raise NoticeRefused
    return claims


def _timely(claims: dict[str, Any], now: datetime) -> dict[str, Any]:
    ends, begins = claims["exp"], claims["nbf"]
    if not all(isinstance(each, int | float) for each in (ends, begins)):
        raise NoticeRefused
    if not begins - LEEWAY_SECONDS <= now.timestamp() < ends + LEEWAY_SECONDS:
        raise NoticeRefused("This link has expired: open the app again.")
    return claims
