"""What dies under load, and that nothing acknowledged dies with it."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import redis
import requests

from integration.kernel.engines import embedded_urls
from tests.support.databases import plain
from tests.support.house import House
from tests.support.supervised import is_alive
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
CUSTOMERS = 6
LOAD_SECONDS = 12
ENOUGH = 5
WAITING = 150


def rows(running: House, statement: str, *values: object) -> list[tuple]:
    with psycopg.connect(plain(embedded_urls(running.data_dir).database_url)) as database:
        return database.execute(statement, values).fetchall()


def make_queue(running: House, **rules) -> str:
    """Publish a queue of its own by API."""
    experience = running.post(
        "/admin/api/v1/experiences",
        {"name": "Crash", "checkoutUrl": "https://shop.example/checkout"},
    ).json()["id"]
    sequence = running.post(
        "/admin/api/v1/sequences", {"experienceId": experience, "name": "All"}
    ).json()["id"]
    queue = running.post(
        "/admin/api/v1/queues", {"sequenceId": sequence, "name": "Line", **rules}
    ).json()["id"]
    published = running.post(f"/admin/api/v1/experiences/{experience}/publish")
    assert published.status_code == 200, published.text
    return queue


class Customer:
    """Enters, waits, buys, begins anew; remembers only what was acknowledged."""

    def __init__(self, running: House, queue: str, stop: threading.Event) -> None:
        self.running, self.queue, self.stop = running, queue, stop
        self.places: dict[str, int] = {}
        self.orders: dict[str, str] = {}

    def run(self) -> None:
        while not self.stop.is_set():
            self.shop_once()

    def shop_once(self) -> None:
        me = self.insist(
            lambda: self.running.call("POST", "/api/v1/auth/guest", headers=self.running.page)
        )
        if me is None:
            return
        who = me["session"]["consumerId"]
        headers = {
            **self.running.page,
            "Authorization": f"Bearer {me['accessToken']}",
            "X-Fingerprint": f"fp_{who}",
        }
        path = f"/api/v1/queues/{self.queue}"
        place = self.insist(lambda: self.running.call("POST", f"{path}/enter", headers=headers))
        if place is None:
            return
        assert self.places.setdefault(who, place["number"]) == place["number"]
        for _ in range(30):
            status = self.insist(lambda: self.running.get(f"{path}/status", **headers))
            if status is None:
                return
            assert status["number"] == self.places[who]
            if status["admissionToken"]:
                self.buy(who)
                return
            self.stop.wait(0.1)

    def buy(self, who: str) -> None:
        body = {
            "consumerId": who,
            "distributionId": self.queue,
            "externalOrderId": f"order-{who}",
            "totalAmount": 199.99,
        }
        headers = {**self.running.server, "X-Idempotency-Key": who}
        order = self.insist(lambda: self.running.post("/api/orders", body, **headers))
        if order is not None:
            assert self.orders.setdefault(who, order["id"]) == order["id"]

    def insist(self, call: Callable[[], requests.Response]) -> dict | None:
        """Repeat what a dying process left unanswered; None once it is time to stop."""
        while not self.stop.is_set():
            try:
                answer = call()
            except requests.RequestException:
                self.stop.wait(0.05)
                continue
            if answer.status_code < 300:
                return answer.json()
            assert answer.status_code in {409, 503}, answer.text
            self.stop.wait(0.05)
        return None


def test_everything_acknowledged_is_there_once_after_kills(running):
    queue = make_queue(running, admissionRate=6000, maxActiveAdmissions=50)
    stop = threading.Event()
    customers = [Customer(running, queue, stop) for _ in range(CUSTOMERS)]
    chance = random.Random(7)

    with ThreadPoolExecutor(CUSTOMERS) as pool:
        shopping = [pool.submit(customer.run) for customer in customers]
        try:
            for name in ("web", "clock", "worker", "web", "clock"):
                stop.wait(LOAD_SECONDS / 6 * chance.uniform(0.7, 1.3))
                running.kill(name)
                wait_until(lambda name=name: is_back(running, name), f"{name} restarted")
            running.wait_until_ready()
            stop.wait(LOAD_SECONDS / 6)
            wait_until(lambda: sum(len(each.orders) for each in customers) > ENOUGH, "orders")
        finally:
            stop.set()
        for customer in shopping:
            customer.result()

    places = {who: number for each in customers for who, number in each.places.items()}
    orders = {who: order for each in customers for who, order in each.orders.items()}
    entries = rows(
        running,
        "SELECT consumer_id, number FROM participation WHERE distribution_id = %s ORDER BY number",
        queue,
    )
    assert len(orders) > ENOUGH
    assert places.items() <= dict(entries).items()
    assert len(dict(entries)) == len(entries)
    assert [number for _, number in entries] == list(range(1, len(entries) + 1))
    wait_until(lambda: not unfinished(running, queue), "every order acted upon")
    reported = rows(
        running, "SELECT consumer_id, id, completion FROM orders WHERE distribution_id = %s", queue
    )
    assert orders.items() <= {who: order for who, order, _ in reported}.items()
    assert {completion for *_, completion in reported} == {"completed"}
    counters, counted = books(running, queue)
    assert counters == counted


def test_every_place_comes_back_after_valkey_is_wiped_under_load(running):
    queue = make_queue(running, admissionRate=0)
    guests = [running.guest() for _ in range(WAITING)]
    path = f"/api/v1/queues/{queue}"
    entered = [running.call("POST", f"{path}/enter", headers=me).json() for me in guests]
    positions = [place["position"] for place in entered]
    assert positions == list(range(1, WAITING + 1))

    def look() -> list[int]:
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda me: running.get(f"{path}/status", **me), guests))
        assert {answer.status_code for answer in answers} == {200}
        return [answer.json()["position"] for answer in answers]

    with redis.Redis.from_url(embedded_urls(running.data_dir).redis_url) as valkey:
        for _ in range(3):
            valkey.flushall()
            assert look() == positions
        wait_until(lambda: in_valkey(valkey, queue) == WAITING, "the line is rebuilt")
    assert look() == positions


def in_valkey(valkey: redis.Redis, queue: str) -> int:
    sets = [key for key in valkey.scan_iter(f"*{queue}*") if valkey.type(key) == b"zset"]
    return max((valkey.zcard(key) for key in sets), default=0)


def is_back(running: House, name: str) -> bool:
    try:
        return is_alive(running.child(name))
    except StopIteration:
        return False


def unfinished(running: House, queue: str) -> list[tuple]:
    return rows(
        running,
        "SELECT id FROM orders WHERE distribution_id = %s AND completion = 'pending'",
        queue,
    )


def books(running: House, queue: str) -> tuple[tuple, tuple]:
    """Return the line's counters, and what the rows say, as of one moment: its clock goes on."""
    [found] = rows(
        running,
        """SELECT entered, waiting, active, sold, counted.* FROM line, (
            SELECT count(*), count(*) FILTER (WHERE state = 'QUEUED'),
                count(*) FILTER (WHERE state = 'ADMITTED'),
                count(*) FILTER (WHERE state = 'COMPLETED')
            FROM participation WHERE distribution_id = %s
        ) counted WHERE line.distribution_id = %s""",
        queue,
        queue,
    )
    return found[:4], found[4:]
