"""A shop's order as it changes what we keep: the order, and the admission behind it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from integration.engine.orders import EDITED, UNDONE, Completion, OrderState, Rejection
from integration.kernel.tenant import Tenant
from integration.store import (
    admissions,
    distributions,
    doubts,
    handoffs,
    orders,
    settlements,
    shop_orders,
)
from integration.store.admissions import Held
from integration.store.doubts import Record
from integration.store.models import Order
from integration.store.orders import Kept
from integration.store.sync_runs import Stored

NOT_YET = "open"
"""The status of a cart."""


_Bought = list[tuple[str | None, int]]


class _Join(NamedTuple):
    """The admission behind a shop's order, or why there is none."""

    held: Held | None
    reason: str


def take_over(session: Session, tenant: Tenant, connection_id: str, record: Record) -> Stored:
    """Keep an order as its shop tells of it, unless that is old news, and act on it."""
    if record["status"] == NOT_YET:
        return Stored(0, 0)
    join = _join(session, tenant, connection_id, record)
    known = _known(session, tenant, connection_id, record)
    lines = {each.distribution_id for each in (join.held, known.order) if each is not None}
    for line in sorted(line for line in lines if line is not None):
        distributions.lock_line(session, tenant, line)
    values = _values(connection_id, known.external_id, record)
    before = None if known.order is None else _bought(known.order)
    kept = shop_orders.take_over(session, tenant, values, known=record["status_known"])
    if kept is None:
        return Stored(0, 0)
    told = orders.tell(session, tenant, kept.order.id, "created") if kept.created else []
    to = OrderState(record["status"])
    if to not in UNDONE:
        told += settlements.settle(session, tenant, kept.order, join.held, join.reason)
        _note_edited(session, tenant, kept.order, join, before)
        return _stored(kept, told)
    undone = settlements.undo(session, tenant, kept.order, to, at=record["updated_at"])
    told += undone.endpoints
    ref = None if record["checkout_returned"] else record["checkout_ref"]
    # A handle alone ends nothing: whoever carries it could have one checkout after the other.
    if ref is not None and not _completed(undone.order):
        handoffs.end_checkout(session, tenant, connection_id, ref)
    return _stored(kept, told)


class _Known(NamedTuple):
    """The id that a shop's order has here, and the order, if it is known."""

    external_id: str
    order: Order | None


def _known(session: Session, tenant: Tenant, connection_id: str, record: Record) -> _Known:
    order = orders.by_external_id(session, tenant, record["external_id"])
    if order is None or order.connection_id in {None, connection_id}:
        return _Known(record["external_id"], order)
    # Another shop of this merchant counts its orders as this one does.
    own = f"{connection_id}:{record['external_id']}"
    return _Known(own, orders.by_external_id(session, tenant, own))


def _stored(kept: Kept, endpoints: Sequence[str]) -> Stored:
    return Stored(int(kept.created), int(not kept.created), endpoints=tuple(endpoints))


def _join(session: Session, tenant: Tenant, connection_id: str, record: Record) -> _Join:
    """Find the admission: by our checkout's name in the shop, else by the handle; check both."""
    ref, handle = record["checkout_ref"], record["handle"]
    handoff, doubt = None, doubts.of_checkout
    if ref is not None:
        handoff = handoffs.by_external_ref(session, tenant, connection_id, ref)
    if handoff is None and handle is not None:
        doubt = doubts.of_claim
        handoff = handoffs.by_handle(session, tenant, connection_id, handle)
    if handoff is None:
        return _Join(None, Rejection.NO_ADMISSION.value)
    wrong = doubt(session, tenant, handoff, record)
    if wrong is not None:
        return _Join(None, wrong)
    held = admissions.standing_in(session, tenant, handoff.admission_id)
    return _Join(held, Rejection.NO_ADMISSION.value)


def _note_edited(
    session: Session, tenant: Tenant, order: Order, join: _Join, before: _Bought | None
) -> None:
    """Note that what was bought has become too much, or something else, or fits again.

    What is sold here may change too: by itself that speaks against no order.
    """
    if join.reason == Rejection.WRONG_PRODUCT and _bought(order) != before:
        orders.note_edited(session, tenant, order, edited=True)
    elif join.held is not None and order.completion_reason == EDITED:
        orders.note_edited(session, tenant, order, edited=False)


def _completed(order: Order | None) -> bool:
    return order is not None and order.completion == Completion.COMPLETED.value


def _bought(order: Order) -> _Bought:
    return [(line["sku"], line["quantity"]) for line in order.line_items]


def _values(connection_id: str, external_id: str, record: Record) -> dict[str, Any]:
    values = {
        "external_order_id": external_id,
        "connection_id": connection_id,
        "status": record["status"].value,
        "total_amount": record["total"],
        "currency_code": record["currency"],
        "handle": record["handle"],
        "updated_at": record["updated_at"],
        "line_items": [
            {
                "sku": line["sku"],
                "quantity": line["quantity"],
                "price": None if line["price"] is None else str(line["price"]),
            }
            for line in record["lines"]
        ],
    }
    if OrderState(record["status"]) not in UNDONE:
        return values
    if not record["total"]:
        # Vendure takes everything off a cancelled order; what it was sold for stays true.
        values |= {"total_amount": None, "line_items": []}
    rejected = {"completion": Completion.REJECTED.value}
    return values | rejected | {"completion_reason": Rejection.CANCELLED.value}
