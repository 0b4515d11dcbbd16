"""Orders that their shop cancels and takes up again: late payments, and a merchant's regrets."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from connectors.records import OrderStatus
from integration.store import reported_orders
from tests.api.admitted import Books, books, events, status, subscribe
from tests.api.shopping import send
from tests.api.test_inbound import known_by_address, the_order
from tests.api.test_reconciliation import look, start
from tests.api.test_shop_orders import sent
from tests.jobs.support import drain

__all__ = ["known_by_address"]


def revive(sold, code, state=OrderStatus.PAID):
    """Let the shop take an order up again, a second after it has last changed."""
    order = sold.shop.orders[code]
    later = order.updated_at + timedelta(seconds=1)
    sold.shop.orders[code] = replace(order, status=state, placed_at=later, updated_at=later)
    return sold.shop.deliver("order.paid", code)


def tell(client, rt, sold, *deliveries):
    for delivery in deliveries:
        send(client, sold.connection_id, delivery)
        drain(rt)


@pytest.mark.parametrize("state", [OrderStatus.PLACED, OrderStatus.PAID])
def test_an_order_that_was_cancelled_before_it_was_paid_completes(client, rt, merchant, state):
    sold, guest, code = sent(client, rt, merchant)
    tell(client, rt, sold, sold.shop.cancel(code))
    before = the_order(client, merchant, code)
    subscribe(rt, merchant, ["order.created", "order.completed"])

    tell(client, rt, sold, revive(sold, code, state))

    after = the_order(client, merchant, code)
    assert (before["completion"], before["completionReason"]) == ("rejected", "CANCELLED")
    assert (after["status"], after["completion"]) == (state, "completed")
    assert after["completionReason"] is None
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"
    assert books(rt, sold.launch).sold == 1
    assert [name for name, _, _ in events(rt)] == ["order.completed"]
    assert look(client, merchant, sold.connection_id)["unmatched"] == []


def test_the_reconciliation_finds_it_too(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    tell(client, rt, sold, sold.shop.cancel(code))
    revive(sold, code)

    start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    assert the_order(client, merchant, code)["completion"] == "completed"


def test_a_state_that_nobody_here_knows_revives_nothing(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    tell(client, rt, sold, sold.shop.cancel(code))
    revive(sold, code, OrderStatus.PLACED)
    sold.shop.orders[code] = replace(sold.shop.orders[code], status_known=False)

    start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    order = the_order(client, merchant, code)
    assert (order["status"], order["completionReason"]) == ("cancelled", "CANCELLED")
    assert books(rt, sold.launch).sold == 0


def test_a_state_that_nobody_here_knows_completes_an_order_that_lives(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    sold.shop.pay(code)
    paid = sold.shop.orders[code]
    sold.shop.orders[code] = replace(paid, status=OrderStatus.PLACED, status_known=False)

    start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    assert the_order(client, merchant, code)["completion"] == "completed"


def test_a_report_from_before_the_cancelling_revives_nothing(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    paid = sold.shop.pay(code)
    cancelled = sold.shop.cancel(code)
    at_once = replace(sold.shop.orders[code], status=OrderStatus.PAID)
    sold.shop.orders[code] = at_once

    tell(client, rt, sold, cancelled, paid, sold.shop.deliver("order.paid", code))

    order = the_order(client, merchant, code)
    assert (order["status"], order["completionReason"]) == ("cancelled", "CANCELLED")
    assert books(rt, sold.launch).sold == 0


def test_a_cancelling_that_arrives_after_its_revival_is_old_news(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    cancelled = sold.shop.cancel(code)
    again = sold.shop.deliver("order.cancelled", code)

    tell(client, rt, sold, cancelled, revive(sold, code), again)

    order = the_order(client, merchant, code)
    assert (order["status"], order["completion"]) == ("paid", "completed")


def test_what_is_refunded_stays_so(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    sold.shop.cancel(code)
    order = sold.shop.orders[code]
    sold.shop.orders[code] = replace(order, status=OrderStatus.REFUNDED)
    refunded = sold.shop.deliver("order.cancelled", code)

    tell(client, rt, sold, refunded, revive(sold, code))

    assert the_order(client, merchant, code)["status"] == "refunded"


def test_one_that_had_completed_stays_cancelled_and_is_reported(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant, restock_on_cancel=True)
    tell(client, rt, sold, sold.shop.pay(code), sold.shop.cancel(code))

    tell(client, rt, sold, revive(sold, code))

    order = the_order(client, merchant, code)
    assert (order["status"], order["completion"]) == ("cancelled", "completed")
    assert order["completionReason"] == "REVIVED"
    assert books(rt, sold.launch, restocked=1).sold == 0
    [seen] = look(client, merchant, sold.connection_id)["unmatched"]
    assert (seen["externalOrderId"], seen["reason"]) == (code, "REVIVED")


@pytest.mark.parametrize("end", ["cancelled", "refunded"])
def test_a_second_end_closes_the_report(client, rt, merchant, end):
    sold, _, code = sent(client, rt, merchant, restock_on_cancel=True)
    tell(client, rt, sold, sold.shop.pay(code), sold.shop.cancel(code), revive(sold, code))

    tell(client, rt, sold, revive(sold, code, OrderStatus(end)))

    order = the_order(client, merchant, code)
    assert (order["status"], order["completionReason"]) == (end, None)
    assert books(rt, sold.launch, restocked=1).sold == 0
    assert look(client, merchant, sold.connection_id)["unmatched"] == []


def test_revived_by_many_reports_at_once_it_completes_once(client, rt, merchant):
    sold, guest, code = sent(client, rt, merchant, inventory_bound=True, stock=1)
    tell(client, rt, sold, sold.shop.cancel(code))
    cancelled = asdict(sold.shop.orders[code])
    revive(sold, code)
    paid = asdict(sold.shop.orders[code])

    def report(record):
        with rt.transaction() as tx:
            reported_orders.take_over(tx.session, merchant.tenant, sold.connection_id, record)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(report, [paid, cancelled] * 6))

    assert the_order(client, merchant, code)["status"] == "paid"
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"
    assert books(rt, sold.launch) == Books(waiting=0, active=0, held=0, sold=1)
