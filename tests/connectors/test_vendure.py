"""The Vendure connector against a real Vendure, started from npm on the embedded Postgres."""

from decimal import Decimal

import psycopg
import pytest

from connectors.base import NeedsReconnect
from connectors.records import CheckoutRequest, OrderStatus, ProductChanged
from tests.connectors.conformance import (
    PAGE_SIZE,
    ConnectorConformance,
    a_new_moment,
    ids,
    sku,
    walk,
)
from tests.support.databases import plain as plain_url
from tests.support.vendure.shopper import Shopper

pytestmark = pytest.mark.slow


@pytest.fixture
def shop(vendure_shop):
    return vendure_shop


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
