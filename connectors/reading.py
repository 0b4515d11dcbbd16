"""Reading what a shop sent, which may be anything."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from connectors.base import ConnectorError

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


def moment(text: str) -> datetime:
    """Return the UTC moment of an ISO 8601 text; without an offset it is UTC."""
    when = datetime.fromisoformat(text)
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
