"""What may still change about something that consumers already see: one table a kind."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from integration.engine import lobby
from integration.engine.kinds import DistributionType
from integration.engine.windows import DistributionState, Window, WindowStatus, reached


class Stage(IntEnum):
    """How far a thing has come; none goes back, but a closed one may open again.

    PUBLISHED: to be seen, not yet open. LOBBY: people gather. RUNNING: open or paused.
    CLOSED: no more entries, those inside are served. DECIDED: an auction is settled.
    """

    DRAFT = 0
    PUBLISHED = 1
    LOBBY = 2
    RUNNING = 3
    CLOSED = 4
    DECIDED = 5
    ENDED = 6


class Until(NamedTuple):
    """The last stage in which a field may change, and why not after it."""

    last: Stage
    said: str = "It has ended."
    code: str = "CONFLICT"


class Fixed(NamedTuple):
    """Why a field may not change any more."""

    said: str
    code: str


Table = Mapping[str, Until]
"""Until when each field may change, by its name on the wire."""

_ALWAYS = Until(Stage.ENDED)
_TO_THE_END = Until(Stage.DECIDED)
_TERMS_FIXED = Until(
    Stage.PUBLISHED,
    "The draw has opened, and is committed to its times, its counts and its tickets.",
    "DRAW_TERMS_FIXED",
)
_BIDS = Until(Stage.PUBLISHED, "Bids are placed under these terms since the auction opened.")
_LOBBY = Until(Stage.PUBLISHED, "People come by this since the lobby, or the queue, has opened.")
_SETTLED = Until(
    Stage.CLOSED,
    "The auction has been settled: its times and its terms stay as they were.",
    "AUCTION_SETTLED",
)


def _published(said: str) -> Until:
    return Until(Stage.DRAFT, f"{said} since it was published.")


_COMMON: Table = {
    "sequenceId": _published("People are let in by this sequence"),
    "name": _ALWAYS,
    "openAt": Until(Stage.LOBBY, "It has opened already."),
    "closeAt": _TO_THE_END,
    "timeZone": _published("Its times are told in this zone"),
    "maxCapacity": _TO_THE_END,
    "admissionExpirationSeconds": _TO_THE_END,
    "productId": _published("Its stock is of this product"),
    "variantId": _published("Its stock is of this variant"),
    "inventoryBound": Until(Stage.DRAFT, "Its stock is counted, or not, from publishing on."),
    "stock": _TO_THE_END,
    "unitsPerAdmission": _published("Its stock is counted in these units"),
    "fingerprintPolicy": _TO_THE_END,
    "fingerprintAtValidation": _ALWAYS,
    "maxEntriesPerFingerprint": _TO_THE_END,
    "extendable": _ALWAYS,
    "restockOnCancel": _ALWAYS,
    "notice": _ALWAYS,
    "metadata": _ALWAYS,
}


def _of(until: Until, *names: str) -> dict[str, Until]:
    return dict.fromkeys(names, until)


TABLES: Mapping[DistributionType, Table] = MappingProxyType(
    {
        DistributionType.QUEUE: {
            **_COMMON,
            **_of(_TO_THE_END, "admissionRate", "maxActiveAdmissions"),
            **_of(_LOBBY, "lobbyOpensAt", "shuffleBeforeOpen"),
            **_of(_TO_THE_END, "absenceSeconds", "positionDisplay"),
        },
        DistributionType.DRAW: {
            **_COMMON,
            **_of(_TERMS_FIXED, "openAt", "closeAt", "drawAt", "winnerCount", "backupCount"),
            **_of(_TERMS_FIXED, "continueSelectingUntilCompleted", "tickets", "beacon"),
        },
        DistributionType.AUCTION: {
            **_COMMON,
            **_of(_SETTLED, "closeAt", "settleAt", "autoExtendSeconds"),
            **_of(_BIDS, "startingPrice", "currencyCode", "auctionType", "reservePrice"),
            **_of(_BIDS, "minimumBidIncrement", "winnerCount", "floorPrice", "priceDropAmount"),
            **_of(_BIDS, "priceDropIntervalSeconds"),
        },
        DistributionType.TIMED_RELEASE: {
            **_COMMON,
            **_of(_TO_THE_END, "perConsumerLimit", "waves"),
        },
        DistributionType.APPOINTMENT: {
            **_COMMON,
            **_of(_TO_THE_END, "slotDurationMinutes", "bufferMinutes", "maxCapacityPerSlot"),
            **_of(_TO_THE_END, "locations", "weeklyHours", "exceptions", "admitAtStart"),
        },
        DistributionType.WAITLIST: {
            "sequenceId": _published("People ask to be told of this sequence"),
            "name": _ALWAYS,
        },
    }
)
"""What may change about a distribution, by its kind."""

_EXPERIENCE_ENDED = Until(Stage.DECIDED, "The experience has ended.")

EXPERIENCES: Table = {
    "name": _ALWAYS,
    "slug": _ALWAYS,
    "openAt": _EXPERIENCE_ENDED,
    "closeAt": _EXPERIENCE_ENDED,
    "timeZone": _EXPERIENCE_ENDED,
    "currencyCode": Until(
        Stage.DRAFT, "Prices are shown in this currency since the experience was published."
    ),
    "checkoutUrl": _ALWAYS,
    "connectionId": _ALWAYS,
    "productId": _EXPERIENCE_ENDED,
    "theme": _ALWAYS,
    "i18n": _ALWAYS,
    "notice": _ALWAYS,
    "expectedAudience": _EXPERIENCE_ENDED,
}

SEQUENCES: Table = {
    **_of(_ALWAYS, "name", "color"),
    **_of(_EXPERIENCE_ENDED, "priority", "accessCode", "audienceId"),
    **_of(_EXPERIENCE_ENDED, "requireAuthentication", "botCheck"),
}
"""What may change about a sequence, by the stage of its experience."""


def experience_stage(*, published: bool, ended: bool) -> Stage:
    """Return how far an experience has come."""
    if ended:
        return Stage.ENDED
    return Stage.RUNNING if published else Stage.DRAFT


def stage_of(
    state: str, window: Window, rules: Mapping[str, Any], now: datetime, *, settled: bool
) -> Stage:
    """Return how far a distribution has come; ``settled``: its winners are chosen."""
    if state == DistributionState.ENDED:
        return Stage.ENDED
    if state not in set(DistributionState):
        return Stage.DRAFT
    if settled:
        return Stage.DECIDED
    if window.opened(now):
        closed = window.status(now) is WindowStatus.CLOSED
        return Stage.CLOSED if closed else Stage.RUNNING
    return Stage.LOBBY if reached(lobby.opens_at(rules), now) else Stage.PUBLISHED


def fixed(table: Table, stage: Stage, names: Iterable[str]) -> dict[str, Fixed]:
    """Return which of these fields may not change in this stage, and why."""
    return {name: _why(table, table[name], stage) for name in names if stage > table[name].last}


def _why(table: Table, until: Until, stage: Stage) -> Fixed:
    if stage is Stage.ENDED:
        until = _EXPERIENCE_ENDED if table in (EXPERIENCES, SEQUENCES) else _TO_THE_END
    elif stage is Stage.DECIDED and until is _BIDS:
        until = _SETTLED
    return Fixed(until.said, until.code)


def changed(known: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of a kind's own fields that are not what they were."""
    return {name: value for name, value in new.items() if not _same(known.get(name), value)}


def _same(known: Any, value: Any) -> bool:
    if isinstance(known, str) and isinstance(value, str):
        try:
            return Decimal(known) == Decimal(value)
        except InvalidOperation:
            return known == value
    return bool(known == value or (known is None and value is False))


def wire_name(name: str) -> str:
    """Return the name that callers know a column by: ``open_at`` is ``openAt``."""
    head, *rest = ["metadata"] if name == "details" else name.split("_")
    return head + "".join(part.capitalize() for part in rest)
