"""Orders that their shop changes after they have completed an admission."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.api.admitted import books
from tests.api.shopping import send
from tests.api.test_inbound import known_by_address, the_order
from tests.api.test_reconciliation import look, start
from tests.api.test_shop_orders import edit, narrow, offer_sizes, pay, sent
from tests.jobs.support import drain

__all__ = ["known_by_address"]


@pytest.fixture
def bought(client, rt, merchant):
    """A launch, and the shop's name for an order that has completed."""
    sold, _, code = sent(client, rt, merchant, restock_on_cancel=True)
    assert pay(client, rt, merchant, sold, code) == ("completed", None)
    return sold, code


def change(client, rt, sold, code, *lines):
    """Let the merchant change what an order holds; return its webhook, which was sent."""
    edit(sold, code, *lines)
    order = sold.shop.orders[code]
    sold.shop.orders[code] = replace(order, updated_at=order.updated_at + timedelta(seconds=1))
    told = sold.shop.deliver("order.paid", code)
    send(client, sold.connection_id, told)
    drain(rt)
    return told


def said(client, merchant, sold, code):
    order = the_order(client, merchant, code)
    listed = look(client, merchant, sold.connection_id)["unmatched"]
    return order["completion"], order["completionReason"], [each["reason"] for each in listed]


FINE = ("completed", None, [])
LISTED = ("completed", "EDITED", ["EDITED"])


@pytest.mark.parametrize("lines", [[("ours", 9)], [("ours", 0)], [("OTHER", 1)]])
def test_one_that_holds_too_many_or_another_product_by_now_is_listed(
    client, rt, merchant, bought, lines
):
    sold, code = bought
    ours = sold.launch.product_id

    change(client, rt, sold, code, *((ours if sku == "ours" else sku, n) for sku, n in lines))

    assert said(client, merchant, sold, code) == LISTED
    assert books(rt, sold.launch).sold == 1


def test_the_sync_lists_it_too_and_goes_on_doing_so(client, rt, merchant, bought):
    sold, code = bought
    edit(sold, code, (sold.launch.product_id, 9))
    order = sold.shop.orders[code]
    sold.shop.orders[code] = replace(order, updated_at=order.updated_at + timedelta(seconds=1))

    for _ in range(2):
        start(client, merchant, sold.connection_id, "orders")
        drain(rt)

    assert said(client, merchant, sold, code) == LISTED


def test_put_right_it_is_listed_no_more(client, rt, merchant, bought):
    sold, code = bought
    wrong = change(client, rt, sold, code, (sold.launch.product_id, 9))

    change(client, rt, sold, code, (sold.launch.product_id, 1))
    send(client, sold.connection_id, wrong)
    drain(rt)

    assert said(client, merchant, sold, code) == FINE


def test_an_old_report_lists_nothing(client, rt, merchant, bought):
    sold, code = bought
    now = sold.shop.orders[code]
    edit(sold, code, (sold.launch.product_id, 9))
    older = replace(sold.shop.orders[code], updated_at=now.updated_at - timedelta(seconds=1))
    sold.shop.orders[code] = older

    send(client, sold.connection_id, sold.shop.deliver("order.paid", code))
    drain(rt)

    assert said(client, merchant, sold, code) == FINE


def test_cancelled_it_is_listed_no_more(client, rt, merchant, bought):
    sold, code = bought
    change(client, rt, sold, code, (sold.launch.product_id, 9))

    send(client, sold.connection_id, sold.shop.cancel(code))
    drain(rt)

    assert said(client, merchant, sold, code) == FINE
    assert books(rt, sold.launch, restocked=1).sold == 0


def test_what_the_launch_sells_by_now_speaks_against_no_order(client, rt, merchant, bought):
    sold, code = bought
    offer_sizes(rt, merchant, sold)
    change(client, rt, sold, code, ("M", 1))
    narrow(rt, sold, "S")

    order = sold.shop.orders[code]
    sold.shop.orders[code] = replace(order, updated_at=order.updated_at + timedelta(seconds=1))
    start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    assert said(client, merchant, sold, code) == FINE
