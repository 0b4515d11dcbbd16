"""What was found beside floor and goal (design.md, section 7), as tables in Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """One promise: a work, what it is held against, the floor that must hold and the goal.

    Ratios where ``unit`` is empty; ``at_most`` where less is better.
    """

    name: str
    work: str
    against: str
    floor: float
    goal: float
    unit: str = ""
    at_most: bool = False

    def reaches(self, value: float, bound: float) -> bool:
        """Tell whether a value is on the right side of a bound."""
        return value <= bound if self.at_most else value >= bound


class Found(NamedTuple):
    """What each round found; ``by_cpu`` the same ratio by CPU time where that was taken."""

    row: Row
    values: Sequence[float]
    by_cpu: float | None = None
    remark: str = ""


class Verdict(StrEnum):
    """How a row has done."""

    GOAL = "goal"
    PASS = "pass"
    BELOW = "BELOW ITS FLOOR"


class Run(NamedTuple):
    """One load and round: requests a second, and the CPU time of one request in microseconds.

    ``web_us`` is the server's, ``engines_us`` that of Postgres and Valkey together.
    """

    rate: float
    web_us: float
    engines_us: float


def verdict(found: Found) -> Verdict:
    """Judge the median of the rounds."""
    value = median(found.values)
    if found.row.reaches(value, found.row.goal):
        return Verdict.GOAL
    return Verdict.PASS if found.row.reaches(value, found.row.floor) else Verdict.BELOW


def passed(found: Iterable[Found]) -> bool:
    """Tell whether every floor holds."""
    return all(verdict(each) is not Verdict.BELOW for each in found)


def ratio(row: Row, mine: Sequence[Run], other: Sequence[Run], remark: str = "") -> Found:
    """Compare two loads round by round: requests a second, and requests per CPU time."""
    pairs = list(zip(mine, other, strict=True))
    by_cpu = median(theirs.web_us / ours.web_us for ours, theirs in pairs)
    return Found(row, [ours.rate / theirs.rate for ours, theirs in pairs], by_cpu, remark)


def promises(found: Iterable[Found]) -> str:
    """Return the table of all rows, and what is to be said about some of them."""
    found = list(found)
    lines = [
        "| work | against | found | lowest to highest | by CPU time | floor | goal | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *map(_line, found),
    ]
    remarks = [f"{each.row.work}: {each.remark}" for each in found if each.remark]
    return "\n".join([*lines, *(f"\n{remark}" for remark in remarks)])


def context(loads: Mapping[str, Sequence[Run]]) -> str:
    """Return the table of requests a second and of CPU time a request, medians of the rounds."""
    lines = [
        "| load | requests a second | lowest to highest | CPU, web process | CPU, engines |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, runs in loads.items():
        rates = [run.rate for run in runs]
        web = median(run.web_us for run in runs)
        engines = median(run.engines_us for run in runs)
        lines.append(
            f"| {name} | {median(rates):,.0f} | {min(rates):,.0f} to {max(rates):,.0f} "
            f"| {web:,.0f} µs | {engines:,.0f} µs |"
        )
    return "\n".join(lines)


def _line(found: Found) -> str:
    row, values = found.row, found.values
    by_cpu = "" if found.by_cpu is None else f"{found.by_cpu:.2f}"
    spread = f"{min(values):.2f} to {max(values):.2f}"
    bounds = f"{row.floor:g}{row.unit} | {row.goal:g}{row.unit}"
    return (
        f"| {row.work} | {row.against} | {median(values):.2f}{row.unit} | {spread} "
        f"| {by_cpu} | {bounds} | {verdict(found)} |"
    )
