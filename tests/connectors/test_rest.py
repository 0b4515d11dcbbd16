"""Any shop by signed calls: a server on this machine that knows us by our signature alone."""

import itertools
import json

import pytest

from connectors.base import (
    ConnectorError,
    NoticeRefused,
    PlatformBusy,
    PlatformRefused,
    Surroundings,
)
from connectors.records import CheckoutRequest, OrderStatus, ProductChanged
from connectors.registry import check_credentials, check_settings, find_platform
from connectors.rest.calls import NotOffered
from connectors.rest.connector import RestConnector
from integration.kernel.clock import SystemClock
from integration.kernel.errors import ValidationFailed
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import PAGE_SIZE, ConnectorConformance
from tests.connectors.loopback import plain
from tests.connectors.signed_shop import API_KEY, SECRET, deliver, now, open_shop

TEMPLATE = "https://shop.example/buy/{sku}?n={quantity}&fanfare={handle}&back={returnUrl}"
WANTED = CheckoutRequest(handle="h 1", sku="A/1", quantity=2, return_url="https://a.example/?b=c")


def outside(clock=None) -> Surroundings:
    return Surroundings(
        http=guarded_session(allow_loopback=True),
        clock=clock or SystemClock(),
        callback_url="https://fanfare.example/webhooks/rest/conn_1",
    )


def connect(url, clock=None, settings=(), **credentials):
    given = {"webhookSecret": SECRET, "apiKey": API_KEY} | credentials
    return RestConnector({"url": url, **dict(settings)}, given, outside(clock), page_size=PAGE_SIZE)


class SignedShopUnderTest:
    secrets = (SECRET, API_KEY)

    def __init__(self, shop, serving):
        self._shop, self._serving, self._names = shop, serving, itertools.count(1)

    def connector(self, *, clock=None, **credentials):
        return connect(self._shop.url, clock, **credentials)

    def busy_connector(self, retry_after):
        busy = self._serving(plain(b"", 503, Retry_After=str(retry_after)))
        return connect(busy.url)

    def unreachable_connector(self):
        return connect("http://127.0.0.1:9")

    def add_product(self, sku, price):
        return self._shop.add_product(sku, price)

    def change_product(self, external_id):
        changed = {"name": f"Renamed {next(self._names)}", "updatedAt": now()}
        self._shop.products[external_id] |= changed

    def add_customer(self, email):
        return self._shop.add_customer(email)

    def buy(self, checkout):
        return self._shop.buy(checkout.external_ref)

    def cancel(self, checkout):
        return self._shop.cancel(checkout.external_ref)


@pytest.fixture
def shop(serving):
    with open_shop() as (opened, _):
        yield SignedShopUnderTest(opened, serving)


class TestRest(ConnectorConformance):
    """What every connector promises."""


def test_a_checkout_url_of_the_merchants_is_filled_in_and_nobody_is_asked():
    connector = RestConnector({"checkoutUrl": TEMPLATE}, {"webhookSecret": SECRET}, outside())

    made = connector.create_checkout(WANTED)

    assert made.url == (
        "https://shop.example/buy/A%2F1?n=2&fanfare=h%201&back=https%3A%2F%2Fa.example%2F%3Fb%3Dc"
    )
    assert connector.verify().good


def test_a_connection_that_leads_nowhere_says_so():
    connector = RestConnector({}, {"webhookSecret": SECRET}, outside())

    assert not connector.verify().good
    with pytest.raises(NotOffered, match="url"):
        connector.create_checkout(WANTED)


def test_a_question_that_the_shop_does_not_know_is_told_as_that(serving):
    connector = connect(serving(plain(b"", 404)).url)

    with pytest.raises(NotOffered, match=r"orders\.list"):
        connector.list_orders(None, None)


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/cart/1", "javascript:alert(1)", "//evil.example", "/cart/1", ""],
)
def test_a_checkout_on_a_host_that_nobody_named_is_refused(serving, url):
    connector = connect(serving(plain(json.dumps({"id": "1", "url": url}).encode())).url)

    with pytest.raises(ConnectorError, match="storefrontUrl"):
        connector.create_checkout(WANTED)


def test_checkouts_may_be_on_the_storefront(serving):
    answer = {"id": "1", "url": "https://WWW.shop.example/cart/1"}
    served = serving(plain(json.dumps(answer).encode()))
    connector = connect(
        served.url, settings={"storefrontUrl": "https://www.shop.example/shop"}.items()
    )

    made = connector.create_checkout(WANTED)

    assert made.url == answer["url"]


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{}", b'{"data": 1}', b'{"data": [{"id": 7}]}', b'{"data": [{"id": "7"}]}', b"\xff"],
)
def test_answers_of_another_form_are_told_as_that(serving, body):
    connector = connect(serving(plain(body)).url)

    with pytest.raises(ConnectorError) as failed:
        connector.list_products(None, None)

    assert not isinstance(failed.value, PlatformBusy | PlatformRefused)


def test_a_list_without_an_end_is_given_up(serving):
    connector = connect(serving(plain(b'{"data": [], "nextCursor": "same"}')).url)

    with pytest.raises(ConnectorError, match="does not end"):
        connector.list_products("same", None)


@pytest.mark.parametrize(
    "amount", ["1.999", "-1", "1e3", "", None, True, "NaN", "1234567890123.00"]
)
def test_an_order_of_no_exact_amount_is_not_taken(amount):
    connector = connect("https://shop.example")
    told = {"id": "1", "status": "paid", "total": amount, "currency": "EUR", "updatedAt": now()}
    notice = connector.read_notice(*deliver("order.changed", told))

    with pytest.raises(ConnectorError):
        connector.interpret(notice)


def test_an_order_needs_no_more_than_its_five_fields():
    connector = connect("https://shop.example")
    told = {"id": "1", "status": "refunded", "total": "5", "currency": "EUR", "updatedAt": now()}

    found = connector.interpret(connector.read_notice(*deliver("order.changed", told)))

    assert found.order.status is OrderStatus.REFUNDED
    assert str(found.order.total) == "5.00"


def test_products_come_and_go_by_webhook():
    connector = connect("https://shop.example")
    told = {"id": "1", "name": "Shoe", "updatedAt": now()}

    came = connector.interpret(connector.read_notice(*deliver("product.changed", told)))
    went = connector.interpret(connector.read_notice(*deliver("product.deleted", {"id": "1"})))

    assert came.product.name == "Shoe"
    assert went == ProductChanged(external_id="1", product=None)


def test_a_ping_is_verified_and_forgotten():
    connector = connect("https://shop.example")
    headers, body = deliver("ping", {})

    assert connector.read_notice(headers, body) is None
    with pytest.raises(NoticeRefused):
        connector.read_notice(headers, body + b" ")


def test_a_topic_that_we_do_not_know_means_nothing():
    connector = connect("https://shop.example")

    notice = connector.read_notice(*deliver("gift-card.changed", {}))

    assert connector.interpret(notice) is None


def test_the_merchant_is_told_where_to_send_webhooks():
    setup = connect("https://shop.example").ensure_webhooks()

    assert "https://fanfare.example/webhooks/rest/conn_1" in setup.by_hand


def test_settings_are_addresses_and_the_secret_is_needed():
    platform = find_platform("rest")

    check_settings(platform, {"checkoutUrl": TEMPLATE}, allow_loopback=False)
    with pytest.raises(ValidationFailed):
        check_settings(platform, {"url": "http://169.254.169.254/"}, allow_loopback=False)
    with pytest.raises(ValidationFailed):
        check_credentials(platform, {"apiKey": "only"})
