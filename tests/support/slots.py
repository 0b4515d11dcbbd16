"""Appointments to book, and the slots that they have."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from integration.runtime import Runtime
from tests.support.launches import Guest, Launch, Merchant, make_launch

ALWAYS = [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(7)]


def make_appointment(rt: Runtime, merchant: Merchant, **given: Any) -> Launch:
    """Create a published appointment with a slot every half hour, day and night."""
    columns = ("time_zone", "state", "open_at", "close_at", "max_capacity", "stock")
    columns += ("inventory_bound", "fingerprint_policy", "max_entries_per_fingerprint")
    own = {name: given.pop(name) for name in columns if name in given}
    rules = {"slotDurationMinutes": 30, "weeklyHours": ALWAYS, **given}
    return make_launch(
        rt, merchant, kind="appointment", admission_expiration_seconds=86_400, rules=rules, **own
    )


def slots(client: FlaskClient, merchant: Merchant, launch: Launch, **query: str) -> list[Any]:
    """Return the slots as anybody sees them; without ``from`` and ``to``, of two weeks."""
    answer = client.get(
        f"/api/v1/appointments/{launch.queue_id}/slots", headers=merchant.page, query_string=query
    )
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def free(client: FlaskClient, merchant: Merchant, launch: Launch, count: int = 1) -> list[str]:
    """Return the ids of slots that are an hour away and can be booked, one after the other."""
    begin = datetime.now(UTC) + timedelta(hours=1)
    query = {"from": begin.isoformat(), "to": (begin + timedelta(days=1)).isoformat()}
    found = [each["id"] for each in slots(client, merchant, launch, **query) if each["available"]]
    assert len(found) >= count
    return found[:count]


def call(client: FlaskClient, launch: Launch, guest: Guest, verb: str, **body: Any) -> Any:
    """Call one of a consumer's rows."""
    methods = {"status": "GET", "calendar.ics": "GET", "cancel": "DELETE"}
    return client.open(
        f"/api/v1/appointments/{launch.queue_id}/{verb}",
        method=methods.get(verb, "POST"),
        headers=guest.headers,
        **({"json": body} if body else {}),
    )


def book(client: FlaskClient, launch: Launch, guest: Guest, slot_id: str) -> Any:
    """Book a slot."""
    return call(client, launch, guest, "book", slotId=slot_id)
