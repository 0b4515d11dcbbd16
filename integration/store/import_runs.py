"""Statements on imports: the row is the promise, the lease and the progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from integration.engine.csv_tables import Page, Table
from integration.kernel.errors import Conflict
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.import_problems import storable
from integration.store.models import ImportPage, ImportRun
from integration.store.runs import RunStatus, pace

KEPT = timedelta(days=7)
MOST_OPEN = 20


class ImportsWaiting(Conflict):
    """The merchant has sent as many files as may wait."""

    code = "IMPORTS_WAITING"
    message = f"{MOST_OPEN} imports are waiting or running. Send the next when one has ended."


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """An import: ``rate`` in rows a second."""

    id: str
    subject: str
    status: str
    header: Sequence[str]
    total: int
    rows: int
    created: int
    updated: int
    failed: int
    rate: float | None
    seconds_left: int | None
    started_at: datetime
    finished_at: datetime | None
    problem: str | None


class Stored(NamedTuple):
    """What became of a page's rows."""

    rows: int
    created: int
    updated: int
    failed: int


def add(session: Session, tenant: Tenant, subject: str, table: Table) -> str:
    """Keep a file and return the id of its run. Raises ``ImportsWaiting``."""
    lock_subject(session, tenant, "files")
    waiting = rows.of(ImportRun, tenant).where(ImportRun.finished_at.is_(None))
    counted = waiting.with_only_columns(func.count())
    if (session.scalar(counted) or 0) >= MOST_OPEN:
        raise ImportsWaiting
    run = ImportRun(
        id=new_id("imp"),
        subject=subject,
        status=RunStatus.QUEUED,
        header=[storable(title) for title in table.header],
        delimiter=table.delimiter,
        total=table.rows,
        **tenant._asdict(),
    )
    session.add(run)
    session.flush()
    for number, page in enumerate(table.pages):
        values = {"run_id": run.id, "number": number, **page._asdict(), **tenant._asdict()}
        session.execute(insert(ImportPage).values(values))
    return run.id


def lock_subject(session: Session, tenant: Tenant, subject: str) -> None:
    """Take a merchant's imports of one subject for this transaction: two files may name one."""
    name = "\x1f".join([*tenant, subject])
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 3))))


def next_page(session: Session, tenant: Tenant, run: ImportRun) -> Page | None:
    """Return the page that a run is to store next; None after the last."""
    wanted = rows.of(ImportPage, tenant).where(
        ImportPage.run_id == run.id, ImportPage.number == run.page
    )
    found = session.scalar(wanted)
    return None if found is None else Page(found.first_row, found.content)


def ask_again(session: Session, tenant: Tenant, run_id: str) -> bool:
    """Make a run due now, one that failed from where it stopped; False where it is complete."""
    wanted = rows.of(ImportRun, tenant).where(ImportRun.id == run_id)
    run = session.scalar(wanted.where(ImportRun.status != RunStatus.COMPLETED).with_for_update())
    if run is not None and run.status != RunStatus.RUNNING:
        run.status = RunStatus.QUEUED
        run.finished_at, run.attempts, run.due_at = None, 0, rows.now(session)
    return run is not None


def advance(session: Session, tenant: Tenant, run: ImportRun, stored: Stored) -> None:
    """Count one page of a locked run and drop it: its rows are stored."""
    session.execute(
        delete(ImportPage)
        .where(ImportPage.run_id == run.id, ImportPage.number == run.page)
        .where(ImportPage.organization_id == tenant.organization_id)
        .where(ImportPage.mode == tenant.mode)
    )
    run.page += 1
    for name, count in stored._asdict().items():
        setattr(run, name, getattr(run, name) + count)
    run.attempts = 0
    run.problem = None
    run.due_at = rows.now(session)


def finish(session: Session, run: ImportRun, status: RunStatus, problem: str | None = None) -> None:
    """Close a locked run."""
    run.status = status
    run.problem = problem
    run.finished_at = rows.now(session)


def find(session: Session, tenant: Tenant, run_id: str) -> ImportProgress | None:
    """Return one of this tenant's runs."""
    wanted = rows.of(ImportRun, tenant).where(ImportRun.id == run_id)
    found = session.execute(wanted.add_columns(func.clock_timestamp())).first()
    return None if found is None else _progress(*found)


def forget_old(session: Session) -> None:
    """Delete the runs of all tenants that ended long enough ago, with what was wrong in them."""
    session.execute(delete(ImportRun).where(ImportRun.finished_at <= func.now() - KEPT))


def _progress(run: ImportRun, now: datetime) -> ImportProgress:
    going = pace(run, run.rows, now)
    return ImportProgress(
        id=run.id,
        subject=run.subject,
        status=run.status,
        header=run.header,
        total=run.total,
        rows=run.rows,
        created=run.created,
        updated=run.updated,
        failed=run.failed,
        rate=going.rate,
        seconds_left=going.seconds_left,
        started_at=run.started_at,
        finished_at=run.finished_at,
        problem=run.problem,
    )
