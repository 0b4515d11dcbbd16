"""Setting up appointments: the rows of contract.md, section 5."""

from datetime import date, timedelta

import pytest

from tests.support.backoffice import draft, path_of, post, publish
from tests.support.envelopes import refused
from tests.support.slots import ALWAYS

NEXT_YEAR = date.today().year + 1  # noqa: DTZ011 - any year to come will do


def first_monday(month):
    """A Monday and its week."""
    first = date(NEXT_YEAR, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def test_post_appointments(client, rt, merchant):
    monday = first_monday(6)
    tuesday, week = monday + timedelta(days=1), monday + timedelta(days=7)
    experience = draft(client, merchant, timeZone="Europe/Berlin")
    sequence = path_of(client, merchant, experience)
    given = {
        "slotDurationMinutes": 45,
        "bufferMinutes": 15,
        "maxCapacityPerSlot": 2,
        "weeklyHours": [{"weekday": 0, "from": "09:00", "to": "11:00"}],
        "exceptions": [
            {"date": str(monday), "closed": True},
            {"date": str(tuesday), "hours": [{"from": "20:00", "to": "21:00"}]},
        ],
        "admitAtStart": True,
    }

    made = post(
        client,
        merchant,
        "/appointments",
        sequenceId=sequence["id"],
        name="Fitting",
        locations=[{"name": "Main street"}, {"name": "Harbour"}],
        **given,
    )

    assert made["id"].startswith("appt_")
    assert {name: made[name] for name in given if name != "exceptions"} == {
        name: value for name, value in given.items() if name != "exceptions"
    }
    assert [each["date"] for each in made["exceptions"]] == [str(monday), str(tuesday)]
    assert made["admissionExpirationSeconds"] == 86_400
    names = {each["id"]: each["name"] for each in made["locations"]}
    publish(client, merchant, experience)
    shown = client.get(
        f"/api/v1/appointments/{made['id']}/slots",
        query_string={"from": str(monday), "to": str(week + timedelta(days=1))},
        headers=merchant.page,
    ).json["data"]
    assert [(each["startTime"], names[each["locationId"]]) for each in shown] == [
        (f"{tuesday}T18:00:00.000Z", "Main street"),
        (f"{tuesday}T18:00:00.000Z", "Harbour"),
        (f"{week}T07:00:00.000Z", "Main street"),
        (f"{week}T07:00:00.000Z", "Harbour"),
        (f"{week}T08:00:00.000Z", "Main street"),
        (f"{week}T08:00:00.000Z", "Harbour"),
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"slotDurationMinutes": 0}, "slotDurationMinutes"),
        (
            {"weeklyHours": [{"weekday": 7, "from": "09:00", "to": "10:00"}]},
            "weeklyHours.0.weekday",
        ),
        ({"weeklyHours": [{"weekday": 0, "from": "9", "to": "10:00"}]}, "weeklyHours.0.from"),
        ({"weeklyHours": [{"weekday": 0, "from": "25:00", "to": "26:00"}]}, "weeklyHours"),
        ({"weeklyHours": [{"weekday": 0, "from": "10:00", "to": "09:00"}]}, "weeklyHours"),
        ({"weeklyHours": [*ALWAYS, ALWAYS[0]]}, "weeklyHours"),
        ({"locations": [{"name": "A"}, {"name": "A"}]}, "locations"),
        ({"exceptions": [{"date": "2027-02-30", "closed": True}]}, "exceptions.0.date"),
        ({"exceptions": [{"date": "2027-02-03"}]}, "exceptions.0.hours"),
        ({"exceptions": [{"date": "2027-02-03", "closed": True}] * 2}, "exceptions"),
    ],
)
def test_400_of_an_appointment_that_makes_no_sense(client, rt, merchant, given, field):
    sequence = path_of(client, merchant, draft(client, merchant))
    body = {"sequenceId": sequence["id"], "name": "Fitting", "slotDurationMinutes": 30, **given}

    answer = client.post("/admin/api/v1/appointments", json=body, headers=merchant.server)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [each["field"] for each in answer.json["details"]] == [field]
