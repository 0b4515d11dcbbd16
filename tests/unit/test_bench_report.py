"""What `make bench` says of what it found."""

import pytest

from benchmarks.__main__ import ROWS
from benchmarks.report import Found, Row, Run, Verdict, context, passed, promises, ratio, verdict

RATIO = Row("status", "status", "a view", 0.35, 1)
SECONDS = Row("draw", "drawing", "", 30, 6, " s", at_most=True)


@pytest.mark.parametrize(
    ("row", "values", "expected"),
    [
        (RATIO, [0.9, 1.0, 1.7], Verdict.GOAL),
        (RATIO, [0.1, 0.35, 3.0], Verdict.PASS),
        (RATIO, [0.1, 0.34, 3.0], Verdict.BELOW),
        (SECONDS, [1, 6, 99], Verdict.GOAL),
        (SECONDS, [1, 30, 99], Verdict.PASS),
        (SECONDS, [1, 30.1, 99], Verdict.BELOW),
    ],
)
def test_the_median_of_the_rounds_is_judged(row, values, expected):
    found = Found(row, values)

    assert verdict(found) is expected


def test_one_row_below_its_floor_fails_the_run():
    good, bad = Found(RATIO, [0.5]), Found(SECONDS, [31])

    assert passed([good])
    assert not passed([good, bad])


def test_loads_are_compared_round_by_round_by_requests_and_by_cpu_time():
    mine = [Run(100, 40, 1), Run(10, 40, 1), Run(50, 40, 1)]
    other = [Run(200, 10, 1), Run(20, 10, 1), Run(50, 10, 1)]

    found = ratio(RATIO, mine, other)

    assert found.values == [0.5, 0.5, 1.0]
    assert found.by_cpu == 0.25


def test_the_tables_are_markdown_of_equal_width():
    runs = [Run(12_345.6, 80.4, 9.6)]
    table = promises([Found(RATIO, [0.5], 0.4), Found(SECONDS, [5.0], remark="busy.")])

    lines = table.split("\n\n")[0].splitlines() + context({"line": runs}).splitlines()

    assert {line.count("|") for line in lines[:4]} == {9}
    assert {line.count("|") for line in lines[4:]} == {6}
    assert lines[-1] == "| line | 12,346 | 12,346 to 12,346 | 80 µs | 10 µs |"
    assert "\ndrawing: busy." in table


def test_every_promise_of_the_design_has_a_row():
    assert list(ROWS) == [
        "line",
        "status",
        "cold",
        "enter",
        "enter-cold",
        "alone",
        "enter-crowd",
        "status-crowd",
        "memory",
        "admit",
        "draw",
        "draw-memory",
        "two",
    ]
