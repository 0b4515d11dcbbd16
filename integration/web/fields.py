"""The wire's own types: times, money, addresses."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from integration.kernel.money import BadMoney, format_money, is_currency, parse_money

NAME = validate.Length(min=1, max=200)
TEXT = validate.Length(max=10_000)
URL = validate.Length(min=1, max=2048)


def camel(name: str) -> str:
    """Return the wire's spelling of a name: ``admitted_at`` is ``admittedAt``."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


class Wire(Schema):
    """A JSON object with camelCase names; unknown ones are refused."""

    class Meta:
        """Refuse what the route does not know: a typo must not pass in silence."""

        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give each field its name on the wire."""
        field_obj.data_key = field_obj.data_key or camel(field_name)


class Timestamp(fields.Field[datetime]):
    """ISO 8601; out in UTC with ``Z``, in with any offset or, for an object's zone, none."""

    default_error_messages = {"invalid": "Not a valid ISO 8601 time."}  # noqa: RUF012

    def _serialize(self, value: datetime | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else stamp(value)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        try:
            return datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self.make_error("invalid") from error


def stamp(moment: datetime) -> str:
    """Return a moment as the wire writes it, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Currency(fields.String):
    """An ISO 4217 code."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        code: str = super()._deserialize(value, attr, data, **kwargs)
        if not is_currency(code):
            raise ValidationError("Not an ISO 4217 currency code, such as EUR.")
        return code


class Money(fields.Field[Decimal]):
    """An exact amount; a JSON number where ``number``, else a decimal string.

    How many decimals it may have depends on the currency, which is a field beside it:
    the use case says so with ``money``.
    """

    def __init__(self, *, number: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.number = number

    def _serialize(self, value: Decimal | None, attr: str | None, obj: Any, **_: Any) -> Any:  # noqa: ARG002
        if value is None:
            return None
        text = format_money(value, _currency_of(obj))
        return float(text) if self.number else text

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise ValidationError("Not a valid amount, such as 199.99.")
        try:
            return parse_money(value, MOST_DECIMALS)
        except BadMoney as error:
            raise ValidationError(str(error)) from error


MOST_DECIMALS = "CLF"
"""A currency with four decimals: what the column keeps; the real one is checked after."""


def _currency_of(obj: Any) -> str:
    found = obj.get("currency_code") if isinstance(obj, Mapping) else obj.currency_code
    return str(found or "USD")
