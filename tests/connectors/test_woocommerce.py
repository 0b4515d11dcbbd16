"""The WooCommerce connector against a stand-in, and against deliveries of a real shop."""

import itertools
import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.base import NoticeRefused, PlatformRefused, Surroundings
from connectors.reading import moment
from connectors.records import CheckoutRequest, OrderStatus, ProductChanged
from connectors.woocommerce.connector import WooCommerceConnector
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import ConnectorConformance
from tests.connectors.loopback import plain, standing
from tests.connectors.shop_under_test import PAGE_SIZE, ids, new_handle, sku, walk
from tests.connectors.standin_woocommerce import KEY, SECRET, Shop, signed

WEBHOOK_SECRET = "of-the-webhooks"
CALLBACK = "https://fanfare.example/webhooks/woocommerce/conn_1"
RECORDED = Path(__file__).parent / "fixtures" / "woocommerce.jsonl"
RECORDED_SECRET = "wc-secret-1"


def connect(url, saved=None, page_size=PAGE_SIZE, **credentials):
    given = {"consumerKey": KEY, "consumerSecret": SECRET, "webhookSecret": WEBHOOK_SECRET}
    outside = Surroundings(
        http=guarded_session(allow_loopback=True),
        clock=SystemClock(),
        save_credentials=(saved if saved is not None else {}).update,
        callback_url=CALLBACK,
    )
    return WooCommerceConnector({"url": url}, given | credentials, outside, page_size=page_size)


class WooCommerceUnderTest:
    secrets = (KEY, SECRET, WEBHOOK_SECRET)

    def __init__(self, shop, serving):
        self._shop, self._serving, self._names = shop, serving, itertools.count(1)
        self._orders = {}

    def connector(self, *, clock=None, url=None, **credentials):  # noqa: ARG002 - no time is signed
        names = {"apiKey": "consumerSecret"}
        given = {names.get(name, name): value for name, value in credentials.items()}
        return connect(url or self._shop.url, **given)

    def busy_connector(self, retry_after):
        return self.connector(url=self._serving(plain(b"", 503, Retry_After=str(retry_after))).url)

    def unreachable_connector(self):
        return self.connector(url="http://127.0.0.1:9")

    def add_product(self, sku, price):
        return str(self._shop.add_product(sku, str(price))["id"])

    def change_product(self, external_id):
        name = f"Renamed {next(self._names)}"
        self._shop.change("products", int(external_id), name=name)

    def add_customer(self, email):
        person = {"email": email, "first_name": "Ada", "last_name": "L", "billing": {"phone": ""}}
        return str(self._shop.keep("customers", **person)["id"])

    def buy(self, checkout):
        order = self._shop.buy(checkout.url)
        self._orders[checkout.external_ref] = order["id"]
        return signed("order.updated", order, WEBHOOK_SECRET)

    def cancel(self, checkout):
        id_ = self._orders[checkout.external_ref]
        order = self._shop.change("orders", id_, status="cancelled")
        return signed("order.updated", order, WEBHOOK_SECRET)


@pytest.fixture
def standin():
    with standing(Shop()) as found:
        yield found


@pytest.fixture
def shop(standin, serving):
    return WooCommerceUnderTest(standin, serving)


class TestWooCommerce(ConnectorConformance):
    signed_headers = ("x-wc-webhook-signature",)
    notices_expire = False
    since_is_known_of = frozenset()
    """Products know theirs, but in whole seconds: see the tests below."""


def test_products_since_a_second_leave_out_the_old_and_keep_that_second(standin, connector):
    old, same, new = (standin.add_product(sku(), "5.00") for _ in range(3))
    since = moment(same["date_modified_gmt"]) + timedelta(milliseconds=400)

    seen = ids(walk(connector.list_products, since))

    assert {str(same["id"]), str(new["id"])} <= set(seen)
    assert str(old["id"]) not in seen


def test_more_changes_in_one_second_than_a_page_are_all_met_once(standin):
    now = standin.tick()
    made = [
        standin.add_product(sku(), "5.00", date_modified_gmt=now)["id"]
        for _ in range(3 * PAGE_SIZE)
    ]
    later = standin.add_product(sku(), "5.00")["id"]

    seen = ids(walk(connect(standin.url).list_products))

    assert sorted(seen) == sorted(str(each) for each in [*made, later])


def test_a_thousand_changes_in_one_second_are_met(standin):
    now = standin.tick()
    made = {
        str(standin.add_product(sku(), "5.00", date_modified_gmt=now)["id"]) for _ in range(350)
    }

    connector = connect(standin.url, page_size=100)
    seen, cursor = [], None
    while True:
        page = connector.list_products(cursor, None)
        seen += ids(page.records)
        cursor = page.next_cursor
        if cursor is None:
            break

    assert len(seen) == 350
    assert set(seen) == made


def test_variations_are_what_can_be_bought(standin, connector):
    product = standin.add_product("", "10.00", type="variable", stock_quantity=None)
    small = standin.add_variation(product["id"], "SHIRT-S", "10.00", "S")
    large = standin.add_variation(product["id"], "SHIRT-L", "12.50", "L")

    (found,) = walk(connector.list_products)
    checkout = connector.create_checkout(CheckoutRequest(handle=new_handle(), sku="SHIRT-L"))

    assert [(one.external_id, one.sku, one.title) for one in found.variants] == [
        (str(small["id"]), "SHIRT-S", "S"),
        (str(large["id"]), "SHIRT-L", "L"),
    ]
    assert f"products={large['id']}:1" in checkout.url


@pytest.mark.parametrize(
    ("stock", "left"),
    [
        ({"manage_stock": False}, None),
        ({"stock_status": "outofstock"}, 0),
        ({"stock_quantity": -2}, 0),
        ({"stock_quantity": None}, 0),
        ({"backorders_allowed": True}, None),
        ({"stock_quantity": 7}, 7),
    ],
)
def test_what_is_left_is_as_the_shop_counts(standin, connector, stock, left):
    standin.add_product(sku(), "5.00", **stock)

    (found,) = connector.list_products(None, None).records

    assert found.inventory == left


def test_a_coupon_is_for_one_winner_one_product_and_one_order(standin, connector):
    product = standin.add_product("SHOE", "129.00")
    ends = SystemClock().now().replace(microsecond=0) + timedelta(minutes=15)
    request = CheckoutRequest(
        handle="hnd_Abc", sku="SHOE", quantity=2, email="ada@example.test", expires_at=ends
    )

    made = connector.create_checkout(request)

    (coupon,) = standin.lists["coupons"].values()
    assert made.external_ref == coupon["code"] == coupon["code"].lower()
    assert (coupon["usage_limit"], coupon["limit_usage_to_x_items"]) == (1, 2)
    assert (coupon["amount"], coupon["product_ids"]) == ("0", [product["id"]])
    assert coupon["email_restrictions"] == ["ada@example.test"]
    assert moment(coupon["date_expires"]) == ends
    query = {name: values[0] for name, values in parse_qs(urlsplit(made.url).query).items()}
    assert query["products"] == f"{product['id']}:2"
    assert (query["coupon"], query["fanfare"]) == (made.external_ref, "hnd_Abc")
    assert "hnd_Abc" not in coupon["code"]


def test_an_attempt_whose_answer_was_lost_makes_no_second_coupon(standin, connector):
    standin.add_product("SHOE", "129.00")
    request = CheckoutRequest(handle="hnd_Abc", sku="SHOE")

    first, again = (connector.create_checkout(request) for _ in range(2))

    assert again == first
    assert len(standin.lists["coupons"]) == 1


def test_a_product_that_is_gone_makes_no_coupon(standin, connector):
    with pytest.raises(PlatformRefused):
        connector.create_checkout(CheckoutRequest(handle="hnd_Abc", variant_ref="999"))
    assert standin.lists["coupons"] == {}


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("on-hold", OrderStatus.PLACED),
        ("processing", OrderStatus.PAID),
        ("completed", OrderStatus.PAID),
        ("refunded", OrderStatus.REFUNDED),
        ("wc-packing", OrderStatus.PLACED),
    ],
)
def test_an_orders_status_is_read(standin, connector, status, means):
    standin.add_product("SHOE", "129.00")
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_Abc", sku="SHOE"))

    standin.buy(checkout.url, status)

    (found,) = connector.list_orders(None, None).records
    assert found.status is means


@pytest.mark.parametrize("status", ["pending", "failed", "checkout-draft"])
def test_an_order_that_nobody_has_paid_is_not_yet_one(standin, connector, status):
    standin.add_product("SHOE", "129.00")
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_Abc", sku="SHOE"))

    standin.buy(checkout.url, status)

    assert connector.list_orders(None, None).records == ()


def test_a_handle_is_believed_only_where_we_put_it(standin, connector):
    standin.add_product("SHOE", "129.00")
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_Abc", sku="SHOE"))
    order = standin.buy(checkout.url)
    order["meta_data"] = [{"key": "_wc_order_attribution_utm_content", "value": "spring-sale"}]

    (campaign,) = connector.list_orders(None, None).records
    order["meta_data"].append({"key": "_fanfare_handle", "value": "hnd_Xyz"})
    (plugin,) = connector.list_orders(None, None).records

    assert (campaign.handle, plugin.handle) == (None, "hnd_Xyz")


def test_of_several_coupons_the_one_of_the_carried_handle_joins(standin, connector):
    standin.add_product("SHOE", "129.00")
    one, other = (
        connector.create_checkout(CheckoutRequest(handle=handle, sku="SHOE"))
        for handle in ("hnd_One", "hnd_Other")
    )
    order = standin.buy(other.url)
    codes = [{"code": code} for code in ("summer", one.external_ref, other.external_ref)]
    order["coupon_lines"] = codes

    (carried,) = connector.list_orders(None, None).records
    order["meta_data"] = [{"key": "_fanfare_handle", "value": "hnd_Unknown"}]
    (unknown,) = connector.list_orders(None, None).records

    assert carried.checkout_ref == other.external_ref
    assert unknown.checkout_ref == one.external_ref


def test_webhooks_are_made_once_and_woken_again(standin, connector):
    connector.ensure_webhooks()
    hooks = standin.lists["webhooks"]
    first = {each["id"] for each in hooks.values()}
    next(iter(hooks.values()))["status"] = "disabled"

    connector.ensure_webhooks()

    assert {each["id"] for each in hooks.values()} == first
    assert {each["status"] for each in hooks.values()} == {"active"}
    assert {each["delivery_url"] for each in hooks.values()} == {CALLBACK}


def test_a_connection_without_a_secret_gets_one(standin):
    saved = {}

    connect(standin.url, saved, webhookSecret="").ensure_webhooks()

    assert len(saved["webhookSecret"]) >= 32
    kept = {each["secret"] for each in standin.lists["webhooks"].values()}
    assert kept == {saved["webhookSecret"]}


def test_created_and_updated_of_one_order_are_two_reports_of_one_state(standin, connector):
    standin.add_product("SHOE", "129.00")
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_Abc", sku="SHOE"))
    order = standin.buy(checkout.url)

    updated = connector.read_notice(*signed("order.updated", order, WEBHOOK_SECRET))
    created = connector.read_notice(*signed("order.created", order, WEBHOOK_SECRET))
    later = standin.change("orders", order["id"], status="completed")
    completed = connector.read_notice(*signed("order.updated", later, WEBHOOK_SECRET))

    assert updated.ref == created.ref != completed.ref


def test_a_product_is_looked_at_again_whatever_the_notice_says(standin, connector):
    product = standin.add_product("SHOE", "129.00")
    notice = connector.read_notice(
        *signed("product.deleted", {"id": product["id"]}, WEBHOOK_SECRET)
    )

    there = connector.interpret(notice)
    standin.change("products", product["id"], status="trash")
    trashed = connector.interpret(notice)
    del standin.lists["products"][product["id"]]
    gone = connector.interpret(notice)

    assert there.product.name == "SHOE"
    assert trashed == gone == ProductChanged(external_id=str(product["id"]), product=None)


def test_a_trashed_order_is_cancelled_and_one_that_is_gone_says_nothing(standin, connector):
    standin.add_product("SHOE", "129.00")
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_Abc", sku="SHOE"))
    order = standin.buy(checkout.url)
    notice = connector.read_notice(*signed("order.deleted", {"id": order["id"]}, WEBHOOK_SECRET))

    standin.change("orders", order["id"], status="trash")
    trashed = connector.interpret(notice).order.status
    del standin.lists["orders"][order["id"]]

    assert trashed is OrderStatus.CANCELLED
    assert connector.interpret(notice) is None


def recorded():
    return [json.loads(line) for line in RECORDED.read_text().splitlines()]


def test_the_recorded_ping_is_answered_and_forgotten():
    ping = recorded()[0]
    connector = connect("https://shop.example", webhookSecret=RECORDED_SECRET)

    assert connector.read_notice(ping["headers"], ping["body"].encode()) is None


def test_a_real_shops_order_is_read():
    delivery = recorded()[1]
    connector = connect("https://shop.example", webhookSecret=RECORDED_SECRET)

    notice = connector.read_notice(delivery["headers"], delivery["body"].encode())
    order = connector.interpret(notice).order

    assert (order.external_id, order.status, str(order.total)) == ("12", OrderStatus.PAID, "199.99")
    assert (order.currency, order.email) == ("EUR", "ada@example.test")
    assert [line.quantity for line in order.lines] == [1]


def test_no_byte_of_a_real_delivery_may_change():
    delivery = recorded()[1]
    connector = connect("https://shop.example", webhookSecret=RECORDED_SECRET)
    body = delivery["body"].encode()

    for place in range(0, len(body), 97):
        flipped = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(NoticeRefused):
            connector.read_notice(delivery["headers"], flipped)


@pytest.mark.parametrize(
    "body", [b"webhook_id=1&x=2", b"webhook_id=", b"webhook_id=" + b"1" * 21, b"", b"x"]
)
def test_nothing_unsigned_passes_but_the_ping(body):
    connector = connect("https://shop.example")

    with pytest.raises(NoticeRefused):
        connector.read_notice({}, body)


@pytest.mark.parametrize("body", [{"id": 1}, {"action": "x"}, []])
def test_a_signed_topic_that_we_did_not_ask_for_is_taken_and_says_nothing(connector, body):
    assert connector.read_notice(*signed("action.anything", body, WEBHOOK_SECRET)) is None


def test_a_topic_that_we_did_not_ask_for_is_refused_without_a_signature(connector):
    with pytest.raises(NoticeRefused):
        connector.read_notice(*signed("action.anything", {"id": 1}, "another-secret"))


def test_a_state_of_a_plugins_own_is_a_guess(standin, connector):
    standin.add_product("SHOE", "129.00")
    made = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="SHOE"))
    standin.buy(made.url)["status"] = "wc-packed"

    (order,) = connector.list_orders(None, None).records

    assert (order.status, order.status_known) == ("placed", False)
