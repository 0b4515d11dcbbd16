"""What a merchant takes away as CSV, in pages of which none holds a transaction for long."""

from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import Any, NamedTuple

from integration.engine.csv_tables import line
from integration.kernel.errors import FanfareError, NotFound, ServiceUnavailable
from integration.kernel.logging import logger
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import exports, import_problems, import_runs
from integration.store.db import Database
from integration.store.exports import EXPORTS

log = logger(__name__)

TRIES = 30
PAUSE_SECONDS = 1
BROKEN_OFF = "This file is incomplete: the database went away. Ask for it again."
"""The last line of half a file: the server ends its answer as if it were whole."""


class _Part(NamedTuple):
    """Some lines, and the key of the last; ``more`` where others follow."""

    text: str
    last: Any
    more: bool


Find = Callable[[Database, Any], _Part]


def table(rt: Runtime, tenant: Tenant, subject: str) -> Iterator[str]:
    """Return all of a merchant's products, consumers or orders as CSV, piece by piece.

    What is added meanwhile may or may not be in it; what was there is in it once.
    """
    export = EXPORTS[subject]

    def find(database: Database, after: str | None) -> _Part:
        found = exports.page(database, tenant, export, after)
        text = "".join(line(exports.cells(row)) for row in found)
        return _Part(text, found[-1].id if found else None, len(found) == exports.PAGE)

    return _stream(rt, line(export.columns), find, None)


def import_errors(rt: Runtime, tenant: Tenant, run_id: str) -> Iterator[str]:
    """Return what was wrong in an imported file as CSV: where, what, and the row as it came."""
    with rt.transaction() as tx:
        run = import_runs.find(tx.session, tenant, run_id)
    if run is None:
        raise NotFound("Import")

    def find(database: Database, after: int) -> _Part:
        found = import_problems.page(database, tenant, run_id, after, exports.PAGE)
        told: Sequence[Sequence[Any]] = [[p.row, p.column, p.message, *p.cells] for p in found]
        last = found[-1].place if found else None
        return _Part("".join(map(line, told)), last, len(found) == exports.PAGE)

    return _stream(rt, line(["row", "column", "message", *run.header]), find, 0)


def _stream(rt: Runtime, header: str, find: Find, start: Any) -> Iterator[str]:
    # The first piece before the answer begins: a database that is away is a 503.
    first = _find(rt, find, start)

    def rest() -> Iterator[str]:
        part = first
        yield header + part.text
        while part.more:
            try:
                part = _find_patiently(rt, find, part.last)
            except FanfareError:
                log.warning("export_broken_off", exc_info=True)
                yield line([BROKEN_OFF])
                return
            yield part.text

    return rest()


def _find_patiently(rt: Runtime, find: Find, after: Any) -> _Part:
    """Ask again for a while: half a file is worth little to whoever has waited for it."""
    for _ in range(TRIES - 1):
        try:
            return _find(rt, find, after)
        except ServiceUnavailable:
            Event().wait(PAUSE_SECONDS)
    return _find(rt, find, after)


def _find(rt: Runtime, find: Find, after: Any) -> _Part:
    with rt.transaction() as tx:
        return find(tx.session, after)
