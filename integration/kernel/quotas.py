"""How often an organization may call, by default (contract.md, section 1)."""

from collections.abc import Mapping
from types import MappingProxyType

PER_MINUTE: Mapping[str, int] = MappingProxyType(
    {
        "queue_entry": 1000,
        "draw_entry": 1000,
        "bids": 500,
        "guest_address": 300,
        "status": 5000,
        "reading": 5000,
        "routing": 5000,
        "challenges": 5000,
        "access_code": 10,
        "authentication": 100,
        "otp_request": 10,
        "external_authorize": 100,
        "checkout": 1000,
        "products": 100,
        "consumers": 100,
        "orders": 50,
        "server": 5000,
        "admin": 1000,
    }
)
"""Calls a minute by the name of the limit; an organization's ``limits`` override them.

``guest_address`` is for one network address, ``access_code`` for one consumer and for one
address; ``server`` counts the secret rows.
"""

PER_HOUR: Mapping[str, int] = MappingProxyType({"otp_contact": 5})
"""Calls an hour: ``otp_contact`` counts the codes that are sent to one address or number."""

PER_SECOND: Mapping[str, int] = MappingProxyType(
    {"queue_entry": 100, "draw_entry": 100, "bids": 50}
)
"""The most in one second, where that is less than a minute's."""


def per_minute(own: Mapping[str, int], name: str) -> int:
    """Return the organization's own figure, else the default."""
    return own.get(name, PER_MINUTE[name])


def per_hour(own: Mapping[str, int], name: str) -> int:
    """Return the same of a limit that counts by the hour."""
    return own.get(name, PER_HOUR[name])


def per_second(own: Mapping[str, int], name: str) -> int:
    """Return the burst that a limit allows: a tenth of a raised one."""
    return max(PER_SECOND[name], per_minute(own, name) // 10)
