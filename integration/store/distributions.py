"""Statements on distributions, and what every process knows of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from integration.engine.entering import title
from integration.engine.kinds import DistributionType
from integration.engine.windows import DistributionState, Window
from integration.kernel.errors import Conflict, NotFound
from integration.kernel.tenant import Tenant, owner_of
from integration.store import rows, standing
from integration.store.facts import Facts
from integration.store.models import Distribution, Line
from integration.store.rows import Slice

DRAFT = standing.DRAFT
"""The state until its experience is published; unknown to consumers."""

PREFIXES: Mapping[DistributionType, str] = {
    DistributionType.QUEUE: "queue",
    DistributionType.DRAW: "draw",
    DistributionType.AUCTION: "auction",
    DistributionType.TIMED_RELEASE: "tr",
    DistributionType.APPOINTMENT: "appt",
    DistributionType.WAITLIST: "wl",
}


class WaitlistExists(Conflict):
    """A sequence has one waitlist: its page shows one."""

    code = "WAITLIST_EXISTS"
    message = "This sequence has a waitlist already. Archive it first."


@dataclass(frozen=True, slots=True)
class DistributionFacts:
    """A published distribution, as the hot path needs it."""

    id: str
    kind: str
    tenant: Tenant
    experience_id: str
    sequence_id: str
    name: str
    window: Window
    time_zone: str
    capacity: int | None
    fingerprint_policy: str
    fingerprint_at_validation: bool
    notice: str | None
    rules: dict[str, Any]


class Published(Facts[DistributionFacts]):
    """The published distributions, of whatever tenant, that a process knows by heart."""

    def of(self, tenant: Tenant, kind: str, distribution_id: str) -> DistributionFacts:
        """Return this tenant's distribution of this kind, or raise ``NotFound``."""
        found = self.get(distribution_id)
        if found is None or found.tenant != tenant or found.kind != kind:
            raise NotFound(title(kind))
        return found


def load(session: Session, distribution_id: str) -> DistributionFacts | None:
    """Return a published distribution of whatever tenant; the caller compares it."""
    row = session.get(Distribution, distribution_id)
    return None if row is None else facts(row)


def changes(session: Session, since: datetime) -> Iterable[tuple[str, DistributionFacts | None]]:
    """Yield the distributions that changed since a moment; None for those not published."""
    for row in session.scalars(select(Distribution).where(Distribution.changed_at > since)):
        yield row.id, facts(row)


def facts(row: Distribution) -> DistributionFacts | None:
    """Return what a row says to consumers: nothing while it is a draft or archived."""
    if row.state == DRAFT or row.archived_at is not None:
        return None
    return DistributionFacts(
        id=row.id,
        kind=row.kind,
        tenant=owner_of(row),
        experience_id=row.experience_id,
        sequence_id=row.sequence_id,
        name=row.name,
        window=window(row),
        time_zone=row.time_zone,
        capacity=row.max_capacity,
        fingerprint_policy=row.fingerprint_policy,
        fingerprint_at_validation=row.fingerprint_at_validation,
        notice=row.notice,
        rules=row.rules,
    )


def window(row: Distribution) -> Window:
    """Return when this distribution is open; a draft as if it were published."""
    state = DistributionState.ACTIVE if row.state == DRAFT else DistributionState(row.state)
    return Window(state, row.open_at, row.close_at)


def find(session: Session, tenant: Tenant, distribution_id: str, kind: str) -> Distribution | None:
    """Return one of this tenant's distributions of this kind, archived ones excepted."""
    return session.scalar(
        of(tenant).where(Distribution.id == distribution_id, Distribution.kind == kind)
    )


def lock(
    session: Session,
    tenant: Tenant,
    distribution_id: str,
    kind: str,
    expected: int | None = None,
) -> Distribution | None:
    """Take a distribution for this transaction, to change it; its line goes first."""
    mine = of(tenant).where(Distribution.id == distribution_id, Distribution.kind == kind)
    return rows.lock(session, mine, expected)


def add(session: Session, tenant: Tenant, row: Distribution) -> None:
    """Keep a new distribution, and the counters of its line; raises ``WaitlistExists``."""
    with rows.unique(session, {"uq_distribution_waitlist": WaitlistExists}):
        session.add(row)
    session.add(Line(distribution_id=row.id, **tenant._asdict()))
    session.flush()


def page(
    session: Session,
    tenant: Tenant,
    kind: str,
    part: Slice,
    wanted: Mapping[str, Any],
    *,
    now: datetime,
) -> Sequence[Distribution]:
    """Return a part of this tenant's distributions of a kind; ``wanted`` narrows it.

    ``status`` is that of this moment.
    """
    columns = dict(wanted)
    asked = columns.pop("status", None)
    mine = of(tenant).where(Distribution.kind == kind)
    found = rows.narrowed(mine, Distribution, columns)
    if asked is not None:
        found = found.where(standing.distribution_status(now) == asked)
    return session.scalars(rows.cut(found, Distribution.id, part)).all()


def described(
    session: Session, tenant: Tenant, found: Sequence[Distribution], now: datetime
) -> list[SimpleNamespace]:
    """Return distributions as their merchant sees them: with status and counters."""
    ids = [row.id for row in found]
    lines = session.scalars(rows.of(Line, tenant).where(Line.distribution_id.in_(ids)))
    counted = {line.distribution_id: line for line in lines}
    statuses = standing.statuses(session, tenant, ids, now)
    return [rows.shown(row, status=statuses[row.id], counters=counted[row.id]) for row in found]


def in_sequences(
    session: Session, tenant: Tenant, sequence_ids: Iterable[str]
) -> Sequence[Distribution]:
    """Return the distributions of these sequences by id."""
    wanted = of(tenant).where(Distribution.sequence_id.in_(list(sequence_ids)))
    return session.scalars(wanted.order_by(Distribution.id)).all()


def lock_line(session: Session, tenant: Tenant, distribution_id: str) -> Line | None:
    """Take the counters for this transaction; whoever changes one comes here first."""
    return session.scalar(
        select(Line)
        .where(Line.distribution_id == distribution_id)
        .where(Line.organization_id == tenant.organization_id, Line.mode == tenant.mode)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def counters(session: Session, tenant: Tenant, distribution_id: str) -> Line:
    """Return the counters as they stand, without waiting for anybody."""
    return session.scalars(
        select(Line)
        .where(Line.distribution_id == distribution_id)
        .where(Line.organization_id == tenant.organization_id, Line.mode == tenant.mode)
    ).one()


def touch(session: Session, tenant: Tenant, distribution_id: str) -> None:
    """Count a change, so that every process reads the row again."""
    session.execute(
        update(Distribution)
        .where(Distribution.id == distribution_id)
        .where(Distribution.organization_id == tenant.organization_id)
        .where(Distribution.mode == tenant.mode)
        .values(changed_at=func.clock_timestamp(), version=Distribution.version + 1)
    )


def of(tenant: Tenant) -> Select[Distribution]:
    """Select this tenant's distributions that are not archived."""
    return select(Distribution).where(
        Distribution.organization_id == tenant.organization_id,
        Distribution.mode == tenant.mode,
        Distribution.archived_at.is_(None),
    )
