"""What a Shopify order holds: what is left of it, not what was ordered once."""

import json

import pytest

from connectors.records import OrderStatus
from connectors.shopify.posted import is_whole
from integration.services import admitting
from tests.api.admitted import books, enter, status
from tests.api.conftest import app, client, listener, merchant, rt, settings, shared_runtime
from tests.api.shopping import hand_off, path_of, send
from tests.api.test_inbound import the_order
from tests.connectors.shop_under_test import sku, walk
from tests.connectors.standin_shopify import shopify_with
from tests.connectors.test_shopify_launch import shop as connected
from tests.connectors.test_shopify_launch import sold_here
from tests.jobs.support import drain, products_of, sync
from tests.support.launches import make_guest, make_launch
from tests.support.shopify.merchants import connect, sync_patiently

__all__ = ["app", "client", "connected", "listener", "merchant", "rt", "settings", "shared_runtime"]


@pytest.fixture
def shop():
    with shopify_with(points=20_000) as made:
        yield made


def bought(shop, *quantities) -> str:
    """Buy so many of a product each; return the order's number."""
    stock, variants = shop.shop.stock, []
    for _ in quantities:
        wanted = sku()
        stock.add_product(wanted)
        [found] = [v for p in stock.products.values() for v in p["parts"] if v["sku"] == wanted]
        variants.append(found["id"])
    lines = [
        {"merchandiseId": id_, "quantity": count}
        for id_, count in zip(variants, quantities, strict=True)
    ]
    return stock.place_order(stock.add_cart({"lines": lines}))


def told(shop, number, topic="orders/updated"):
    """Read an order in each way that Shopify tells of it: posted, paged, written to a file."""
    connector = shop.connector()
    notice = connector.read_notice(*shop.shop.posting.order(topic, number))
    assert is_whole(notice.payload)
    [paged] = connector.list_orders(None, None).records
    [written] = walk(shop.connector(bulk_from=0).list_orders)
    assert shop.shop.bulk.operations
    return [connector.interpret(notice).order, paged, written]


def counts(order):
    return [line.quantity for line in order.lines]


def test_units_that_were_removed_count_no_more(shop):
    number = bought(shop, 2, 1)

    shop.shop.stock.edit_order(number, 1, 0)

    assert [counts(order) for order in told(shop, number)] == [[1, 0]] * 3


def test_a_cancelled_order_still_tells_what_it_was_for(shop):
    number = bought(shop, 2)

    shop.shop.stock.cancel_order(number)

    orders = told(shop, number, "orders/cancelled")
    assert [(order.status, counts(order)) for order in orders] == [(OrderStatus.CANCELLED, [2])] * 3


def test_an_older_payload_tells_what_was_ordered(shop):
    headers, body = shop.shop.posting.order("orders/updated", bought(shop, 2))
    payload = json.loads(body)
    for line in payload["line_items"]:
        del line["current_quantity"]
    older = shop.shop.posting.signed(headers["X-Shopify-Topic"], payload)

    connector = shop.connector()
    order = connector.interpret(connector.read_notice(*older)).order

    assert counts(order) == [2]


@pytest.mark.parametrize("by", ["webhook", "sync"])
def test_an_order_that_the_merchant_puts_right_completes(client, rt, merchant, connected, by):
    connected.stock.add_product("LAUNCH-1", count=9)
    connection_id = connect(rt, merchant, connected)
    sync(rt, merchant, connection_id)
    launch = make_launch(rt, merchant, experience={"connection_id": connection_id})
    sold_here(rt, launch, products_of(rt, merchant)["LAUNCH-1"])
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    admitting.admit_due(rt, launch.queue_id)
    token = status(client, launch, guest)["admissionToken"]
    there = client.get(path_of(hand_off(client, guest, token))).headers["Location"]
    cart = connected.stock.carts[there.partition("?")[0].rpartition("/")[2]]
    cart["lines"][0]["quantity"] = 2
    number = connected.stock.place_order(cart)
    send(client, connection_id, connected.posting.order("orders/paid", number), "shopify")
    drain(rt)
    before = the_order(client, merchant, number)

    connected.stock.edit_order(number, 1)
    if by == "webhook":
        righted = connected.posting.order("orders/updated", number)
        send(client, connection_id, righted, "shopify")
        drain(rt)
    else:
        sync_patiently(rt, merchant, connection_id, "orders")

    after = the_order(client, merchant, number)
    assert (before["completion"], before["completionReason"]) == ("rejected", "WRONG_PRODUCT")
    assert (after["completion"], after["lineItems"][0]["quantity"]) == ("completed", 1)
    assert books(rt, launch).sold == 1
