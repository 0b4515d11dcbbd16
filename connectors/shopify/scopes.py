"""The permissions that the app asks for: each is what a document of ours needs."""

from collections.abc import Iterable, Mapping

ALWAYS = ("read_products", "read_customers", "read_orders")
STOREFRONT = "unauthenticated_write_checkouts"
"""Lets the app have a Storefront token that makes carts."""

DISCOUNT = "write_discounts"
GATE = "write_validations"


def asked(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the app asks a merchant for, with these settings."""
    return (STOREFRONT, *needed(settings))


def needed(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return what nothing works without."""
    wanted = list(ALWAYS)
    if settings.get("discountPercent"):
        wanted.append(DISCOUNT)
    if settings.get("gateFunction"):
        wanted.append(GATE)
    return tuple(wanted)


def missing(settings: Mapping[str, str], given: Iterable[str]) -> tuple[str, ...]:
    """Return what is needed and not given; who may write may read."""
    has = set(given)
    has |= {scope.replace("write_", "read_", 1) for scope in has}
    return tuple(scope for scope in needed(settings) if scope not in has)
