"""The make-believe shop keeps the same promises as the real ones, so tests on it mean something."""

import itertools

import pytest

from connectors.base import NeedsReconnect, PlatformBusy, Surroundings
from connectors.fake import FakeShop, shop
from connectors.fake.connector import FakeConnector
from connectors.records import CheckoutRequest
from connectors.registry import open_connector
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import PAGE_SIZE, ConnectorConformance

OUTSIDE = Surroundings(http=guarded_session(allow_loopback=False), clock=SystemClock())


class FakeShopUnderTest:
    def __init__(self):
        self._fake = FakeShop()
        self._names = itertools.count(1)
        self.secrets = (self._fake.api_key, self._fake.webhook_secret)

    def connector(self, *, clock=None, fake=None, **credentials):
        given = {"apiKey": self._fake.api_key, "webhookSecret": self._fake.webhook_secret}
        outside = Surroundings(http=OUTSIDE.http, clock=clock or SystemClock())
        return FakeConnector(fake or self._fake, given | credentials, outside, page_size=PAGE_SIZE)

    def busy_connector(self, retry_after):
        fake = FakeShop()
        fake.fail_with = PlatformBusy(retry_after=retry_after)
        return self.connector(fake=fake)

    def unreachable_connector(self):
        return self.busy_connector(retry_after=2)

    def add_product(self, sku, price):
        return self._fake.add_product(sku, price=price, inventory=100).external_id

    def change_product(self, external_id):
        self._fake.rename_product(external_id, f"Renamed {next(self._names)}")

    def add_customer(self, email):
        return self._fake.add_customer(email).external_id

    def buy(self, checkout):
        return self._fake.pay(checkout.external_ref)

    def cancel(self, checkout):
        return self._fake.cancel(checkout.external_ref)


class TestFake(ConnectorConformance):
    @pytest.fixture
    def shop(self):
        return FakeShopUnderTest()


@pytest.fixture
def fake():
    return FakeShop()


@pytest.fixture
def connector(fake):
    return FakeConnector(fake, {"apiKey": fake.api_key}, OUTSIDE)


NETWORK_VERBS = {
    "verify": lambda it: it.verify(),
    "list_products": lambda it: it.list_products(None, None),
    "list_customers": lambda it: it.list_customers(None, None),
    "list_orders": lambda it: it.list_orders(None, None),
    "create_checkout": lambda it: it.create_checkout(CheckoutRequest(handle="h", sku="A")),
    "ensure_webhooks": lambda it: it.ensure_webhooks(),
}


@pytest.mark.parametrize("verb", NETWORK_VERBS)
def test_it_counts_its_calls(fake, connector, verb):
    fake.add_product("A")

    NETWORK_VERBS[verb](connector)
    NETWORK_VERBS[verb](connector)

    assert fake.calls == {verb: 2}


@pytest.mark.parametrize("verb", NETWORK_VERBS)
def test_it_fails_on_command_until_told_otherwise(fake, connector, verb):
    fake.add_product("A")
    fake.fail_with = NeedsReconnect()

    for _ in range(2):
        with pytest.raises(NeedsReconnect):
            NETWORK_VERBS[verb](connector)
    fake.fail_with = None

    assert NETWORK_VERBS[verb](connector)


@pytest.mark.parametrize("verb", NETWORK_VERBS)
def test_it_objects_to_the_network_inside_a_transaction(fake, connector, verb):
    fake.in_transaction = lambda: True

    with pytest.raises(RuntimeError, match="transaction"):
        NETWORK_VERBS[verb](connector)


def test_verifying_a_notice_is_allowed_inside_a_transaction(fake):
    fake.add_product("A")
    credentials = {"apiKey": fake.api_key, "webhookSecret": fake.webhook_secret}
    connector = FakeConnector(fake, credentials, OUTSIDE)
    checkout = connector.create_checkout(CheckoutRequest(handle="h", sku="A"))
    headers, body = fake.pay(checkout.external_ref)
    fake.in_transaction = lambda: True

    notice = connector.read_notice(headers, body)

    assert connector.interpret(notice).order.handle == "h"


def test_each_delivery_is_a_notice_of_its_own(fake):
    fake.add_product("A")
    credentials = {"apiKey": fake.api_key, "webhookSecret": fake.webhook_secret}
    connector = FakeConnector(fake, credentials, OUTSIDE)
    code = connector.create_checkout(CheckoutRequest(handle="h", sku="A")).external_ref
    first = fake.pay(code)

    second = fake.deliver("order.paid", code)

    assert connector.read_notice(*first).ref != connector.read_notice(*second).ref


def test_a_name_stands_for_one_shop_in_this_process():
    mine = shop("of-this-test")
    mine.add_product("A")

    connector = open_connector(
        "fake", {"shop": "of-this-test"}, {"apiKey": mine.api_key}, OUTSIDE, testing=True
    )

    assert len(connector.list_products(None, None).records) == 1
