"""What an operator watches on the night of a launch, in Prometheus' words."""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from types import MappingProxyType

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from integration.services.figures import Memory, Operating
from integration.store.line.watching import BOUNDS

COUNTED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "job_failures": ("job", "Jobs that failed."),
        "jobs_done": ("queue", "Jobs that went well."),
        "jobs_failed": ("queue", "Jobs that failed."),
        "jobs_delayed": ("queue", "Jobs that are to be tried again."),
        "jobs_seconds": ("queue", "How long jobs have taken in all."),
        "clock_failures": ("step", "Steps of the clock that failed."),
        "clock_steps": ("step", "Steps of the clock that went well."),
        "refusals": ("code", "Answers that said no."),
    }
)
"""What processes count, and the label that it has: told of before anything was counted."""


def of_operating(found: Operating) -> Iterator[Metric]:
    """Yield the funnel, the lines with most people in them, the lags, and the database's health."""
    funnel = CounterMetricFamily("fanfare_funnel", "Steps taken.", labels=["kind", "step"])
    for step in found.steps:
        funnel.add_metric([step.kind, step.step], step.taken)
    said, labels = "In the lines that most people are in.", ["distribution", "kind"]
    waiting = GaugeMetricFamily("fanfare_line_waiting", said, labels=labels)
    active = GaugeMetricFamily("fanfare_line_admissions_active", said, labels=labels)
    for line in found.busiest:
        waiting.add_metric([line.distribution_id, line.kind], line.waiting)
        active.add_metric([line.distribution_id, line.kind], line.active)
    yield from (funnel, waiting, active)
    health = found.health
    for name, what, value in (
        ("clock_lag_seconds", "Since an admission's time ran out that lives.", health.expiry),
        ("counting_lag_seconds", "Since what is not counted yet happened.", health.counting),
        ("postgres_connections", "Connections to the database.", health.connections),
        ("postgres_transaction_seconds", "Oldest transaction.", health.oldest_transaction),
        ("postgres_answer_seconds", "How long the simplest question took.", found.seconds),
    ):
        yield GaugeMetricFamily(f"fanfare_{name}", what, value=value)


def of_memory(found: Memory) -> Iterator[Metric]:
    """Yield how Valkey does."""
    said = "How long the simplest question took."
    yield GaugeMetricFamily("fanfare_valkey_answer_seconds", said, value=found.seconds)
    yield GaugeMetricFamily("fanfare_valkey_memory_bytes", "Memory in use.", value=found.used)


def of_batches(tally: Mapping[str, float]) -> Iterator[Metric]:
    """Yield how many callers are answered together, and how long that takes."""
    for name, bounds in BOUNDS.items():
        family = HistogramMetricFamily(f"fanfare_{name}", "Groups of callers.", labels=["what"])
        steps = [*map(str, bounds), "+Inf"]
        for key, total in tally.items():
            before, _, what = key.partition(f"total:{name}:what=")
            if what and not before:
                counted = f"histogram:{name}:what={what}"
                counts = [tally.get(f"{counted}:{place}", 0.0) for place in range(len(steps))]
                buckets = list(zip(steps, accumulate(counts), strict=True))
                family.add_metric([what], buckets, total)
        yield family


def of_counts(tally: Mapping[str, float]) -> Iterator[Metric]:
    """Yield what processes counted, under ``count:<name>:<label>=<value>``."""
    families = {
        name: CounterMetricFamily(f"fanfare_{name}", said, labels=[label])
        for name, (label, said) in COUNTED.items()
    }
    for key, value in tally.items():
        kind, _, rest = key.partition(":")
        if kind == "count":
            name, _, pair = rest.partition(":")
            label, _, text = pair.partition("=")
            new = CounterMetricFamily(f"fanfare_{name}", "Counted.", labels=[label])
            families.setdefault(name, new).add_metric([text], value)
    yield from families.values()
