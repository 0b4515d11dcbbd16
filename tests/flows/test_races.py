"""Races through the front door of a service with two web processes: the database decides each."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, NamedTuple, TypeVar

import pytest
import requests

from tests.flows.storefront import Customer, Launch, launch
from tests.support.house import House, house
from tests.support.waiting import wait_until

# One house for all of it, however many run the tests.
pytestmark = pytest.mark.slow
T = TypeVar("T")
SHOP = {"checkoutUrl": "https://shop.example/checkout?token={token}"}
WEB_PROCESSES = 2
RACERS = 32
SECONDS = 30
BUSY = 503
NUMBERS = count(1)


class Answer(NamedTuple):
    """What came back, and whether it was said to be a repetition."""

    status: int
    text: str
    body: dict[str, Any]
    replayed: str | None


@pytest.fixture(scope="module")
def running() -> Iterator[House]:
    with house(FANFARE_WEB_WORKERS=str(WEB_PROCESSES)) as found:
        yield found


@pytest.fixture
def product() -> dict[str, Any]:
    """A product that nobody has sent yet."""
    return {"name": "Sneaker", "price": 199.99, "inventory": 5, "sku": f"RACE-{next(NUMBERS)}"}


def race(calls: Sequence[Callable[[], T]]) -> list[T]:
    """Make all calls, 32 at a time and the first 32 at once; return what each returned."""
    lanes = min(RACERS, len(calls))
    start, waiting = threading.Barrier(lanes), iter(enumerate(calls))
    results: dict[int, T] = {}

    def run() -> None:
        start.wait(SECONDS)
        # One thread at a time takes the next of an enumeration.
        for place, call in waiting:
            results[place] = call()

    with ThreadPoolExecutor(lanes) as pool:
        for lane in [pool.submit(run) for _ in range(lanes)]:
            lane.result()
    return [results[place] for place in range(len(calls))]


def ask(running: House, path: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
    """POST on a connection of its own, so that both processes get some; wait where told to."""

    def answer() -> Answer | None:
        with requests.Session() as alone:
            alone.trust_env = False
            said = alone.post(running.url + path, json=body, headers=headers, timeout=SECONDS)
        if said.status_code == BUSY:
            return None
        replayed = said.headers.get("Idempotency-Replayed")
        return Answer(said.status_code, said.text, said.json(), replayed)

    return wait_until(answer, f"an answer from {path}", SECONDS)


def asking(running: House, path: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    return lambda: ask(running, path, body, headers)


def entering(sold: Launch, who: Customer) -> Any:
    return asking(sold.running, f"{sold.path}/enter", {}, who.headers)


def test_two_web_processes_share_the_door(running):
    pids = {process.pid for process in running.child("web").children()}

    assert len(pids) == WEB_PROCESSES


def test_forty_entries_by_ten_people_make_ten(running):
    sold = launch(running, checkout=SHOP, admissionRate=0)
    people = [Customer(running) for _ in range(10)]

    answers = race([entering(sold, who) for _ in range(4) for who in people])

    assert Counter(answer.status for answer in answers) == {201: 10, 200: 30}
    entries = {(each.body["consumerId"], each.body["number"]) for each in answers}
    assert {consumer_id for consumer_id, _ in entries} == {who.id for who in people}
    assert sorted(number for _, number in entries) == list(range(1, 11))
    assert sold.counters["entered"] == sold.counters["waiting"] == 10
    assert {(who.id, who.status(sold)["number"]) for who in people} == entries


def test_an_admission_completes_once_however_many_try(running):
    sold = launch(running, checkout=SHOP, admissionRate=6000, inventoryBound=True, stock=10)
    who = Customer(running)
    token = who.admitted(sold)
    path, server = f"{sold.path}/complete", running.server
    orders = [f"{sold.queue_id}-{number}" for number in range(300)]

    answers = race(
        [
            asking(running, path, {"admissionToken": token, "orderId": order}, server)
            for order in orders
        ]
    )

    [won] = [place for place, answer in enumerate(answers) if answer.status == 200]
    codes = Counter(answer.body.get("code") for answer in answers)
    found = running.get(f"/api/orders?consumerId={who.id}").json()["data"]
    assert codes == {None: 1, "ADMISSION_ALREADY_COMPLETED": 299}
    assert {answer.status for answer in answers} == {200, 409}
    assert [order["externalOrderId"] for order in found] == [orders[won]]
    assert sold.counters == {"entered": 1, "waiting": 0, "active": 0, "held": 0, "sold": 1}


def test_the_same_order_reported_at_once_in_every_way_is_one(running):
    sold = launch(running, checkout=SHOP, admissionRate=6000, inventoryBound=True, stock=10)
    who = Customer(running)
    token, order = who.admitted(sold), f"{sold.queue_id}-once"
    completion = {"admissionToken": token, "orderId": order, "orderAmount": "199.99"}
    report = {
        "consumerId": who.id,
        "distributionId": sold.queue_id,
        "externalOrderId": order,
        "totalAmount": 199.99,
    }
    ways = [(f"{sold.path}/complete", completion), ("/api/orders", report)]

    answers = race([asking(running, *way, running.server) for _ in range(16) for way in ways])

    assert {answer.status for answer in answers[::2]} == {200}
    assert Counter(answer.status for answer in answers[1::2]) <= Counter({200: 16, 201: 1})
    found = running.get(f"/api/orders?externalOrderId={order}").json()["data"]
    assert [(each["completion"], each["totalAmount"]) for each in found] == [("completed", 199.99)]
    assert {answer.body["id"] for answer in answers[1::2]} == {found[0]["id"]}
    assert sold.counters["sold"] == 1


def test_the_last_place_has_one_taker(running):
    sold = launch(running, checkout=SHOP, admissionRate=0, maxCapacity=3)
    for _ in range(2):
        Customer(running).enter(sold)
    people = [Customer(running) for _ in range(RACERS)]

    answers = race([entering(sold, who) for who in people])

    assert Counter(answer.status for answer in answers) == {201: 1, 429: RACERS - 1}
    assert {answer.body.get("code") for answer in answers} == {None, "FULL"}
    assert [answer.body["number"] for answer in answers if answer.status == 201] == [3]
    assert sold.counters["entered"] == sold.counters["waiting"] == 3


def test_the_last_unit_of_stock_has_one_taker(running):
    sold = launch(running, checkout=SHOP, admissionRate=0, inventoryBound=True, stock=1)
    people = [Customer(running) for _ in range(RACERS)]
    for who in people:
        who.enter(sold)
    path = f"{sold.path}/admit"

    answers = race(
        [asking(running, path, {"consumerId": who.id}, running.server) for who in people]
    )

    assert Counter(answer.status for answer in answers) == {200: 1, 409: RACERS - 1}
    assert {answer.body.get("code") for answer in answers} == {None, "NO_STOCK"}
    tokens = [who.status(sold)["admissionToken"] for who in people]
    assert len(tokens) - tokens.count(None) == 1
    assert (sold.counters["active"], sold.counters["held"]) == (1, 1)


def products_of(running: House, product: dict[str, Any]) -> list[dict[str, Any]]:
    return running.get(f"/api/products?sku={product['sku']}").json()["data"]


def test_a_hundred_times_the_same_request_at_once_is_one(running, product):
    keyed = {**running.server, "X-Idempotency-Key": product["sku"]}

    answers = race([asking(running, "/api/products", product, keyed) for _ in range(100)])

    good = [answer for answer in answers if answer.status == 201]
    others = [answer for answer in answers if answer.status != 201]
    assert len({answer.text for answer in good}) == 1
    assert Counter(answer.replayed for answer in good)[None] == 1
    assert {answer.replayed for answer in good} <= {None, "true"}
    assert {answer.status for answer in others} <= {409}
    assert {answer.replayed for answer in others} <= {None}
    assert [found["id"] for found in products_of(running, product)] == [good[0].body["id"]]


def test_the_first_answer_outlives_the_process_that_gave_it(running, product):
    keyed = {**running.server, "X-Idempotency-Key": product["sku"]}
    stop, answers = threading.Event(), []

    def insist() -> None:
        """Send the same again and again, whatever becomes of it."""
        while not stop.is_set():
            try:
                answers.append(ask(running, "/api/products", product, keyed))
            except requests.RequestException:
                stop.wait(0.05)

    def one_more_is_created() -> None:
        before = len(answers)
        wait_until(lambda: any(each.status == 201 for each in answers[before:]), "it is created")

    with ThreadPoolExecutor(8) as pool:
        insisting = [pool.submit(insist) for _ in range(8)]
        try:
            for _ in range(2):
                one_more_is_created()
                running.kill("web")
                running.wait_until_ready(SECONDS)
            one_more_is_created()
        finally:
            stop.set()
        for each in insisting:
            each.result()
    last = ask(running, "/api/products", product, keyed)

    good = {answer.text for answer in answers if answer.status == 201}
    assert {answer.status for answer in answers} <= {201, 409}
    assert good == {last.text}
    assert last.replayed == "true"
    assert [found["id"] for found in products_of(running, product)] == [last.body["id"]]
