"""Appointments: what everybody sees, their slots, and admission when a slot begins."""

from itertools import islice
from types import SimpleNamespace
from typing import Any

from integration.engine import slots as slots_of
from integration.engine.kinds import KINDS, DistributionType
from integration.engine.pacing import free_places
from integration.engine.slots import BadRange
from integration.kernel.errors import Detail, ValidationFailed
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    bookings,
    counters,
    distributions,
    events,
    outbox,
    public,
    slot_turns,
    turns,
)
from integration.store.db import Transaction
from integration.store.turns import Candidate

KIND = DistributionType.APPOINTMENT
MOST_SLOTS = 20_000
MOST_LINES = 1_000
BATCH = 2_500
"""Admissions of one transaction: a line is held for a fraction of a second."""


def show(rt: Runtime, tenant: Tenant, appointment_id: str) -> dict[str, Any]:
    """Return the appointment as anybody with a key may see it."""
    found = rt.distributions.of(tenant, KIND, appointment_id)
    with rt.transaction() as tx:
        shown = public.common(tx.session, found, rt.clock.now())
    return {
        **shown,
        "slot_duration_minutes": found.rules["slotDurationMinutes"],
        "buffer_minutes": found.rules.get("bufferMinutes", 0),
        "max_capacity_per_slot": found.rules.get("maxCapacityPerSlot", 1),
        "locations": found.rules.get("locations", []),
    }


def slots(
    rt: Runtime, tenant: Tenant, appointment_id: str, start: str | None, end: str | None
) -> list[SimpleNamespace]:
    """Return the slots that begin in a range of days or times, with the places left in each.

    ``start`` and ``end`` are read in the appointment's zone; from now on for 14 days where
    they are None. Raises ``ValidationFailed`` for a range that cannot be told.
    """
    found, now = rt.distributions.of(tenant, KIND, appointment_id), rt.clock.now()
    plan = slots_of.read_plan(found.id, found.time_zone, found.rules)
    try:
        begin, until = slots_of.read_range(start, end, plan.zone, now)
    except BadRange as error:
        raise ValidationFailed(details=[Detail("from", str(error))]) from error
    planned = list(islice(slots_of.slots(plan, begin, until), MOST_SLOTS + 1))
    if len(planned) > MOST_SLOTS:
        said = f"There are more than {MOST_SLOTS} slots. Ask for fewer days."
        raise ValidationFailed(details=[Detail("to", said)])
    with rt.transaction() as tx:
        taken = bookings.taken_between(tx.session, tenant, found.id, begin, until)
    capacity = found.rules.get("maxCapacityPerSlot", 1)
    return [
        SimpleNamespace(
            id=each.id,
            start_time=each.start,
            end_time=each.end,
            capacity=capacity,
            available=max(0, capacity - taken.get(each.id, 0)) if each.start > now else 0,
            location_id=each.location_id,
        )
        for each in planned
    ]


def due(rt: Runtime) -> list[str]:
    """Return the appointments in which a slot has begun that no clock has seen."""
    with rt.transaction() as tx:
        return slot_turns.due_lines(tx.session, MOST_LINES)


def admit_due(rt: Runtime, appointment_id: str) -> int:
    """Admit those whose slot has begun, where the appointment admits at the start.

    Returns how many; 0 also where another clock is at it. Who finds no stock waits on.
    """
    facts = rt.distributions.get(appointment_id)
    if facts is None:
        return 0
    tenant, kid = facts.tenant, rt.keyring.active_kid
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, appointment_id):
            return 0
        row = distributions.find(tx.session, tenant, appointment_id, KIND)
        at_start = row is not None and row.rules.get("admitAtStart", False)
        chosen = _admit(rt, tx, tenant, appointment_id, kid) if at_start else []
        slot_turns.seen(tx.session, tenant, appointment_id, all_of_them=not at_start)
    return len(chosen)


def _admit(
    rt: Runtime, tx: Transaction, tenant: Tenant, appointment_id: str, kid: str
) -> list[Candidate]:
    at = turns.ground(tx.session, tenant, appointment_id)
    if at is None or not KINDS[KIND].may_choose(at.window, at.now):
        return []
    free = free_places(at.limits, at.taken)
    most = BATCH if free is None else min(BATCH, free)
    chosen = slot_turns.due(tx.session, tenant, appointment_id, most) if most else []
    if chosen:
        turns.give(tx.session, tenant, at, chosen, kid=kid)
        ids = [each.id for each in chosen]
        outbox.wake(tx, rt.jobs, events.of_entries(tx.session, tenant, KIND, "admitted", ids))
    return chosen
