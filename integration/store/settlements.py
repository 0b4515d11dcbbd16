"""Orders and their admissions: one statement path, whoever reports (contract.md, section 3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from integration.engine.completions import Verdict
from integration.engine.orders import BUYS, UNDONE, Completion, OrderState, Rejection
from integration.engine.participations import Refusal
from integration.kernel.tenant import Tenant
from integration.store import admissions, completions, distributions, orders, products
from integration.store.admissions import Held
from integration.store.models import Order


def settle(
    session: Session, tenant: Tenant, order: Order, held: Held | None, reason: str
) -> list[str]:
    """Let an order complete its admission, or keep why it does not; return whom to wake.

    ``reason`` is why there is no admission, where ``held`` is None. Repeating it changes
    nothing.
    """
    if held is None:
        return _reject(session, tenant, order, reason)
    distributions.lock_line(session, tenant, held.distribution_id)
    known = orders.find(session, tenant, order.id)
    if known is None or known.completion == Completion.COMPLETED.value:
        return []
    if (why := _unfit(known, held)) is not None:
        return _reject(session, tenant, known, why)
    done = completions.complete(session, tenant, held, known.external_order_id, locked=True)
    if not done.verdict.good:
        late = done.verdict is Verdict.EXPIRED
        return _reject(session, tenant, known, done.verdict.value, late=late)
    orders.complete(session, tenant, known, held, late=done.late)
    return done.endpoints + orders.tell(session, tenant, known.id, "completed")


def settle_reported(session: Session, tenant: Tenant, claim: Mapping[str, Any]) -> list[str]:
    """Settle an order of the Integration API: by the admission it names, or by whose it is."""
    order = orders.find(session, tenant, claim["order_id"])
    if order is None or order.consumer_id is None or order.distribution_id is None:
        return []
    if _of_another_product(session, tenant, order):
        return settle(session, tenant, order, None, Rejection.WRONG_PRODUCT.value)
    if claim["admission_id"] is not None:
        held = admissions.find(session, tenant, claim["admission_id"])
        return settle(session, tenant, order, held, Refusal.UNKNOWN.value)
    if claim["refusal"] is not None:
        return settle(session, tenant, order, None, claim["refusal"])
    held = admissions.of_consumer(session, tenant, order.distribution_id, order.consumer_id)
    return settle(session, tenant, order, held, Rejection.NO_ADMISSION.value)


class Undone(NamedTuple):
    """An order as it is now, and whom to wake; ``order`` None is one that is not there."""

    order: Order | None
    endpoints: list[str]


def undo(
    session: Session,
    tenant: Tenant,
    order: Order,
    to: OrderState,
    *,
    at: datetime | None = None,
    expected: int | None = None,
) -> Undone:
    """Cancel or refund an order; what it bought goes back once, where the merchant wants that.

    Nothing changes where its state does not allow that. Raises ``PreconditionFailed``.
    """
    if order.distribution_id is not None:
        distributions.lock_line(session, tenant, order.distribution_id)
    known = orders.lock(session, tenant, order.id, expected)
    if known is None or not orders.step(session, tenant, known, to, at):
        return Undone(known, [])
    if known.status not in UNDONE and known.admission_id is not None:
        completions.restock(session, tenant, known.admission_id)
    told = orders.tell(session, tenant, known.id, to.value)
    return Undone(orders.find(session, tenant, known.id), told)


def _unfit(order: Order, held: Held) -> str | None:
    """Return why this order cannot be this admission's, whatever the admission's state."""
    if order.status not in BUYS:
        return Rejection.CANCELLED.value
    if order.distribution_id not in {None, held.distribution_id}:
        return Refusal.WRONG_DISTRIBUTION.value
    if order.consumer_id not in {None, held.consumer_id}:
        return Refusal.WRONG_CONSUMER.value
    return None


def _of_another_product(session: Session, tenant: Tenant, order: Order) -> bool:
    """Tell whether all that was bought are other products of the merchant's.

    A SKU that we have never heard of says nothing: not every catalogue is kept here.
    """
    skus = {line["sku"] for line in order.line_items}
    if not skus or None in skus or order.distribution_id is None:
        return False
    return products.are_others(session, tenant, order.distribution_id, skus)


def _reject(
    session: Session, tenant: Tenant, order: Order, reason: str, *, late: bool = False
) -> list[str]:
    if not orders.reject(session, tenant, order, reason, late=late):
        return []
    return orders.tell(session, tenant, order.id, "rejected")
