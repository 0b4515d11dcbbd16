from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from integration.engine.icalendar import event

START = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def file(**more):
    return event(
        **{
            "uid": "bkg_1@example.com",
            "start": START,
            "end": START + timedelta(hours=1),
            "summary": "Fitting",
            "stamp": START - timedelta(days=1),
        }
        | more
    )


def unfolded(text):
    """Read a file as a calendar does."""
    return text.replace("\r\n ", "").split("\r\n")


def value(text, name):
    found = [line for line in unfolded(text) if line.startswith(f"{name}:")]
    plain, escaped = "", False
    for character in found[0].removeprefix(f"{name}:"):
        if escaped or character != "\\":
            plain += "\n" if escaped and character == "n" else character
            escaped = False
        else:
            escaped = True
    return plain


def test_a_booking_is_an_event_in_utc():
    text = file(location="Fifth Avenue", description="Bring shoes")

    assert text == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fanfare//Appointments//EN\r\n"
        "METHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:bkg_1@example.com\r\n"
        "DTSTAMP:20260328T013000Z\r\nDTSTART:20260329T013000Z\r\nDTEND:20260329T023000Z\r\n"
        "SEQUENCE:0\r\nSTATUS:CONFIRMED\r\nSUMMARY:Fitting\r\nLOCATION:Fifth Avenue\r\n"
        "DESCRIPTION:Bring shoes\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def test_other_offsets_are_told_in_utc():
    east = START.astimezone(timezone(timedelta(hours=9)))

    assert "DTSTART:20260329T013000Z" in unfolded(file(start=east))


def test_a_cancelled_booking_takes_the_event_back():
    text = unfolded(file(cancelled=True, sequence=2))

    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2"} <= set(text)


def test_what_is_not_known_is_not_said():
    assert not [line for line in unfolded(file()) if line.startswith(("LOCATION", "DESC"))]


def test_nothing_in_a_text_can_add_a_line():
    lines = unfolded(file(summary="A;B,C\\D\r\nATTENDEE:mailto:x@example.com\rE\nF\x00"))

    assert "SUMMARY:A\\;B\\,C\\\\D\\nATTENDEE:mailto:x@example.com\\nE\\nF" in lines
    assert not [line for line in lines if line.startswith("ATTENDEE")]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_any_text_is_folded_by_bytes_and_comes_back_whole(summary):
    text = file(summary=summary)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert value(text, "SUMMARY") == summary
