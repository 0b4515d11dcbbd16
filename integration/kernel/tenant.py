"""Whose data a request or job may touch, and who is asking."""

from typing import Literal, NamedTuple, Protocol

from integration.kernel.scopes import grants

Mode = Literal["live", "test"]


class Tenant(NamedTuple):
    """One organization in one mode; no statement goes without both."""

    organization_id: str
    mode: Mode


class Owned(Protocol):
    """A row that belongs to a tenant."""

    @property
    def organization_id(self) -> str:
        """The organization."""
        ...

    @property
    def mode(self) -> str:
        """``live`` or ``test``."""
        ...


def whose(organization_id: str, mode: str) -> Tenant:
    """Return the tenant that these texts name; whatever is not live is test."""
    return Tenant(organization_id, "live" if mode == "live" else "test")


def owner_of(row: Owned) -> Tenant:
    """Return the tenant that a row belongs to."""
    return whose(row.organization_id, row.mode)


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
