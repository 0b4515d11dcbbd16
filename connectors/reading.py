"""Reading what a shop sent, which may be anything."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from connectors.base import ConnectorError
from connectors.records import OrderStatus

P = ParamSpec("P")
T = TypeVar("T")


def reading(func: Callable[P, T]) -> Callable[P, T]:
    """Make it a ``ConnectorError`` when the shop's JSON is not as expected."""

    @wraps(func)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return func(*args, **kwargs)
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise ConnectorError("The shop sent data in a form that we do not know.") from error

    return run


def full_name(first: str | None, last: str | None) -> str | None:
    """Return both names of a person, as far as they are told."""
    return f"{first or ''} {last or ''}".strip() or None


def units(status: OrderStatus, ordered: Any, left: Any) -> int:
    """Return how many of an order's line count: those that are ``left``, where the shop says so.

    Of an order that has ended all that were ordered: what it was sold for stays true.
    """
    ended = status in {OrderStatus.CANCELLED, OrderStatus.REFUNDED}
    return int(ordered if ended or left is None else left)


def moment(text: str) -> datetime:
    """Return the UTC moment of an ISO 8601 text; without an offset it is UTC."""
    return in_utc(datetime.fromisoformat(text))


def in_utc(when: datetime) -> datetime:
    """Return the same moment in UTC; without an offset it is taken to be so already."""
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
