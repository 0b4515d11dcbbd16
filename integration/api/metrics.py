"""Figures for Prometheus: of the whole installation, whichever process is asked."""

from collections.abc import Iterator, Mapping
from itertools import accumulate

from flask import Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from integration.api import families
from integration.kernel.crypto import same
from integration.kernel.errors import AuthenticationRequired
from integration.runtime import Runtime
from integration.services import figures
from integration.services.access import Credentials
from integration.services.figures import Figures
from integration.store.installation import Backlog
from integration.store.job_queue import QUEUES
from integration.web import metrics
from integration.web.guard import Guard, runtime
from integration.web.metrics import BOUNDS
from integration.web.routes import Blueprint, Media

blp = Blueprint("metrics", __name__, description="Figures for Prometheus")
blp.record_once(lambda state: metrics.register(state.app))

BUCKETS = [*map(str, BOUNDS), "+Inf"]


def _operator(rt: Runtime, sent: Credentials) -> None:
    """Let anybody look in development; in production whoever has the token."""
    token = rt.settings.metrics_token
    if not rt.settings.development and not (token and sent.bearer and same(sent.bearer, token)):
        raise AuthenticationRequired("Send 'Authorization: Bearer <FANFARE_METRICS_TOKEN>'.")


@blp.endpoint("GET", "/metrics", Guard(_operator, ({},)), answers={200: Media("text/plain")})
def show(_: None) -> Response:
    """Show the figures of the whole installation, as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(_Gathered(figures.gather(runtime())))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class _Gathered(Collector):
    """Figures in Prometheus' words."""

    def __init__(self, found: Figures) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        yield _requests(self._found.tally)
        yield from _lines(self._found)
        yield from _waiting(self._found)
        if self._found.operating is not None:
            yield from families.of_operating(self._found.operating)
        if self._found.memory is not None:
            yield from families.of_memory(self._found.memory)
        yield from families.of_batches(self._found.tally)
        yield from families.of_counts(self._found.tally)


def _requests(tally: Mapping[str, float]) -> Metric:
    family = HistogramMetricFamily(
        "fanfare_request_duration_seconds", "Answers.", labels=["route", "status"]
    )
    for name, seconds in tally.items():
        kind, _, label = name.partition(":")
        if kind != "seconds":
            continue
        route, status = label.split(":")
        counts = [tally.get(f"request:{label}:{place}", 0.0) for place in range(len(BUCKETS))]
        buckets = list(zip(BUCKETS, accumulate(counts), strict=True))
        family.add_metric([route, status], buckets, seconds)
    return family


def _lines(found: Figures) -> Iterator[Metric]:
    entries = CounterMetricFamily("fanfare_entries", "Entries ever.", labels=["kind"])
    sold = CounterMetricFamily("fanfare_sold_units", "Units sold.", labels=["kind"])
    waiting = GaugeMetricFamily("fanfare_waiting", "Consumers who wait.", labels=["kind"])
    active = GaugeMetricFamily("fanfare_admissions_active", "Live admissions.", labels=["kind"])
    for line in found.lines:
        entries.add_metric([line.kind], line.entered)
        sold.add_metric([line.kind], line.sold)
        waiting.add_metric([line.kind], line.waiting)
        active.add_metric([line.kind], line.active)
    yield from (entries, sold, waiting, active)


def _waiting(found: Figures) -> Iterator[Metric]:
    up = GaugeMetricFamily("fanfare_up", "Whether it answers.", labels=["what"])
    up.add_metric(["postgres"], found.backlog is not None)
    up.add_metric(["valkey"], found.jobs is not None)
    yield up
    if found.backlog is not None:
        for name, seconds in found.backlog._asdict().items():
            said = "Age of what has been due for longest."
            yield GaugeMetricFamily(f"fanfare_{name}_oldest_seconds", said, value=seconds)
        yield _by_queue(found.backlog)
    if found.jobs is not None:
        queued = GaugeMetricFamily("fanfare_jobs_queued", "Jobs that wait.", labels=["queue"])
        for name, count in found.jobs.items():
            queued.add_metric([name], count)
        yield queued


def _by_queue(backlog: Backlog) -> Metric:
    """Return the same by the queue whose workers are to see to it, which are in that order."""
    said = "Age of what has been due for longest, by the queue that it is done from."
    oldest = GaugeMetricFamily("fanfare_queue_oldest_seconds", said, labels=["queue"])
    for name, seconds in zip(QUEUES, backlog, strict=True):
        oldest.add_metric([name], seconds)
    return oldest
