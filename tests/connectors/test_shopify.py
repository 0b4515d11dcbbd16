"""The connector to Shopify, on a stand-in that executes Shopify's published schema."""

from datetime import timedelta
from decimal import Decimal

import pytest

from connectors.base import NoticeRefused
from connectors.records import CheckoutRequest
from integration.kernel.clock import SystemClock
from tests.connectors.conformance import ConnectorConformance, StoppedClock, sku
from tests.connectors.standin_shopify import shopify_with


@pytest.fixture
def shop():
    with shopify_with(points=20_000) as made:
        yield made


class TestShopify(ConnectorConformance):
    signed_headers = ("x-shopify-hmac-sha256", "x-shopify-webhook-id", "x-shopify-topic")
    notices_expire = False

    def test_a_checkout_carries_its_handle(self, shop, handle, checkout):
        cart = shop.shop.stock.carts[checkout.external_ref]

        assert checkout.external_ref in checkout.url
        assert {"key": "fanfare", "value": handle} in cart["attributes"]
        assert [field["value"] for field in cart["metafields"]] == [handle]


def test_a_delivery_that_is_repeated_hours_later_is_accepted(shop):
    """Shopify signs no time, and repeats a failed delivery for four hours."""
    headers, body = shop.shop.posting.order("orders/paid", bought(shop))
    clock = StoppedClock(SystemClock().now() + timedelta(hours=4))

    assert shop.connector(clock=clock).read_notice(headers, body)


def test_the_secret_before_still_vouches_for_a_notice(shop):
    number = bought(shop)
    headers, body = shop.shop.posting.order("orders/paid", number)
    secret = shop.shop.desk.client_secret

    renewed = shop.connector(clientSecret="shpss_new", previousClientSecret=secret)

    assert renewed.read_notice(headers, body).topic == "orders/paid"
    with pytest.raises(NoticeRefused):
        shop.connector(clientSecret="shpss_new").read_notice(headers, body)


def bought(shop) -> str:
    """Buy something by a winner's checkout; return the order's number."""
    wanted = sku()
    shop.add_product(wanted, Decimal("5.00"))
    made = shop.connector().create_checkout(CheckoutRequest(handle="hnd_1", sku=wanted))
    return shop.shop.stock.place_order(shop.shop.stock.carts[made.external_ref])
