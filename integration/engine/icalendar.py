"""One appointment as an iCalendar file (RFC 5545), in UTC, for any calendar to read."""

from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"

_LINE_BYTES = 75
_ESCAPES = {
    **dict.fromkeys(range(32)),
    127: None,
    ord("\\"): "\\\\",
    ord(";"): "\\;",
    ord(","): "\\,",
    ord("\n"): "\\n",
}


def event(
    *,
    uid: str,
    start: datetime,
    end: datetime,
    summary: str,
    stamp: datetime,
    location: str | None = None,
    description: str | None = None,
    cancelled: bool = False,
    sequence: int = 0,
) -> str:
    """Return the file; ``sequence`` rises with each change, ``stamp`` is when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fanfare//Appointments//EN",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{_text(uid)}",
        f"DTSTAMP:{_time(stamp)}",
        f"DTSTART:{_time(start)}",
        f"DTEND:{_time(end)}",
        f"SEQUENCE:{sequence}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_text(summary)}",
        *([f"LOCATION:{_text(location)}"] if location else []),
        *([f"DESCRIPTION:{_text(description)}"] if description else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def _folded(line: str) -> str:
    """Break a line after 75 bytes at most, never inside a character."""
    parts, used = [""], 0
    for character in line:
        size = len(character.encode(errors="replace"))
        if used + size > _LINE_BYTES:
            parts.append(" ")
            used = 1
        parts[-1] += character
        used += size
    return "\r\n".join(parts)
