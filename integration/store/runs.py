"""Statements that runs of every kind share: a row that is pulled on page by page, by a lease."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import ImportRun, SyncRun

R = TypeVar("R", SyncRun, ImportRun)


class RunStatus(StrEnum):
    """How a run stands; a waiting one goes on by itself."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"


class Pace(NamedTuple):
    """Records a second, and the seconds left of an open run that knows how many there are."""

    rate: float | None
    seconds_left: int | None


def pace(run: SyncRun | ImportRun, done: int, now: datetime) -> Pace:
    """Return how fast a run goes that had done so many records by ``now``, or by its end."""
    seconds = ((run.finished_at or now) - run.started_at).total_seconds()
    if not done or seconds <= 0:
        return Pace(None, None)
    rate, left = done / seconds, None
    if run.finished_at is None and run.total is not None:
        left = round(max(0, run.total - done) / rate)
    return Pace(round(rate, 1), left)


def claim(session: Session, kind: type[R], run_id: str, lease: timedelta) -> R | None:
    """Take an open run, whoever's it is, for one page; None if it is not due.

    It is due again when the lease ends, should the page never be stored.
    """
    now = func.clock_timestamp()
    return session.scalar(
        update(kind)
        .where(kind.id == run_id, kind.finished_at.is_(None), kind.due_at <= now)
        .values(due_at=now + lease, status=RunStatus.RUNNING, attempts=kind.attempts + 1)
        .returning(kind)
    )


def lock(session: Session, kind: type[R], tenant: Tenant, run_id: str) -> R | None:
    """Take an open run for this transaction."""
    open_ = rows.of(kind, tenant).where(kind.id == run_id, kind.finished_at.is_(None))
    return session.scalar(open_.with_for_update().execution_options(populate_existing=True))


def wait(session: Session, run: SyncRun | ImportRun, seconds: float, problem: str) -> None:
    """Let a locked run rest, and say why."""
    run.status = RunStatus.WAITING
    run.due_at = rows.now(session) + timedelta(seconds=seconds)
    run.problem = problem


def due(session: Session, kind: type[R]) -> Sequence[str]:
    """Return every open run, whoever's it is, that should be going on."""
    return session.scalars(
        select(kind.id).where(kind.finished_at.is_(None), kind.due_at <= func.clock_timestamp())
    ).all()
