"""Who is in a distribution, for its merchant."""

from collections.abc import Sequence
from typing import NamedTuple

from integration.engine.entering import title
from integration.engine.kinds import DistributionType
from integration.kernel.errors import Conflict, NotFound, required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions, entries, participations
from integration.store.distributions import DistributionFacts
from integration.store.entries import Entry, Filter
from integration.store.rows import Slice


class NotInQueue(Conflict):
    """The mechanism chooses, and nobody else."""

    code = "NOT_IN_QUEUE_KIND"
    message = "Only those who wait in a queue, or have booked, are admitted by hand."


BY_HAND = frozenset({DistributionType.QUEUE, DistributionType.APPOINTMENT})
"""Where a merchant may let somebody in: a booking waits for its slot, or for the merchant."""


class Superseded(Conflict):
    """The consumer has entered again since."""

    code = "ENTRY_SUPERSEDED"
    message = "This consumer has a newer entry. Use that one."


class Place(NamedTuple):
    """Where somebody has entered, and who."""

    distribution: DistributionFacts
    consumer_id: str


def page(
    rt: Runtime,
    tenant: Tenant,
    kind: DistributionType,
    distribution_id: str,
    part: Slice,
    *,
    wanted: Filter,
) -> Sequence[Entry]:
    """Return a part of the entries as they came, or raise ``NotFound``."""
    with rt.transaction() as tx:
        if distributions.find(tx.session, tenant, distribution_id, kind) is None:
            raise NotFound(title(kind))
        listed = entries.waitlist_page if kind is DistributionType.WAITLIST else entries.page
        return listed(tx.session, tenant, distribution_id, part, wanted)


def latest(rt: Runtime, tenant: Tenant, entry_id: str) -> Place:
    """Return whose entry this is and where; raises ``NotFound``, and ``Superseded``."""
    with rt.transaction() as tx:
        found = participations.standings(tx.session, tenant, [entry_id])
        if not found:
            raise NotFound("Participation")
        where, who = found[0].distribution_id, found[0].consumer_id
        newest = participations.latest(tx.session, tenant, where, who)
    facts = required(rt.distributions.get(where), "Participation")
    if newest is None or newest.id != entry_id:
        raise Superseded
    return Place(facts, who)


def in_queue(rt: Runtime, tenant: Tenant, entry_id: str) -> Place:
    """Return the same of an entry that may be let in by hand; else raises ``NotInQueue``."""
    entry = latest(rt, tenant, entry_id)
    if entry.distribution.kind not in BY_HAND:
        raise NotInQueue
    return entry
