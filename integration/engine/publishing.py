"""What an experience needs before anybody may see it, and what its merchant should know."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class Offer(NamedTuple):
    """A distribution as it is about to be published."""

    id: str
    name: str
    sequence_id: str
    open_at: datetime | None
    close_at: datetime | None
    lacks_stock: bool = False


class Missing(NamedTuple):
    """One thing that keeps an experience from being published."""

    field: str
    message: str


class Plan(NamedTuple):
    """An experience as it is about to be published."""

    sequence_ids: Sequence[str]
    offers: Sequence[Offer]
    has_checkout: bool
    open_at: datetime | None = None
    close_at: datetime | None = None
    expected_audience: int | None = None


def missing(plan: Plan) -> list[Missing]:
    """Return all that is missing; nothing where the experience may be published."""
    found = []
    if not plan.has_checkout:
        found.append(Missing("checkoutUrl", "Set a checkoutUrl, or a connectionId."))
    if not plan.sequence_ids:
        found.append(Missing("sequences", "Add a sequence."))
    offering = {offer.sequence_id for offer in plan.offers}
    found += [
        Missing(f"sequences.{name}", "Add a queue or another distribution, or archive it.")
        for name in plan.sequence_ids
        if name not in offering
    ]
    found += [
        Missing(
            f"distributions.{offer.id}.stock",
            "Set a stock, or sell a product whose inventory is tracked.",
        )
        for offer in plan.offers
        if offer.lacks_stock
    ]
    return found


def warnings(plan: Plan, entries_per_minute: int) -> list[str]:
    """Return what may surprise the merchant: limits that are too low, times that differ."""
    found = []
    audience = plan.expected_audience
    if audience is not None and entries_per_minute < audience:
        minutes = "for ever" if not entries_per_minute else _minutes(audience, entries_per_minute)
        found.append(
            f"At {entries_per_minute} queue entries a minute it takes {minutes} until "
            f"{audience} people are in. Raise the organization's limits.queueEntry."
        )
    for offer in plan.offers:
        if plan.open_at is not None and (offer.open_at is None or offer.open_at < plan.open_at):
            when = "at once" if offer.open_at is None else "earlier"
            found.append(f"'{offer.name}' opens {when}, before the experience does.")
        if plan.close_at is not None and (offer.close_at is None or offer.close_at > plan.close_at):
            found.append(f"'{offer.name}' takes entries after the experience has closed.")
    return found


def _minutes(audience: int, per_minute: int) -> str:
    return f"{math.ceil(audience / per_minute)} minutes"
