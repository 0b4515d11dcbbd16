"""What the clock does to lines: admit in turn, expire, end waiting that is in vain.

Any number of clocks may do it at once (design.md, D10); each step is a short transaction
on one line, on the database's time.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile

from integration.engine.kinds import SERVED_IN_TURN
from integration.engine.pacing import sold_out
from integration.engine.participations import DenyReason, ParticipationState
from integration.engine.windows import DistributionState
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    counters,
    events,
    outbox,
    participations,
    turns,
)
from integration.store.counters import LineOf
from integration.store.db import Transaction
from integration.store.turns import Candidate, Ground

BATCH = 2_500
"""Steps of one transaction: a line is held for a fraction of a second."""
BATCHES = 8
"""Of one line at a time, before the next line's turn."""
MOST_LINES = 1_000


def due_queues(rt: Runtime) -> list[str]:
    """Return the queues in which somebody waits and which are served now."""
    with rt.transaction() as tx:
        return turns.due_lines(tx.session, MOST_LINES)


def admit_due(rt: Runtime, distribution_id: str) -> int:
    """Admit whoever's turn has come, as fast as rate, stock and checkout allow.

    Returns how many; 0 also where another clock is at it.
    """
    facts = rt.distributions.get(distribution_id)
    if facts is None:
        return 0
    return sum(_batches(partial(_admit, rt, facts.tenant, distribution_id)))


def expire_due(rt: Runtime) -> int:
    """End every admission whose time is over, and give back what it held; return how many."""
    with rt.transaction() as tx:
        lines = admissions.lines_with_expired(tx.session, MOST_LINES)
    return sum(sum(_batches(partial(_expire, rt, line))) for line in lines)


def settle_waiting(rt: Runtime) -> int:
    """Deny those who wait where all is sold, or where the queue has ended; return how many."""
    with rt.transaction() as tx:
        lines = turns.lines_without_hope(tx.session, MOST_LINES)
    return sum(sum(_batches(partial(_deny, rt, line))) for line in lines)


def _batches(step: Callable[[], int]) -> Iterator[int]:
    """Yield what each step did, until one finds less than it could do."""
    for _ in range(BATCHES):
        done = step()
        yield done
        if done < BATCH:
            return


def _admit(rt: Runtime, tenant: Tenant, distribution_id: str) -> int:
    fenced = _fence(rt, tenant, distribution_id, lambda ground: ground.due(BATCH).places)
    if not fenced:
        return 0
    kid = rt.keyring.active_kid
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, distribution_id):
            return 0
        ground = turns.ground(tx.session, tenant, distribution_id)
        chosen = [] if ground is None else _choose(tx, tenant, ground, fenced)
        if ground is None or not chosen:
            return 0
        # With as many as there are, the pace is that of exactly these.
        pace = ground.due(len(chosen)).pace
        turns.give(tx.session, tenant, ground, chosen, kid=kid, pace=pace)
        _moved(rt, tx, tenant, ground, verb="admitted", whom=chosen)
    return len(chosen)


def _choose(
    tx: Transaction, tenant: Tenant, ground: Ground, fenced: Sequence[Candidate]
) -> list[Candidate]:
    """Choose again under the lock: in turn, and never past somebody who is not fenced.

    A place that came free since the candidates were read is for the next round.
    """
    known = {each.id for each in fenced}
    places = min(ground.due(len(fenced)).places, len(fenced))
    first = turns.waiting(tx.session, tenant, ground.distribution_id, places)
    return list(takewhile(lambda each: each.id in known, first))


def _expire(rt: Runtime, line: LineOf) -> int:
    tenant, distribution_id, kind = line
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, distribution_id):
            return 0
        entries = admissions.expire(tx.session, tenant, distribution_id, BATCH)
        told = events.of_expiry(tx.session, tenant, entries)
        told += events.of_entries(tx.session, tenant, kind, "denied", entries)
        outbox.wake(tx, rt.jobs, told)
    return len(entries)


def _deny(rt: Runtime, line: LineOf) -> int:
    tenant, distribution_id, _ = line
    fenced = _fence(rt, tenant, distribution_id, lambda ground: BATCH if _in_vain(ground) else 0)
    if not fenced:
        return 0
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, distribution_id):
            return 0
        ground = turns.ground(tx.session, tenant, distribution_id)
        reason = None if ground is None else _in_vain(ground)
        if ground is None or reason is None:
            return 0
        moved = participations.end_waiting(
            tx.session,
            tenant,
            distribution_id,
            [each.id for each in fenced],
            ParticipationState.DENIED,
            reason=reason.value,
        )
        denied = [each for each in fenced if each.id in set(moved)]
        _moved(rt, tx, tenant, ground, verb="denied", whom=denied)
    return len(denied)


def _in_vain(ground: Ground) -> DenyReason | None:
    if ground.window.state is DistributionState.ENDED:
        return DenyReason.QUEUE_CLOSED
    # Others tell those who wait themselves, when they have chosen.
    in_turn = ground.kind in SERVED_IN_TURN
    return DenyReason.SOLD_OUT if in_turn and sold_out(ground.limits, ground.taken) else None


def _fence(
    rt: Runtime, tenant: Tenant, distribution_id: str, wanted: Callable[[Ground], int]
) -> list[Candidate]:
    """Fence as many of the first in turn as seem wanted; what happens is decided later.

    Who is fenced and stays is believed again by the mender, never here: somebody else may
    have fenced the same person for a reason of their own.
    """
    with rt.transaction() as tx:
        ground = turns.ground(tx.session, tenant, distribution_id)
        places = 0 if ground is None else min(ground.waiting, wanted(ground))
        found = turns.waiting(tx.session, tenant, distribution_id, places) if places else []
    rt.lines.fence(distribution_id, [each.consumer_id for each in found])
    return found


def _moved(
    rt: Runtime,
    tx: Transaction,
    tenant: Tenant,
    ground: Ground,
    *,
    verb: str,
    whom: list[Candidate],
) -> None:
    """Tell of entries that do not wait any more, and take them out of the line."""
    ids = [each.id for each in whom]
    outbox.wake(tx, rt.jobs, events.of_entries(tx.session, tenant, ground.kind, verb, ids))
    gone = [(each.number, each.consumer_id) for each in whom]
    tx.then(lambda: rt.lines.remove(ground.distribution_id, gone))
