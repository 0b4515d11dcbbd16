"""Paging through a Vendure list so that nothing is missed while it changes underneath.

Vendure pages by offset and cannot sort by two fields in a chosen order (its GraphQL inputs come
in the schema's order). So each page starts at the last page's latest ``updatedAt``, and leaves
out by id those of that very moment that were given already.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self

from connectors.base import ConnectorError

_END = "9999-12-31T23:59:59.999Z"
_SORT = {"updatedAt": "ASC"}


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk has come: a moment, who of that moment was given, how many in all.

    ``stage`` tells a walk over two lists which of them it is in; ``since`` is where it began.
    """

    since: str | None = None
    stage: int = 0
    start: str | None = None
    given: tuple[str, ...] = ()
    count: int = 0

    @classmethod
    def at(cls, cursor: str | None, since: datetime | None) -> Self:
        """Go on where a cursor points, or begin at ``since``."""
        if cursor is None:
            return cls(moment(since) if since else None)
        try:
            began, stage, start, given, count = json.loads(cursor)
            return cls(began, int(stage), start, tuple(given), int(count))
        except (ValueError, TypeError):
            raise ConnectorError("This is not a cursor of ours.") from None

    def options(self, size: int, base: dict[str, Any]) -> dict[str, Any]:
        """Return Vendure's list options for the next page of those that ``base`` filters."""
        chosen = dict(base)
        if self.start:
            chosen["updatedAt"] = not_before(self.start)
        if self.given:
            chosen["id"] = {"notIn": list(self.given)}
        return {"take": size, "sort": _SORT, "filter": chosen}

    def after(self, items: Sequence[dict[str, Any]]) -> "Walk":
        """Return the walk behind a page that was given."""
        last = items[-1]["updatedAt"]
        same = tuple(item["id"] for item in items if item["updatedAt"] == last)
        given = self.given + same if last == self.start else same
        return replace(self, start=last, given=given, count=self.count + len(items))

    def next_stage(self) -> "Walk":
        """Return the walk at the beginning of its next list."""
        return Walk(self.since, self.stage + 1)

    def cursor(self) -> str:
        """Return the text that ``at`` reads."""
        position = [self.since, self.stage, self.start, self.given, self.count]
        return json.dumps(position, separators=(",", ":"))


def not_before(start: str) -> dict[str, Any]:
    """Return the filter for at or after a moment (Vendure's own ``after`` leaves it out)."""
    return {"between": {"start": start, "end": _END}}


def moment(when: datetime) -> str:
    """Write a moment as Vendure does: UTC, to the millisecond, never later than it is."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
