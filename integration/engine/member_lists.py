"""Lists of people that a merchant brings as CSV: one column says who each of them is."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import NamedTuple

COLUMNS = ("consumerId", "email")
MOST_LINES = 100_000


class BadList(ValueError):
    """The text is not such a list; it says why."""


class MemberList(NamedTuple):
    """People by line number; ``column`` says what they are called by, e-mail in lower case."""

    column: str
    lines: Mapping[int, str]


def read(data: bytes) -> MemberList:
    """Read CSV with a header, separated by commas or semicolons; raises ``BadList``.

    Other columns and empty lines are passed over.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadList("The list is not in UTF-8.") from error
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        column, place = _column(next(rows, []))
        return MemberList(column, dict(_names(rows, column, place)))
    except csv.Error as error:
        raise BadList(f"Line {rows.line_num} is not CSV: {error}.") from error


def _column(header: list[str]) -> tuple[str, int]:
    known = {name.strip().lower(): place for place, name in enumerate(header)}
    for column in COLUMNS:
        if column.lower() in known:
            return column, known[column.lower()]
    raise BadList("Begin with a header that names a column consumerId or email.")


def _names(rows: Iterator[list[str]], column: str, place: int) -> Iterator[tuple[int, str]]:
    for line, row in enumerate(rows, start=2):
        if line > MOST_LINES + 1:
            raise BadList(f"At most {MOST_LINES} lines. Send the rest as another list.")
        name = row[place].strip() if place < len(row) else ""
        if "\0" in name:
            raise BadList(f"Line {line} holds a NUL character.")
        if name:
            yield line, name.lower() if column == "email" else name
