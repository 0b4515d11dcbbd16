"""What no row says: ways that were asked for, and entries that were refused.

Each process adds them up and hands them over every half second, as it does with the figures
of ``/metrics``; a process that is killed loses what it had not handed over.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from integration.engine.insight import MINUTE, Measure
from integration.kernel.tenant import Tenant, whose
from integration.store.insight.counts import Count
from integration.store.tally import Tally

BETWEEN = "|"


class Asked(NamedTuple):
    """Something that was asked of a subject, which is known to be the tenant's."""

    tenant: Tenant
    subject_id: str
    measure: Measure
    label: str = ""


def tell(tally: Tally, asked: Asked, at: datetime) -> None:
    """Count one."""
    minute = str(int(at.timestamp()) // MINUTE * MINUTE)
    tenant, subject_id, measure, label = asked
    tally.add((BETWEEN.join((*tenant, subject_id, measure.value, minute, label)), 1))


def counts(found: Mapping[str, float]) -> Iterator[Count]:
    """Yield what ``tell`` was told."""
    for name, value in found.items():
        organization_id, mode, subject_id, measure, minute, label = name.split(BETWEEN)
        at = datetime.fromtimestamp(int(minute), UTC)
        yield Count(whose(organization_id, mode), subject_id, measure, at, int(value), label)
