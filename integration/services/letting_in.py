"""A merchant lets people in by hand: out of turn or ahead of the pace, never beyond stock."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from typing import Any, NamedTuple

from integration.engine.entering import title
from integration.engine.pacing import Limits, free_places
from integration.engine.participations import ParticipationState
from integration.engine.status import Standing, status_body
from integration.kernel.errors import Conflict, required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    consumers,
    distributions,
    events,
    outbox,
    participations,
    turns,
)
from integration.store.db import Transaction
from integration.store.distributions import DistributionFacts
from integration.store.turns import Candidate, Ground


class NotWaiting(Conflict):
    """Whoever does not wait cannot be admitted."""

    code = "NOT_WAITING"
    message = "Only a consumer who waits in line can be admitted."


class NoStock(Conflict):
    """All that there is is sold, or held by somebody at the checkout."""

    code = "NO_STOCK"
    message = "No stock is free: all of it is sold, or held at the checkout."


class Choice(NamedTuple):
    """Whom to admit, and the entries to answer with."""

    chosen: list[Candidate]
    in_turn: bool
    shown: list[str]


Choose = Callable[[Transaction, Ground], Choice]


def admit(
    rt: Runtime, tenant: Tenant, queue: DistributionFacts, consumer_id: str
) -> list[dict[str, Any]]:
    """Admit one consumer now, whoever waits before; one who is admitted stays so.

    Raises ``NotWaiting`` and ``NoStock``.
    """
    with rt.transaction() as tx:
        consumer_id = consumers.known_as_now(tx.session, tenant, consumer_id)
    choose = partial(_this_one, tenant, queue.kind, consumer_id)
    return _let_in(rt, tenant, queue, [consumer_id], choose)


def admit_next(
    rt: Runtime, tenant: Tenant, queue: DistributionFacts, count: int
) -> list[dict[str, Any]]:
    """Admit the next ``count`` in turn, or as many of them as stock allows.

    Raises ``NoStock`` where it allows nobody.
    """
    with rt.transaction() as tx:
        fenced = turns.waiting(tx.session, tenant, queue.id, count)
    choose = partial(_the_next, tenant, fenced)
    return _let_in(rt, tenant, queue, [each.consumer_id for each in fenced], choose)


def _let_in(
    rt: Runtime,
    tenant: Tenant,
    queue: DistributionFacts,
    fenced: list[str],
    choose: Choose,
) -> list[dict[str, Any]]:
    rt.lines.fence(queue.id, fenced)
    keyring = rt.keyring
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, queue.id)
        ground = required(turns.ground(tx.session, tenant, queue.id), title(queue.kind))
        choice = choose(tx, ground)
        if choice.chosen:
            pace = ground.pace if choice.in_turn else None
            kid = keyring.active_kid
            turns.give(
                tx.session,
                tenant,
                ground,
                choice.chosen,
                kid=kid,
                pace=pace,
                in_turn=choice.in_turn,
            )
            _admitted(rt, tx, tenant, ground, choice.chosen)
        shown = participations.standings(tx.session, tenant, choice.shown)
    return [_body(rt, each) for each in shown]


def _this_one(
    tenant: Tenant, kind: str, consumer_id: str, tx: Transaction, ground: Ground
) -> Choice:
    found = participations.latest(tx.session, tenant, ground.distribution_id, consumer_id)
    if found is None:
        raise participations.never_entered(tx.session, tenant, kind, consumer_id)
    if found.state is ParticipationState.ADMITTED:
        return Choice([], in_turn=True, shown=[found.id])
    if found.state is not ParticipationState.QUEUED:
        raise NotWaiting
    if _free(ground) == 0:
        raise NoStock
    first = turns.waiting(tx.session, tenant, ground.distribution_id, 1)
    if [each.id for each in first] == [found.id]:
        return Choice(first, in_turn=True, shown=[found.id])
    chosen = Candidate(found.id, consumer_id, found.number or 0)
    return Choice([chosen], in_turn=False, shown=[found.id])


def _the_next(
    tenant: Tenant, fenced: Sequence[Candidate], tx: Transaction, ground: Ground
) -> Choice:
    free = _free(ground)
    if free == 0:
        raise NoStock
    most = len(fenced) if free is None else min(len(fenced), free)
    first = turns.waiting(tx.session, tenant, ground.distribution_id, most)
    known = set(fenced)
    chosen = list(takewhile(known.__contains__, first))
    return Choice(chosen, in_turn=True, shown=[each.id for each in chosen])


def _free(ground: Ground) -> int | None:
    """Return how many more the stock takes; how many check out at once is the merchant's affair."""
    bounds = Limits(
        stock=ground.limits.stock, units_per_admission=ground.limits.units_per_admission
    )
    return free_places(bounds, ground.taken)


def _admitted(
    rt: Runtime, tx: Transaction, tenant: Tenant, ground: Ground, chosen: list[Candidate]
) -> None:
    ids = [each.id for each in chosen]
    outbox.wake(tx, rt.jobs, events.of_entries(tx.session, tenant, ground.kind, "admitted", ids))
    gone = [(each.number, each.consumer_id) for each in chosen]
    tx.then(lambda: rt.lines.remove(ground.distribution_id, gone))


def _body(rt: Runtime, standing: Standing) -> dict[str, Any]:
    return status_body(standing, admissions.token_of(rt.keyring, standing))
