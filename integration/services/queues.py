"""Queues as everybody sees them."""

from typing import Any

from integration.engine.kinds import DistributionType
from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import public


def show(rt: Runtime, tenant: Tenant, queue_id: str) -> dict[str, Any]:
    """Return the queue as anybody with a key may see it."""
    queue = rt.distributions.get(queue_id)
    if queue is None or queue.tenant != tenant or queue.kind != DistributionType.QUEUE:
        raise NotFound("Queue")
    with rt.transaction() as tx:
        shown = public.common(tx.session, queue, rt.clock.now())
    return {**shown, "position_display": queue.rules.get("positionDisplay", "precise")}
