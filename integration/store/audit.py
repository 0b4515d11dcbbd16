"""Statements on the record: what happened, by whom; triggers add to it (docs/audit.md)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Select, lateral, select, text, union_all
from sqlalchemy.orm import Session, aliased

from integration.kernel.ids import number_of
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import (
    Admission,
    AuditRow,
    Bid,
    Booking,
    Experience,
    Participation,
    WaitlistEntry,
)
from integration.store.rows import Slice

R = AuditRow
CONSUMER = "cons_"


class Filter(NamedTuple):
    """Which rows are asked for; ``since`` inclusive, ``until`` exclusive."""

    subject: str | None = None
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


_NOTE = text("""
    SELECT audit_note(:organization_id, :mode, :action, :subject_id, :experience_id,
        CAST(:after AS jsonb))
""")


def note(
    session: Session,
    tenant: Tenant,
    action: str,
    subject_id: str,
    *,
    experience_id: str | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Record an act that changes no watched row; nothing personal, nothing secret.

    Every change of a watched row is recorded by itself.
    """
    said = {"action": action, "subject_id": subject_id, "experience_id": experience_id}
    kept = None if after is None else orjson.dumps(after).decode()
    session.execute(_NOTE, {**said, "after": kept, **tenant._asdict()})


def page(
    session: Session,
    tenant: Tenant,
    part: Slice,
    wanted: Filter,
    experience_id: str | None = None,
) -> Sequence[AuditRow]:
    """Return a part of the record, of one experience where one is named."""
    conditions = [*_conditions(tenant, wanted), *_behind(part)]
    if experience_id is not None:
        conditions.append(R.experience_id == experience_id)
    elif wanted.subject is None and wanted.actor is None:
        return session.scalars(_everywhere(tenant, part, conditions)).all()
    return session.scalars(_first(tenant, part, conditions)).all()


def _first(
    tenant: Tenant, part: Slice, conditions: Sequence[ColumnElement[bool]]
) -> Select[AuditRow]:
    found = rows.of(R, tenant).where(*conditions)
    return found.order_by(_order(R, part)).limit(part.limit)


def _everywhere(
    tenant: Tenant, part: Slice, conditions: Sequence[ColumnElement[bool]]
) -> Select[AuditRow]:
    """Merge the experiences' records: each has its own order, and no index holds them all."""
    own = _first(tenant, part, [R.experience_id.is_(None), *conditions]).subquery()
    of_one = lateral(_first(tenant, part, [R.experience_id == Experience.id, *conditions]))
    theirs = (
        select(of_one)
        .select_from(Experience)
        .join(of_one, text("true"))
        .where(Experience.organization_id == tenant.organization_id)
        .where(Experience.mode == tenant.mode)
    )
    row = aliased(R, union_all(select(own), theirs).subquery())
    return select(row).order_by(_order(row, part)).limit(part.limit)


def _conditions(tenant: Tenant, wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.subject is not None:
        found.append(R.subject_id == wanted.subject)
    if wanted.actor is not None:
        found.append(_by(tenant, wanted.actor))
    if wanted.action is not None:
        found.append(R.action == wanted.action)
    if wanted.since is not None:
        found.append(R.at >= wanted.since)
    if wanted.until is not None:
        found.append(R.at < wanted.until)
    return found


def _by(tenant: Tenant, actor: str) -> ColumnElement[bool]:
    if not actor.startswith(CONSUMER):
        return R.actor == actor
    # What consumers do has no index by actor: it is all done to what is theirs.
    entries = rows.of(Participation, tenant).where(Participation.consumer_id == actor)
    ids = entries.with_only_columns(Participation.id)
    theirs = union_all(
        ids,
        *(
            rows.of(model, tenant)
            .where(model.participation_id.in_(ids))
            .with_only_columns(model.id)
            for model in (Admission, Bid, Booking)
        ),
        rows.of(WaitlistEntry, tenant)
        .where(WaitlistEntry.consumer_id == actor)
        .with_only_columns(WaitlistEntry.id),
        select(text(":actor").bindparams(actor=actor)),
    )
    return (R.actor == actor) & R.subject_id.in_(theirs)


def _behind(part: Slice) -> list[ColumnElement[bool]]:
    if part.after is None:
        return []
    ordinal = number_of(part.after)
    return [R.ordinal < ordinal if part.newest_first else R.ordinal > ordinal]


def _order(row: Any, part: Slice) -> Any:
    return row.ordinal.desc() if part.newest_first else row.ordinal.asc()
