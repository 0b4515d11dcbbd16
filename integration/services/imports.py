"""Files of products and consumers on their way in, a page at a time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from integration.engine import csv_tables
from integration.engine.csv_tables import BadTable, Page, Table
from integration.engine.imports import SUBJECTS, Subject, reader
from integration.kernel.errors import (
    Detail,
    FanfareError,
    NotFound,
    RequestTooLarge,
    ValidationFailed,
)
from integration.kernel.logging import logger
from integration.kernel.tenant import Tenant, owner_of
from integration.runtime import Runtime
from integration.store import (
    import_pages,
    import_problems,
    import_runs,
    imported_consumers,
    imported_products,
    outbox,
    runs,
)
from integration.store.import_pages import Told, Upsert
from integration.store.import_problems import Wrong
from integration.store.import_runs import ImportProgress, Stored
from integration.store.job_queue import Job
from integration.store.models import ImportRun
from integration.store.runs import RunStatus

log = logger(__name__)

MOST_ROWS = 100_000
LEASE = timedelta(seconds=30)
"""How long one page may take before another worker may store it."""

MOST_TRIES = 10
PAUSE_SECONDS = 5
OURS = "Something went wrong on our side."
UPSERTS: Mapping[str, Upsert] = {
    "consumers": imported_consumers.upsert,
    "products": imported_products.upsert,
}


def start(rt: Runtime, tenant: Tenant, subject: str, content: bytes) -> ImportProgress:
    """Keep a CSV file, and have its rows stored soon.

    Raises ``ValidationFailed`` for what is no such table, ``RequestTooLarge`` for more than
    100 000 rows, ``ImportsWaiting``.
    """
    table = _table(SUBJECTS[subject], content)
    with rt.transaction() as tx:
        run_id = import_runs.add(tx.session, tenant, subject, table)
        tx.then(lambda: rt.jobs.enqueue(Job.IMPORT_PAGE, run_id=run_id))
        return progress(rt, tenant, run_id)


def progress(rt: Runtime, tenant: Tenant, run_id: str) -> ImportProgress:
    """Return how far an import has come, or raise ``NotFound``."""
    with rt.transaction() as tx:
        found = import_runs.find(tx.session, tenant, run_id)
    if found is None:
        raise NotFound("Import")
    return found


def store_page(rt: Runtime, run_id: str) -> None:
    """Store the next page of a file, together with how far the file has come.

    A crash costs nothing but time; a page is stored once.
    """
    with rt.transaction() as tx:
        run = runs.claim(tx.session, ImportRun, run_id, LEASE)
        page = None if run is None else import_runs.next_page(tx.session, owner_of(run), run)
    if run is None:
        return
    try:
        _store(rt, run, _read(run, page))
    except Exception as error:
        _hold(rt, run, OURS)
        if not isinstance(error, FanfareError):
            raise


class _Read(NamedTuple):
    """What a page says, and which of its rows are wrong."""

    told: Told
    wrong: Sequence[Wrong]
    cells: Mapping[int, Sequence[str]]


def _table(subject: Subject, content: bytes) -> Table:
    try:
        table = csv_tables.cut(content, subject.names, MOST_ROWS)
    except BadTable as error:
        raise _refused(str(error)) from error
    if table is None:
        raise RequestTooLarge(f"The file has more than {MOST_ROWS} rows. Split it.")
    known = {subject.names.get(csv_tables.plain(title)) for title in table.header}
    if not known & set(subject.needs):
        raise _refused(f"The first row names none of these columns: {', '.join(subject.needs)}.")
    return table


def _refused(said: str) -> ValidationFailed:
    return ValidationFailed(details=[Detail("file", said)])


def _read(run: ImportRun, page: Page | None) -> _Read:
    read = reader(SUBJECTS[run.subject], run.header)
    cells = dict(csv_tables.read(page, run.delimiter)) if page else {}
    readings = {number: read(each) for number, each in cells.items()}
    told = {number: each.values for number, each in readings.items() if not each.problems}
    wrong = [
        Wrong(number, cells[number], problem)
        for number, each in readings.items()
        for problem in each.problems
    ]
    return _Read(told, wrong, cells)


def _store(rt: Runtime, run: ImportRun, read: _Read) -> None:
    tenant = owner_of(run)
    with rt.transaction() as tx:
        import_runs.lock_subject(tx.session, tenant, run.subject)
        current = runs.lock(tx.session, ImportRun, tenant, run.id)
        if current is None or current.page != run.page:
            return
        kept = import_pages.keep(tx.session, tenant, UPSERTS[run.subject], read.told)
        refused = [Wrong(n, read.cells[n], problem) for n, problem in kept.problems.items()]
        wrong = sorted([*read.wrong, *refused], key=lambda each: each.row)
        import_problems.add(tx.session, tenant, run.id, wrong)
        failed = len({each.row for each in wrong})
        counts = Stored(len(read.cells), kept.created, kept.updated, failed)
        import_runs.advance(tx.session, tenant, current, counts)
        outbox.wake(tx, rt.jobs, kept.endpoints)
        if current.rows >= current.total:
            import_runs.finish(tx.session, current, RunStatus.COMPLETED)
        else:
            tx.then(lambda: rt.jobs.enqueue(Job.IMPORT_PAGE, run_id=run.id))


def _hold(rt: Runtime, run: ImportRun, problem: str) -> None:
    """Let an import rest before the same page is tried again, or end it."""
    with rt.transaction() as tx:
        current = runs.lock(tx.session, ImportRun, owner_of(run), run.id)
        if current is None or current.page != run.page:
            return
        if run.attempts < MOST_TRIES:
            runs.wait(tx.session, current, PAUSE_SECONDS, problem)
            return
        import_runs.finish(tx.session, current, RunStatus.FAILED, problem)
    log.warning("import_failed", run=run.id)
