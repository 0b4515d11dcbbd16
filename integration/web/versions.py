"""Versions of objects: the ETag that tells one, the ``If-Match`` that asks for it."""

import re
from typing import Any, Protocol

from flask import request

from integration.store.rows import PreconditionFailed

ETAG = re.compile(r'(?:W/)?"([0-9]{1,18})"\Z')
IF_MATCH: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The ETag that you read: change the object only if it is still the same.",
}


class Counted(Protocol):
    """An object that counts its changes."""

    @property
    def version(self) -> int: ...  # noqa: D102


def expected_version() -> int | None:
    """Return the version that the caller read, or None where any will do.

    Raises ``PreconditionFailed`` for an ETag that no object of ours has ever had.
    """
    sent = request.headers.get("If-Match")
    if sent is None or sent.strip() == "*":
        return None
    found = ETAG.match(sent.strip())
    if found is None:
        raise PreconditionFailed
    return int(found[1])


def tagged(row: Counted, status: int = 200) -> tuple[Any, int, dict[str, str]]:
    """Answer with an object and the ETag of its version."""
    return row, status, {"ETag": f'"{row.version}"'}
