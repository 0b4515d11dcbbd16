"""CSV as people make it: commas, semicolons or tabs, any case of a column's name, any line end.

Rows are counted as a spreadsheet does: the header is row 1, and an empty line counts.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO, TextIOWrapper
from typing import NamedTuple

ROWS_A_PAGE = 1000
SHEET_ROWS = 1 << 20
"""What a spreadsheet holds, empty ones included."""

DELIMITERS = ",;\t"
BOM = b"\xef\xbb\xbf"
WIDE = (b"\xff\xfe", b"\xfe\xff")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula, or that of which we have said that it is none."""


class BadTable(ValueError):
    """The file is no table of ours; the text says what to correct."""


class Page(NamedTuple):
    """A part of a table as it came; ``first_row`` is the number of its first row."""

    first_row: int
    content: bytes


class Table(NamedTuple):
    """A table, cut into pages that can be read one by one; ``rows`` are those to import."""

    header: Sequence[str]
    delimiter: str
    rows: int
    pages: Sequence[Page]


class Row(NamedTuple):
    """One row: its number, and its cells as they came."""

    number: int
    cells: Sequence[str]


def cut(content: bytes, columns: Mapping[str, str], most: int) -> Table | None:
    """Return a file as pages; None for one of more than ``most`` rows, or of too many empty ones.

    ``columns`` are the names that count, in their ``plain`` form; of the delimiters the one
    counts that finds most of them. Raises ``BadTable``.
    """
    if content.startswith(WIDE):
        raise BadTable("The file is UTF-16. Save it as 'CSV UTF-8'.")
    content = content.removeprefix(BOM)
    delimiter = max(DELIMITERS, key=lambda each: _found(content, each, columns))
    header = _header(content, delimiter)
    _check(_known(header, columns))
    lines = _Lines(content)
    reader = _records(lines, delimiter, 1)
    next(reader)
    lines.take()
    pages, rows, first = [], 0, 2
    for number, cells in reader:
        holds = not _blank(cells)
        rows += holds
        if rows > most or number > SHEET_ROWS:
            return None
        if holds and rows % ROWS_A_PAGE == 0:
            pages.append(Page(first, lines.take()))
            first = number + 1
    rest = lines.take()
    return Table(header, delimiter, rows, [*pages, Page(first, rest)] if rest else pages)


def read(page: Page, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a page that hold anything."""
    for number, cells in _records(_Lines(page.content), delimiter, page.first_row):
        if not _blank(cells):
            yield Row(number, cells)


def plain(name: str) -> str:
    """Return a column's name as it is compared: ``Full Name`` is ``fullname``."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def line(cells: Iterable[object]) -> str:
    """Return one line of CSV; no cell of it runs as a formula where a spreadsheet opens it."""
    out = StringIO()
    csv.writer(out).writerow("" if cell is None else guarded(str(cell)) for cell in cells)
    return out.getvalue()


def guarded(text: str) -> str:
    """Return a text with the apostrophe in front by which a spreadsheet knows it as text."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that was ``guarded``."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


class _Lines:
    """The lines of a file, as text, and what of it has been read since the last ``take``."""

    def __init__(self, content: bytes) -> None:
        # A byte that is no UTF-8 stays what it is, for its row to be told about it.
        errors = "surrogateescape"
        self._lines = TextIOWrapper(BytesIO(content), "utf-8", errors=errors, newline="")
        self._read: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._read.append(line)
        return line

    def take(self) -> bytes:
        text = "".join(self._read)
        self._read.clear()
        return text.encode("utf-8", "surrogateescape")


def _records(lines: Iterable[str], delimiter: str, first: int) -> Iterator[Row]:
    number = first - 1
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), first):
            yield Row(number, cells)
    except csv.Error as error:
        raise BadTable(f"Row {number + 1} cannot be read: look at its quotation marks.") from error


def _header(content: bytes, delimiter: str) -> Sequence[str]:
    try:
        return next(_records(_Lines(content), delimiter, 1)).cells
    except StopIteration:
        raise BadTable("The file is empty. Its first row names the columns.") from None


def _found(content: bytes, delimiter: str, columns: Mapping[str, str]) -> int:
    try:
        return len(_known(_header(content, delimiter), columns))
    except BadTable:
        # Quoted names that another delimiter stands between.
        return 0


def _known(header: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    return [columns[plain(name)] for name in header if plain(name) in columns]


def _check(known: Sequence[str]) -> None:
    twice = sorted({name for name in known if known.count(name) > 1})
    if twice:
        raise BadTable(f"Two columns are called {twice[0]}. Keep one.")


def _blank(cells: Sequence[str]) -> bool:
    return not any(cells)
