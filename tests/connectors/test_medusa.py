"""The Medusa connector against a real Medusa, installed from npm: ``make test-platforms``."""

import pytest
import requests

from connectors.base import PlatformRefused
from connectors.records import CheckoutRequest, OrderStatus, ProductChanged
from tests.connectors.conformance import ConnectorConformance
from tests.connectors.real_medusa import SECRET, MedusaUnderTest
from tests.connectors.shop_under_test import a_new_moment, ids, sku, walk
from tests.support.medusa.fixtures import medusa

__all__ = ["medusa"]
pytestmark = [pytest.mark.platforms, pytest.mark.timeout(900)]


@pytest.fixture
def shop(medusa, received, serving):
    medusa.post_webhooks_to(f"{received.url}/webhooks/medusa/conn_1", SECRET)
    yield MedusaUnderTest(medusa, received, serving)
    medusa.post_webhooks_to(None, SECRET)


@pytest.fixture
def order(shop, connector):
    """An order of a winner, placed."""
    wanted = sku()
    shop.add_product(wanted, 19.99)
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku=wanted))
    return shop.medusa.check_out(checkout.external_ref)


class TestMedusa(ConnectorConformance):
    """What every connector promises."""


def last(shop, connector, topic, id_, times=1):
    """What the so manieth webhook about something means."""
    return connector.interpret(connector.read_notice(*shop.delivered(topic, id_, times)))


def test_a_product_that_changed_is_read_again_and_may_be_gone(shop, connector):
    product = shop.add_product(sku(), 5.0)
    there = last(shop, connector, "product.changed", product)

    shop.medusa.ask("DELETE", f"admin/products/{product}")

    gone = last(shop, connector, "product.changed", product, times=2)
    assert there.product.external_id == product
    assert gone == ProductChanged(external_id=product, product=None)


def test_a_variant_that_changed_or_went_tells_of_its_product(shop, connector):
    product = shop.medusa.add_product(sku(), 5.0)
    variant = f"admin/products/{product['id']}/variants/{product['variants'][0]['id']}"
    shop.delivered("product.changed", product["id"])

    shop.medusa.ask("POST", variant, title="Renamed")
    renamed = last(shop, connector, "product.changed", product["id"], times=2).product
    shop.medusa.ask("DELETE", variant)
    emptied = last(shop, connector, "product.changed", product["id"], times=3).product

    assert [each.title for each in renamed.variants] == ["Renamed"]
    assert emptied.variants == ()


def test_a_price_that_changed_brings_its_product_into_the_list(shop, connector):
    product = shop.medusa.add_product(sku(), 5.0)
    other = shop.add_product(sku(), 5.0)
    since = a_new_moment()

    shop.medusa.ask(
        "POST",
        f"admin/products/{product['id']}/variants/{product['variants'][0]['id']}",
        prices=[{"currency_code": "usd", "amount": 6.5}],
    )

    found = walk(connector.list_products, since)
    assert [(one.external_id, str(one.price)) for one in found] == [(product["id"], "6.50")]
    assert other not in ids(found)


def test_a_captured_payment_makes_an_order_paid_and_its_refund_refunded(shop, connector, order):
    asked = f"admin/orders/{order}?fields=total,*payment_collections.payments"
    found = shop.medusa.ask("GET", asked)["order"]
    payment = f"admin/payments/{found['payment_collections'][0]['payments'][0]['id']}"
    placed = last(shop, connector, "order.placed", order).order

    shop.medusa.ask("POST", f"{payment}/capture")
    paid = last(shop, connector, "order.updated", order).order
    shop.medusa.ask("POST", f"{payment}/refund", amount=found["total"])
    refunded = last(shop, connector, "order.updated", order, times=2).order

    assert [each.status for each in (placed, paid, refunded)] == [
        OrderStatus.PLACED,
        OrderStatus.PAID,
        OrderStatus.REFUNDED,
    ]


def test_stock_counts_down_as_winners_buy(shop, connector):
    wanted = sku()
    product = shop.medusa.add_product(wanted, 5.0, stock=7)["id"]
    request = CheckoutRequest(handle="hnd_1", sku=wanted, quantity=2)
    shop.medusa.check_out(connector.create_checkout(request).external_ref)

    [found] = [one for one in walk(connector.list_products) if one.external_id == product]

    assert (found.inventory, found.variants[0].inventory) == (5, 5)


def test_a_checkout_ends_once_and_asking_twice_gives_the_same_order(shop, connector):
    wanted = sku()
    shop.add_product(wanted, 5.0)
    cart = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku=wanted)).external_ref
    order = shop.medusa.check_out(cart)

    again = shop.medusa.shop(f"carts/{cart}/complete")

    assert again["order"]["id"] == order


def test_what_shoppers_see_of_an_order_hides_the_handle(shop, order):
    seen = requests.get(
        f"{shop.medusa.url}/store/orders/{order}",
        headers={"x-publishable-api-key": shop.medusa.publishable_key},
        timeout=60,
    )

    assert seen.status_code == 200
    assert "hnd_1" not in seen.text


def test_a_wrong_publishable_key_is_a_problem_with_a_remedy(shop):
    stranger = shop.connector(publishableKey="pk_of_nobody")

    [problem] = stranger.verify().problems

    assert "publishableKey" in problem
    with pytest.raises(PlatformRefused):
        stranger.create_checkout(CheckoutRequest(handle="hnd_1", variant_ref="variant_1"))
