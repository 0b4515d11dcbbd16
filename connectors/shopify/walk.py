"""Where a walk through a list stands: between two pages, or in a bulk operation's file.

Shopify's own cursors are positions in the order of ``updatedAt`` and id, so what changes
meanwhile moves behind them and is met again.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from connectors.base import ConnectorError
from connectors.reading import moment


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk has come; ``since`` and ``began`` are moments as text.

    ``after`` is the shop's cursor. ``bulk`` names an operation whose file is read from
    ``offset`` on; when it ends, what has changed since it ``began`` is paged through.
    """

    since: str | None = None
    after: str | None = None
    bulk: str | None = None
    offset: int = 0
    began: str | None = None
    total: int | None = None

    @classmethod
    def at(cls, cursor: str | None, since: datetime | None) -> Self:
        """Go on where a cursor points, or begin at ``since``."""
        if cursor is None:
            return cls(since=since.astimezone(UTC).isoformat() if since else None)
        try:
            return cls(**json.loads(cursor))
        except (ValueError, TypeError):
            raise ConnectorError("This is not a cursor of ours.") from None

    def cursor(self) -> str:
        """Return the text that ``at`` reads."""
        return json.dumps({name: value for name, value in asdict(self).items() if value})

    def query(self, overlap: timedelta) -> str | None:
        """Return the search for what has changed, in whole seconds, as the shop counts."""
        if self.since is None:
            return None
        start = (moment(self.since) - overlap).replace(microsecond=0)
        return f"updated_at:>='{start:%Y-%m-%dT%H:%M:%SZ}'"

    def wants(self, updated_at: str) -> bool:
        """Tell whether something changed late enough: a whole second may hide its fraction."""
        if self.since is None:
            return True
        since, when = moment(self.since), moment(updated_at)
        return when >= (since if when.microsecond else since.replace(microsecond=0))


def filtered(document: str, query: str | None) -> str:
    """Return a bulk document that is about what this search finds."""
    arguments = f"(query: {json.dumps(query)})" if query else ""
    return document.replace("%s", arguments, 1)


def page_info(connection: dict[str, Any]) -> str | None:
    """Return the cursor behind a page, or None at the end."""
    info = connection["pageInfo"]
    return info["endCursor"] if info["hasNextPage"] else None
