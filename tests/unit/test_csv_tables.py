"""Tables out of files: cut into pages that are read one by one, whatever is in them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine import csv_tables
from integration.engine.csv_tables import BadTable, guarded, line, plain, unguarded

COLUMNS = {"email": "email", "fullname": "fullName"}
MOST = 5_000
# A lone carriage return in a cell is quoted by no writer, and ends a line for every reader.
CELLS = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=8)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=20)


def rows(content: bytes) -> list[csv_tables.Row]:
    table = csv_tables.cut(content, COLUMNS, MOST)
    return [row for page in table.pages for row in csv_tables.read(page, table.delimiter)]


def written(cells, delimiter=",", end="\r\n") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["Email", "Full name"], *cells])
    return out.getvalue().encode()


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from(["\r\n", "\n"]), st.booleans())
def test_what_was_written_is_read(cells, delimiter, end, marked):
    content = written(cells, delimiter, end)

    found = rows(csv_tables.BOM + content if marked else content)

    held = [(number, each) for number, each in enumerate(cells, 2) if any(each)]
    assert [(row.number, row.cells) for row in found] == held


def test_a_long_table_is_cut_into_pages_that_end_with_a_row():
    cells = [[f"a{number}", "two\nlines"] for number in range(2_500)]

    table = csv_tables.cut(written(cells), COLUMNS, MOST)

    assert [page.first_row for page in table.pages] == [2, 1_002, 2_002]
    assert table.rows == 2_500
    assert [row.number for row in rows(written(cells))] == list(range(2, 2_502))


def test_empty_rows_are_counted_as_a_spreadsheet_does_and_hold_nothing():
    found = rows(b"email,fullName\n\n,\na,\n\n\n,b")

    assert [(row.number, row.cells) for row in found] == [(4, ["a", ""]), (7, ["", "b"])]


@pytest.mark.parametrize(("filler", "most"), [(b"a\n", MOST), (b",\n", 2 * MOST - 1)])
def test_a_table_may_be_too_long(monkeypatch, filler, most):
    monkeypatch.setattr(csv_tables, "SHEET_ROWS", 2 * MOST)

    assert csv_tables.cut(b"email\n" + filler * (most + 1), COLUMNS, MOST) is None
    assert csv_tables.cut(b"email\n" + filler * most, COLUMNS, MOST) is not None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (csv_tables.BOM, "empty"),
        ("email".encode("utf-16"), "UTF-16"),
        (b"email,E-Mail", "Two columns"),
        (b'email\n"a', "Row 2 "),
        (b'email\na\n"b"c\n', "Row 3 "),
        (b"email\n" + b"x" * 200_000, "Row 2 "),
    ],
)
def test_what_cannot_be_read_is_said(content, told):
    with pytest.raises(BadTable, match=told):
        csv_tables.cut(content, COLUMNS, MOST)


def test_bytes_that_are_no_text_stay_with_their_row():
    [row] = rows(b"email\n\xff\xfe")

    with pytest.raises(UnicodeEncodeError):
        row.cells[0].encode()


@given(st.text(st.sampled_from("'=+-@\t\ra1"), max_size=6))
def test_a_guarded_text_comes_back_and_runs_nowhere(text):
    shown = guarded(text)

    assert unguarded(shown) == text
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_line_is_quoted_and_guarded():
    assert line([1, None, "a,b", 'say "x"', "=1"]) == '1,,"a,b","say ""x""",\'=1\r\n'


@pytest.mark.parametrize("name", ["fullName", "Full Name", "full_name", " FULL-NAME "])
def test_a_columns_name_may_be_spelt_in_many_ways(name):
    assert plain(name) == "fullname"
