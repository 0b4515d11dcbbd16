"""Steps of a distribution's life that several use cases take."""

from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from integration.engine.entering import title
from integration.engine.kinds import DistributionType
from integration.engine.windows import DistributionState
from integration.kernel.errors import Conflict, required
from integration.kernel.tenant import Tenant
from integration.store import distributions, products, rows
from integration.store.db import Transaction
from integration.store.facts import Facts
from integration.store.models import Distribution, Experience


class NotPublished(Conflict):
    """Consumers do not know of it yet."""

    code = "NOT_PUBLISHED"
    message = "Publish the experience first."


class Ended(Conflict):
    """It has ended for good."""

    code = "ENDED"
    message = "It has ended, and cannot be opened or paused any more."


def running(
    session: Session, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> Distribution:
    """Take a published distribution that has not ended, to change it.

    Raises ``NotFound``, ``NotPublished`` and ``Ended``.
    """
    row = published(session, tenant, kind, distribution_id)
    if row.state == DistributionState.ENDED:
        raise Ended
    return row


def published(
    session: Session, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> Distribution:
    """Take a published distribution, to change it; raises ``NotFound`` and ``NotPublished``."""
    row = required(distributions.lock(session, tenant, distribution_id, kind), title(kind))
    if row.state == distributions.DRAFT:
        raise NotPublished
    return row


def allocation(
    session: Session, tenant: Tenant, row: Distribution, experience: Experience
) -> int | None:
    """Return the stock that a distribution gets at publishing.

    The merchant's own figure, else the inventory of its variant or product at this moment;
    None where stock is not counted, or nobody knows it.
    """
    if not row.inventory_bound or row.stock is not None:
        return row.stock
    product = products.find(session, tenant, row.product_id or experience.product_id or "")
    if product is None:
        return None
    variants = {each.id: each.inventory for each in product.variants}
    own = variants.get(row.variant_id or "")
    return product.inventory if own is None else own


def publish(tx: Transaction, known: Facts[Any], row: Distribution, stock: int | None) -> None:
    """Let consumers see a draft, with this stock."""
    row.state = DistributionState.ACTIVE.value
    row.stock = stock
    touch(tx, known, row)


def touch(tx: Transaction, known: Facts[Any], row: Distribution) -> None:
    """Count a change, and have every process read the row again."""
    row.version += 1
    row.changed_at = rows.now(tx.session)
    tx.then(partial(known.forget, row.id))
