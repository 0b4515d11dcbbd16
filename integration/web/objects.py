"""Shapes that many objects share: free JSON, web addresses, moments, time zones."""

from datetime import UTC, datetime
from typing import Any

import orjson
from marshmallow import ValidationError, fields, validate

from integration.engine.windows import UnknownTimeZone, check_zone
from integration.web.fields import Timestamp

LARGEST_OBJECT = 16 * 1024
EARLIEST_YEAR, LATEST_YEAR = 1970, 9000
WEB_ADDRESS = validate.And(
    validate.Length(max=2048),
    validate.URL(
        schemes={"http", "https"}, require_tld=False, error="Not an http or https address."
    ),
)
"""An address that a page may link to or show: no ``javascript:``, no ``data:``."""


class Whole(fields.Nested):
    """An object inside another one: it comes whole, even where the outer one is a change."""

    def _load(self, value: Any, partial: Any = None) -> Any:  # noqa: ARG002 - marshmallow's name
        return super()._load(value, partial=False)


def json_object(**options: Any) -> fields.Dict:
    """Return a field for a JSON object of the caller's own, of at most 16 kB."""
    return fields.Dict(keys=fields.String(), validate=_check_size, **options)


class LocalTime(Timestamp):
    """A time of our age; a naive one stays so, to be read in its object's zone."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> datetime:
        moment: datetime = super()._deserialize(value, *args, **kwargs)
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            raise ValidationError(f"Not a time between {EARLIEST_YEAR} and {LATEST_YEAR}.")
        return moment


class Moment(LocalTime):
    """A time that belongs to no object; a naive one is in UTC."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> datetime:
        moment = super()._deserialize(value, *args, **kwargs)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class TimeZone(fields.String):
    """The IANA name of a time zone."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        name: str = super()._deserialize(value, *args, **kwargs)
        try:
            check_zone(name)
        except UnknownTimeZone as error:
            raise ValidationError(str(error)) from error
        return name


def whole(lowest: int, highest: int, **options: Any) -> fields.Integer:
    """Return a field for a whole number between two bounds, neither text nor 1.5."""
    return fields.Integer(strict=True, validate=validate.Range(lowest, highest), **options)


def _check_size(value: dict[str, Any]) -> None:
    try:
        size = len(orjson.dumps(value))
    except orjson.JSONEncodeError as error:
        raise ValidationError("Nested too deeply.") from error
    if size > LARGEST_OBJECT:
        raise ValidationError("At most 16 kB of JSON.")
