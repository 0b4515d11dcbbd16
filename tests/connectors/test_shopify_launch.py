"""Five hundred winners through a Shopify that fails one answer in twenty."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import pytest
from sqlalchemy import text

from integration.services import admitting
from jobs import sweeper, worker
from tests.api.admitted import Books, books, enter, status
from tests.api.conftest import app, client, listener, merchant, rt, settings, shared_runtime
from tests.api.shopping import hand_off, path_of, send
from tests.jobs.support import products_of, sync
from tests.support.launches import Guest, make_guest, make_launch
from tests.support.shopify.merchants import connect, sync_patiently
from tests.support.shopify.posting import Delivery
from tests.support.shopify.standin import ShopifyStandIn, running_stand_in
from tests.support.waiting import wait_until

__all__ = ["app", "client", "listener", "merchant", "rt", "settings", "shared_runtime"]

BUSY = 503
WINNERS = 500
FAILING = 0.05
OLD_SECRET = "shpss_the_secret_before"
AT_A_TIME = 8
T = TypeVar("T")
FAULTS = ("error", "busy", "throttled", "drop", "lost")


@pytest.fixture
def shop(rt, listener) -> Generator[ShopifyStandIn]:
    with ExitStack() as stack:
        made = stack.enter_context(running_stand_in())
        made.bucket.set(maximum=50_000, per_second=50_000)
        yield made
    # A shop that calls knows no more than its connection's id.
    listener.bare.clear()


def fail(shop: ShopifyStandIn, chance: random.Random) -> None:
    """Let one answer in twenty fail, in each way as often."""
    shop.fault = lambda: chance.choice(FAULTS) if chance.random() < FAILING else None


def sold_here(rt, launch, product) -> None:
    """Let a launch sell what came from the shop."""
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE distribution SET product_id = :product WHERE id = :id"),
            {"product": product.id, "id": launch.queue_id},
        )


def all_at_once(work: Callable[[Any], T], given: Iterable[Any]) -> list[T]:
    """Do the same for everybody, some at a time, and return what came of it in their order."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return list(pool.map(work, given))


def cart_of(client, guest, token) -> str:
    """Go to the checkout, as often as it takes; return the token of the cart there."""
    path = path_of(hand_off(client, guest, token))
    for _ in range(20):
        answer = client.get(path)
        if answer.status_code == 303:
            return answer.headers["Location"].partition("?")[0].rpartition("/")[2]
        assert answer.status_code == 503, answer.text
    raise AssertionError("the checkout never came")


def told(shop: ShopifyStandIn, number: str, place: int) -> list[Delivery]:
    """Return what Shopify says of an order: the last first, some twice, some by the old secret.

    Of one in twenty it says nothing, ever.
    """
    if place % 20 == 7:
        return []
    shop.posting.secret = OLD_SECRET if place % 10 == 0 else shop.desk.client_secret
    created, paid = (
        shop.posting.order(topic, number) for topic in ("orders/create", "orders/paid")
    )
    if place % 5 == 0:
        return [paid, paid]
    return [paid, created] if place % 2 == 0 else [paid]


def forged(delivery: Delivery) -> list[Delivery]:
    """Return what somebody else makes of it."""
    headers, body = delivery
    unsigned = {name: text for name, text in headers.items() if "Hmac" not in name}
    flipped = {**headers, "X-Shopify-Hmac-SHA256": headers["X-Shopify-Webhook-Id"]}
    return [(headers, body.replace(b"paid", b"void")), (unsigned, body), (flipped, body)]


@contextmanager
def working(rt) -> Generator[None]:
    """The lanes of a worker in threads of this process, until the block ends."""
    stopping = threading.Event()
    running = threading.Thread(target=worker.run, args=(rt, stopping, [("orders",)] * 4))
    running.start()
    try:
        yield
    finally:
        stopping.set()
        running.join(30)
        assert not running.is_alive()


def nothing_is_left(rt) -> bool:
    """Tell whether every notice is handled; what waits to be tried again is, now."""
    sweeper.sweep(rt)
    return not rows_of(rt, "SELECT id FROM inbox_notice WHERE handled_at IS NULL")


def rows_of(rt, query: str) -> list[tuple]:
    with rt.transaction() as tx:
        return [tuple(row) for row in tx.session.execute(text(query))]


@pytest.mark.slow
def test_every_winner_completes_once_however_the_shop_stumbles(app, client, rt, merchant, shop):
    product = shop.stock.add_product("LAUNCH-1", count=WINNERS)
    connection_id = connect(rt, merchant, shop, previousClientSecret=OLD_SECRET)
    sync(rt, merchant, connection_id)
    launch = make_launch(rt, merchant, experience={"connection_id": connection_id})
    sold_here(rt, launch, products_of(rt, merchant)["LAUNCH-1"])
    guests = all_at_once(lambda _: make_guest(app.test_client(), merchant), range(WINNERS))
    all_at_once(lambda guest: enter(app.test_client(), launch, guest), guests)
    admitting.admit_due(rt, launch.queue_id)
    fail(shop, random.Random(5))

    def check_out(guest: Guest) -> str:
        token = status(app.test_client(), launch, guest)["admissionToken"]
        return cart_of(app.test_client(), guest, token)

    carts = all_at_once(check_out, guests)
    orders = [shop.stock.place_order(shop.stock.carts[cart]) for cart in carts]
    good = [each for place, order in enumerate(orders) for each in told(shop, order, place)]
    bad = [each for delivery in good[::50] for each in forged(delivery)]

    def answer(delivery: Delivery) -> int:
        def taken() -> int | None:
            status = send(app.test_client(), connection_id, delivery, "shopify").status_code
            return None if status == BUSY else status

        # What a busy machine does not take, Shopify delivers again.
        return wait_until(taken, "it is taken", seconds=120)

    with working(rt):
        taken, refused = Counter(all_at_once(answer, good)), Counter(all_at_once(answer, bad))
        wait_until(lambda: nothing_is_left(rt), "every notice is handled", seconds=240)
    heard = books(rt, launch).sold
    looked = sync_patiently(rt, merchant, connection_id, "orders")

    assert len(shop.failed) == len(FAULTS)
    assert (heard, looked.status) == (WINNERS - WINNERS // 20, "completed")
    assert (taken, refused) == ({200: len(good)}, {401: len(bad)})
    assert (
        shop.stock.products[f"gid://shopify/Product/{product}"]["parts"][0]["inventoryQuantity"]
        == 0
    )
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=WINNERS)
    kept = rows_of(rt, "SELECT completion, status, count(*) FROM orders GROUP BY 1, 2")
    assert kept == [("completed", "paid", WINNERS)]
    done = rows_of(rt, "SELECT count(DISTINCT admission_id) FROM orders")
    assert done == [(WINNERS,)]
