"""The Vendure connector against a real Vendure, started from npm on the embedded Postgres."""

import itertools
import json
import socket
from collections.abc import Generator
from contextlib import ExitStack
from decimal import Decimal

import psycopg
import pytest

from connectors.base import NeedsReconnect, Surroundings
from connectors.records import CheckoutRequest, OrderStatus, ProductChanged
from connectors.vendure.connector import VendureConnector
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import (
    PAGE_SIZE,
    ConnectorConformance,
    a_new_moment,
    ids,
    sku,
    walk,
)
from tests.connectors.loopback import Served, plain, serve
from tests.support.databases import plain as plain_url
from tests.support.vendure.shop import PASSWORD
from tests.support.vendure.shopper import Shopper
from tests.support.waiting import wait_until

pytestmark = pytest.mark.xdist_group("vendure")

SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgY29ubmVjdG9yIHRlc3Rz"


class VendureUnderTest:
    def __init__(self, vendure, session_token, received, stack):
        self.vendure, self._received, self._stack = vendure, received, stack
        self._account = {"username": "root", "password": PASSWORD, "sessionToken": session_token}
        self._names = itertools.count(1)
        self.secrets = (session_token, SECRET, PASSWORD)

    def connector(self, *, clock=None, url=None, saved=None, page_size=PAGE_SIZE, **credentials):
        outside = Surroundings(
            http=guarded_session(allow_loopback=True),
            clock=clock or SystemClock(),
            save_credentials=saved.update if saved is not None else lambda _: None,
        )
        return VendureConnector(
            {"url": url or self.vendure.url},
            {**self._account, "webhookSecret": SECRET, **credentials},
            outside,
            page_size=page_size,
        )

    def busy_connector(self, retry_after):
        answer = plain(b"", 429, Retry_After=str(retry_after))
        served = self._stack.enter_context(serve(answer))
        return self.connector(url=served.url)

    def unreachable_connector(self):
        unused = self._stack.enter_context(socket.socket())
        unused.bind(("127.0.0.1", 0))
        return self.connector(url=f"http://127.0.0.1:{unused.getsockname()[1]}")

    def add_product(self, sku, price):
        return self.vendure.add_product(sku, price=int(price * 100))["product"]

    def change_product(self, external_id):
        self.vendure.rename_product(external_id, f"Renamed {next(self._names)}")

    def add_customer(self, email):
        return self.vendure.add_customer(email)

    def buy(self, checkout):
        shopper = Shopper(self.vendure.url)
        assert shopper.follow(checkout.url)
        assert shopper.check_out() == "PaymentAuthorized"
        return self.delivery("order.placed", checkout.external_ref)

    def cancel(self, checkout):
        self.vendure.cancel(checkout.external_ref)
        return self.delivery("order.cancelled", checkout.external_ref)

    def delivery(self, topic, ref):
        """Wait for the webhook about an order (its code) or a product (its id)."""

        def arrived():
            for request in self._received.requests:
                told = json.loads(request["body"])
                if told["type"] == topic and ref in (
                    told["data"].get("code"),
                    str(told["data"]["id"]),
                ):
                    return request, request["body"].encode()
            return None

        headers, body = wait_until(arrived, f"{topic} of {ref} arrives")
        return headers, body


@pytest.fixture(scope="module")
def session_token(vendure) -> str:
    """A session of the shop's administrator: an API key costs Vendure a bcrypt check a call."""
    saved = {}
    outside = Surroundings(
        http=guarded_session(allow_loopback=True),
        clock=SystemClock(),
        save_credentials=saved.update,
    )
    credentials = {"username": "root", "password": PASSWORD}
    VendureConnector({"url": vendure.url}, credentials, outside).verify()
    return saved["sessionToken"]


@pytest.fixture(scope="module")
def received(vendure) -> Generator[Served]:
    """What the shop's plugin posted."""
    with serve(plain(b"")) as served:
        vendure.post_webhooks_to(served.url, SECRET)
        yield served
        vendure.post_webhooks_to(None, SECRET)


@pytest.fixture
def shop(vendure, session_token, received) -> Generator[VendureUnderTest]:
    with ExitStack() as stack:
        yield VendureUnderTest(vendure, session_token, received, stack)


@pytest.fixture
def connector(shop):
    return shop.connector()


class TestVendure(ConnectorConformance):
    pass


def test_a_key_that_may_read_these_three_is_all_that_we_need(shop):
    key = shop.vendure.new_api_key("ReadCatalog", "ReadCustomer", "ReadOrder")
    connector = shop.connector(apiKey=key)
    wanted = sku()
    shop.vendure.add_product(wanted)

    assert connector.verify().good
    assert connector.list_products(None, None).records
    assert connector.list_customers(None, None)
    assert connector.list_orders(None, None)
    assert connector.create_checkout(CheckoutRequest(handle="h", sku=wanted))


def test_an_account_signs_in_and_saves_its_session(shop):
    saved = {}
    connector = shop.connector(sessionToken="", saved=saved)

    found = connector.verify()

    assert found.good
    assert saved.keys() == {"sessionToken"}


def test_a_saved_session_is_used_again(shop):
    saved = {}
    connector = shop.connector(password="changed", saved=saved)

    assert connector.verify().good
    assert saved == {}


def test_a_session_that_ended_is_replaced_by_a_new_one_once(shop):
    saved = {}
    connector = shop.connector(sessionToken="of-last-year", saved=saved)

    assert connector.list_products(None, None).records
    assert saved["sessionToken"] != "of-last-year"


def test_a_wrong_password_needs_the_merchant(shop):
    connector = shop.connector(password="wrong", sessionToken="")

    with pytest.raises(NeedsReconnect):
        connector.verify()


def test_missing_permissions_are_named(shop):
    key = shop.vendure.new_api_key("ReadOrder")

    found = shop.connector(apiKey=key).verify()

    assert found.missing_scopes == ("ReadCatalog", "ReadCustomer")
    assert not found.good


def test_a_missing_permission_needs_the_merchant_when_listing(shop):
    key = shop.vendure.new_api_key("ReadOrder")

    with pytest.raises(NeedsReconnect):
        shop.connector(apiKey=key).list_products(None, None)


def test_the_products_of_the_shop_arrive_as_they_are(shop):
    connector = shop.connector(page_size=100)
    products = connector.list_products(None, None).records

    (found,) = [one for one in products if len(one.variants) == 2]

    assert [(v.sku, v.title, v.price, v.inventory) for v in found.variants] == [
        ("SNKR-42", "Limited Sneaker EU 42", Decimal("199.99"), 100),
        ("SNKR-43", "Limited Sneaker EU 43", Decimal("199.99"), 100),
    ]
    assert found.description == "Launch item"
    assert found.inventory == 200
    assert found.sku is None


@pytest.mark.parametrize("change", [{"price": 1234}, {"stockOnHand": 7}, {"sku": "CHANGED-1"}])
def test_since_finds_a_product_of_which_only_a_variant_changed(shop, connector, change):
    added = shop.vendure.add_product(sku())
    since = a_new_moment()
    shop.vendure.change_variant(added["variant"], **change)

    seen = walk(connector.list_products, since)

    assert ids(seen) == [added["product"]]


def test_untracked_stock_is_unknown_not_zero(shop, connector):
    since = a_new_moment()
    added = shop.vendure.add_product(sku())
    shop.vendure.change_variant(added["variant"], trackInventory="FALSE")

    (found,) = walk(connector.list_products, since)

    assert found.inventory is None


def test_many_changed_at_the_same_moment_are_all_given(shop, connector):
    added = [shop.vendure.add_product(sku()) for _ in range(3 * PAGE_SIZE)]
    since = a_new_moment()
    with psycopg.connect(plain_url(shop.vendure.database_url)) as database:
        database.execute(
            'UPDATE product SET "updatedAt" = now() WHERE id = ANY(%s)',
            [[int(one["product"]) for one in added]],
        )

    seen = walk(connector.list_products, since)

    assert sorted(ids(seen)) == sorted(one["product"] for one in added)
    assert len({one.updated_at for one in seen}) == 1


def test_a_deleted_product_shifts_no_page(shop, connector):
    since = a_new_moment()
    added = [shop.vendure.add_product(sku())["product"] for _ in range(3 * PAGE_SIZE)]

    def delete_one_given(page):
        shop.vendure.delete_product(page.records[-1].external_id)

    seen = ids(walk(connector.list_products, since, delete_one_given))

    assert seen == added


def test_an_order_paid_long_after_its_cart_was_filled_is_found_since(shop, connector):
    """Vendure sets an order's updatedAt back when it is placed; the list must not lose it."""
    wanted = sku()
    shop.vendure.add_product(wanted)
    checkout = connector.create_checkout(CheckoutRequest(handle="h", sku=wanted))
    shopper = Shopper(shop.vendure.url)
    shopper.follow(checkout.url)
    shopper.fill_in()
    since = a_new_moment()
    shopper.pay()

    seen = walk(connector.list_orders, since)

    assert checkout.external_ref in ids(seen)


def test_a_settled_payment_is_reported_as_paid(shop, connector):
    wanted = sku()
    shop.vendure.add_product(wanted)
    checkout = connector.create_checkout(CheckoutRequest(handle="h", sku=wanted))
    shop.buy(checkout)
    shop.vendure.settle(checkout.external_ref)
    headers, body = shop.delivery("order.paid", checkout.external_ref)

    found = connector.interpret(connector.read_notice(headers, body))

    assert found.order.status == OrderStatus.PAID
    assert found.order.placed_at


def test_a_changed_product_is_reported_and_read_again(shop, connector):
    added = shop.vendure.add_product(sku())
    headers, body = shop.delivery("product.changed", added["product"])
    shop.vendure.rename_product(added["product"], "Renamed since")

    found = connector.interpret(connector.read_notice(headers, body))

    assert isinstance(found, ProductChanged)
    assert found.product.name == "Renamed since"


def test_a_deleted_product_is_reported_as_gone(shop, connector):
    added = shop.vendure.add_product(sku())
    headers, body = shop.delivery("product.changed", added["product"])
    shop.vendure.delete_product(added["product"])

    found = connector.interpret(connector.read_notice(headers, body))

    assert found == ProductChanged(external_id=added["product"], product=None)


@pytest.fixture
def checkout(shop, connector):
    wanted = sku()
    shop.vendure.add_product(wanted)
    return connector.create_checkout(CheckoutRequest(handle="h-of-winner", sku=wanted))


def test_the_winner_finds_the_order_filled(vendure, checkout):
    winner = Shopper(vendure.url)

    winner.follow(checkout.url)

    assert winner.active_order()["code"] == checkout.external_ref
    assert [line["quantity"] for line in winner.active_order()["lines"]] == [1]


def test_a_variant_may_be_named_by_its_id(shop, connector):
    added = shop.vendure.add_product(sku())

    request = CheckoutRequest(handle="h", variant_ref=added["variant"], quantity=2)
    winner = Shopper(shop.vendure.url)
    winner.follow(connector.create_checkout(request).url)

    assert [line["quantity"] for line in winner.active_order()["lines"]] == [2]


@pytest.mark.parametrize("handle", ["", "h-of-winneR", "h-of-winner ", "h"])
def test_nobody_takes_an_order_over_without_its_handle(vendure, checkout, handle):
    stranger = Shopper(vendure.url)

    assert stranger.take_over(checkout.external_ref, handle) is None
    assert stranger.active_order() is None


def test_a_forwarded_link_does_not_show_what_another_shopper_filled_in(vendure, checkout):
    winner, friend = Shopper(vendure.url), Shopper(vendure.url)
    winner.follow(checkout.url)
    winner.fill_in()

    assert friend.follow(checkout.url) is None
    assert winner.follow(checkout.url)


def test_the_winner_may_open_the_link_in_another_browser_before_filling_in(vendure, checkout):
    Shopper(vendure.url).follow(checkout.url)

    assert Shopper(vendure.url).follow(checkout.url)


def test_an_order_without_handle_cannot_be_taken_over(shop):
    added = shop.vendure.add_product(sku())
    owner = Shopper(shop.vendure.url)
    code = owner.ask(
        "mutation($id: ID!) { addItemToOrder(productVariantId: $id, quantity: 1)"
        "{ ... on Order { code } } }",
        id=added["variant"],
    )["addItemToOrder"]["code"]

    assert Shopper(shop.vendure.url).take_over(code, "") is None


def test_a_placed_order_cannot_be_taken_over(shop, checkout):
    shop.buy(checkout)

    assert Shopper(shop.vendure.url).follow(checkout.url) is None


def test_the_plugin_delivers_again_until_it_is_taken(vendure, received, checkout):
    def placed(requests):
        return [request for request in requests if "order.placed" in request["body"]]

    def refuse_twice(handler):
        status = 503 if len(placed(patient.requests)) < 3 else 200
        plain(b"", status)(handler)

    with serve(refuse_twice) as patient:
        vendure.post_webhooks_to(patient.url, SECRET)
        winner = Shopper(vendure.url)
        winner.follow(checkout.url)
        winner.check_out()
        wait_until(lambda: len(placed(patient.requests)) >= 3, "the third attempt arrives")
    vendure.post_webhooks_to(received.url, SECRET)

    attempts = placed(patient.requests)
    assert len({request["body"] for request in attempts}) == 1
    assert len({request["webhook-id"] for request in attempts}) == 1
