"""An experience as its page shows it."""

from types import SimpleNamespace
from typing import Any

from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions, experiences, rows
from integration.store.experiences import Shown


def show(rt: Runtime, tenant: Tenant, experience_id: str) -> SimpleNamespace:
    """Return a published experience with all that it offers, or raise ``NotFound``."""
    with rt.transaction() as tx:
        found = experiences.published(tx.session, tenant, experience_id)
        if found is None:
            raise NotFound("Experience")
        paths = experiences.paths(tx.session, tenant, experience_id)
    experience, product = found
    return rows.shown(
        experience,
        product=product,
        server_time=rt.clock.now(),
        sequences=[
            rows.shown(path, queues=[_queue(rt, each) for each in offers if _is_queue(each)])
            for path, offers in paths
        ],
    )


def _is_queue(shown: Shown) -> bool:
    return shown.distribution.kind == "queue"


def _queue(rt: Runtime, shown: Shown) -> dict[str, Any]:
    row, line = shown
    now = rt.clock.now()
    return {
        "id": row.id,
        "name": row.name,
        "sequence_id": row.sequence_id,
        "capacity": row.max_capacity,
        "open_at": row.open_at,
        "close_at": row.close_at,
        "time_zone": row.time_zone,
        "status": distributions.window(row).status(now),
        "consumer_count": line.waiting + line.active,
        "position_display": row.rules.get("positionDisplay", "precise"),
        "notice": row.notice,
        "server_time": now,
    }
