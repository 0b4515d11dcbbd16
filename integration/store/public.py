"""What everybody with a key may see of a distribution, whatever its kind."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from integration.store import distributions
from integration.store.distributions import DistributionFacts


def common(session: Session, facts: DistributionFacts, now: datetime) -> dict[str, Any]:
    """Return the fields that every kind shows."""
    counters = distributions.counters(session, facts.tenant, facts.id)
    return {
        "id": facts.id,
        "name": facts.name,
        "sequence_id": facts.sequence_id,
        "capacity": facts.capacity,
        "open_at": facts.window.open_at,
        "close_at": facts.window.close_at,
        "time_zone": facts.time_zone,
        "status": facts.window.status(now),
        "consumer_count": counters.waiting + counters.active,
        "notice": facts.notice,
        "server_time": now,
    }
