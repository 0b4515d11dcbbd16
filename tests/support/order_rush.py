"""Orders by the second, workers in processes of their own, and how long the inbox waits."""

import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import monotonic

from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from integration.kernel.settings import Settings
from integration.runtime import Runtime
from integration.services import admitting
from tests.support.launches import Launch, Merchant, make_launch
from tests.support.waiting import wait_until

CALLERS = 8
LANES = 10
REPEATED_EVERY = 10
LOOK_SECONDS = 0.1
MOST_TRIES = 60
OLDEST = text("""
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(received_at)), 0)
    FROM inbox_notice WHERE handled_at IS NULL
""")


@contextmanager
def workers(settings: Settings, count: int) -> Generator[list[subprocess.Popen]]:
    """Run that many ``fanfare worker``, each in a process of its own, until the block ends."""
    command = [sys.executable, "-m", "tests.jobs.worker_process", settings.database_url]
    command += [settings.redis_url, str(settings.data_dir), "shop", "0"]
    with ExitStack() as stack:
        running = []
        for _ in range(count):
            process = subprocess.Popen(command)
            stack.callback(process.wait)
            stack.callback(process.kill)
            running.append(process)
        yield running


def working(rt: Runtime, count: int) -> bool:
    """Tell whether all lanes of that many workers listen."""
    return rt.valkey.client.scard("rq:workers") >= count * LANES


def politely(call: Callable[[], TestResponse]) -> TestResponse:
    """Call again while the service is too busy, as it asks; fail for any other refusal."""
    pause = threading.Event()
    for _ in range(MOST_TRIES):
        answer = call()
        if answer.status_code != 503:
            assert answer.status_code < 300, answer.text
            return answer
        pause.wait(int(answer.headers["Retry-After"]))
    raise AssertionError(answer.text)


def admit(app: Flask, rt: Runtime, merchant: Merchant, count: int) -> tuple[Launch, list[str]]:
    """Bring people to the checkout of one queue, and return their ids."""
    launch = make_launch(rt, merchant, inventory=count)

    def enter(_: int) -> str:
        client = app.test_client()
        said = politely(lambda: client.post("/api/v1/auth/guest", headers=merchant.page)).json
        consumer_id = said["session"]["consumerId"]
        headers = {
            **merchant.page,
            "Authorization": f"Bearer {said['accessToken']}",
            "X-Fingerprint": f"fp_{consumer_id}",
        }
        path = f"/api/v1/queues/{launch.queue_id}/enter"
        politely(lambda: client.post(path, headers=headers))
        return consumer_id

    with ThreadPoolExecutor(CALLERS) as pool:
        people = list(pool.map(enter, range(count)))
    wait_until(lambda: _admitted(rt, launch) == count, "everybody is at the checkout", 120)
    return launch, people


def _admitted(rt: Runtime, launch: Launch) -> int:
    admitting.admit_due(rt, launch.queue_id)
    statement = text("SELECT active FROM line WHERE distribution_id = :id")
    with rt.transaction() as tx:
        return tx.session.scalar(statement, {"id": launch.queue_id})


@dataclass
class Rush:
    """Reports the orders of these people at a pace, some of them twice at the same time."""

    app: Flask
    merchant: Merchant
    launch: Launch
    people: list[str]
    per_second: int
    answers: int = 0
    counting: threading.Lock = field(default_factory=threading.Lock)
    slowest: float = 0.0
    seconds: float = 0.0

    def run(self) -> None:
        """Report them all, each at its time."""
        begin, pause = monotonic(), threading.Event()

        def report(number: int) -> None:
            pause.wait(max(0.0, begin + number / self.per_second - monotonic()))
            for _ in range(2 if number % REPEATED_EVERY == 0 else 1):
                self._report(number)

        with ThreadPoolExecutor(CALLERS) as pool:
            list(pool.map(report, range(len(self.people))))
        self.seconds = monotonic() - begin

    def _report(self, number: int) -> None:
        body = {
            "consumerId": self.people[number],
            "distributionId": self.launch.queue_id,
            "externalOrderId": f"A-{number}",
            "totalAmount": 199.99,
        }
        began = monotonic()
        client = self.app.test_client()
        politely(lambda: client.post("/api/orders", json=body, headers=self.merchant.server))
        self.slowest = max(self.slowest, monotonic() - began)
        with self.counting:
            self.answers += 1


@contextmanager
def watching(rt: Runtime) -> Generator[list[float]]:
    """Look again and again how old the oldest row of the inbox is, in seconds."""
    ages: list[float] = []
    stopping = threading.Event()

    def look() -> None:
        while not stopping.wait(LOOK_SECONDS):
            with rt.transaction() as tx:
                ages.append(float(tx.session.scalar(OLDEST)))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield ages
    finally:
        stopping.set()
        thread.join()
