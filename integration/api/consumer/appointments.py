"""Appointments: what everybody sees, their slots, and a consumer's booking."""

from typing import Any

from flask import Response, request
from marshmallow import fields, validate

from integration.api.consumer.entries import FINGERPRINT_HEADER, fingerprint
from integration.api.consumer.schemas.public import PublicView
from integration.api.consumer.schemas.status import StatusView
from integration.engine.icalendar import MEDIA_TYPE
from integration.kernel.tenant import Caller
from integration.services import appointments, bookings
from integration.web.answers import json_answer
from integration.web.fields import Timestamp, Wire
from integration.web.guard import CONSUMER_ACTION, KEY, runtime
from integration.web.pagination import PageInfo
from integration.web.routes import Blueprint, Media

blp = Blueprint(
    "appointments",
    __name__,
    url_prefix="/api/v1/appointments",
    description="Book a time of your own",
)

ID = validate.Length(min=1, max=64)
MOMENT = validate.Length(min=1, max=64)
WHOLE_LIST = {"end_cursor": None, "has_next_page": False}


class LocationView(Wire):
    """A place where slots are."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class AppointmentView(PublicView):
    """An appointment, as anybody with a key sees it."""

    slot_duration_minutes = fields.Integer(required=True)
    buffer_minutes = fields.Integer(required=True)
    max_capacity_per_slot = fields.Integer(required=True)
    locations = fields.List(fields.Nested(LocationView), required=True)


class SlotQuery(Wire):
    """Which slots: days or times in the appointment's zone, ``to`` exclusive."""

    start = fields.String(data_key="from", load_default=None, validate=MOMENT)
    end = fields.String(data_key="to", load_default=None, validate=MOMENT)


class SlotView(Wire):
    """A slot, and how many places are left in it."""

    id = fields.String(required=True)
    start_time = Timestamp(required=True)
    end_time = Timestamp(required=True)
    capacity = fields.Integer(required=True)
    available = fields.Integer(required=True)
    location_id = fields.String(required=True, allow_none=True)


class SlotsView(Wire):
    """All slots of the range, in one page."""

    data = fields.List(fields.Nested(SlotView), required=True)
    page_info = fields.Nested(PageInfo, required=True)


class BookBody(Wire):
    """The slot to book."""

    slot_id = fields.String(required=True, validate=ID)


class RescheduleBody(Wire):
    """The slot to move to."""

    new_slot_id = fields.String(required=True, validate=ID)


class BookingView(StatusView):
    """Where a consumer stands, and what they have booked."""

    booking_id = fields.String(required=True)
    confirmation_code = fields.String(required=True)
    slot_id = fields.String(required=True)
    start_time = Timestamp(required=True)
    end_time = Timestamp(required=True)
    location_id = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)


@blp.endpoint("GET", "/<appointment_id>", KEY, answers={200: AppointmentView}, limit="reading")
def show(caller: Caller, appointment_id: str) -> dict[str, Any]:
    """Describe an appointment."""
    return appointments.show(runtime(), caller.tenant, appointment_id)


@blp.endpoint(
    "GET",
    "/<appointment_id>/slots",
    KEY,
    query=SlotQuery,
    answers={200: SlotsView},
    limit="reading",
)
def slots(caller: Caller, query: dict[str, Any], appointment_id: str) -> dict[str, Any]:
    """List the slots that begin in a range, with the places left in each."""
    start, end = query["start"], query["end"]
    found = appointments.slots(runtime(), caller.tenant, appointment_id, start, end)
    return {"data": found, "page_info": WHOLE_LIST}


@blp.endpoint(
    "POST",
    "/<appointment_id>/book",
    CONSUMER_ACTION,
    body=BookBody,
    answers={201: BookingView, 200: BookingView},
    limit="queue_entry",
    headers=[FINGERPRINT_HEADER],
)
def book(caller: Caller, body: dict[str, Any], appointment_id: str) -> Response:
    """Book a slot; 200 with the booking as it stands, if it is yours already."""
    device = fingerprint(request.headers.get("X-Fingerprint"))
    booked = bookings.book(runtime(), caller, appointment_id, body["slot_id"], device)
    return json_answer(booked.body, 201 if booked.created else 200)


@blp.endpoint(
    "POST",
    "/<appointment_id>/reschedule",
    CONSUMER_ACTION,
    body=RescheduleBody,
    answers={200: BookingView},
    limit="queue_entry",
)
def reschedule(caller: Caller, body: dict[str, Any], appointment_id: str) -> Response:
    """Move your booking to another slot, or keep it where that one is taken."""
    slot_id = body["new_slot_id"]
    return json_answer(bookings.reschedule(runtime(), caller, appointment_id, slot_id))


@blp.endpoint(
    "DELETE",
    "/<appointment_id>/cancel",
    CONSUMER_ACTION,
    answers={200: BookingView},
    limit="queue_entry",
)
def cancel(caller: Caller, appointment_id: str) -> Response:
    """Give your slot back."""
    return json_answer(bookings.cancel(runtime(), caller, appointment_id))


@blp.endpoint(
    "GET", "/<appointment_id>/status", CONSUMER_ACTION, answers={200: BookingView}, limit="status"
)
def status(caller: Caller, appointment_id: str) -> Response:
    """Tell what you have booked, and your admission if you have one."""
    return json_answer(bookings.status(runtime(), caller, appointment_id))


@blp.endpoint(
    "GET",
    "/<appointment_id>/calendar.ics",
    CONSUMER_ACTION,
    answers={200: Media(MEDIA_TYPE)},
    limit="reading",
)
def calendar(caller: Caller, appointment_id: str) -> Response:
    """Give your booking as a file for any calendar."""
    file = bookings.calendar(runtime(), caller, appointment_id)
    named = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(file, headers=named, content_type=MEDIA_TYPE)
