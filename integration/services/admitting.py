"""What the clock does to lines: admit in turn, pass over, expire, end waiting that is in vain.

Any number of clocks may do it at once (design.md, D10); each step is a short transaction
on one line, on the database's time.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from integration.engine.participations import ParticipationState
from integration.engine.turns import share_out
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    counters,
    due_lines,
    events,
    outbox,
    participations,
    passing,
    turns,
)
from integration.store.counters import LineOf
from integration.store.db import Transaction
from integration.store.line.absences import Covered, absent
from integration.store.turns import Candidate, Ground

BATCH = 2_500
"""Steps of one transaction: a line is held for a fraction of a second."""
BATCHES = 8
"""Of one line at a time, before the next line's turn."""
MOST_LINES = 1_000
FURTHER = 100
"""Of those behind the first in turn, in case some of these are away."""


class Turn(NamedTuple):
    """Whom a place would go to, and who of them is to be passed over, by consumer."""

    first: list[Candidate]
    away: Collection[str]


NOBODY = Turn([], ())


def due_queues(rt: Runtime) -> list[str]:
    """Return the queues in which somebody waits and which are served, or dealt, now."""
    with rt.transaction() as tx:
        return due_lines.served(tx.session, MOST_LINES)


def admit_due(rt: Runtime, distribution_id: str) -> int:
    """Admit whoever's turn has come, as fast as rate, stock and checkout allow.

    Who has shown no sign of life is passed over; a lobby that opens is dealt first. Returns
    how many were admitted; 0 also where another clock is at it.
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
    """End the waiting of some, and return of how many.

    Denied is who waits where all is sold, or where the queue has ended; who was passed over
    and did not come back in time has left.
    """
    with rt.transaction() as tx:
        hopeless = due_lines.without_hope(tx.session, MOST_LINES)
        given_up = passing.lines_given_up(tx.session, MOST_LINES)
    denied = sum(sum(_batches(partial(_deny, rt, line))) for line in hopeless)
    return denied + sum(sum(_batches(partial(_give_up, rt, line))) for line in given_up)


def _batches(step: Callable[[], int]) -> Iterator[int]:
    """Yield what each step did, until one finds less than it could do."""
    for _ in range(BATCHES):
        done = step()
        yield done
        if done < BATCH:
            return


def _admit(rt: Runtime, tenant: Tenant, distribution_id: str) -> int:
    turn = _turn(rt, tenant, distribution_id)
    if not turn.first:
        return 0
    kid = rt.keyring.active_kid
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, distribution_id):
            return 0
        ground = turns.ground(tx.session, tenant, distribution_id)
        if ground is None:
            return 0
        chosen, passed = _choose(tx, tenant, ground, turn)
        # With as many as there are, the pace is that of exactly these.
        pace = ground.due(len(chosen)).pace
        if passed:
            ids = [each.id for each in passed]
            version = passing.pass_over(tx.session, tenant, distribution_id, ids)
            last = max(each.turn for each in passed)
            counters.advance(tx.session, tenant, distribution_id, last, ground.pace)
            aside = [(each.number, each.consumer_id) for each in passed]
            tx.then(lambda: rt.lines.put_aside(distribution_id, aside, version))
        if chosen:
            turns.give(tx.session, tenant, ground, chosen, kid=kid, pace=pace)
            _moved(rt, tx, tenant, ground, verb="admitted", whom=chosen)
    return len(chosen)


def _turn(rt: Runtime, tenant: Tenant, distribution_id: str) -> Turn:
    """Find whom the free places would go to, and fence these."""
    with rt.transaction() as tx:
        ground = turns.ground(tx.session, tenant, distribution_id)
        if ground is None or not (ground.dealt or _deal(tx, tenant, distribution_id)):
            return NOBODY
        places = min(ground.waiting, ground.due(BATCH).places)
        if not places:
            return NOBODY
        further = FURTHER if ground.absence_seconds else 0
        found = turns.waiting(tx.session, tenant, distribution_id, places + further)
    covered = [Covered(each.consumer_id, each.turn) for each in found]
    away = absent(rt.lines, distribution_id, covered, ground.absence_seconds)
    chosen, passed = share_out(found, lambda each: each.consumer_id in away, places)
    first = chosen + passed
    rt.lines.fence(distribution_id, [each.consumer_id for each in first])
    return Turn(first, away)


def _deal(tx: Transaction, tenant: Tenant, distribution_id: str) -> bool:
    mine = counters.claim(tx.session, tenant, distribution_id)
    return mine and turns.deal(tx.session, tenant, distribution_id)


def _choose(
    tx: Transaction, tenant: Tenant, ground: Ground, turn: Turn
) -> tuple[list[Candidate], list[Candidate]]:
    """Choose again under the lock: in turn, and never past somebody who is not fenced.

    A place that came free since the candidates were read is for the next round.
    """
    known = {each.id for each in turn.first}
    first = turns.waiting(tx.session, tenant, ground.distribution_id, len(known))
    fenced = list(takewhile(lambda each: each.id in known, first))
    places = ground.due(len(fenced)).places
    return share_out(fenced, lambda each: each.consumer_id in turn.away, places)


def _expire(rt: Runtime, line: LineOf) -> int:
    tenant, distribution_id, kind = line
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, distribution_id):
            return 0
        entries = admissions.expire(tx.session, tenant, distribution_id, BATCH)
        told = events.of_expiry(tx.session, tenant, entries)
        told += events.of_entries_too(tx.session, tenant, kind, "denied", entries)
        outbox.wake(tx, rt.jobs, told)
    return len(entries)


def _deny(rt: Runtime, line: LineOf) -> int:
    tenant, distribution_id, _ = line
    fenced = _in_vain_there(rt, tenant, distribution_id)
    if not fenced:
        return 0
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, distribution_id):
            return 0
        ground = turns.ground(tx.session, tenant, distribution_id)
        reason = None if ground is None else ground.in_vain()
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


def _in_vain_there(rt: Runtime, tenant: Tenant, distribution_id: str) -> list[Candidate]:
    """Fence some of those who wait in vain; what happens to them is decided later.

    Who is fenced and stays is believed again by the mender, never here: somebody else may
    have fenced the same person for a reason of their own.
    """
    with rt.transaction() as tx:
        ground = turns.ground(tx.session, tenant, distribution_id)
        if ground is None or ground.in_vain() is None:
            return []
        found = turns.queued(tx.session, tenant, distribution_id, BATCH)
    rt.lines.fence(distribution_id, [each.consumer_id for each in found])
    return found


def _give_up(rt: Runtime, line: LineOf) -> int:
    tenant, distribution_id, kind = line
    with rt.transaction() as tx:
        if not counters.claim(tx.session, tenant, distribution_id):
            return 0
        late = passing.given_up(tx.session, tenant, distribution_id, BATCH)
        to = ParticipationState.LEFT
        left = participations.end_waiting(tx.session, tenant, distribution_id, late, to)
        outbox.wake(tx, rt.jobs, events.of_entries(tx.session, tenant, kind, "left", left))
    return len(left)


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
