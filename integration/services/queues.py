"""Queues as everybody sees them."""

from typing import Any

from integration.engine.kinds import DistributionType
from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions


def show(rt: Runtime, tenant: Tenant, queue_id: str) -> dict[str, Any]:
    """Return the queue as anybody with a key may see it."""
    queue = rt.distributions.get(queue_id)
    if queue is None or queue.tenant != tenant or queue.kind != DistributionType.QUEUE:
        raise NotFound("Queue")
    with rt.transaction() as tx:
        counters = distributions.counters(tx.session, tenant, queue_id)
    return {
        "id": queue.id,
        "name": queue.name,
        "sequence_id": queue.sequence_id,
        "capacity": queue.capacity,
        "open_at": queue.window.open_at,
        "close_at": queue.window.close_at,
        "time_zone": queue.time_zone,
        "status": queue.window.status(rt.clock.now()),
        "consumer_count": counters.waiting + counters.active,
        "position_display": queue.rules.get("positionDisplay", "precise"),
        "notice": queue.notice,
        "server_time": rt.clock.now(),
    }
