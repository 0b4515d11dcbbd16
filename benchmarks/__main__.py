"""Measure what design.md promises, side by side in one run; print tables in Markdown.

Ends with 1 where a floor does not hold, or a load got anything but success.
"""

import argparse
import sys

from benchmarks import crowd, drawing, hot, processes, report, turns
from benchmarks.options import Options
from benchmarks.report import Found, Run
from benchmarks.stage import say, stage

PARTS = (hot, crowd, turns, drawing, processes)
ROWS = {row.name: row for part in PARTS for row in part.ROWS}


def main() -> None:
    """Measure the rows asked for, all unless told, and print them."""
    options, wanted = _told()
    found: list[Found] = []
    loads: dict[str, list[Run]] = {}
    with stage() as built:
        for part in PARTS:
            names = {row.name for row in part.ROWS} & wanted
            if names:
                measured = part.measure(built, options, names)
                found += measured.found
                loads |= measured.loads
    say(f"\n{report.promises(found)}")
    if loads:
        say(f"\n{report.context(loads)}")
    sys.exit(0 if report.passed(found) else 1)


def _told() -> tuple[Options, set[str]]:
    names = "\n".join(f"  {row.name:13} {row.work}" for row in ROWS.values())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=f"rows:\n{names}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rows", type=_names, default=set(ROWS), help="some of the rows: a,b,c")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of all loads in turn (5)")
    parser.add_argument("--seconds", type=int, default=3, help="seconds a load and round (3)")
    told = parser.parse_args()
    return Options(told.rounds, told.seconds), told.rows


def _names(text: str) -> set[str]:
    names = set(text.split(","))
    unknown = names - set(ROWS)
    if unknown:
        raise argparse.ArgumentTypeError(f"no such rows: {', '.join(sorted(unknown))}")
    return names


if __name__ == "__main__":
    main()
