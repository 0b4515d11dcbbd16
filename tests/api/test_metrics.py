"""Figures for Prometheus."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from integration.app import create_app
from integration.runtime import build
from integration.services import admitting
from integration.store.intents import Kind
from tests.api.conftest import make_settings
from tests.jobs.support import drain
from tests.support.intents import ask_for
from tests.support.launches import make_guest, make_launch

TOKEN = "a-token-for-prometheus"


def read(client, **headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.content_type.startswith("text/plain")
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def requests(figures, route, status):
    name = "fanfare_request_duration_seconds_count"
    return figures.get((name, ("route", route), ("status", status)), 0)


def test_answers_are_counted_by_route_and_class(client, merchant):
    before = read(client)

    client.get("/api/products", headers=merchant.server)
    client.get("/api/products")
    client.get("/nowhere")

    after = read(client)
    for route, status in (
        ("products.list_products", "2xx"),
        ("products.list_products", "4xx"),
        ("none", "4xx"),
    ):
        assert requests(after, route, status) == requests(before, route, status) + 1, route


def test_how_long_they_took_is_a_histogram(client, merchant):
    client.get("/api/products", headers=merchant.server)

    figures = read(client)

    labels = (("route", "products.list_products"), ("status", "2xx"))
    name = "fanfare_request_duration_seconds"
    buckets = [
        figures[(f"{name}_bucket", ("le", bound), *labels)] for bound in ("0.005", "10.0", "+Inf")
    ]
    assert buckets == sorted(buckets)
    assert buckets[-1] == figures[(f"{name}_count", *labels)]
    assert figures[(f"{name}_sum", *labels)] > 0


def test_the_hot_door_is_counted_too(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    before = read(client)

    client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers)

    after = read(client)
    for route in ("queues.enter", "queues.status"):
        assert requests(after, route, "2xx") == requests(before, route, "2xx") + 1


def test_lines_are_added_up(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    for _ in range(3):
        guest = make_guest(client, merchant)
        client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    admitting.admit_due(rt, launch.queue_id)

    figures = read(client)

    assert figures[("fanfare_entries_total", ("kind", "queue"))] == 3
    assert figures[("fanfare_waiting", ("kind", "queue"))] == 2
    assert figures[("fanfare_admissions_active", ("kind", "queue"))] == 1


def test_what_waits_for_workers_is_told(client, merchant, rt):
    figures = read(client)

    assert figures[("fanfare_inbox_oldest_seconds",)] == 0
    assert figures[("fanfare_deliveries_oldest_seconds",)] == 0
    assert figures[("fanfare_jobs_queued", ("queue", "orders"))] == 0
    assert figures[("fanfare_up", ("what", "postgres"))] == 1
    assert figures[("fanfare_up", ("what", "valkey"))] == 1


def test_what_another_process_counted_is_shown(client, rt, settings):
    other = build(settings)
    other.tally.add(("count:clock_failures:step=admit", 2))
    other.close()

    figures = read(client)

    assert figures[("fanfare_clock_failures_total", ("step", "admit"))] == 2


@pytest.fixture
def production(database_url, redis_url, tmp_path):
    """The application in production, with a token for its figures."""
    given = {"env": "production", "public_url": "https://fanfare.test", "metrics_token": TOKEN}
    rt = build(make_settings(database_url, redis_url, tmp_path, **given))
    yield create_app(rt).test_client()
    rt.close()


@pytest.mark.parametrize("sent", [None, "Bearer wrong", f"Basic {TOKEN}", "Bearer "])
def test_in_production_the_figures_are_behind_a_token(production, sent):
    headers = {} if sent is None else {"Authorization": sent}

    refused = production.get("/metrics", headers=headers)

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"


def test_whoever_has_the_token_reads_them(production, rt):
    assert read(production, Authorization=f"Bearer {TOKEN}") != {}


def test_queues_tell_their_age_their_pace_and_their_failures(client, rt, merchant):
    before = read(client)
    for kind in (Kind.ORDER, Kind.DELIVERY, Kind.SYNC):
        ask_for(kind, client, rt, merchant)

    waiting = read(client)
    drain(rt)

    after = read(client)
    queues = ["orders", "webhooks", "sync", "mail"]
    ages = [waiting["fanfare_queue_oldest_seconds", ("queue", name)] for name in queues]
    assert [age > 0 for age in ages] == [True, True, True, False]
    name = ("fanfare_jobs_done_total", ("queue", "orders"))
    assert after[name] == before.get(name, 0) + 1
    assert after["fanfare_jobs_seconds_total", ("queue", "sync")] > 0
