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
"""Calls a minute by the name of the limit.

An organization's ``limits`` override them, and those of ``FANFARE_LIMITS``.

``guest_address`` is for one network address, ``access_code`` for one consumer and for one
address; ``server`` counts the secret rows.
"""

PER_HOUR: Mapping[str, int] = MappingProxyType({"otp_contact": 5})
"""Calls an hour: ``otp_contact`` counts the codes that are sent to one address or number."""

PER_SECOND: Mapping[str, int] = MappingProxyType(
    {"queue_entry": 100, "draw_entry": 100, "bids": 50}
)
"""The most in one second, where that is less than a minute's."""


MOST_CALLS = 10_000_000
"""The highest that a limit may be set to."""


class BadLimits(ValueError):
    """A text that does not say limits; the message says what is wrong."""


def read_limits(text: str) -> dict[str, int]:
    """Return the limits that a text such as ``queueEntry=5000,bids=2000`` sets, by name."""
    wire = {_wire(name): name for name in (*PER_MINUTE, *PER_HOUR)}
    limits = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, figure = (each.strip() for each in part.partition("="))
        if name not in wire:
            raise BadLimits(f"knows no limit '{name}'. There are: {', '.join(wire)}.")
        if not figure.isdecimal() or not figure.isascii() or int(figure) > MOST_CALLS:
            raise BadLimits(f"{name} must be a whole number from 0 to {MOST_CALLS}.")
        limits[wire[name]] = int(figure)
    return limits


def per_minute(own: Mapping[str, int], name: str) -> int:
    """Return the organization's own figure, else the default."""
    return own.get(name, PER_MINUTE[name])


def per_hour(own: Mapping[str, int], name: str) -> int:
    """Return the same of a limit that counts by the hour."""
    return own.get(name, PER_HOUR[name])


def _wire(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def per_second(own: Mapping[str, int], name: str) -> int:
    """Return the burst that a limit allows: a tenth of a raised one."""
    return max(PER_SECOND[name], per_minute(own, name) // 10)
