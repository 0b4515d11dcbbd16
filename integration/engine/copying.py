"""What a copy of a launch takes over: everything but its people, and its times as one asks."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from integration.engine.auction_terms import FOLLOWED
from integration.engine.status import stamp
from integration.engine.windows import check_zone, in_zone


def follows(rules: Mapping[str, Any]) -> bool:
    """Tell whether something closes when it settles, for want of a time of its own."""
    return FOLLOWED in rules


def moved(moment: datetime | None, days: int | None, time_zone: str) -> datetime | None:
    """Return the same time of the day so many days later, or None where times are cleared."""
    if moment is None or not days:
        return None if days is None else moment
    local = moment.astimezone(check_zone(time_zone)).replace(tzinfo=None)
    return in_zone(local + timedelta(days=days), time_zone)


def copied_rules(rules: Mapping[str, Any], days: int | None, time_zone: str) -> dict[str, Any]:
    """Return a kind's own fields for a copy.

    Cleared are a lobby's opening and an appointment's exceptions. What a kind cannot do
    without (``drawAt``, ``settleAt``, waves) stays as it was, for the merchant to set anew.
    """

    def later(text: str) -> str:
        shifted = moved(datetime.fromisoformat(text), days, time_zone)
        return text if shifted is None else stamp(shifted)

    kept = {name: value for name, value in rules.items() if name != FOLLOWED}
    for name in ("drawAt", "settleAt"):
        if name in kept:
            kept[name] = later(kept[name])
    if kept.get("lobbyOpensAt") is not None:
        kept["lobbyOpensAt"] = None if days is None else later(kept["lobbyOpensAt"])
    if "waves" in kept:
        kept["waves"] = [{**each, "at": later(each["at"])} for each in kept["waves"]]
    if "exceptions" in kept:
        kept["exceptions"] = (
            [] if days is None else [_day(each, days) for each in kept["exceptions"]]
        )
    if (kept.get("beacon") or {}).get("round") is not None:
        # A round belongs to its time; the copy's follows from its own drawAt.
        kept["beacon"] = {**kept["beacon"], "round": None}
    return kept


def _day(exception: Mapping[str, Any], days: int) -> dict[str, Any]:
    moved_to = date.fromisoformat(exception["date"]) + timedelta(days=days)
    return {**exception, "date": moved_to.isoformat()}
