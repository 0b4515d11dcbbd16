"""Shapes of the secret rows."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from integration.api.consumer.schemas.status import STATES, StatusView
from integration.engine.participations import Refusal
from integration.web.fields import Money, Timestamp, Wire
from integration.web.objects import whole

ID = validate.Length(min=1, max=255)
TOKEN = validate.Length(min=1, max=2048)
FINGERPRINT = validate.Regexp(
    r"fp_[\x21-\x7e]{5,125}\Z", error="A fingerprint is 'fp_' and 8 to 128 visible characters."
)
MOST_ADMITTED = 1_000
LONGEST_EXTENSION = 604_800


def _one_of(names: tuple[str, str], given: Mapping[str, Any], wire: tuple[str, str]) -> None:
    if sum(given.get(name) is not None for name in names) != 1:
        raise ValidationError(f"Send either {wire[0]} or {wire[1]}.", wire[0])


class AdmitBody(Wire):
    """Whom to admit: one consumer, or the next so many."""

    consumer_id = fields.String(validate=ID)
    count = whole(1, MOST_ADMITTED)

    @validates_schema(skip_on_field_errors=True)
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take one of the two."""
        _one_of(("consumer_id", "count"), data, ("consumerId", "count"))


class AdmittedView(Wire):
    """Whoever was admitted, in turn."""

    admitted = fields.List(fields.Nested(StatusView), required=True)


class PaidBody(Wire):
    """The order behind a completion."""

    order_id = fields.String(load_default=None, allow_none=True, validate=ID)
    order_amount = Money(load_default=None, allow_none=True)


class CompleteBody(PaidBody):
    """Whose admission has completed."""

    consumer_id = fields.String(validate=ID)
    admission_token = fields.String(validate=TOKEN)

    @validates_schema(skip_on_field_errors=True)
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take one of the two."""
        _one_of(("consumer_id", "admission_token"), data, ("consumerId", "admissionToken"))


class DenialBody(Wire):
    """Why somebody is turned away: one of the usual reasons, or your own words."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=200))


class DenyBody(DenialBody):
    """Whom to turn away."""

    consumer_id = fields.String(required=True, validate=ID)


class ShownBody(Wire):
    """What the customer's browser showed beside the admission."""

    fingerprint = fields.String(load_default=None, allow_none=True, validate=FINGERPRINT)
    consumer_id = fields.String(load_default=None, allow_none=True, validate=ID)


class ValidateBody(ShownBody):
    """The token to look at."""

    admission_token = fields.String(required=True, validate=TOKEN)


class AnyAdmission(Wire):
    """An admission of any kind, by its token or its id."""

    admission_token = fields.String(validate=TOKEN)
    admission_id = fields.String(validate=ID)

    @validates_schema(skip_on_field_errors=True)
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take one of the two."""
        _one_of(("admission_token", "admission_id"), data, ("admissionToken", "admissionId"))


class CompleteAnyBody(PaidBody, AnyAdmission):
    """Which admission has completed."""


class DenyAnyBody(DenialBody, AnyAdmission):
    """Which admission to end."""


class ExtendBody(Wire):
    """How many seconds more."""

    seconds = whole(1, LONGEST_EXTENSION, required=True)


class ExtendAnyBody(ExtendBody, AnyAdmission):
    """Which admission is to last longer."""


class ValidateAnyBody(ShownBody, AnyAdmission):
    """Which admission to look at."""


class ValidityView(Wire):
    """Whether an admission is good, and whatever the record knows of it."""

    valid = fields.Boolean(required=True)
    reason = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([each.value for each in Refusal])
    )
    status = fields.String(required=True, allow_none=True, validate=validate.OneOf(STATES))
    admission_id = fields.String(required=True, allow_none=True)
    consumer_id = fields.String(required=True, allow_none=True)
    distribution_id = fields.String(required=True, allow_none=True)
    distribution_type = fields.String(required=True, allow_none=True)
    experience_id = fields.String(required=True, allow_none=True)
    sequence_id = fields.String(required=True, allow_none=True)
    admitted_at = Timestamp(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True)
    remaining_seconds = fields.Integer(required=True, allow_none=True)
