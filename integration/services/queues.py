"""Queues as everybody sees them."""

from typing import Any

from integration.engine.kinds import DistributionType
from integration.engine.shuffle import commitment
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions, public
from integration.store.distributions import DistributionFacts
from integration.store.models import Line


def show(rt: Runtime, tenant: Tenant, queue_id: str) -> dict[str, Any]:
    """Return the queue as anybody with a key may see it."""
    queue = rt.distributions.of(tenant, DistributionType.QUEUE, queue_id)
    with rt.transaction() as tx:
        shown = public.common(tx.session, queue, rt.clock.now())
        line = distributions.counters(tx.session, tenant, queue_id)
    display = queue.rules.get("positionDisplay", "precise")
    return {**shown, "position_display": display, **_lobby(queue, line)}


def _lobby(queue: DistributionFacts, line: Line) -> dict[str, Any]:
    """Return what a queue with a lobby tells beside what every queue does."""
    opens_at = queue.rules.get("lobbyOpensAt")
    if opens_at is None:
        return {}
    shuffled = queue.rules.get("shuffleBeforeOpen")
    return {
        "lobby_opens_at": opens_at,
        "shuffle": _shuffle(queue.id, line) if shuffled else None,
    }


def _shuffle(queue_id: str, line: Line) -> dict[str, Any]:
    """Return what fixes the order of a lobby before opening, and tells it from then on."""
    dealt = line.lobby is not None
    return {
        "commitment": commitment(queue_id, line.seed).hex(),
        "seed": line.seed.hex() if dealt else None,
        "lobby_count": line.lobby,
    }
