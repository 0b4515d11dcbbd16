"""Walking a list by time of change, where a platform has pages but no cursors of its own."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

Node = dict[str, Any]
Fetch = Callable[[str | None, int, int], tuple[list[Node], int | None]]
"""Returns one page (from when on, its number, its size), and how many there are or None."""


class Walked(NamedTuple):
    """What one step found, where to go on, and how many the first step was told of."""

    nodes: list[Node]
    next_cursor: str | None
    total: int | None


def by_change(
    fetch: Fetch,
    at: Callable[[Node], str],
    cursor: str | None,
    since: datetime | None,
    *,
    size: int,
    most: int,
    timespec: Literal["seconds", "milliseconds"] = "seconds",
) -> Walked:
    """Return at most ``size`` nodes, oldest change first; ``most`` is what a page may hold.

    A cursor is a time and whose nodes it had then: the platform counts in no less than a
    ``timespec``, so what changed in the last one comes again, and is left out by its id.
    """
    begin = (
        json.loads(cursor) if cursor else {"at": _start(since, timespec), "had": [], "total": None}
    )
    had, per_page, number = set(begin["had"]), min(most, size + len(begin["had"])), 1
    while True:
        found, total = fetch(begin["at"], number, per_page)
        fresh = [node for node in found if node["id"] not in had]
        seen = (number - 1) * per_page + len(found)
        more = len(found) == per_page if total is None else seen < total
        if fresh or not more or not found:
            break
        number += 1
    chosen, all_of_it = fresh[:size], begin["total"] or total
    if not chosen or not (more or len(chosen) < len(fresh)):
        return Walked(chosen, None, all_of_it)
    last = at(chosen[-1])
    kept = [node["id"] for node in chosen if at(node) == last]
    kept += begin["had"] if begin["at"] == last else []
    return Walked(chosen, json.dumps({"at": last, "had": kept, "total": all_of_it}), all_of_it)


def _start(since: datetime | None, timespec: str) -> str | None:
    if since is None:
        return None
    return since.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=timespec)
