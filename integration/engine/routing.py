"""Which sequence a consumer goes to, and what it offers them (contract.md, section 3, Routing).

Why somebody does not get somewhere never shows: a sequence that is not theirs, a code that
is wrong and a code that was not given all read alike.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from integration.engine.kinds.base import DistributionType
from integration.engine.windows import Window, WindowStatus


class GateKind(StrEnum):
    """What may stand before a sequence, in the order in which consumers pass it."""

    AUTHENTICATION = "authentication"
    ACCESS_CODE = "access_code"
    BOT_CHECK = "bot_check"


class Outcome(StrEnum):
    """What ``route`` answers."""

    ROUTED = "routed"
    GATED = "gated"
    NO_ACCESS = "no_access"


class Visitor(NamedTuple):
    """Who asks: whether they are known, and whether they have passed the bot check."""

    authenticated: bool = False
    checked: bool = False


class Path(NamedTuple):
    """A sequence as one visitor finds it.

    ``included``: its audience has them, or it has none. ``code_missing``: it has an access
    code, and the visitor did not give that one.
    """

    sequence_id: str
    priority: int = 0
    included: bool = True
    code_missing: bool = False
    requires_authentication: bool = False
    requires_check: bool = False


class Route(NamedTuple):
    """Where a visitor goes; ``gates`` are those that they have yet to pass."""

    outcome: Outcome
    sequence_id: str | None = None
    gates: tuple[GateKind, ...] = ()


class Offered(NamedTuple):
    """A distribution of a sequence, as it may be offered."""

    id: str
    kind: DistributionType
    window: Window


def route(paths: Iterable[Path], visitor: Visitor) -> Route:
    """Return where this visitor goes: the highest priority first, of equals the first given.

    First the highest whose gates are all met; else the highest that gates other than a
    code would open; else the highest that a code would help to open.
    """
    ordered = sorted(paths, key=lambda path: -path.priority)
    possible = [(path, _gates(path, visitor)) for path in ordered if _possible(path, visitor)]
    without_code = [found for found in possible if GateKind.ACCESS_CODE not in found[1]]
    for path, gates in without_code:
        if not gates:
            return Route(Outcome.ROUTED, path.sequence_id)
    for path, gates in without_code or possible:
        return Route(Outcome.GATED, path.sequence_id, gates)
    return Route(Outcome.NO_ACCESS)


def offers(distributions: Iterable[Offered], now: datetime) -> list[Offered]:
    """Return what a sequence offers, the one that the journey shows first.

    First what is open, in the order given; else its waitlist; then what opens next. What
    has closed is not offered.
    """
    live = [each for each in distributions if each.window.status(now) is not WindowStatus.CLOSED]
    waitlists = [each for each in live if each.kind is DistributionType.WAITLIST]
    real = [each for each in live if each.kind is not DistributionType.WAITLIST]
    enterable = [each for each in real if each.window.takes_entries(now)]
    # What is open, or paused, comes before a lobby.
    enterable.sort(key=lambda each: not each.window.opened(now))
    later = sorted((each for each in real if each not in enterable), key=_next_opening)
    return [*enterable, *([] if enterable else waitlists), *later]


def _possible(path: Path, visitor: Visitor) -> bool:
    # Whoever is not known yet may turn out to be in the audience.
    unknown = path.requires_authentication and not visitor.authenticated
    return path.included or unknown


def _gates(path: Path, visitor: Visitor) -> tuple[GateKind, ...]:
    standing = {
        GateKind.AUTHENTICATION: path.requires_authentication and not visitor.authenticated,
        GateKind.ACCESS_CODE: path.code_missing,
        GateKind.BOT_CHECK: path.requires_check and not visitor.checked,
    }
    return tuple(gate for gate, stands in standing.items() if stands)


def _next_opening(offered: Offered) -> datetime:
    window = offered.window
    times = [at for at in (window.lobby_opens_at, window.open_at) if at is not None]
    return min(times, default=datetime.max.replace(tzinfo=UTC))
