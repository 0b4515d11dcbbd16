"""What may still change about something that consumers already see, field by field."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from integration.engine import auction_terms, lobby
from integration.engine.kinds import DistributionType
from integration.engine.windows import DistributionState

_PUBLISHED: Mapping[str, str] = MappingProxyType(
    {"currency_code": "Prices are shown in this currency since the experience was published."}
)
_ENDED_EXPERIENCE = frozenset(
    {"name", "slug", "theme", "i18n", "notice", "checkout_url", "connection_id"}
)
_RUNNING: Mapping[str, str] = MappingProxyType(
    {
        "sequence_id": "People are let in by this sequence since it was published.",
        "time_zone": "Its times are told in this zone since it was published.",
        "product_id": "Its stock is of this product since it was published.",
        "variant_id": "Its stock is of this variant since it was published.",
        "inventory_bound": "Its stock is counted, or not, from publishing on.",
        "units_per_admission": "Its stock is counted in these units since it was published.",
    }
)
_ENDED_DISTRIBUTION = frozenset(
    {"name", "notice", "details", "restock_on_cancel", "extendable", "fingerprint_at_validation"}
)


def fixed_in_experience(names: Iterable[str], *, published: bool, ended: bool) -> dict[str, str]:
    """Return which of these fields may not change any more, and why."""
    if not published:
        return {}
    if ended:
        return {
            name: "The experience has ended." for name in names if name not in _ENDED_EXPERIENCE
        }
    return {name: _PUBLISHED[name] for name in names if name in _PUBLISHED}


def fixed_in_distribution(state: str, names: Iterable[str], *, opened: bool) -> dict[str, str]:
    """Return which of these fields may not change in this state, and why.

    ``opened``: its opening time has come. A draft may change in every field.
    """
    if state == DistributionState.ENDED:
        return {name: "It has ended." for name in names if name not in _ENDED_DISTRIBUTION}
    if state not in {DistributionState.ACTIVE, DistributionState.PAUSED}:
        return {}
    fixed = {**_RUNNING, "open_at": "It has opened already."} if opened else _RUNNING
    return {name: fixed[name] for name in names if name in fixed}


def fixed_in_rules(
    kind: str, state: str, known: Mapping[str, Any], new: Mapping[str, Any], *, opened: bool
) -> dict[str, str]:
    """Return which of a kind's own fields may not change any more, and why.

    ``known`` are the rules as they are, ``new`` those that the merchant sends; ``opened``
    may also say that a lobby has.
    """
    running = state in {DistributionState.ACTIVE, DistributionState.PAUSED}
    look = _FIXED_RULES.get(kind)
    return look(known, new) if look is not None and running and opened else {}


_FIXED_RULES: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, str]]] = (
    MappingProxyType(
        {
            DistributionType.AUCTION.value: auction_terms.fixed,
            DistributionType.QUEUE.value: lobby.fixed,
        }
    )
)


def wire_name(name: str) -> str:
    """Return the name that callers know a column by: ``open_at`` is ``openAt``."""
    head, *rest = ["metadata"] if name == "details" else name.split("_")
    return head + "".join(part.capitalize() for part in rest)
