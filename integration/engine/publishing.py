"""What an experience needs before anybody may see it, and what its merchant should know."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from integration.engine.windows import reached

PAST = "This time has passed. Set one to come."


class Offer(NamedTuple):
    """A distribution as it is about to be published.

    ``due``: the times that must be to come, by the names of their fields.
    """

    id: str
    name: str
    sequence_id: str
    open_at: datetime | None
    close_at: datetime | None
    lacks_stock: bool = False
    lacks_hours: bool = False
    due: Mapping[str, datetime | None] = MappingProxyType({})
    is_draw: bool = False
    admits_nobody: bool = False


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
    unverified_connection: bool = False


def missing(plan: Plan, now: datetime) -> list[Missing]:
    """Return all that is missing; nothing where the experience may be published."""
    found = []
    if not plan.has_checkout:
        found.append(Missing("checkoutUrl", "Set a checkoutUrl, or a connectionId."))
    if reached(plan.close_at, now):
        found.append(Missing("closeAt", PAST))
    if not plan.sequence_ids:
        found.append(Missing("sequences", "Add a sequence."))
    offering = {offer.sequence_id for offer in plan.offers}
    found += [
        Missing(f"sequences.{name}", "Add a queue or another distribution, or archive it.")
        for name in plan.sequence_ids
        if name not in offering
    ]
    for offer in plan.offers:
        found += [
            Missing(f"distributions.{offer.id}.{name}", said)
            for name, said in _lacks(offer, now).items()
        ]
    return found


def warnings(
    plan: Plan, entries_per_minute: int, draw_entries_per_minute: int | None = None
) -> list[str]:
    """Return what may surprise the merchant: limits that are too low, times that differ."""
    found = _slow(plan, "queue", entries_per_minute)
    if draw_entries_per_minute is not None and any(offer.is_draw for offer in plan.offers):
        found += _slow(plan, "draw", draw_entries_per_minute)
    if plan.unverified_connection:
        found.append("The connected shop has not been verified. Verify the connection first.")
    for offer in plan.offers:
        if offer.admits_nobody:
            found.append(f"'{offer.name}' admits nobody: its admissionRate is 0.")
        if plan.open_at is not None and (offer.open_at is None or offer.open_at < plan.open_at):
            when = "at once" if offer.open_at is None else "earlier"
            found.append(f"'{offer.name}' opens {when}, before the experience does.")
        if plan.close_at is not None and (offer.close_at is None or offer.close_at > plan.close_at):
            found.append(f"'{offer.name}' takes entries after the experience has closed.")
    return found


def _lacks(offer: Offer, now: datetime) -> dict[str, str]:
    lacks = {name: PAST for name, moment in offer.due.items() if reached(moment, now)}
    if offer.lacks_stock:
        lacks["stock"] = "Set a stock, or sell a product whose inventory is tracked."
    if offer.lacks_hours:
        lacks["weeklyHours"] = "Set weeklyHours, or exceptions with hours: there is no slot."
    return lacks


def _slow(plan: Plan, kind: str, per_minute: int) -> list[str]:
    audience = plan.expected_audience
    if audience is None or per_minute >= audience:
        return []
    minutes = "for ever" if not per_minute else _minutes(audience, per_minute)
    pace = f"At {per_minute} {kind} entries a minute it takes {minutes}"
    cure = f"Raise the organization's limits.{kind}Entry."
    return [f"{pace} until {audience} people are in. {cure}"]


def _minutes(audience: int, per_minute: int) -> str:
    return f"{math.ceil(audience / per_minute)} minutes"
