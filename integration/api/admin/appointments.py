"""Appointments, as their merchant sets them up and runs them."""

from hashlib import sha256
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from integration.api.admin.schemas.distributions import DistributionBody, DistributionView
from integration.api.admin.set_up import set_up_routes
from integration.engine.kinds import DistributionType
from integration.engine.opening_hours import read_openings, read_weekly
from integration.engine.schedules import BadSchedule
from integration.web.fields import NAME, Wire
from integration.web.objects import Whole, whole
from integration.web.routes import Blueprint

blp = Blueprint(
    "admin_appointments",
    __name__,
    url_prefix="/admin/api/v1/appointments",
    description="Set up appointments",
)

DAY_MINUTES = 1_440
MOST_IN_A_SLOT = 100_000
MOST_LOCATIONS = 50
MOST_HOURS = 7 * 24
MOST_EXCEPTIONS = 400
ID = validate.Length(min=1, max=64)
TIME = validate.Regexp(r"\d\d:\d\d\Z", error="Write times as HH:MM, such as 09:30.")


class LocationBody(Wire):
    """A place; its id follows from its name, unless it is told."""

    id = fields.String(validate=ID)
    name = fields.String(required=True, validate=NAME)

    @post_load
    def identify(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Let the same name be the same place whenever it is sent."""
        return {"id": "loc_" + sha256(data["name"].encode()).hexdigest()[:24], **data}


class HoursBody(Wire):
    """From and to, as clocks on the wall show it; ``24:00`` is the end of the day."""

    start = fields.String(data_key="from", required=True, validate=TIME)
    end = fields.String(data_key="to", required=True, validate=TIME)

    @post_load
    def rename(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Keep it as it came."""
        return {"from": data.pop("start"), "to": data.pop("end"), **data}


class WeeklyHoursBody(HoursBody):
    """Hours of one weekday, every week; 0 is Monday."""

    weekday = whole(0, 6, required=True)


class ExceptionBody(Wire):
    """One day that is unlike its weekday: closed, or open at other hours."""

    date = fields.Date(required=True)
    closed = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    hours = fields.List(Whole(HoursBody), load_default=list, validate=validate.Length(max=24))

    @validates_schema(skip_on_field_errors=True)
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take one of the two, and hours that fit each other."""
        if data["closed"] == bool(data["hours"]):
            raise ValidationError("Say that it is closed, or give its hours.", "hours")
        _refuse_bad("hours", read_openings, data["hours"])

    @post_load
    def keep(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Keep the day as text."""
        return {**data, "date": data["date"].isoformat()}


class AppointmentBody(DistributionBody):
    """An appointment; hours and days are in its ``timeZone``."""

    RULES: ClassVar[tuple[str, ...]] = (
        "slot_duration_minutes",
        "buffer_minutes",
        "max_capacity_per_slot",
        "locations",
        "weekly_hours",
        "exceptions",
        "admit_at_start",
    )

    # Devices are told apart where the merchant wants that.
    fingerprint_policy = fields.String(
        load_default="recommended", validate=validate.OneOf(["required", "recommended", "off"])
    )
    slot_duration_minutes = whole(1, DAY_MINUTES, required=True)
    buffer_minutes = whole(0, DAY_MINUTES, load_default=0)
    max_capacity_per_slot = whole(1, MOST_IN_A_SLOT, load_default=1)
    locations = fields.List(
        Whole(LocationBody), load_default=list, validate=validate.Length(max=MOST_LOCATIONS)
    )
    weekly_hours = fields.List(
        Whole(WeeklyHoursBody), load_default=list, validate=validate.Length(max=MOST_HOURS)
    )
    exceptions = fields.List(
        Whole(ExceptionBody), load_default=list, validate=validate.Length(max=MOST_EXCEPTIONS)
    )
    admit_at_start = fields.Boolean(load_default=False, truthy={True}, falsy={False})

    @validates_schema(skip_on_field_errors=True)
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse hours into each other, and what is there twice."""
        _refuse_bad("weeklyHours", read_weekly, data.get("weekly_hours", []))
        _refuse_twins("locations", [each["id"] for each in data.get("locations", [])])
        _refuse_twins("exceptions", [each["date"] for each in data.get("exceptions", [])])


class PlaceView(Wire):
    """A place."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class AdminAppointmentView(DistributionView):
    """An appointment, its state and its counters."""

    slot_duration_minutes = fields.Integer(required=True, attribute="rules.slotDurationMinutes")
    buffer_minutes = fields.Integer(required=True, attribute="rules.bufferMinutes", dump_default=0)
    max_capacity_per_slot = fields.Integer(
        required=True, attribute="rules.maxCapacityPerSlot", dump_default=1
    )
    locations = fields.List(
        fields.Nested(PlaceView), required=True, attribute="rules.locations", dump_default=list
    )
    weekly_hours = fields.List(
        fields.Dict(), required=True, attribute="rules.weeklyHours", dump_default=list
    )
    exceptions = fields.List(
        fields.Dict(), required=True, attribute="rules.exceptions", dump_default=list
    )
    admit_at_start = fields.Boolean(
        required=True, attribute="rules.admitAtStart", dump_default=False
    )


def _refuse_bad(field: str, read: Any, hours: list[dict[str, Any]]) -> None:
    try:
        read(hours)
    except BadSchedule as error:
        raise ValidationError(str(error), field) from error


def _refuse_twins(field: str, keys: list[str]) -> None:
    if len(set(keys)) < len(keys):
        raise ValidationError("One of them is there twice.", field)


set_up_routes(blp, DistributionType.APPOINTMENT, AppointmentBody, AdminAppointmentView)
