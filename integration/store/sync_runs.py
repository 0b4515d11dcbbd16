"""Statements on sync runs: the row is the promise, the lease and the progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from integration.kernel.errors import Conflict
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import rows, runs
from integration.store.models import Connection, SyncRun
from integration.store.runs import RunStatus
from integration.store.sync_progress import Progress, progress

ORDERS, PRODUCTS = "orders", "products"
OVERLAP = timedelta(minutes=10)
"""Clocks differ, and shops stamp a change before it can be seen."""

KEPT = timedelta(days=7)
MOST_FORGOTTEN = 10_000

LEAST_REST = timedelta(seconds=25)
"""Nobody is in such a hurry that a shop which is away is asked more often."""

MOST_FAILURES = 100
"""Failed and merged records that are kept with their reasons; failures beyond are counted."""


class SyncRunning(Conflict):
    """A run of this connection and subject is open; ``syncRunId`` in the body says which."""

    code = "SYNC_RUNNING"
    message = "A sync of this connection is running. Follow that one, or wait until it ends."


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a page's records; ``failures`` are ``{externalId, reason}``.

    ``conflicts`` are ``{externalId, consumerId, reason}``, merged by rule. ``endpoints`` have
    been told of it, and are to be woken.
    """

    created: int
    updated: int
    failures: tuple[dict[str, Any], ...] = ()
    endpoints: tuple[str, ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()

    def __add__(self, other: Self) -> "Stored":
        return Stored(
            self.created + other.created,
            self.updated + other.updated,
            self.failures + other.failures,
            self.endpoints + other.endpoints,
            self.conflicts + other.conflicts,
        )


def open_next(
    session: Session, tenant: Tenant, connection: Connection, subject: str, *, full: bool = False
) -> str | None:
    """Open a run over what has changed since the last completed one, or over everything.

    Orders that are older than the connection are none of ours. Returns its id; None while
    another one is open.
    """
    last = None if full else last_start(session, tenant, connection.id, subject)
    if last is None and subject == ORDERS and not full:
        last = connection.created_at
    since = None if last is None else last - OVERLAP
    return add(session, tenant, connection.id, subject, since)


def add(
    session: Session, tenant: Tenant, connection_id: str, subject: str, since: datetime | None
) -> str | None:
    """Open a run and return its id; None while another one is open."""
    opened = (
        insert(SyncRun)
        .values(
            id=new_id("sync"),
            connection_id=connection_id,
            subject=subject,
            status=RunStatus.QUEUED,
            since=since,
            failures=[],
            conflicts=[],
            **tenant._asdict(),
        )
        .on_conflict_do_nothing(
            index_elements=["connection_id", "subject"],
            index_where=SyncRun.finished_at.is_(None),
        )
        .returning(SyncRun.id)
    )
    return session.scalar(opened)


def open_run(session: Session, tenant: Tenant, connection_id: str, subject: str) -> str | None:
    """Return the id of the run that is open."""
    wanted = _about(tenant, connection_id, subject).where(SyncRun.finished_at.is_(None))
    return session.scalar(wanted.with_only_columns(SyncRun.id))


def last_start(
    session: Session, tenant: Tenant, connection_id: str, subject: str
) -> datetime | None:
    """Return when the newest completed run began."""
    wanted = _about(tenant, connection_id, subject).where(SyncRun.status == RunStatus.COMPLETED)
    return session.scalar(wanted.with_only_columns(func.max(SyncRun.started_at)))


def renew(session: Session, tenant: Tenant, run: SyncRun, lease: timedelta) -> None:
    """Keep a claimed run for longer, unless it has moved on or somebody else has it."""
    session.execute(
        update(SyncRun)
        .where(SyncRun.id == run.id, SyncRun.status == RunStatus.RUNNING)
        .where(SyncRun.pages == run.pages, SyncRun.attempts == run.attempts)
        .where(SyncRun.organization_id == tenant.organization_id, SyncRun.mode == tenant.mode)
        .values(due_at=func.clock_timestamp() + lease)
        .execution_options(synchronize_session=False)
    )


def ask_again(session: Session, tenant: Tenant, run_id: str) -> bool:
    """Make a run due now, one that failed from where it stopped; False where it is complete.

    Raises ``SyncRunning`` while another one of this connection and subject is open.
    """
    run = session.scalar(rows.of(SyncRun, tenant).where(SyncRun.id == run_id).with_for_update())
    if run is None or run.status == RunStatus.COMPLETED:
        return False
    if run.status == RunStatus.RUNNING:
        return True
    other = open_run(session, tenant, run.connection_id, run.subject)
    if other not in {None, run_id}:
        raise SyncRunning(extra={"syncRunId": other})
    run.status = RunStatus.QUEUED
    run.finished_at, run.attempts, run.due_at = None, 0, rows.now(session)
    return True


def advance(run: SyncRun, stored: Stored, records: int, total: int | None) -> None:
    """Count one page of a locked run, the tries of which begin anew."""
    run.pages += 1
    run.records += records
    run.created += stored.created
    run.updated += stored.updated
    run.failed += len(stored.failures)
    run.failures = [*run.failures, *stored.failures][:MOST_FAILURES]
    run.conflicts = [*run.conflicts, *stored.conflicts][:MOST_FAILURES]
    run.total = total if total is not None else run.total
    run.attempts = 0
    run.problem = None


def go_on(session: Session, run: SyncRun, cursor: str) -> None:
    """Make the next page of a locked run due."""
    run.cursor = cursor
    run.due_at = rows.now(session)


def rest(session: Session, run: SyncRun, problem: str, *, pause: float, asked: float) -> None:
    """Let a locked run wait for ``pause`` seconds, and say why.

    Where it is urgent (``sync_schedule.hurry``) it may go on sooner: once the seconds that its
    shop ``asked`` for are over.
    """
    runs.wait(session, run, pause, problem)
    run.earliest_at = rows.now(session) + max(LEAST_REST, timedelta(seconds=asked))


def finish(session: Session, run: SyncRun, status: RunStatus, problem: str | None = None) -> None:
    """Close a locked run, once more where it was opened again."""
    run.version += 1
    run.status = status
    run.problem = problem
    run.finished_at = rows.now(session)


def find(session: Session, tenant: Tenant, run_id: str) -> Progress | None:
    """Return one of this tenant's runs."""
    wanted = rows.of(SyncRun, tenant).where(SyncRun.id == run_id)
    found = session.execute(wanted.add_columns(func.clock_timestamp())).first()
    return None if found is None else progress(*found)


def newest(session: Session, tenant: Tenant, connection_id: str, subject: str) -> Progress | None:
    """Return the newest run over a subject."""
    wanted = _about(tenant, connection_id, subject).order_by(SyncRun.id.desc()).limit(1)
    found = session.execute(wanted.add_columns(func.clock_timestamp())).first()
    return None if found is None else progress(*found)


def page(
    session: Session, tenant: Tenant, connection_id: str, after: str | None, limit: int
) -> Sequence[Progress]:
    """Return a connection's runs, the newest first."""
    wanted = rows.of(SyncRun, tenant).where(SyncRun.connection_id == connection_id)
    part = rows.cut(wanted, SyncRun.id, rows.Slice(after, limit, newest_first=True))
    return [progress(*row) for row in session.execute(part.add_columns(func.clock_timestamp()))]


def forget_old(session: Session) -> None:
    """Delete runs of all tenants that ended a week ago, the rest of many when it is asked again.

    The newest run of a connection and subject stays, and the newest completed one, at which the
    next begins.
    """
    newer = aliased(SyncRun)
    after = select(newer.id).where(
        newer.connection_id == SyncRun.connection_id,
        newer.subject == SyncRun.subject,
        newer.id > SyncRun.id,
    )
    completed = after.where(newer.status == RunStatus.COMPLETED)
    old = (
        select(SyncRun.id)
        .where(SyncRun.finished_at <= func.now() - KEPT, after.exists())
        .where(or_(SyncRun.status != RunStatus.COMPLETED, completed.exists()))
        .limit(MOST_FORGOTTEN)
    )
    session.execute(delete(SyncRun).where(SyncRun.id.in_(old)))


def _about(tenant: Tenant, connection_id: str, subject: str) -> Select[Any]:
    return rows.of(SyncRun, tenant).where(
        SyncRun.connection_id == connection_id, SyncRun.subject == subject
    )
