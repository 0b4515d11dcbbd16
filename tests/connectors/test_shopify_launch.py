"""Five hundred winners through a Shopify that fails one answer in twenty."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple, TypeVar

import pytest
from rq import Queue
from sqlalchemy import text

from integration.services import admitting
from integration.store.sync_progress import Progress
from jobs import schedule, sweeper, worker
from tests.api.admitted import Books, books, enter, status
from tests.api.conftest import app, client, listener, merchant, rt, settings, shared_runtime
from tests.api.shopping import hand_off, path_of, send
from tests.jobs.support import products_of, sync
from tests.support.launches import Guest, make_guest, make_launch
from tests.support.shopify.merchants import connect, finish_patiently
from tests.support.shopify.posting import Delivery
from tests.support.shopify.standin import ShopifyStandIn, running_stand_in
from tests.support.waiting import wait_until

__all__ = ["app", "client", "listener", "merchant", "rt", "settings", "shared_runtime"]

BUSY = 503
WINNERS = 500
REGRETS = 20
"""Winners whose orders the merchant cancels: half before we hear of anything else."""

FAILING = 0.05
OLD_SECRET = "shpss_the_secret_before"
AT_A_TIME = 8
LANE = "orders"
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


class Told(NamedTuple):
    """What Shopify says of an order at first, and what once all of that has been acted on."""

    first: list[Delivery]
    then: list[Delivery]


def ordered(shop: ShopifyStandIn, cart: str, place: int) -> Told:
    """Order what is in a cart, unpaid, then pay for it; return what Shopify says of both.

    Each delivery has the state of its moment: of many orders the older one comes when the payment
    was acted on, or comes again. Some are signed by the old secret. Of one in twenty nothing is
    said, ever.
    """
    shop.posting.secret = OLD_SECRET if place % 10 == 0 else shop.desk.client_secret
    number = shop.stock.place_order(shop.stock.carts[cart], paid=False)
    created = shop.posting.order("orders/create", number)
    shop.stock.pay_order(number)
    paid = shop.posting.order("orders/paid", number)
    if place >= WINNERS:
        shop.stock.cancel_order(number)
        cancelled = shop.posting.order("orders/cancelled", number)
        return [Told([cancelled], [paid]), Told([paid], [cancelled, created])][place % 2]
    if place % 20 == 7:
        return Told([], [])
    odd = {
        2: Told([paid], [created]),
        4: Told([paid, paid], [created]),
        5: Told([created], [paid]),
        6: Told([created], [paid, created]),
    }
    return odd.get(place % 10, Told([paid], []))


def forged(delivery: Delivery) -> list[Delivery]:
    """Return what somebody else makes of it."""
    headers, body = delivery
    unsigned = {name: text for name, text in headers.items() if "Hmac" not in name}
    flipped = {**headers, "X-Shopify-Hmac-SHA256": headers["X-Shopify-Webhook-Id"]}
    return [
        (headers, body.replace(b'_status": "', b'_status": "un')),
        (unsigned, body),
        (flipped, body),
    ]


def by_schedule(rt, merchant) -> Progress:
    """Let five minutes pass, and do what the clock then starts by itself, to the end."""
    [tick] = [step for step in schedule.STEPS if step.name == "sync"]
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE sync_run SET started_at = started_at - interval '5 minute'")
        )
    tick.run(rt)
    [(run_id,)] = rows_of(rt, "SELECT id FROM sync_run WHERE finished_at IS NULL")
    return finish_patiently(rt, merchant, run_id)


@contextmanager
def working(rt) -> Generator[None]:
    """The lanes of a worker in threads of this process, until the block ends."""
    stopping = threading.Event()
    running = threading.Thread(target=worker.run, args=(rt, stopping, [(LANE,)] * 4))
    running.start()
    try:
        yield
    finally:
        stopping.set()
        running.join(30)
        assert not running.is_alive()


def nothing_is_left(rt) -> bool:
    """Tell whether every notice is handled; one that no job is left for gets another."""
    left = rows_of(rt, "SELECT id FROM inbox_notice WHERE handled_at IS NULL")
    if left and not Queue(LANE, connection=rt.valkey.client).count:
        sweeper.sweep(rt)
    return not left


def rows_of(rt, query: str) -> list[tuple]:
    with rt.transaction() as tx:
        return [tuple(row) for row in tx.session.execute(text(query))]


@pytest.mark.slow
def test_every_winner_completes_once_however_the_shop_stumbles(app, client, rt, merchant, shop):
    product = shop.stock.add_product("LAUNCH-1", count=WINNERS + REGRETS)
    connection_id = connect(rt, merchant, shop, previousClientSecret=OLD_SECRET)
    sync(rt, merchant, connection_id)
    launch = make_launch(rt, merchant, experience={"connection_id": connection_id})
    sold_here(rt, launch, products_of(rt, merchant)["LAUNCH-1"])
    guests = all_at_once(
        lambda _: make_guest(app.test_client(), merchant), range(WINNERS + REGRETS)
    )
    all_at_once(lambda guest: enter(app.test_client(), launch, guest), guests)
    admitting.admit_due(rt, launch.queue_id)
    by_schedule(rt, merchant)
    fail(shop, random.Random(5))

    def check_out(guest: Guest) -> str:
        token = status(app.test_client(), launch, guest)["admissionToken"]
        return cart_of(app.test_client(), guest, token)

    carts = all_at_once(check_out, guests)
    told = [ordered(shop, cart, place) for place, cart in enumerate(carts)]
    waves = [[each for one in told for each in one[wave]] for wave in range(2)]
    good = waves[0] + waves[1]
    bad = [each for delivery in good[::50] for each in forged(delivery)]

    def answer(delivery: Delivery) -> int:
        def taken() -> int | None:
            status = send(app.test_client(), connection_id, delivery, "shopify").status_code
            return None if status == BUSY else status

        # What a busy machine does not take, Shopify delivers again.
        return wait_until(taken, "it is taken", seconds=120)

    taken: Counter[int] = Counter()
    with working(rt):
        for wave in waves:
            taken.update(all_at_once(answer, wave))
            wait_until(lambda: nothing_is_left(rt), "every notice is handled", seconds=240)
        refused = Counter(all_at_once(answer, bad))
    heard = books(rt, launch).sold
    looked = by_schedule(rt, merchant)

    assert len(shop.failed) == len(FAULTS)
    unsold, sold = REGRETS // 2, WINNERS + REGRETS // 2
    assert (heard, looked.subject, looked.status) == (sold - WINNERS // 20, "orders", "completed")
    assert (taken, refused) == ({200: len(good)}, {401: len(bad)})
    assert (
        shop.stock.products[f"gid://shopify/Product/{product}"]["parts"][0]["inventoryQuantity"]
        == 0
    )
    assert books(rt, launch) == Books(waiting=0, active=unsold, held=unsold, sold=sold)
    kept = rows_of(
        rt, "SELECT completion, status, count(*) FROM orders GROUP BY 1, 2 ORDER BY 1, 2"
    )
    assert kept == [
        ("completed", "cancelled", REGRETS // 2),
        ("completed", "paid", WINNERS),
        ("rejected", "cancelled", REGRETS // 2),
    ]
    done = rows_of(rt, "SELECT count(DISTINCT admission_id) FROM orders")
    assert done == [(sold,)]
