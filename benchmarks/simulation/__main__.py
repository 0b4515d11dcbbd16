"""Simulate launches: what they ask of the service, who waits how long, what they need.

Without --people: a launch of 100 000, of 1 000 000 and of 10 000 000.
"""

import argparse
import sys
from collections.abc import Mapping
from time import perf_counter

from benchmarks.simulation import report
from benchmarks.simulation.capacity import MEASURED, Cost
from benchmarks.simulation.launch import Launch
from benchmarks.simulation.run import run

USUAL = (
    Launch(100_000, per_minute=3_000, over_seconds=120, status_limit=30_000),
    Launch(1_000_000, per_minute=20_000, over_seconds=300, status_limit=200_000),
    Launch(10_000_000, per_minute=100_000, over_seconds=1_800, status_limit=1_000_000),
)


def main() -> None:
    """Run what was asked for; end with 1 where a launch was not fair."""
    fair = True
    launches, costs = _told()
    for launch in launches:
        print(f"Simulating {launch.people:,} people ...", file=sys.stderr, flush=True)
        began = perf_counter()
        outcome = run(launch)
        print(report.text(outcome, costs))
        print(f"\n({perf_counter() - began:.0f} s)\n", file=sys.stderr, flush=True)
        fair = fair and report.fair(outcome)
    sys.exit(0 if fair else 1)


def _told() -> tuple[list[Launch], Mapping[str, Cost]]:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.simulation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    usual = Launch(0, 1)
    parser.add_argument("--people", type=int, help="how many come")
    parser.add_argument("--rate", type=int, help="admissions a minute (people / 50)")
    parser.add_argument("--over", type=int, default=120, help="seconds until all have come (120)")
    parser.add_argument("--stock", type=int, help="units to sell; unbounded unless given")
    parser.add_argument("--status-limit", type=int, default=usual.status_limit, help="a minute")
    parser.add_argument("--absence", type=int, default=usual.absence_seconds, help="seconds (180)")
    parser.add_argument("--away", type=float, default=usual.away, help="share who leave (0.1)")
    parser.add_argument("--clients", type=int, default=usual.clients, help="simulated (4000)")
    parser.add_argument("--seed", type=int, default=usual.seed, help="of everything random (1)")
    parser.add_argument(
        "--costs", type=_costs, default=MEASURED, help="µs of a request, web/engines: enter=240/95"
    )
    told = parser.parse_args()
    if told.people is None:
        same = {"seed": told.seed, "clients": told.clients}
        return [launch._replace(**same) for launch in USUAL], told.costs
    launches = [
        usual._replace(
            people=told.people,
            per_minute=told.rate or max(60, told.people // 50),
            over_seconds=told.over,
            stock=told.stock,
            status_limit=told.status_limit,
            absence_seconds=told.absence,
            away=told.away,
            clients=told.clients,
            seed=told.seed,
        )
    ]
    return launches, told.costs


def _costs(text: str) -> Mapping[str, Cost]:
    """Read costs as ``route=web/engines``, separated by commas; the others are as measured."""
    costs = dict(MEASURED)
    for each in text.split(","):
        route, _, figures = each.partition("=")
        web, _, engines = figures.partition("/")
        costs[route] = Cost(float(web), float(engines))
    return costs


if __name__ == "__main__":
    main()
