"""Queries and session tokens that Shopify's admin signs for an app."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import jwt

from connectors.shopify.install import signed_text


def signed_query(secret: str, given: dict[str, str]) -> str:
    """Return a query as Shopify sends a merchant back with."""
    text = signed_text(given)
    return f"{text}&hmac={hmac.digest(secret.encode(), text.encode(), sha256).hex()}"


def session_token(secret: str, *, domain: str, client_id: str, at: datetime, **claims: Any) -> str:
    """Return what Shopify signs when somebody opens the app in a shop's admin."""
    said = {
        "iss": f"https://{domain}/admin",
        "dest": f"https://{domain}",
        "aud": client_id,
        "sub": "42",
        "exp": int((at + timedelta(seconds=60)).timestamp()),
        "nbf": int(at.timestamp()),
        "iat": int(at.timestamp()),
        "jti": "f8912129-1af6-4cad-9ca3-76b0f7621087",
        **claims,
    }
    return jwt.encode(said, secret, algorithm="HS256")
