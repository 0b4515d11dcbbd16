from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.engine.schedules import BadSchedule
from integration.engine.slots import BadRange, find, read_plan, read_range, slot_id, slots
from integration.engine.windows import UnknownTimeZone

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


def span(start, end):
    return {"from": start, "to": end}


def every_day(*spans):
    return [{"weekday": day, **each} for day in range(7) for each in spans]


def plan(*spans, zone="UTC", minutes=60, **more):
    given_ = {"slotDurationMinutes": minutes, "weeklyHours": every_day(*spans)}
    return read_plan("appt_1", zone, given_ | more)


def on(day, by):
    """Return the wall times, with their offsets in hours, of the slots that begin on a day."""
    begin = datetime.combine(day, datetime.min.time(), UTC)
    local = [slot.start.astimezone(by.zone) for slot in slots(by, begin - DAY, begin + 2 * DAY)]
    return [f"{at:%H:%M%z}".removesuffix("00") for at in local if at.date() == day]


def test_slots_follow_each_other_with_the_buffer_between_and_end_in_time():
    by = plan(span("09:00", "12:00"), span("13:00", "13:50"), minutes=40, bufferMinutes=15)

    assert on(date(2026, 3, 2), by) == ["09:00+00", "09:55+00", "10:50+00", "13:00+00"]


def test_weekdays_and_exceptions():
    by = read_plan(
        "appt_1",
        "UTC",
        {
            "slotDurationMinutes": 60,
            "weeklyHours": [{"weekday": 0, **span("09:00", "11:00")}],
            "exceptions": [
                {"date": "2026-03-09", "closed": True},
                {"date": date(2026, 3, 16), "hours": [span("14:00", "15:00")]},
                {"date": "2026-03-17", "hours": [span("23:00", "24:00")]},
                {"date": "2026-03-30", "hours": []},
            ],
        },
    )

    assert on(date(2026, 3, 2), by) == ["09:00+00", "10:00+00"]
    assert on(date(2026, 3, 3), by) == []
    assert on(date(2026, 3, 9), by) == []
    assert on(date(2026, 3, 16), by) == ["14:00+00"]
    assert on(date(2026, 3, 17), by) == ["23:00+00"]
    assert on(date(2026, 3, 30), by) == []


@pytest.mark.parametrize(
    ("zone", "day", "hours", "walls"),
    [
        # Clocks go forward at 02:00: that hour is not there to be booked.
        ("Europe/Berlin", date(2026, 3, 29), ("01:00", "04:00"), ["01:00+01", "03:00+02"]),
        ("Europe/Berlin", date(2026, 3, 29), ("02:30", "05:00"), ["03:00+02", "04:00+02"]),
        ("Europe/Berlin", date(2026, 3, 29), ("01:00", "02:30"), ["01:00+01"]),
        ("Europe/Berlin", date(2026, 3, 29), ("02:00", "03:00"), []),
        # Clocks go back at 03:00: there is an hour more to book.
        (
            "Europe/Berlin",
            date(2026, 10, 25),
            ("01:00", "04:00"),
            ["01:00+02", "02:00+02", "02:00+01", "03:00+01"],
        ),
        ("Europe/Berlin", date(2026, 10, 25), ("00:30", "02:30"), ["00:30+02", "01:30+02"]),
        ("Europe/Berlin", date(2026, 10, 25), ("03:00", "05:00"), ["03:00+01", "04:00+01"]),
        # By half an hour, at midnight, and over a day that never was.
        ("Australia/Lord_Howe", date(2026, 10, 4), ("01:30", "04:00"), ["01:30+1030", "03:00+11"]),
        ("Africa/Cairo", date(2026, 4, 24), ("00:00", "02:00"), ["01:00+03"]),
        ("Pacific/Apia", date(2011, 12, 30), ("09:00", "12:00"), []),
        ("Pacific/Apia", date(2011, 12, 31), ("09:00", "11:00"), ["09:00+14", "10:00+14"]),
    ],
)
def test_hours_are_those_of_the_wall_clock_when_it_changes(zone, day, hours, walls):
    assert on(day, plan(span(*hours), zone=zone)) == walls


def test_a_day_is_as_long_as_it_is():
    by = plan(span("00:00", "24:00"), zone="Europe/Berlin")

    lengths = [len(on(date(2026, month, day), by)) for month, day in [(3, 28), (3, 29), (10, 25)]]

    assert lengths == [24, 23, 25]


def test_every_location_has_every_slot():
    by = plan(span("09:00", "11:00"), locations=[{"id": "1", "name": "A"}, {"id": "2"}])

    found = list(slots(by, NOW, NOW + DAY))

    assert [slot.location_id for slot in found] == ["1", "2"] * 2
    assert len({slot.id for slot in found}) == 4
    assert find(by, found[1].id) == found[1]


def test_an_id_is_found_again_and_only_while_the_hours_have_it():
    by = plan(span("09:00", "11:00"))
    slot = next(slots(by, NOW, NOW + DAY))

    assert find(by, slot.id) == slot
    assert find(plan(span("09:00", "11:00"), minutes=30), slot.id) is not None
    assert find(plan(span("09:30", "11:00")), slot.id) is None
    assert find(by._replace(appointment_id="appt_2"), slot.id) is None


def test_ids_are_those_of_the_time_the_place_and_the_appointment():
    assert slot_id("appt_1", None, NOW) == "slot_01KJMMA2G0GYM25V0A44CXCBMG"
    assert slot_id("appt_1", None, NOW) < slot_id("appt_1", None, NOW + timedelta(minutes=1))
    others = {slot_id("appt_2", None, NOW), slot_id("appt_1", "1", NOW)}
    assert slot_id("appt_1", None, NOW) not in others


JUNK = st.text(alphabet="slot_0123456789ABCDEFGHJKMNPQRSTVWXYZIé", max_size=40)


@given(JUNK | st.text(alphabet="0123789ABCZ", min_size=26, max_size=26).map("slot_".__add__))
def test_junk_names_no_slot(text):
    assert find(plan(span("00:00", "24:00"), minutes=5), text) is None


SPANS = st.lists(st.integers(0, 24 * 60 - 1), max_size=6, unique=True).map(sorted)
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham"]
)


def as_spans(minutes):
    texts = [f"{at // 60:02}:{at % 60:02}" for at in minutes]
    return [span(*pair) for pair in zip(texts[::2], texts[1::2], strict=False)]


def model(minutes, length, buffer):
    """The starts of a day without clock changes, in minutes from midnight."""
    pairs = zip(minutes[::2], minutes[1::2], strict=False)
    return [
        at
        for start, end in pairs
        for at in range(start, end, length + buffer)
        if at + length <= end
    ]


@settings(max_examples=50)
@given(minutes=SPANS, length=st.integers(5, 200), buffer=st.integers(0, 60))
def test_any_hours_are_cut_as_the_model_cuts_them(minutes, length, buffer):
    by = plan(*as_spans(minutes), minutes=length, bufferMinutes=buffer)
    midnight = datetime(2026, 3, 2, tzinfo=UTC)

    found = [
        (slot.start - midnight) // timedelta(minutes=1)
        for slot in slots(by, midnight, midnight + DAY)
    ]

    assert found == model(minutes, length, buffer)


@settings(max_examples=50)
@given(
    zone=ZONES,
    minutes=SPANS,
    length=st.integers(20, 200),
    day=st.integers(0, 365),
    cut=st.integers(0, 72 * 60),
)
def test_in_any_zone_no_two_overlap_and_any_range_is_the_sum_of_its_parts(
    zone, minutes, length, day, cut
):
    by = plan(*as_spans(minutes), zone=zone, minutes=length)
    start = datetime(2026, 1, 1, tzinfo=UTC) + day * DAY
    middle, end = start + cut * timedelta(minutes=1), start + 3 * DAY

    found = list(slots(by, start, end))

    for earlier, later in pairwise(found):
        assert earlier.end <= later.start
        assert earlier.id < later.id
    assert all(slot.end - slot.start == length * timedelta(minutes=1) for slot in found)
    assert all(find(by, slot.id) == slot for slot in found[:3])
    assert [*slots(by, start, middle), *slots(by, middle, end)] == found


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ([span("9:00", "10:00")], "HH:MM"),
        ([span("09:00", "25:00")], "HH:MM"),
        ([span("24:00", "24:00")], "HH:MM"),
        ([span("09:00", "")], "HH:MM"),
        ([span("09:00:00", "10:00")], "HH:MM"),
        ([span("10:00", "10:00")], "ends before it begins"),
        ([span("22:00", "02:00")], "Split it at 24:00"),
        ([span("09:00", "12:00"), span("11:59", "13:00")], "From 11:59 begins before 12:00"),
    ],
)
def test_hours_that_contradict_themselves_are_refused(hours, said):
    with pytest.raises(BadSchedule, match=said):
        plan(*hours)
    with pytest.raises(BadSchedule, match=said):
        plan(exceptions=[{"date": "2026-03-02", "hours": hours}])


def test_a_zone_has_to_exist():
    with pytest.raises(UnknownTimeZone):
        plan(zone="Europe/Atlantis")


def asked(start=None, end=None):
    return read_range(start, end, BERLIN, NOW)


def test_without_a_range_it_is_the_next_fourteen_days():
    assert asked() == (NOW, NOW + 14 * DAY)
    assert asked("2026-03-10") == (
        datetime(2026, 3, 9, 23, tzinfo=UTC),
        datetime(2026, 3, 23, 23, tzinfo=UTC),
    )


def test_dates_and_times_are_those_of_the_zone_unless_they_say_otherwise():
    assert asked("2026-03-29", "2026-03-30") == (
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    )
    assert asked("2026-03-29T10:00", "2026-03-29T10:00Z") == (
        datetime(2026, 3, 29, 8, tzinfo=UTC),
        datetime(2026, 3, 29, 10, tzinfo=UTC),
    )


def test_what_is_past_is_cut_off():
    assert asked("2026-02-20", "2026-03-05")[0] == NOW
    assert asked("2026-02-01", "2026-02-02") == (NOW, NOW)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-02", "2026-05-03T00:01"),
        ("2026-03-02", "2026-03-01"),
        ("2036-03-02", "2036-03-03"),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01", "0001-01-02T00:00:00+14:00"),
        ("soon", None),
        (None, "2026-13-01"),
        ("", None),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(start, end):
    with pytest.raises(BadRange):
        asked(start, end)


def test_sixty_two_days_are_counted_on_the_wall():
    # An hour is missing in between.
    assert asked("2026-03-10", "2026-05-11")[1] == datetime(2026, 5, 10, 22, tzinfo=UTC)
    # There is one too many.
    start, end = asked("2026-10-01", "2026-12-02")
    assert end - start == 62 * DAY + HOUR
