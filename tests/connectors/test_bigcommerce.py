"""The BigCommerce connector against a stand-in made from the platform's documentation."""

import itertools
import json
import socket

import pytest

from connectors.base import (
    ConnectorError,
    NeedsReconnect,
    NoticeRefused,
    PlatformBusy,
    Surroundings,
)
from connectors.bigcommerce.connector import TOPICS, BigCommerceConnector
from connectors.reading import moment
from connectors.records import CheckoutRequest, Notice, OrderStatus, ProductChanged
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import ConnectorConformance
from tests.connectors.loopback import plain
from tests.connectors.shop_under_test import PAGE_SIZE, ids, sku, walk
from tests.connectors.standin_bigcommerce import (
    CLIENT_SECRET,
    HASH,
    HOST,
    TOKEN,
    Store,
    posted,
)
from tests.support.shopify.sessions import Adapter

CALLBACK = "https://fanfare.example/webhooks/bigcommerce/conn_1"


class Bucket:
    """Remembers what the platform has said about our quota."""

    def __init__(self):
        self.learned, self.rested = [], []

    def take(self, cost=1):  # noqa: ARG002 - the protocol's name
        return 0

    def learn(self, *, available, maximum, per_second, refund=0):
        self.learned.append((available, maximum, per_second, refund))

    def rest(self, seconds):
        self.rested.append(seconds)


class BigCommerceUnderTest:
    secrets = (TOKEN, CLIENT_SECRET)

    def __init__(self, store, port, serving):
        self.store, self._port, self._serving = store, port, serving
        self._names, self._orders = itertools.count(1), {}

    def connector(self, *, clock=None, port=None, bucket=None, settings=(), **credentials):
        names = {"apiKey": "accessToken", "webhookSecret": "clientSecret"}
        given = {"accessToken": TOKEN, "clientSecret": CLIENT_SECRET}
        given |= {names.get(name, name): value for name, value in credentials.items()}
        session = guarded_session(allow_loopback=True)
        session.mount(f"https://{HOST}", Adapter(HOST, port or self._port))
        outside = Surroundings(
            http=session,
            clock=clock or SystemClock(),
            callback_url=CALLBACK,
            **({"bucket": bucket} if bucket else {}),
        )
        all_of_them = {"storeHash": HASH, **dict(settings)}
        return BigCommerceConnector(all_of_them, given, outside, page_size=PAGE_SIZE)

    def busy_connector(self, retry_after):
        served = self._serving(plain(b"", 429, X_Rate_Limit_Time_Reset_Ms=str(retry_after * 1000)))
        return self.connector(port=served.port)

    def unreachable_connector(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            return self.connector(port=unused.getsockname()[1])

    def add_product(self, sku, price):
        return str(self.store.add_product(sku, float(price))["id"])

    def change_product(self, external_id):
        product = self.store.products[int(external_id)]
        product["name"] = f"Renamed {next(self._names)}"
        product["date_modified"] = self.store.tick().isoformat()

    def add_customer(self, email):
        return str(self.store.add_customer(email))

    def buy(self, checkout):
        order = self.store.buy(checkout.external_ref)
        self._orders[checkout.external_ref] = order
        told = {"type": "order", "id": order, "status": {"new_status_id": 11}}
        return posted("store/order/statusUpdated", told)

    def cancel(self, checkout):
        order = self._orders[checkout.external_ref]
        self.store.set_status(order, 5)
        return posted("store/order/statusUpdated", {"type": "order", "id": order})


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def shop(store, serving):
    store.left = 10_000
    return BigCommerceUnderTest(store, serving(store.answer).port, serving)


class TestBigCommerce(ConnectorConformance):
    since_is_known_of = frozenset()
    """All lists know it, but in whole seconds: see the tests below."""
    orders_name_their_handle = False


@pytest.mark.parametrize("subject", ["products", "customers"])
def test_since_a_second_leaves_out_the_old_and_keeps_that_second(store, connector, subject):
    for _ in range(3):
        store.add_product(sku(), 5.0)
        store.add_customer(f"{sku()}@example.test")
    kept = sorted(getattr(store, subject).values(), key=lambda each: each["date_modified"])

    seen = ids(walk(getattr(connector, f"list_{subject}"), moment(kept[1]["date_modified"])))

    assert seen == [str(each["id"]) for each in kept[1:]]


def test_more_changes_in_one_second_than_a_page_are_all_met_once(store, connector):
    now = store.tick().isoformat()
    made = [
        store.add_product(sku(), 5.0, date_modified=now)["id"] for _ in range(3 * PAGE_SIZE + 1)
    ]

    seen = ids(walk(connector.list_products))

    assert sorted(seen) == sorted(str(each) for each in made)


def test_what_is_left_is_as_the_shop_counts(store, connector):
    for tracking in ("none", "product", "variant"):
        store.add_product(tracking, 5.0, inventory_tracking=tracking, inventory_level=7)

    found = {one.name: one for one in walk(connector.list_products)}

    assert {name: one.inventory for name, one in found.items()} == {
        "none": None,
        "product": 7,
        "variant": 7,
    }
    assert {name: one.variants[0].inventory for name, one in found.items()} == {
        "none": None,
        "product": 7,
        "variant": 0,
    }


@pytest.mark.parametrize(
    ("status", "means"),
    [
        (2, OrderStatus.PAID),
        (4, OrderStatus.REFUNDED),
        (5, OrderStatus.CANCELLED),
        (6, OrderStatus.CANCELLED),
        (7, OrderStatus.PLACED),
        (10, OrderStatus.PAID),
        (11, OrderStatus.PAID),
        (12, OrderStatus.PLACED),
    ],
)
def test_an_orders_status_is_read(store, connector, status, means):
    store.add_product("SHOE", 129.0)
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="SHOE"))

    store.buy(checkout.external_ref, status)

    (found,) = connector.list_orders(None, None).records
    assert (found.status, str(found.total)) == (means, "129.00")


@pytest.mark.parametrize("status", [0, 1])
def test_a_checkout_that_was_not_finished_is_no_order(store, connector, status):
    store.add_product("SHOE", 129.0)
    checkout = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="SHOE"))
    order = store.buy(checkout.external_ref, status)

    told = connector.interpret(
        connector.read_notice(*posted("store/order/statusUpdated", {"id": order}))
    )

    assert connector.list_orders(None, None).records == ()
    assert told.order.status is OrderStatus.OPEN


def test_a_cart_gets_another_link_while_it_is_there_and_else_there_is_a_new_one(store, connector):
    store.add_product("SHOE", 129.0)
    first = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="SHOE"))
    later = CheckoutRequest(handle="hnd_2", sku="SHOE", again=first.external_ref)

    again = connector.create_checkout(later)
    store.carts.clear()
    new = connector.create_checkout(later)

    assert again.external_ref == first.external_ref
    assert again.url != first.url
    assert new.external_ref != first.external_ref
    assert len(store.carts) == 1


def test_a_converted_cart_is_its_order(store, connector):
    store.add_product("SHOE", 129.0)
    cart = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="SHOE")).external_ref
    told = {"type": "cart", "id": cart, "orderId": store.buy(cart)}

    found = connector.interpret(connector.read_notice(*posted("store/cart/converted", told)))

    assert found.order.checkout_ref == cart


def test_a_product_is_read_again_and_may_be_gone(store, connector):
    product = store.add_product("SHOE", 129.0)
    notice = connector.read_notice(*posted("store/product/updated", {"id": product["id"]}))

    there = connector.interpret(notice)
    del store.products[product["id"]]

    assert there.product.url == "https://stand-in.example/SHOE/"
    assert connector.interpret(notice) == ProductChanged(
        external_id=str(product["id"]), product=None
    )


def test_hooks_are_made_once_and_revived(store, connector):
    connector.ensure_webhooks()
    first = set(store.hooks)
    next(iter(store.hooks.values()))["is_active"] = False

    connector.ensure_webhooks()

    assert set(store.hooks) == first
    assert {each["scope"] for each in store.hooks.values()} == set(TOPICS)
    assert all(each["is_active"] for each in store.hooks.values())


def test_the_quota_is_learned_from_every_answer(shop):
    bucket = Bucket()
    shop.store.left = 100

    shop.connector(bucket=bucket).list_products(None, None)

    assert bucket.learned == [(99.0, 150.0, 5.0, 0), (98.0, 150.0, 5.0, 0)][: len(bucket.learned)]
    assert bucket.learned


def test_an_empty_quota_says_when_there_is_more(shop):
    bucket = Bucket()
    shop.store.left = 0

    with pytest.raises(PlatformBusy) as busy:
        shop.connector(bucket=bucket).list_products(None, None)

    assert busy.value.retry_after == 1.5
    assert bucket.rested == [1.5]


def test_missing_scopes_are_named(shop):
    shop.store.forbidden = {"v2/orders", "v3/customers"}

    found = shop.connector().verify()

    assert found.missing_scopes == ("store_v2_customers_read_only", "store_v2_orders_read_only")


def test_a_notice_of_another_store_is_refused(connector):
    with pytest.raises(NoticeRefused):
        connector.read_notice(*posted("store/order/statusUpdated", {"id": 1}, store="another"))


def test_the_cart_is_made_in_the_channel_of_the_setting(shop, store):
    store.add_product("SHOE", 129.0)
    connector = shop.connector(settings={"channelId": "664"}.items())

    made = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="SHOE"))

    assert store.carts[made.external_ref]["channel_id"] == 664


@pytest.mark.parametrize("told", [{}, {"id": "../x"}, {"id": None}, [], None])
def test_a_notice_leads_nowhere_else(connector, told):
    notice = Notice(ref="1", topic="store/order/statusUpdated", payload={"data": told})

    with pytest.raises(ConnectorError):
        connector.interpret(notice)


def test_a_store_that_answers_rubbish_is_told_as_that(shop, serving):
    served = serving(plain(b"<html>"))

    with pytest.raises(ConnectorError) as failed:
        shop.connector(port=served.port).list_products(None, None)
    assert not isinstance(failed.value, PlatformBusy)


LOGIN = "login.bigcommerce.com"
CAME_BACK = f"code=c0de&context=stores%2F{HASH}&scope=store_v2_orders_read_only&account_uuid=u"


def installing(serving, status, body, saved):
    """Connect to where a code is changed into a token."""
    served = serving(plain(json.dumps(body).encode(), status))
    session = guarded_session(allow_loopback=True)
    session.mount(f"https://{LOGIN}", Adapter(LOGIN, served.port))
    outside = Surroundings(
        http=session,
        clock=SystemClock(),
        save_credentials=saved.update,
        redirect_url="https://fanfare.example/oauth/bigcommerce/conn_1",
    )
    given = {"clientId": "client-1", "clientSecret": CLIENT_SECRET}
    return BigCommerceConnector({"storeHash": HASH}, given, outside), served


def test_an_installation_changes_its_code_into_a_token(serving):
    saved = {}
    answer = {"access_token": "t0ken", "context": f"stores/{HASH}", "scope": "x"}
    connector, served = installing(serving, 200, answer, saved)

    connector.authorized(CAME_BACK, expected=False)

    (asked,) = served.requests
    assert asked["path"] == "/oauth2/token"
    sent = json.loads(asked["body"])
    assert (sent["code"], sent["client_secret"]) == ("c0de", CLIENT_SECRET)
    assert sent["redirect_uri"] == "https://fanfare.example/oauth/bigcommerce/conn_1"
    assert saved == {"accessToken": "t0ken"}
    assert connector.authorize("ab") == f"https://{LOGIN}/app/client-1/install"


@pytest.mark.parametrize(
    "query", ["", "code=c0de", f"context=stores%2F{HASH}", "code=c0de&context=stores%2Fother"]
)
def test_a_code_of_another_store_is_never_changed(serving, query):
    saved = {}
    connector, served = installing(serving, 200, {}, saved)

    with pytest.raises(NoticeRefused):
        connector.authorized(query, expected=True)

    assert (served.requests, saved) == ([], {})


def test_a_token_of_another_store_is_not_kept(serving):
    saved = {}
    answer = {"access_token": "t0ken", "context": "stores/other"}
    connector, _ = installing(serving, 200, answer, saved)

    with pytest.raises(NoticeRefused):
        connector.authorized(CAME_BACK, expected=True)

    assert saved == {}


def test_a_spent_code_needs_the_merchant(serving):
    connector, _ = installing(serving, 400, {"error": "invalid_grant"}, {})

    with pytest.raises(NeedsReconnect):
        connector.authorized(CAME_BACK, expected=True)


def test_refunded_units_count_no_more(shop, store, connector):
    store.add_product("SHOE", 129.0)
    made = connector.create_checkout(CheckoutRequest(handle="hnd_1", sku="SHOE", quantity=3))
    number = store.buy(made.external_ref)
    store.lines[number][0]["quantity_refunded"] = 2

    [some] = connector.list_orders(None, None).records
    store.lines[number][0]["quantity_refunded"] = 3
    store.set_status(number, 4)
    [all_of_it] = connector.list_orders(None, None).records

    assert [line.quantity for line in some.lines] == [1]
    assert (all_of_it.status, [line.quantity for line in all_of_it.lines]) == ("refunded", [3])
