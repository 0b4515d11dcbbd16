"""Statements on timed releases: an entry and its admission in one short transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from integration.engine.kinds import timed_release
from integration.engine.kinds.timed_release import Mine, Verdict, Wave
from integration.engine.participations import ParticipationState
from integration.engine.status import Standing, event_data
from integration.kernel.tenant import Tenant
from integration.store import doors, outbox, participations, turns
from integration.store.doors import Comer, Door
from integration.store.models import Participation
from integration.store.outbox import Event

P = Participation


def decide(door: Door) -> Verdict:
    """Return what entering does now, or raise what the contract says against it."""
    at, row, line = door.ground, door.distribution, door.line
    stands = door.state not in {None, ParticipationState.COMPLETED}
    inside = line.waiting + line.active + line.completed
    return timed_release.decide(
        at.window,
        at.limits,
        at.taken,
        at.now,
        waves=waves(row.rules),
        mine=Mine(live=int(stands), completed=door.completed),
        per_consumer_limit=row.rules.get("perConsumerLimit", 1),
        capacity_left=None if row.max_capacity is None else row.max_capacity - inside,
    )


def waves(rules: Mapping[str, Any]) -> list[Wave]:
    """Return the waves that a release's own fields tell of."""
    found = rules.get("waves") or []
    return [Wave(datetime.fromisoformat(each["at"]), each["quantity"]) for each in found]


def admit(
    session: Session, tenant: Tenant, door: Door, who: Comer, kid: str
) -> tuple[Standing, list[str]]:
    """Let somebody in and admit them; return the entry, and the endpoints to wake.

    The caller holds the line's row.
    """
    if door.state is ParticipationState.COMPLETED:
        _make_room(session, tenant, who)
    entry = doors.enter(session, tenant, door, who)
    turns.give(session, tenant, door.ground, [entry], kid=kid)
    admitted = participations.standing(session, tenant, entry.id)
    told = outbox.emit_many(session, tenant, [_entered(admitted), _event("admitted", admitted)])
    return admitted, told


def _make_room(session: Session, tenant: Tenant, who: Comer) -> None:
    """Let the completed entry be one of the past: the consumer may have one more."""
    session.execute(
        update(P)
        .where(P.distribution_id == who.distribution_id, P.consumer_id == who.consumer_id)
        .where(P.current, P.state == ParticipationState.COMPLETED.value)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .values(current=False)
        .execution_options(synchronize_session=False)
    )


def _entered(admitted: Standing) -> Event:
    before = replace(
        admitted,
        state=ParticipationState.QUEUED,
        admitted_at=None,
        expires_at=None,
        version=admitted.version - 1,
    )
    return _event("entered", before)


def _event(verb: str, each: Standing) -> Event:
    return Event(f"{each.kind}.consumer.{verb}", each.id, each.version, event_data(each))
