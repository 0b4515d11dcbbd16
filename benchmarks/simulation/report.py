"""What a simulated launch came to, as Markdown."""

from collections import Counter
from collections.abc import Iterable, Mapping

from benchmarks.simulation.capacity import EDGES, MEASURED, Cost, need
from benchmarks.simulation.client import State
from benchmarks.simulation.run import Outcome
from benchmarks.simulation.tally import percentile

ROUTES = ("guest", "enter", "line", "status")
PARTS = 10


def text(outcome: Outcome, costs: Mapping[str, Cost] = MEASURED) -> str:
    """Return the whole report of a launch; machines by what a request ``costs``."""
    launch = outcome.launch
    head = (
        f"### {launch.people:,} people over {launch.over_seconds} s, "
        f"{launch.per_minute:,} admissions a minute"
    )
    return "\n".join(
        [
            head,
            "",
            *_loads(outcome),
            "",
            *_machines(outcome, costs),
            "",
            *_course(outcome),
            "",
            *_people(outcome),
        ]
    )


def fair(outcome: Outcome) -> bool:
    """Tell whether everybody got in in the order that they came, and nobody present was skipped."""
    return outcome.service.inversions == 0 and outcome.service.unjust == 0


def _loads(outcome: Outcome) -> Iterable[str]:
    yield "| route | requests | each person's | busiest second |"
    yield "| --- | --- | --- | --- |"
    for route in ROUTES:
        total, peak = outcome.tally.load(route)
        yield f"| {route} | {total:,.0f} | {total / outcome.launch.people:.1f} | {peak:,.0f} |"


def _machines(outcome: Outcome, costs: Mapping[str, Cost]) -> Iterable[str]:
    yield "| | web processes | of 8 cores each | cores of Postgres and Valkey |"
    yield "| --- | --- | --- | --- |"
    for title, edges in (("behind a content network", EDGES), ("by itself", None)):
        needs = need(outcome.tally, costs, edges=edges)
        yield (
            f"| {title} | {needs.web_processes} | {needs.web_machines} | {needs.engine_cores:.1f} |"
        )


def _course(outcome: Outcome) -> Iterable[str]:
    """Yield the requests a second of every tenth of the launch."""
    step = outcome.lasted / PARTS
    yield "| minutes | line a second | enter | status |"
    yield "| --- | --- | --- | --- |"
    for part in range(PARTS):
        first, last = part * step, (part + 1) * step
        rates = [outcome.tally.between(route, first, last) for route in ("line", "enter", "status")]
        shown = " | ".join(f"{rate:,.0f}" for rate in rates)
        yield f"| {first / 60:.0f} to {last / 60:.0f} | {shown} |"


def _people(outcome: Outcome) -> Iterable[str]:
    service, weight = outcome.service, outcome.launch.weight
    ends = Counter(client.state for client in outcome.clients)
    waits = [c.admitted_at - c.came_at for c in outcome.clients if c.admitted_at is not None]
    heard = [
        client.told_at - client.admitted_at
        for client in outcome.clients
        if client.told_at is not None and client.admitted_at is not None
    ]
    ended = ", ".join(f"{ends[state] * weight:,} {state.name.lower()}" for state in State)
    yield f"- {ended}; passed over {service.passed:,}, of whom {service.unjust:,} were there"
    yield f"- admitted out of order: {service.inversions:,}"
    yield f"- status calls refused: {service.refused:,}"
    yield (
        f"- waited, in minutes: half {percentile(waits, 50) / 60:.1f}, "
        f"99 of 100 {percentile(waits, 99) / 60:.1f}"
    )
    yield (
        f"- learned of it, in seconds: half within {percentile(heard, 50):.1f}, "
        f"99 of 100 within {percentile(heard, 99):.1f}"
    )
