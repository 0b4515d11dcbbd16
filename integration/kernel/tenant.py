"""Whose data a request or job may touch, and who is asking."""

from typing import Literal, NamedTuple

from integration.kernel.scopes import grants

Mode = Literal["live", "test"]


class Tenant(NamedTuple):
    """One organization in one mode; no statement goes without both."""

    organization_id: str
    mode: Mode


class Caller(NamedTuple):
    """Whoever made a request: a key's tenant and scopes, and perhaps a consumer."""

    tenant: Tenant
    key_id: str
    secret: bool
    scopes: frozenset[str]
    consumer_id: str | None = None
    session_id: str | None = None

    def may(self, scope: str) -> bool:
        """Tell whether the key has ``scope``; ``admin`` has them all."""
        return grants(self.scopes, scope)
