"""A winner whose order came to nothing may ask the shop for another checkout."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from connectors.fake import PLATFORM
from connectors.records import Checkout, OrderLine, OrderStatus
from integration.store import reported_orders
from tests.api.admitted import Books, admitted, books, status
from tests.api.shopping import check_out, hand_off, make_shop_launch, path_of, query_of, send
from tests.api.test_inbound import known_by_address, the_order
from tests.jobs.support import drain

__all__ = ["known_by_address"]


class Buyer:
    """The winner of a launch that lets them buy two, their checkout, and its shop."""

    def __init__(self, client, rt, merchant):
        self.client, self.rt, self.merchant = client, rt, merchant
        self.sold = make_shop_launch(rt, merchant, units_per_admission=2)
        self.shop = self.sold.shop
        self.guest, self.token = admitted(client, rt, merchant, self.sold.launch)
        self.way = hand_off(client, self.guest, self.token, quantity=1)
        self.code = query_of(client.get(path_of(self.way)))["order"]

    def buy_three(self):
        three = (OrderLine(sku=self.sold.launch.product_id, quantity=3),)
        self.shop.orders[self.code] = replace(self.shop.orders[self.code], lines=three)
        self.tell(self.shop.pay(self.code))

    def refund(self):
        refunded = replace(self.shop.orders[self.code], status=OrderStatus.REFUNDED)
        self.shop.orders[self.code] = refunded
        self.tell(self.shop.deliver("order.cancelled", self.code))

    def tell(self, delivery):
        send(self.client, self.sold.connection_id, delivery)
        drain(self.rt)

    def report(self, record):
        """Take over what the shop says of an order."""
        with self.rt.transaction() as tx:
            tenant, shop_id = self.merchant.tenant, self.sold.connection_id
            reported_orders.take_over(tx.session, tenant, shop_id, asdict(record))

    def check_out(self, **body):
        return check_out(self.client, self.guest, self.token, **body)

    def completion(self, code):
        return the_order(self.client, self.merchant, code)["completion"]

    def stands(self):
        return status(self.client, self.sold.launch, self.guest)["status"]


@pytest.fixture
def buyer(client, rt, merchant):
    return Buyer(client, rt, merchant)


def cancelled(buyer):
    buyer.tell(buyer.shop.cancel(buyer.code))


def rejected_and_cancelled(buyer):
    buyer.buy_three()
    buyer.tell(buyer.shop.cancel(buyer.code))


def rejected_and_refunded(buyer):
    buyer.buy_three()
    buyer.refund()


ENDS = [cancelled, rejected_and_cancelled, rejected_and_refunded]


@pytest.mark.parametrize("end", ENDS)
def test_another_checkout_is_made_and_its_order_completes(buyer, end):
    end(buyer)

    another = buyer.check_out(quantity=2)
    buyer.tell(buyer.shop.pay(another))

    assert another != buyer.code
    assert buyer.completion(another) == "completed"
    assert buyer.stands() == "COMPLETED"


def test_the_way_to_the_one_that_is_over_leads_nowhere(buyer, client):
    cancelled(buyer)

    answer = client.get(path_of(buyer.way))

    assert answer.status_code == 410


def test_while_an_order_is_only_rejected_its_cart_may_be_put_right(buyer):
    buyer.buy_three()

    assert buyer.check_out(quantity=1) == buyer.code


def test_what_the_shop_gives_back_with_a_cancelled_order_is_used_again(buyer):
    buyer.shop.cancel(buyer.code)

    buyer.report(replace(buyer.shop.orders[buyer.code], checkout_returned=True))

    assert buyer.check_out(quantity=1) == buyer.code


def test_an_order_that_only_carries_the_handle_ends_no_checkout(buyer):
    ours = buyer.shop.orders[buyer.code]
    [thing] = buyer.shop.products.values()
    carried = buyer.shop.open_order(thing.variants[0], 1, ours.handle).external_id

    buyer.tell(buyer.shop.cancel(carried))

    assert buyer.check_out(quantity=1) == buyer.code


def test_all_links_to_a_cart_that_is_over_are(buyer, monkeypatch):
    single = replace(PLATFORM, single_use_links=True)
    monkeypatch.setattr("integration.services.checkouts.find_platform", lambda *_, **__: single)
    [thing] = buyer.shop.products.values()

    def link(_, request):
        cart = request.again or buyer.shop.open_order(thing.variants[0], 1, "").external_id
        return Checkout(url=f"{buyer.shop.url}/checkout?order={cart}", external_ref=cart)

    monkeypatch.setattr("connectors.fake.connector.FakeConnector.create_checkout", link)
    second = buyer.check_out(quantity=1)
    cancelled(buyer)

    third = buyer.check_out(quantity=1)

    assert second == buyer.code
    assert third != buyer.code


def test_where_the_first_order_is_taken_up_again_one_of_the_two_completes(buyer, rt):
    cancelled(buyer)
    first = buyer.shop.orders[buyer.code]
    later = first.updated_at + timedelta(seconds=1)
    another = buyer.check_out(quantity=1)
    buyer.shop.pay(another)
    orders = [
        replace(first, status=OrderStatus.PAID, updated_at=later),
        buyer.shop.orders[another],
    ]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(buyer.report, orders * 6))

    completions = sorted(buyer.completion(code) for code in (buyer.code, another))
    assert completions == ["completed", "rejected"]
    assert buyer.stands() == "COMPLETED"
    assert books(rt, buyer.sold.launch) == Books(waiting=0, active=0, held=0, sold=2)
