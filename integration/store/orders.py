"""Statements on orders: who reported what, and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Update, case, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from integration.engine.orders import BUYS, EDITED, ORDER_SOURCES, Completion, OrderState
from integration.engine.status import stamp
from integration.kernel.errors import Detail, ValidationFailed
from integration.kernel.ids import new_id
from integration.kernel.money import BadMoney, format_money
from integration.kernel.tenant import Tenant
from integration.store import outbox, rows
from integration.store.admissions import Held
from integration.store.arrays import among
from integration.store.models import Distribution, Experience, Order
from integration.store.rows import Slice

KEY = ["organization_id", "mode", "external_order_id"]
BLANKS = ("total_amount", "currency_code", "consumer_id", "distribution_id")


class Filter(NamedTuple):
    """Which orders of a list are wanted."""

    external_order_id: str | None = None
    consumer_id: str | None = None


class Kept(NamedTuple):
    """An order, and whether this report of it was the first."""

    order: Order
    created: bool


def exact(field: str, amount: Decimal, currency: str) -> Decimal:
    """Return an amount with its currency's decimals; ``ValidationFailed`` where it has more."""
    try:
        return Decimal(format_money(amount, currency))
    except BadMoney as error:
        raise ValidationFailed(details=[Detail(field, str(error))]) from error


def find(session: Session, tenant: Tenant, order_id: str) -> Order | None:
    """Return one of this tenant's orders, as it is now."""
    wanted = rows.of(Order, tenant).where(Order.id == order_id)
    return session.scalar(wanted.execution_options(populate_existing=True))


def by_external_id(session: Session, tenant: Tenant, external_order_id: str) -> Order | None:
    """Return the order that has this id elsewhere, as it is now."""
    wanted = rows.of(Order, tenant).where(Order.external_order_id == external_order_id)
    return session.scalar(wanted.execution_options(populate_existing=True))


def lock(session: Session, tenant: Tenant, order_id: str, expected: int | None) -> Order | None:
    """Take an order to change it; the line that it belongs to was taken before.

    Raises ``PreconditionFailed`` where it is no longer the ``expected`` version.
    """
    order: Order | None = rows.lock(
        session, rows.of(Order, tenant).where(Order.id == order_id), expected
    )
    return order


def page(session: Session, tenant: Tenant, part: Slice, wanted: Filter) -> Sequence[Order]:
    """Return a part of this tenant's orders."""
    found = rows.of(Order, tenant)
    if wanted.external_order_id is not None:
        found = found.where(Order.external_order_id == wanted.external_order_id)
    if wanted.consumer_id is not None:
        found = found.where(Order.consumer_id == wanted.consumer_id)
    part_of_it: Sequence[Order] = session.scalars(rows.cut(found, Order.id, part)).all()
    return part_of_it


def currency_of(session: Session, tenant: Tenant, distribution_id: str) -> str | None:
    """Return the currency that a distribution's experience sells in; None for no such one."""
    return session.scalar(
        select(Experience.currency_code)
        .join(Distribution, Distribution.experience_id == Experience.id)
        .where(Distribution.id == distribution_id)
        .where(
            Distribution.organization_id == tenant.organization_id,
            Distribution.mode == tenant.mode,
        )
    )


def adding(tenant: Tenant, values: dict[str, Any]) -> Insert:
    """Return the statement that begins an order, to be told what to do where it is known."""
    beginning: dict[str, Any] = {
        "id": new_id("ord"),
        "line_items": [],
        "handle": None,
        "connection_id": None,
        "completion": Completion.PENDING.value,
        "late": False,
    }
    return insert(Order).values(beginning | dict.fromkeys(BLANKS) | values | tenant._asdict())


def kept(session: Session, tenant: Tenant, statement: Insert) -> Kept | None:
    """Carry out ``adding``; None where it left a known order as it was."""
    # Only a row that was updated names the transaction that replaced it.
    created = literal_column("xmax = 0", Boolean)
    row = session.execute(statement.returning(Order.id, created)).first()
    order = None if row is None else find(session, tenant, row[0])
    return None if row is None or order is None else Kept(order, row[1])


def report(session: Session, tenant: Tenant, values: dict[str, Any]) -> Kept:
    """Keep what a merchant reports of an order; a later report fills in blanks, no more."""
    beginning = adding(tenant, values)
    told = beginning.excluded
    filled: dict[str, Any] = {
        name: func.coalesce(getattr(Order, name), told[name]) for name in BLANKS
    }
    bare = func.jsonb_array_length(Order.line_items) == 0
    filled["line_items"] = case((bare, told.line_items), else_=Order.line_items)
    statement = beginning.on_conflict_do_update(index_elements=KEY, set_=filled)
    reported = kept(session, tenant, statement)
    if reported is None:
        raise AssertionError
    return reported


def complete(session: Session, tenant: Tenant, order: Order, held: Held, *, late: bool) -> bool:
    """Say that an order has completed an admission; False where it is not its order."""
    mine = _of(tenant, order).where(
        Order.completion != Completion.COMPLETED.value,
        among(Order.status, [state.value for state in BUYS]),
        func.coalesce(Order.consumer_id, held.consumer_id) == held.consumer_id,
        func.coalesce(Order.distribution_id, held.distribution_id) == held.distribution_id,
    )
    done = mine.values(
        completion=Completion.COMPLETED.value,
        completion_reason=None,
        admission_id=held.id,
        consumer_id=held.consumer_id,
        distribution_id=held.distribution_id,
        late=late,
        version=Order.version + 1,
    )
    return session.scalar(done.returning(Order.id)) is not None


def reject(
    session: Session, tenant: Tenant, order: Order, reason: str, *, late: bool = False
) -> bool:
    """Say why an order completes nothing; False where that is said already."""
    other = (Order.completion == Completion.PENDING.value) | (Order.completion_reason != reason)
    said = (
        _of(tenant, order)
        .where(Order.completion != Completion.COMPLETED.value, other)
        .values(
            completion=Completion.REJECTED.value,
            completion_reason=reason,
            late=late,
            version=Order.version + 1,
        )
    )
    return session.scalar(said.returning(Order.id)) is not None


def note_edited(session: Session, tenant: Tenant, order: Order, *, edited: bool) -> None:
    """Say that an order which has completed an admission does not fit it any more; or take it back.

    That it lives again in its shop is worse, and stays said.
    """
    reasons = (None, EDITED) if edited else (EDITED, None)
    session.execute(
        _of(tenant, order)
        .where(Order.completion == Completion.COMPLETED.value)
        .where(Order.completion_reason.is_not_distinct_from(reasons[0]))
        .values(completion_reason=reasons[1], version=Order.version + 1)
    )


def step(
    session: Session, tenant: Tenant, order: Order, to: OrderState, at: datetime | None = None
) -> bool:
    """Move an order on; False where its state does not allow that."""
    moved = (
        _of(tenant, order)
        .where(among(Order.status, [state.value for state in ORDER_SOURCES[to]]))
        .values(
            status=to.value,
            updated_at=at or func.clock_timestamp(),
            completion_reason=func.nullif(Order.completion_reason, EDITED),
            version=Order.version + 1,
        )
    )
    return session.scalar(moved.returning(Order.id)) is not None


def tell(session: Session, tenant: Tenant, order_id: str, verb: str) -> list[str]:
    """Tell ``order.<verb>``; return the endpoints to wake."""
    name = f"order.{verb}"
    if not outbox.subscribed(session, tenant, name):
        return []
    order = session.scalars(
        rows.of(Order, tenant).where(Order.id == order_id).execution_options(populate_existing=True)
    ).one()
    return outbox.emit(session, tenant, name, order.id, order.version, _data(order))


def _data(order: Order) -> dict[str, Any]:
    currency, total = order.currency_code, order.total_amount
    return {
        "id": order.id,
        "externalOrderId": order.external_order_id,
        "connectionId": order.connection_id,
        "consumerId": order.consumer_id,
        "distributionId": order.distribution_id,
        "admissionId": order.admission_id,
        "status": order.status,
        "totalAmount": None if total is None else format_money(total, currency or "USD"),
        "currencyCode": currency,
        "lineItems": order.line_items,
        "completion": order.completion,
        "completionReason": order.completion_reason,
        "late": order.late,
        "createdAt": stamp(order.created_at),
        "updatedAt": stamp(order.updated_at),
    }


def _of(tenant: Tenant, order: Order) -> Update:
    return (
        update(Order)
        .where(Order.id == order.id)
        .where(Order.organization_id == tenant.organization_id, Order.mode == tenant.mode)
        .execution_options(synchronize_session=False)
    )
