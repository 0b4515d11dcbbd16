"""Orders as the shop tells of them: in whatever order its reports arrive, the last one counts."""

from typing import Any

from sqlalchemy import case, false, func, literal, tuple_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from integration.engine.orders import BUYS, REVIVED, Completion, OrderState
from integration.kernel.tenant import Tenant
from integration.store.models import Order
from integration.store.orders import KEY, Kept, adding, kept

TOLD = ("connection_id", "updated_at", "total_amount", "currency_code", "handle")


def take_over(
    session: Session, tenant: Tenant, values: dict[str, Any], *, known: bool = True
) -> Kept | None:
    """Keep what a shop tells of an order; None where that is known, or known better.

    ``values`` names the connection and says when the shop changed it. An order that a
    merchant reported is the shop's from then on. Being cancelled is a step of its own, and
    final for what completed an admission: that such an order lives again is noted, no more. A
    status that is not ``known``, but guessed, takes no cancelling back. An older report still
    gives the amount and the lines, where the newer one gave none.
    """
    beginning = adding(tenant, values)
    told = beginning.excluded
    again = _lives_again(told) if known else false()
    newer = Order.connection_id.is_(None) | _newer(told) | again
    changes = {name: _rather(newer, told[name], getattr(Order, name)) for name in TOLD}
    lines = _rather(newer, _some(told.line_items), _some(Order.line_items))
    changes["line_items"] = func.coalesce(lines, literal([], JSONB))
    paid = (told.status == OrderState.PAID.value) & (Order.status == OrderState.PLACED.value)
    changes["status"] = case((paid | (again & ~_completed()), told.status), else_=Order.status)
    changes["revived_at"] = case((again, told.updated_at), else_=Order.revived_at)
    changes["completion_reason"] = case(
        (again & _completed(), REVIVED),
        (newer & (Order.completion_reason == REVIVED), None),
        else_=Order.completion_reason,
    )
    changes["version"] = Order.version + 1
    statement = beginning.on_conflict_do_update(
        index_elements=KEY, set_=changes, where=newer | _lacking(told)
    )
    return kept(session, tenant, statement)


def _newer(told: Any) -> Any:
    """Whether this comes after what is known: by status, and within one by the shop's time.

    By time alone would lose reports: Vendure sets an order's time back when it is placed. What
    comes from before an order's revival is old, whatever it tells.
    """
    ranks = {state.value: rank for rank, state in enumerate(OrderState)}
    known = tuple_(case(ranks, value=Order.status), Order.updated_at)
    since = Order.revived_at.is_(None) | (Order.revived_at <= told.updated_at)
    return (
        (Order.connection_id == told.connection_id)
        & since
        & (known <= tuple_(case(ranks, value=told.status), told.updated_at))
    )


def _lives_again(told: Any) -> Any:
    """Whether the shop has taken back that it cancelled this, as when it is paid after all."""
    return (
        (Order.connection_id == told.connection_id)
        & (Order.status == OrderState.CANCELLED.value)
        & told.status.in_([state.value for state in BUYS])
        & (Order.updated_at < told.updated_at)
    )


def _completed() -> Any:
    return Order.completion == Completion.COMPLETED.value


def _lacking(told: Any) -> Any:
    """Whether this tells the amount of an order of which only the end is known."""
    unknown = Order.total_amount.is_(None) & told.total_amount.is_not(None)
    return (Order.connection_id == told.connection_id) & unknown


def _rather(first: Any, told: Any, known: Any) -> Any:
    """Take what is told where it comes ``first``, else what is known, but either over nothing."""
    return case((first, func.coalesce(told, known)), else_=func.coalesce(known, told))


def _some(lines: Any) -> Any:
    return func.nullif(lines, literal([], JSONB))
