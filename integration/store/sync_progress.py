"""How far a sync run has come, as its row says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integration.engine.status import stamp
from integration.store.models import SyncRun
from integration.store.runs import pace

COUNTED = ("pages", "records", "created", "updated", "failed", "gone", "total", "problem")


@dataclass(frozen=True, slots=True)
class Progress:
    """A run: ``rate`` in records a second, ``total`` and ``seconds_left`` where the shop counts."""

    id: str
    connection_id: str
    subject: str
    status: str
    pages: int
    records: int
    created: int
    updated: int
    failed: int
    gone: int
    failures: Sequence[Mapping[str, Any]]
    conflicts: Sequence[Mapping[str, Any]]
    total: int | None
    rate: float | None
    seconds_left: int | None
    started_at: datetime
    finished_at: datetime | None
    problem: str | None


def progress(run: SyncRun, now: datetime) -> Progress:
    """Return the progress of a run that was read at ``now``, by the database's clock."""
    going = pace(run, run.records, now)
    return Progress(
        id=run.id,
        connection_id=run.connection_id,
        subject=run.subject,
        status=run.status,
        pages=run.pages,
        records=run.records,
        created=run.created,
        updated=run.updated,
        failed=run.failed,
        gone=run.gone,
        failures=run.failures,
        conflicts=run.conflicts,
        total=run.total,
        rate=going.rate,
        seconds_left=going.seconds_left,
        started_at=run.started_at,
        finished_at=run.finished_at,
        problem=run.problem,
    )


def event_data(run: SyncRun) -> dict[str, Any]:
    """Return what the event about a run's end says."""
    return {
        "id": run.id,
        "connectionId": run.connection_id,
        "subject": run.subject,
        "status": run.status,
        **{name: getattr(run, name) for name in COUNTED},
        "startedAt": stamp(run.started_at),
        "finishedAt": None if run.finished_at is None else stamp(run.finished_at),
    }
