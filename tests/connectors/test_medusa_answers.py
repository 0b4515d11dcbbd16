"""The Medusa connector and what can come from the other side: recorded of 2.21.2, odd, forged."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.base import (
    ConnectorError,
    NeedsReconnect,
    NoticeRefused,
    PlatformRefused,
    Surroundings,
)
from connectors.medusa.connector import MedusaConnector
from connectors.records import CheckoutRequest, Notice, OrderStatus, ProductChanged
from connectors.registry import check_credentials, check_settings, find_platform
from integration.kernel.clock import SystemClock
from integration.kernel.errors import ValidationFailed
from integration.kernel.outbound import guarded_session
from tests.connectors.loopback import plain
from tests.connectors.real_medusa import SECRET
from tests.connectors.shop_under_test import StoppedClock
from tests.connectors.standin_medusa import RECORDED

DELIVERY = RECORDED["delivery"]
RECORDED_AT = datetime.fromtimestamp(int(DELIVERY["headers"]["webhook-timestamp"]), UTC)
SHOP = {
    "/admin/stores": RECORDED["stores"],
    "/admin/regions": RECORDED["regions"],
    "/admin/orders": {"orders": [RECORDED["order"]["order"]], "count": 1},
    "/admin/products": RECORDED["products"],
    "/admin/customers": RECORDED["customers"],
    "/admin/product-variants": {"variants": [{"id": "variant_1"}], "count": 1},
    "/store/regions": RECORDED["regions"],
    "/store/carts": {"cart": {"id": "cart_1"}},
}
KEYS = {"apiKey": "sk_1", "publishableKey": "pk_1", "webhookSecret": SECRET}


def connect(url, clock=None, settings=None, **credentials):
    outside = Surroundings(
        http=guarded_session(allow_loopback=True),
        clock=clock or SystemClock(),
        callback_url="https://fanfare.example/webhooks/medusa/conn_1",
    )
    return MedusaConnector({"url": url, **(settings or {})}, KEYS | credentials, outside)


@pytest.fixture
def server(serving):
    """Answers each path with what ``answers`` says, else as the recorded shop; 404 for None."""

    def start(**answers):
        known = SHOP | {path.replace("__", "/"): each for path, each in answers.items()}

        def answer(handler):
            found = known.get(urlsplit(handler.path).path)
            status = 200 if found is not None else 404
            status, found = found if isinstance(found, tuple) else (status, found)
            plain(json.dumps(found).encode(), status)(handler)

        return serving(answer)

    return start


def about(topic, id_="order_1"):
    return Notice(ref="1", topic=topic, payload={"data": {"id": id_}})


def test_the_address_alone_makes_a_connection():
    platform = find_platform("medusa")

    check_settings(platform, {"url": "https://shop.example"}, allow_loopback=False)
    check_credentials(platform, {"apiKey": "sk_1", "publishableKey": "pk_1"})

    with pytest.raises(ValidationFailed):
        check_settings(platform, {}, allow_loopback=False)
    with pytest.raises(ValidationFailed):
        check_credentials(platform, {"apiKey": "sk_1"})


def test_a_recorded_shop_is_read(server):
    connector = connect(server().url)

    verified = connector.verify()
    [product] = connector.list_products(None, None).records
    [customer] = connector.list_customers(None, None).records
    [order] = connector.list_orders(None, None).records

    assert (verified.good, verified.currency) == (True, "USD")
    assert (product.price, product.currency, product.inventory) == (Decimal("1.00"), "USD", 100)
    assert (product.sku, product.variants[0].title) == ("SCR-3", "One")
    assert customer.email == "w@example.test"
    assert (order.checkout_ref, order.handle) == ("cart_01M7WHF0912DKP6Z4H3FFRT6EF", "hnd_scr")
    assert (order.status, order.total) == (OrderStatus.PAID, Decimal("5.00"))
    assert [(line.sku, line.quantity, line.price) for line in order.lines] == [
        ("SCR-1", 2, Decimal("21.50"))
    ]


def test_a_recorded_delivery_is_accepted_and_one_flipped_byte_is_not():
    connector = connect("http://127.0.0.1:9", StoppedClock(RECORDED_AT))
    body = DELIVERY["body"].encode()

    notice = connector.read_notice(DELIVERY["headers"], body)

    assert (notice.topic, notice.ref) == ("product.changed", DELIVERY["headers"]["webhook-id"])
    for at in (0, len(body) // 2, len(body) - 1):
        flipped = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        with pytest.raises(NoticeRefused):
            connector.read_notice(DELIVERY["headers"], flipped)


def test_taxes_that_medusa_does_not_round_are_rounded(server):
    order = deepcopy(RECORDED["order"])
    order["order"]["total"] = 21.3893
    connector = connect(server(__admin__orders__order_1=order).url)

    assert connector.interpret(about("order.placed")).order.total == Decimal("21.39")


@pytest.mark.parametrize(
    ("status", "payment", "read"),
    [
        ("pending", "not_paid", OrderStatus.PLACED),
        ("pending", "authorized", OrderStatus.PLACED),
        ("completed", "captured", OrderStatus.PAID),
        ("pending", "partially_refunded", OrderStatus.PAID),
        ("pending", "refunded", OrderStatus.REFUNDED),
        ("canceled", "captured", OrderStatus.CANCELLED),
    ],
)
def test_states_of_an_order(server, status, payment, read):
    order = deepcopy(RECORDED["order"])
    order["order"] |= {"status": status, "payment_status": payment}
    connector = connect(server(__admin__orders__order_1=order).url)

    assert connector.interpret(about("order.updated")).order.status is read


def test_what_is_gone_is_gone(server):
    connector = connect(server().url)

    product = connector.interpret(about("product.changed", "prod_1"))

    assert product == ProductChanged(external_id="prod_1", product=None)
    assert connector.interpret(about("order.placed")) is None
    assert connector.interpret(about("cart.updated")) is None


@pytest.mark.parametrize("id_", ["../regions", "..", "", "é", "a/b", "a?b=1", "x" * 65, None, 7])
def test_a_notice_leads_nowhere_else(server, id_):
    served = server()

    with pytest.raises(ConnectorError):
        connect(served.url).interpret(about("order.placed", id_))

    assert served.requests == []


def test_winners_go_to_the_storefront_that_was_set(server):
    storefront = "https://www.shop.example/go?c={cartId}&h={handle}&back={returnUrl}"
    connector = connect(server().url, settings={"storefrontUrl": storefront})

    made = connector.create_checkout(
        CheckoutRequest(handle="h&1", variant_ref="variant_1", return_url="https://a.example/?b=1")
    )

    assert made.external_ref == "cart_1"
    assert parse_qs(urlsplit(made.url).query) == {
        "c": ["cart_1"],
        "h": ["h&1"],
        "back": ["https://a.example/?b=1"],
    }


def test_without_a_storefront_they_go_to_the_server_and_the_merchant_is_told(server):
    served = server()
    connector = connect(served.url)

    made = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="A"))

    assert made.url == f"{served.url}/checkout?cart=cart_1&handle=hnd_1"
    assert "Set storefrontUrl" in connector.ensure_webhooks().by_hand


@pytest.mark.parametrize(
    ("settings", "default", "used"),
    [
        ({"regionId": "reg_set"}, "reg_default", "reg_set"),
        ({}, "reg_default", "reg_default"),
        ({}, None, RECORDED["regions"]["regions"][0]["id"]),
    ],
)
def test_the_region_is_the_one_set_else_the_default_else_the_oldest(
    server, settings, default, used
):
    stores = deepcopy(RECORDED["stores"])
    stores["stores"][0]["default_region_id"] = default
    served = server(__admin__stores=stores)

    connect(served.url, settings=settings).create_checkout(
        CheckoutRequest(handle="hnd_1", variant_ref="variant_1", quantity=2, email="a@b.example")
    )

    assert json.loads(served.requests[-1]["body"]) == {
        "region_id": used,
        "items": [{"variant_id": "variant_1", "quantity": 2}],
        "metadata": {"fanfare_handle": "hnd_1"},
        "email": "a@b.example",
    }


def test_a_shop_without_a_region_says_what_to_do(server):
    none = {"regions": []}
    connector = connect(server(__admin__regions=none, __store__regions=none).url)

    [problem] = connector.verify().problems

    assert "region" in problem
    with pytest.raises(PlatformRefused, match="region"):
        connector.create_checkout(CheckoutRequest(handle="hnd_1", variant_ref="variant_1"))


def test_a_missing_webhook_secret_is_a_problem(server):
    [problem] = connect(server().url, webhookSecret="").verify().problems

    assert "webhookSecret" in problem


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((401, {"message": "Unauthorized"}), NeedsReconnect),
        ((403, {"message": "Forbidden"}), NeedsReconnect),
        ((404, {}), ConnectorError),
        ((400, {"message": "no such field"}), PlatformRefused),
        ((200, {"stores": []}), ConnectorError),
        ((200, []), ConnectorError),
        ((200, {"stores": [{"name": "x", "supported_currencies": []}]}), ConnectorError),
    ],
)
def test_an_odd_answer_is_an_error_in_our_words(server, answer, error):
    with pytest.raises(error) as failed:
        connect(server(__admin__stores=answer).url).verify()

    assert "no such field" not in str(failed.value)


@pytest.mark.parametrize("cursor", ["nonsense", "[1]", '{"at": 1}', '["x", true, null]'])
def test_a_cursor_that_is_not_ours_is_an_error(server, cursor):
    with pytest.raises(ConnectorError):
        connect(server().url).list_products(cursor, None)


@pytest.mark.parametrize("handle", [5, True, {"a": 1}, ["hnd_1"], None])
def test_a_shopper_who_writes_no_text_for_a_handle_hides_no_order(server, handle):
    orders = deepcopy(SHOP["/admin/orders"])
    orders["orders"][0]["metadata"] = {"fanfare_handle": handle}

    [order] = connect(server(__admin__orders=orders).url).list_orders(None, None).records

    assert order.handle is None
