"""Bulk operations: Shopify writes a list into a file, and we read it in bounded parts.

Its lines are JSON; an object's children follow it, and name it as ``__parentId``.
"""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from connectors.base import ConnectorError, PlatformBusy, Surroundings
from connectors.calls import call
from connectors.shopify import documents
from connectors.shopify.api import Admin, refused, unmetered
from connectors.shopify.walk import filtered

PART_BYTES = 1024 * 1024
"""At least this much is read at a time: an object and its children must fit into it."""

LOOK_AGAIN_SECONDS = 5
TAKEN_SECONDS = 60
_UNFINISHED = {"CREATED", "RUNNING"}
_TAKEN = {"OPERATION_IN_PROGRESS", "LIMIT_REACHED"}

Object = tuple[dict[str, Any], list[dict[str, Any]]]


class Part(NamedTuple):
    """Whole objects of a file, each with its children; ``next_offset`` None after the last."""

    nodes: tuple[Object, ...]
    next_offset: int | None
    currency: str


class Bulk:
    """One shop's bulk operations."""

    def __init__(self, admin: Admin, outside: Surroundings) -> None:
        self._admin, self._outside = admin, unmetered(outside)

    def start(self, document: str, query: str | None) -> tuple[str, str]:
        """Have a list written; return the operation's id, and when it began.

        Raises ``PlatformBusy`` where the shop has as many under way as it allows.
        """
        run = self._admin.ask(documents.RUN_BULK, query=filtered(document, query))["run"]
        if any(error["code"] in _TAKEN for error in run["userErrors"]):
            raise PlatformBusy("The shop is busy with other bulk lists.", retry_after=TAKEN_SECONDS)
        refused(run["userErrors"], "the bulk list")
        return run["bulkOperation"]["id"], run["bulkOperation"]["createdAt"]

    def read(self, id_: str, offset: int) -> Part:
        """Return a part of the file; raises ``PlatformBusy`` until it has been written."""
        found = self._admin.ask(documents.BULK, id=id_)
        operation, currency = found["bulkOperation"], found["shop"]["currencyCode"]
        if operation is None:
            raise ConnectorError("The shop has forgotten the bulk list: start a new sync.")
        if operation["status"] in _UNFINISHED:
            raise PlatformBusy("The shop is writing the list.", retry_after=LOOK_AGAIN_SECONDS)
        if operation["status"] != "COMPLETED":
            code = operation["errorCode"] or operation["status"]
            raise ConnectorError(f"The shop could not write the list: {code}. Sync again.")
        size = int(operation["fileSize"] or 0)
        if operation["url"] is None or offset >= size:
            return Part((), None, currency)
        raw = self._bytes(operation["url"], offset, min(offset + PART_BYTES, size))
        last = offset + len(raw) >= size
        nodes, used = _objects(raw, last=last)
        return Part(nodes, None if last else offset + used, currency)

    def _bytes(self, url: str, start: int, end: int) -> bytes:
        response = call(
            self._outside,
            "GET",
            url,
            headers={"Range": f"bytes={start}-{end - 1}", "Accept-Encoding": "identity"},
            cost=0,
        )
        if response.status_code != HTTPStatus.PARTIAL_CONTENT:
            raise ConnectorError("The shop's file of the list cannot be read in parts.")
        return response.content


def _objects(raw: bytes, *, last: bool) -> tuple[tuple[Object, ...], int]:
    """Return the whole objects, and how many bytes they take.

    The last one is left for the next part, unless the file ends here: more may follow it.
    """
    found: list[Object] = []
    starts: list[int] = []
    for start, line in _lines(raw, last=last):
        node = json.loads(line)
        if "__parentId" in node:
            found[-1][1].append(node)
        else:
            found.append((node, []))
            starts.append(start)
    if last:
        return tuple(found), len(raw)
    if len(found) < 2:  # noqa: PLR2004 - one that is whole, and one that may not be
        raise ConnectorError("The shop's file of the list holds an object that is too large.")
    return tuple(found[:-1]), starts[-1]


def _lines(raw: bytes, *, last: bool) -> Iterator[tuple[int, bytes]]:
    start = 0
    while (end := raw.find(b"\n", start)) >= 0:
        yield start, raw[start:end]
        start = end + 1
    if last and start < len(raw):
        yield start, raw[start:]
