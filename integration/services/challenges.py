"""Challenges: work that a browser does once, and a farm of them thousands of times."""

from typing import Any

from integration.kernel.tenant import Tenant
from integration.runtime import Runtime


def pose(rt: Runtime, tenant: Tenant) -> dict[str, Any]:
    """Return a new challenge; raises ``ChallengedElsewhere`` with a hosted bot check."""
    return rt.bot_check.challenge(tenant, rt.clock.now())
