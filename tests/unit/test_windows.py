from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.windows import (
    DistributionState,
    ExperienceStatus,
    UnknownTimeZone,
    Window,
    WindowStatus,
    check_zone,
    experience_status,
    in_zone,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
TICK = timedelta(microseconds=1)
ACTIVE, PAUSED, ENDED = DistributionState
MOMENTS = st.none() | st.sampled_from([BEFORE, NOW, AFTER])
WINDOWS = st.builds(Window, st.sampled_from(DistributionState), MOMENTS, MOMENTS, MOMENTS)


@pytest.mark.parametrize(
    ("window", "status", "enters", "serves"),
    [
        (Window(ACTIVE), "OPEN", True, True),
        (Window(ACTIVE, open_at=NOW), "OPEN", True, True),
        (Window(ACTIVE, open_at=NOW + TICK), "PENDING", False, False),
        (Window(ACTIVE, open_at=AFTER, lobby_opens_at=NOW), "PENDING", True, False),
        (Window(ACTIVE, open_at=AFTER, lobby_opens_at=NOW + TICK), "PENDING", False, False),
        (Window(ACTIVE, close_at=NOW + TICK), "OPEN", True, True),
        (Window(ACTIVE, close_at=NOW), "CLOSED", False, True),
        (Window(ACTIVE, open_at=AFTER, close_at=NOW), "CLOSED", False, False),
        (Window(PAUSED), "PAUSED", True, False),
        (Window(PAUSED, open_at=AFTER), "PENDING", False, False),
        (Window(PAUSED, close_at=BEFORE), "CLOSED", False, False),
        (Window(ENDED), "CLOSED", False, False),
        (Window(ENDED, open_at=AFTER), "CLOSED", False, False),
    ],
)
def test_what_each_window_allows_now(window, status, enters, serves):
    assert window.status(NOW) == status
    assert window.takes_entries(NOW) is enters
    assert window.serves(NOW) is serves


@given(WINDOWS)
def test_nobody_enters_what_is_closed_and_nobody_is_served_in_a_pause(window):
    status = window.status(NOW)

    assert not (status == WindowStatus.CLOSED and window.takes_entries(NOW))
    assert not (status in {WindowStatus.PAUSED, WindowStatus.PENDING} and window.serves(NOW))
    assert status != WindowStatus.OPEN or (window.serves(NOW) and window.takes_entries(NOW))


def status_of(*windows, **times):
    none = dict.fromkeys(("published_at", "ended_at", "archived_at", "open_at", "close_at"))
    return experience_status(**none | {"published_at": BEFORE} | times, windows=windows, now=NOW)


OPEN, PENDING = Window(ACTIVE), Window(ACTIVE, open_at=AFTER)
HELD, CLOSED = Window(PAUSED), Window(ACTIVE, close_at=BEFORE)


@pytest.mark.parametrize(
    ("windows", "times", "status"),
    [
        ([OPEN], {"published_at": None}, "draft"),
        ([OPEN], {"published_at": None, "archived_at": BEFORE}, "archived"),
        ([OPEN], {"archived_at": BEFORE, "ended_at": BEFORE}, "archived"),
        ([OPEN], {"ended_at": BEFORE}, "ended"),
        ([OPEN], {"close_at": NOW}, "ended"),
        ([OPEN], {"open_at": AFTER}, "scheduled"),
        ([OPEN], {"open_at": NOW, "close_at": AFTER}, "active"),
        ([OPEN, HELD, PENDING, CLOSED], {}, "active"),
        ([HELD, PENDING, CLOSED], {}, "paused"),
        ([PENDING, CLOSED], {}, "scheduled"),
        ([CLOSED, Window(ENDED)], {}, "ended"),
        ([], {}, "active"),
    ],
)
def test_the_status_of_an_experience_follows_from_times_and_windows(windows, times, status):
    assert status_of(*windows, **times) == ExperienceStatus(status)


@pytest.mark.parametrize(
    ("written", "zone", "utc"),
    [
        ("2026-07-01T12:00:00", "Europe/Berlin", "2026-07-01T10:00:00+00:00"),
        ("2026-01-01T12:00:00", "Europe/Berlin", "2026-01-01T11:00:00+00:00"),
        ("2026-07-01T12:00:00", "UTC", "2026-07-01T12:00:00+00:00"),
        ("2026-07-01T12:00:00", "Asia/Kathmandu", "2026-07-01T06:15:00+00:00"),
        ("2026-07-01T12:00:00+02:00", "America/New_York", "2026-07-01T10:00:00+00:00"),
        # 02:30 does not exist on this night: the clock goes from 02:00 to 03:00.
        ("2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T01:30:00+00:00"),
        ("2026-03-29T03:30:00", "Europe/Berlin", "2026-03-29T01:30:00+00:00"),
        ("2026-03-08T02:30:00", "America/New_York", "2026-03-08T07:30:00+00:00"),
        # 02:30 comes twice on this night; the first is meant.
        ("2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25T00:30:00+00:00"),
        ("2026-11-01T01:30:00", "America/New_York", "2026-11-01T05:30:00+00:00"),
        # Half an hour only.
        ("2026-10-04T02:15:00", "Australia/Lord_Howe", "2026-10-03T15:45:00+00:00"),
        # A day that was left out altogether.
        ("2011-12-30T12:00:00", "Pacific/Apia", "2011-12-30T22:00:00+00:00"),
    ],
)
def test_a_naive_time_is_read_in_its_zone(written, zone, utc):
    assert in_zone(datetime.fromisoformat(written), zone).isoformat() == utc


def test_the_second_of_two_is_not_meant_even_if_the_fold_says_so():
    second = datetime.fromisoformat("2026-10-25T02:30:00").replace(fold=1)

    assert in_zone(second, "Europe/Berlin").hour == 0


def test_a_zone_that_changes_while_an_experience_runs_moves_no_moment_in_utc():
    opens = in_zone(datetime.fromisoformat("2026-03-28T12:00:00"), "Europe/Berlin")

    assert in_zone(opens, "America/New_York") == opens


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001 - naive is the point
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"]),
)
def test_a_time_that_exists_reads_back_as_it_was_written(written, zone):
    moment = in_zone(written, zone)

    read_back = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    # In the hour that is skipped the wall clock shows a later time.
    assert read_back - written in {timedelta(0), timedelta(hours=1), timedelta(minutes=30)}
    assert moment.tzinfo is UTC


def test_an_aware_time_keeps_its_moment():
    moment = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))

    assert in_zone(moment, "Europe/Berlin") == moment


@pytest.mark.parametrize(
    "name",
    [
        "Nowhere/City",
        "",
        ".",
        "..",
        "/etc/passwd",
        "../../etc/passwd",
        "America",
        "Europe/Berlin\x00",
        "Europe/Berlin ",
        "+02:00",
        "é",
        "\ud800",
        "x" * 10_000,
    ],
)
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(UnknownTimeZone, match="IANA"):
        check_zone(name)
