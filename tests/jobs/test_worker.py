"""Workers: what a job may rely on, and what a worker survives."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from structlog.contextvars import get_contextvars

from integration.kernel.errors import FanfareError, NotFound, ServiceUnavailable
from integration.kernel.ids import new_id
from integration.services import deliveries, syncing
from integration.store.job_queue import Job, JobQueue
from jobs import entry, sweeper, worker
from tests.connectors.loopback import plain, serve
from tests.jobs.support import (
    deliveries_of,
    drain,
    failed_jobs,
    happen,
    make_connection,
    make_due,
    make_endpoint,
    make_shop,
    products_of,
    run_of,
    wait_of,
)
from tests.jobs.worker_process import fill
from tests.support.waiting import wait_until

ONE = {"endpoint_id": "whk_1"}


def queue_of(rt, name: str) -> Queue:
    return Queue(name, connection=rt.valkey.client, serializer=JSONSerializer)


@contextmanager
def working(rt, lanes=(("orders", "webhooks", "sync"),)) -> Generator[threading.Event]:
    """A worker's lanes in threads of this process; they stop with the block."""
    stopping = threading.Event()
    running = threading.Thread(target=worker.run, args=(rt, stopping, lanes))
    running.start()
    try:
        yield stopping
    finally:
        stopping.set()
        running.join(20)
        assert not running.is_alive()


def raising(failure: Exception) -> Callable[..., None]:
    def work(*_):
        raise failure

    return work


@pytest.fixture
def does(monkeypatch):
    """Lets drain_endpoint do something else than deliver."""

    def replace(work) -> None:
        monkeypatch.setattr(deliveries, "drain", work)

    return replace


def test_a_job_gets_the_runtime_its_ids_and_a_log_that_names_them(rt, does):
    seen = []
    does(lambda rt, endpoint_id: seen.append((rt, endpoint_id, get_contextvars())))
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)

    drain(rt)

    [(given, endpoint_id, on_every_line)] = seen
    assert (given, endpoint_id) == (rt, "whk_1")
    assert {"job": "drain_endpoint", "endpoint_id": "whk_1"}.items() <= on_every_line.items()


def test_asking_twice_before_the_job_begins_is_asking_once(rt, does):
    calls = []
    does(lambda *args: calls.append(args))

    for _ in range(3):
        rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id="whk_2")
    drain(rt)

    assert [endpoint_id for _, endpoint_id in calls] == ["whk_1", "whk_2"]


def test_what_is_asked_for_once_a_job_has_begun_is_a_new_job(rt, does):
    calls = []

    def work(rt, endpoint_id):
        calls.append(endpoint_id)
        if len(calls) == 1:
            rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=endpoint_id)

    does(work)
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)

    drain(rt)

    assert calls == ["whk_1", "whk_1"]


def test_urgent_queues_come_first(rt, does, monkeypatch):
    done = []
    does(lambda *_: done.append("webhooks"))
    monkeypatch.setattr(syncing, "pull_page", lambda *_: done.append("sync"))
    monkeypatch.setattr("jobs.orders.inbox.handle", lambda *_: done.append("orders"))
    rt.jobs.enqueue(Job.SYNC_PAGE, run_id="sync_1")
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)
    rt.jobs.enqueue(Job.HANDLE_NOTICE, notice_id="inb_1")

    drain(rt)

    assert done == ["orders", "webhooks", "sync"]


def test_a_failure_that_says_when_is_tried_again_then(rt, does):
    calls = []

    def work(rt, endpoint_id):
        calls.append(endpoint_id)
        if len(calls) == 1:
            raise ServiceUnavailable(retry_after=1.2)

    does(work)
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)
    drain(rt)
    registry = queue_of(rt, "webhooks").scheduled_job_registry
    [job_id] = registry.get_job_ids()
    early = rt.jobs.wake()

    rt.valkey.client.zadd(registry.key, {job_id: 1})
    woken = rt.jobs.wake()
    drain(rt)

    assert (early, woken, len(calls), registry.get_job_ids()) == (0, 1, 2, [])
    assert failed_jobs(rt) == []


def test_two_clocks_wake_a_paused_job_once(rt, does):
    does(raising(ServiceUnavailable()))
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)
    drain(rt)
    registry = queue_of(rt, "webhooks").scheduled_job_registry
    rt.valkey.client.zadd(registry.key, {registry.get_job_ids()[0]: 1})

    woken = [rt.jobs.wake(), rt.jobs.wake()]

    assert (woken, len(queue_of(rt, "webhooks"))) == ([1, 0], 1)


def test_retries_have_an_end(rt, does):
    does(raising(ServiceUnavailable()))
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)
    registry = queue_of(rt, "webhooks").scheduled_job_registry

    attempts = drain(rt)
    while paused := registry.get_job_ids():
        rt.valkey.client.zadd(registry.key, {paused[0]: 1})
        rt.jobs.wake()
        attempts += drain(rt)

    assert attempts == entry.MOST_RETRIES + 1
    assert failed_jobs(rt) == ["jobs.webhooks.drain_endpoint"]


@pytest.mark.parametrize("failure", [NotFound("Webhook"), FanfareError(), ValueError("x")])
def test_any_other_failure_is_loud_and_kept_for_a_day(rt, does, failure):
    does(raising(failure))
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)

    drain(rt)

    registry = queue_of(rt, "webhooks").failed_job_registry
    [job_id] = registry.get_job_ids()
    assert 86_000 < rt.valkey.client.ttl(f"rq:job:{job_id}") <= 86_400
    assert rt.tally.read()["count:job_failures:job=drain_endpoint"] >= 1


def test_a_kept_failure_holds_no_secret(rt, does):
    secret = "sk_live_" + "a1B2" * 8

    does(raising(ValueError(secret)))
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)

    drain(rt)

    [job_id] = queue_of(rt, "webhooks").failed_job_registry.get_job_ids()
    told = queue_of(rt, "webhooks").fetch_job(job_id).latest_result().exc_string
    assert "ValueError" in told
    assert secret not in told


def test_nothing_is_pickled(rt):
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)

    [job_id] = queue_of(rt, "webhooks").get_job_ids()

    job = queue_of(rt, "webhooks").fetch_job(job_id)
    assert job.serializer is JSONSerializer
    assert job.kwargs == ONE


def test_a_job_that_hangs_is_ended_and_the_lane_goes_on(rt, does, monkeypatch):
    calls = []

    def work(rt, endpoint_id):
        calls.append(endpoint_id)
        while endpoint_id == "hangs":
            threading.Event().wait(0.01)

    does(work)
    with monkeypatch.context() as brief:
        brief.setattr("integration.store.job_queue.TIMEOUT_SECONDS", 1)
        rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id="hangs")
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id="passes")

    with working(rt):
        wait_until(lambda: calls == ["hangs", "passes"], "the job behind it is done")

    assert failed_jobs(rt) == ["jobs.webhooks.drain_endpoint"]


def test_a_slow_job_holds_up_no_order(rt, does, monkeypatch):
    handled, release = threading.Event(), threading.Event()
    does(lambda *_: release.wait(60))
    monkeypatch.setattr("jobs.orders.inbox.handle", lambda *_: handled.set())
    for number in range(20):
        rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=f"whk_{number}")

    with working(rt, worker.LANES):
        wait_until(lambda: len(queue_of(rt, "webhooks")) <= 12, "the other lanes are busy")
        rt.jobs.enqueue(Job.HANDLE_NOTICE, notice_id="inb_1")
        in_time = handled.wait(20)
        release.set()

    assert in_time


def test_a_job_that_no_timeout_ends_ends_the_process(rt, monkeypatch):
    ended = []
    monkeypatch.setattr(worker, "GIVE_UP_SECONDS", 0)
    monkeypatch.setattr("os._exit", ended.append)
    with worker.patient(rt.valkey.client) as valkey:
        idle, stuck = (worker.make_lane(["orders"], valkey) for _ in range(2))
    stuck.busy_since = 0

    worker.end_if_stuck([idle])
    before = list(ended)
    worker.end_if_stuck([idle, stuck])

    assert (before, ended) == ([], [worker.STUCK])


def test_stopping_finishes_the_job_under_way(rt, does):
    begun, release, done = threading.Event(), threading.Event(), threading.Event()

    def work(*_):
        begun.set()
        release.wait(10)
        done.set()

    does(work)
    rt.jobs.enqueue(Job.DRAIN_ENDPOINT, **ONE)

    with working(rt) as stopping:
        assert begun.wait(10)
        stopping.set()
        release.set()

    assert done.is_set()


def test_lanes_survive_a_wipe_and_lost_connections(rt, does):
    done = []
    does(lambda _, endpoint_id: done.append(endpoint_id))

    with working(rt):
        rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id="before")
        wait_until(lambda: done == ["before"], "the first job is done")
        rt.valkey.client.flushdb()
        for client in rt.valkey.client.client_list():
            if client["db"] == str(rt.valkey.client.connection_pool.connection_kwargs["db"]):
                rt.valkey.client.client_kill_filter(_id=client["id"], skipme=True)
        rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id="after")
        wait_until(lambda: done == ["before", "after"], "the second job is done")


def test_with_valkey_away_asking_for_a_job_fails_in_silence_and_at_once():
    nowhere = Redis(unix_socket_path="/nowhere")
    calls = []
    nowhere.exists = lambda *_: calls.append("exists") or nowhere.ping()
    jobs = JobQueue(nowhere)

    asked = [jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=f"whk_{n}") for n in range(5)]

    assert asked == [False] * 5
    assert calls == ["exists"]


def test_every_intent_happens_though_valkey_forgets_everything(rt, merchant):
    with serve(plain(b"")) as served:
        endpoint = make_endpoint(rt, merchant, f"http://127.0.0.1:{served.port}/hook")
        connection_id = make_connection(rt, merchant, make_shop(products=250))
        run = syncing.start(rt, merchant.tenant, connection_id, "products")
        happen(rt, merchant)

        # Each page's job is lost as soon as it is asked for.
        for _ in range(4):
            rt.valkey.client.flushdb()
            sweeper.sweep(rt)
            drain(rt)

    seen = syncing.progress(rt, merchant.tenant, run.id)
    assert (seen.status, seen.records) == ("completed", 250)
    types = sorted(request["webhook-id"] for request in served.requests)
    assert len(types) == len(set(types)) == len(deliveries_of(rt, endpoint)) == 2


def pulling_page(rt, run_id: str) -> int:
    """Return which page is being pulled, or 0."""
    leased = wait_of(rt, "sync_run", run_id) > timedelta(seconds=1)
    return run_of(rt, run_id).pages + 1 if leased else 0


def swept(rt) -> bool:
    sweeper.sweep(rt)
    return True


@contextmanager
def worker_process(settings, name: str, products: int) -> Generator[subprocess.Popen]:
    """A worker in a process of its own."""
    command = [sys.executable, "-m", "tests.jobs.worker_process", settings.database_url]
    command += [settings.redis_url, str(settings.data_dir), name, str(products)]
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_sync_goes_on_after_its_worker_was_killed_in_the_middle(rt, merchant, settings):
    fake = fill(new_id("shop"), 1_000)
    run = syncing.start(rt, merchant.tenant, make_connection(rt, merchant, fake), "products")
    with worker_process(settings, fake.name, 1_000) as process:
        wait_until(lambda: pulling_page(rt, run.id) >= 3, "the third page is being pulled")
        process.send_signal(signal.SIGKILL)
        process.wait()
    between = run_of(rt, run.id)

    make_due(rt, "sync_run")
    with worker_process(settings, fake.name, 1_000):
        wait_until(lambda: swept(rt) and run_of(rt, run.id).finished_at, "the run ends")

    seen = syncing.progress(rt, merchant.tenant, run.id)
    assert between.finished_at is None
    assert between.pages < 10
    assert (seen.status, seen.pages) == ("completed", 10)
    assert (seen.records, seen.created, seen.failed) == (1_000, 1_000, 0)
    assert len(products_of(rt, merchant)) == 1_000


def test_a_worker_process_stops_when_asked(rt, settings):
    with worker_process(settings, new_id("shop"), 0) as process:
        rt.jobs.enqueue(Job.SYNC_PAGE, run_id="sync_unknown")
        wait_until(lambda: len(queue_of(rt, "sync")) == 0, "the worker works")
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 0
