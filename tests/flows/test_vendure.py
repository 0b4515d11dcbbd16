"""The main job on a real shop, through real processes: Vendure there, ``fanfare up`` here."""

import base64
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NamedTuple

import psycopg
import pytest
from standardwebhooks import Webhook

from tests.connectors.loopback import Served, plain, serve
from tests.flows.storefront import (
    ADMIN,
    Customer,
    Launch,
    in_a_terminal,
    made,
    order_of,
    rows,
    shop_launch,
)
from tests.flows.tap import Tap, tap
from tests.support.databases import plain as plain_url
from tests.support.house import House
from tests.support.vendure.shop import PASSWORD, VendureShop
from tests.support.vendure.shopper import Shopper
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
SECRET = "whsec_" + base64.b64encode(os.urandom(32)).decode()
SKU = "FLOW-1"
PAGE = 100
PEOPLE = 900


@pytest.fixture(scope="module")
def connection(running, vendure) -> str:
    """The shop, connected and verified by API."""
    body = {
        "platform": "vendure",
        "name": "Shop",
        "settings": {"url": vendure.url},
        "credentials": {"username": "root", "password": PASSWORD, "webhookSecret": SECRET},
    }
    connected = made(running, f"{ADMIN}/connections", body)
    verified = made(running, f"{ADMIN}/connections/{connected['id']}/verify", {})
    assert (verified["state"], verified["stateMessage"]) == ("active", None)
    assert verified["verification"]["currency"] == "USD"
    assert SECRET not in str(verified)
    return connected["id"]


class Synced(NamedTuple):
    """What ``fanfare sync`` said, its run, and the products that the shop had then."""

    code: int
    screen: str
    run: dict[str, Any]
    products: set[str]


@pytest.fixture(scope="module")
def synced(running, connection, vendure) -> Synced:
    vendure.add_product(SKU, name="Sneaker", price=19999)
    asked = in_a_terminal(running, "sync", "--org", "demo", connection, "products")
    listed = vendure.admin("{ products(options: {take: 1000}) { items { id } } }")["products"]
    [run] = running.get(f"{ADMIN}/connections/{connection}/sync-runs").json()["data"]
    return Synced(*asked, finished(running, run), {item["id"] for item in listed["items"]})


class Backend(NamedTuple):
    """A merchant's server that takes our webhooks, and what it verifies them with."""

    served: Served
    webhook: Webhook

    def told_about(self, code: str) -> list[dict[str, Any]]:
        """Return the events about an order; every signature is good."""
        events = [self.webhook.verify(each["body"], each) for each in list(self.served.requests)]
        return [event for event in events if event["data"]["externalOrderId"] == code]


@pytest.fixture(scope="module")
def backend(running) -> Iterator[Backend]:
    with serve(plain(b"")) as served:
        body = {"url": f"{served.url}/fanfare", "events": ["order.completed"]}
        secret = made(running, f"{ADMIN}/webhooks", body)["secret"]
        yield Backend(served, Webhook(secret))


@pytest.fixture
def tapped(running, connection, vendure) -> Iterator[Tap]:
    """The shop posts to us, and we can listen."""
    with tap(f"{running.url}/webhooks/vendure/{connection}") as listening:
        vendure.post_webhooks_to(listening.url, SECRET)
        yield listening
        vendure.post_webhooks_to(None, SECRET)


@pytest.fixture
def sold(running, connection, synced) -> Launch:
    """A launch of the shop's sneaker, whose winners go to the shop."""
    return shop_launch(running, connection, SKU)


def buy(vendure: VendureShop, address: str) -> str:
    """Take the prepared order over and pay, as a shopper does; return the order's code."""
    shopper = Shopper(vendure.url)
    order = shopper.follow(address)
    assert shopper.check_out() == "PaymentAuthorized"
    return order["code"]


def wait_for(running: House, code: str, **wanted: Any) -> dict[str, Any]:
    """Wait until an order is like that, and return it."""
    wait_until(lambda: wanted.items() <= order_of(running, code).items(), f"{code} is {wanted}")
    return order_of(running, code)


def in_the_shop(vendure: VendureShop, code: str) -> dict[str, Any]:
    query = (
        "query($code: String!) { orders(options: {filter: {code: {eq: $code}}})"
        "{ items { code state totalWithTax currencyCode } } }"
    )
    return vendure.admin(query, code=code)["orders"]["items"][0]


def finished(running: House, run: dict[str, Any]) -> dict[str, Any]:
    path = f"{ADMIN}/connections/{run['connectionId']}/sync-runs/{run['id']}"
    wait_until(lambda: running.get(path).json()["finishedAt"], "the run has ended")
    return running.get(path).json()


def test_a_first_sync_brings_every_product_of_the_shop(running, connection, synced):
    kept = rows(running, "SELECT external_id FROM product WHERE sync_source = %s", connection)

    run, there = synced.run, len(synced.products)
    assert (run["status"], run["failed"]) == ("completed", 0)
    assert [run[name] for name in ("records", "total", "created")] == [there] * 3
    assert {external_id for (external_id,) in kept} >= synced.products


def test_fanfare_sync_shows_how_far_it_is(synced):
    run = synced.run

    assert synced.code == 0, synced.screen
    assert f"####]  {run['records']}/{run['total']}" in synced.screen
    assert f"completed: {run['created']} new, 0 changed, 0 failed" in synced.screen


def test_the_next_sync_brings_what_has_changed_since(running, connection, synced, vendure):
    path = f"{ADMIN}/connections/{connection}/sync"
    added = vendure.add_product("FLOW-2", name="Poster")
    with psycopg.connect(plain_url(vendure.database_url)) as database:
        for table in ("product", "product_variant"):
            database.execute(f"""UPDATE {table} SET "updatedAt" = "updatedAt" - interval '1 h'""")
    vendure.rename_product(added["product"], "Signed poster")

    run = finished(running, made(running, path, {"subject": "products"}))

    found = running.get("/api/products?sku=FLOW-2").json()["data"]
    assert [product["name"] for product in found] == ["Signed poster"]
    assert (run["status"], run["records"], run["created"]) == ("completed", 1, 1)


@pytest.fixture
def crowd(vendure) -> Iterator[None]:
    """As many customers as fill several pages, in the shop for this test."""
    joined = "pg_temp.joined"
    with psycopg.connect(plain_url(vendure.database_url), autocommit=True) as database:
        database.execute(f"CREATE TEMP TABLE {joined.partition('.')[2]} (id int)")
        database.execute(
            f"""
            WITH new AS (
                INSERT INTO customer ("firstName", "lastName", "emailAddress", "updatedAt")
                SELECT 'Ada', n, 'crowd' || n || '@shop.example', now() - n * interval '1 ms'
                FROM generate_series(1, %s) n RETURNING id
            ), seen AS (
                INSERT INTO customer_channels_channel ("customerId", "channelId")
                SELECT new.id, channel.id FROM new, channel
            ) INSERT INTO {joined} SELECT id FROM new""",
            [PEOPLE],
        )
        yield
        mine = f"IN (SELECT id FROM {joined})"
        database.execute(f'DELETE FROM customer_channels_channel WHERE "customerId" {mine}')
        database.execute(f"DELETE FROM customer WHERE id {mine}")


@contextmanager
def held_up(vendure: VendureShop) -> Generator[None]:
    """Let the shop's list of customers hang, once somebody asks for it."""
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'customer'::regclass"
    with psycopg.connect(plain_url(vendure.database_url)) as database:
        database.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE")
        wait_until(lambda: database.execute(waiting).fetchall(), "the shop is asked for a page")
        yield
        database.rollback()


def test_a_worker_killed_in_the_middle_of_a_run_costs_one_page_and_no_record(
    running, connection, vendure, crowd
):
    path = f"{ADMIN}/connections/{connection}/sync"
    run = made(running, path, {"subject": "customers"})
    own = f"{ADMIN}/connections/{connection}/sync-runs/{run['id']}"
    wait_until(lambda: running.get(own).json()["pages"], "a page is stored")

    with held_up(vendure):
        second = running.post(path, {"subject": "customers"})
        running.kill("worker")
        halfway = running.get(own).json()
    # Its lease ends.
    rows(running, "UPDATE sync_run SET due_at = clock_timestamp() WHERE id = %s", run["id"])
    ended = finished(running, run)

    kept = rows(
        running,
        "SELECT count(*), count(DISTINCT email) FROM consumer WHERE email LIKE 'crowd%%'",
    )
    in_shop = vendure.admin("{ customers { totalItems } }")["customers"]["totalItems"]
    assert (second.status_code, second.json()["code"]) == (409, "SYNC_RUNNING")
    assert second.json()["syncRunId"] == run["id"]
    assert 0 < halfway["records"] == halfway["pages"] * PAGE < PEOPLE
    assert (ended["status"], ended["failed"]) == ("completed", 0)
    assert ended["records"] == ended["total"] == ended["created"] == in_shop
    assert kept == [(PEOPLE, PEOPLE)]


def test_the_shops_order_completes_the_admission_that_it_came_from(
    running, vendure, sold, tapped, backend
):
    other, winner = Customer(running), Customer(running)
    tokens = [other.admitted(sold), winner.admitted(sold)]

    address = winner.check_out(tokens[1])
    code = buy(vendure, address)

    order = wait_for(running, code, completion="completed")
    paid = in_the_shop(vendure, code)
    assert address.startswith(f"{vendure.url}/checkout?order={code}&handle=hnd_")
    assert not any(token in address for token in tokens)
    assert (order["status"], order["consumerId"]) == ("placed", winner.id)
    assert Decimal(str(order["totalAmount"])) * 100 == paid["totalWithTax"] > 19999
    assert (order["currencyCode"], order["late"]) == ("USD", False)
    assert [(line["sku"], line["quantity"]) for line in order["lineItems"]] == [(SKU, 1)]
    assert [each.status(sold)["status"] for each in (winner, other)] == ["COMPLETED", "ADMITTED"]
    assert sold.counters == {"entered": 2, "waiting": 0, "active": 1, "held": 1, "sold": 1}
    told = wait_until(lambda: backend.told_about(code), "the event arrives")
    assert [event["type"] for event in told] == ["order.completed"]
    assert told[0]["data"]["id"] == order["id"]
    assert Decimal(told[0]["data"]["totalAmount"]) * 100 == paid["totalWithTax"]


def test_replayed_forged_and_reversed_webhooks_change_nothing(
    running, vendure, sold, tapped, backend
):
    winner = Customer(running)
    code = buy(vendure, winner.check_out(winner.admitted(sold)))
    wait_for(running, code, completion="completed")
    vendure.settle(code)
    wait_for(running, code, status="paid")

    def look() -> tuple[Any, ...]:
        return sold.counters, order_of(running, code), winner.status(sold)

    before, deliveries = look(), tapped.about(code)
    replays = [tapped.deliver(each) for each in deliveries * 3]
    forged = [tapped.deliver(each.flipped(each.body.index(b"total"))) for each in deliveries]
    reverse = [tapped.deliver(each) for each in reversed(deliveries)]
    anew = [tapped.deliver(each.again(SECRET)) for each in reversed(deliveries)]
    wait_until(lambda: not open_notices(running), "every notice is acted on")

    assert len(deliveries) == 2
    assert (set(replays), set(forged), set(reverse), set(anew)) == ({200}, {401}, {200}, {200})
    assert look() == before
    assert before[0] == {"entered": 1, "waiting": 0, "active": 0, "held": 0, "sold": 1}
    wait_until(lambda: backend.told_about(code), "the event arrives")
    assert len(backend.told_about(code)) == 1


def open_notices(running: House) -> list[tuple]:
    return rows(running, "SELECT id FROM inbox_notice WHERE handled_at IS NULL")


def test_webhooks_that_arrive_in_reverse_make_the_same_order(running, vendure, sold, tapped):
    winner = Customer(running)
    tapped.open = False
    code = buy(vendure, winner.check_out(winner.admitted(sold)))
    vendure.settle(code)
    amount = in_the_shop(vendure, code)["totalWithTax"]
    vendure.cancel(code)
    wait_until(lambda: len(tapped.about(code)) == 3, "the shop has told everything")
    placed, paid, cancelled = tapped.about(code)

    for delivery in (paid, placed):
        assert tapped.deliver(delivery) == 200
        wait_until(lambda: not open_notices(running), "the notice is acted on")
    bought = order_of(running, code), sold.counters["sold"]
    tapped.deliver(cancelled)

    assert (bought[0]["status"], bought[0]["completion"], bought[1]) == ("paid", "completed", 1)
    order = wait_for(running, code, status="cancelled")
    assert Decimal(str(order["totalAmount"])) * 100 == amount
    assert sold.counters == {"entered": 1, "waiting": 0, "active": 0, "held": 0, "sold": 0}


def test_what_changes_in_the_shop_changes_here_by_itself(
    running, vendure, connection, synced, tapped
):
    added = vendure.add_product("FLOW-3", name="Mug")

    def found() -> list[dict[str, Any]]:
        return running.get("/api/products?sku=FLOW-3").json()["data"]

    wait_until(found, "the new product is here")
    vendure.rename_product(added["product"], "Large mug")
    wait_until(lambda: found()[0]["name"] == "Large mug", "it has its new name")
    vendure.delete_product(added["product"])

    wait_until(lambda: not found(), "it is gone here, too")
