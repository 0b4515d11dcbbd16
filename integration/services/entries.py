"""Who is in a distribution, for its merchant."""

from collections.abc import Sequence

from integration.engine.kinds import DistributionType
from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions, entries
from integration.store.entries import Entry, Filter
from integration.store.rows import Slice


def page(
    rt: Runtime,
    tenant: Tenant,
    kind: DistributionType,
    distribution_id: str,
    part: Slice,
    *,
    wanted: Filter,
) -> Sequence[Entry]:
    """Return a part of the entries by number, or raise ``NotFound``."""
    with rt.transaction() as tx:
        if distributions.find(tx.session, tenant, distribution_id, kind) is None:
            raise NotFound(kind.value.replace("_", " ").capitalize())
        return entries.page(tx.session, tenant, distribution_id, part, wanted)
