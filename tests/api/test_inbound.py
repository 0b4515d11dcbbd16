"""Webhooks from connected shops: duplicate, reordered, forged, late; one order, one completion."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from connectors.base import PlatformBusy
from connectors.records import OrderStatus, ProductChanged
from integration.services import admitting
from jobs import sweeper
from tests.api.admitted import Books, act, admitted, books, events, run_out, status, subscribe
from tests.api.shopping import check_out, make_shop_launch, send
from tests.jobs.support import drain, make_connection, make_due, make_shop

ADDRESSED = "WHERE connection.id = %(id_1)s::VARCHAR AND connection.archived_at IS NULL"
"""A shop that calls knows its connection's id alone; whose it is, that row says."""


@pytest.fixture(autouse=True)
def known_by_address(rt, listener):
    """Let that one statement go without its tenant."""
    yield
    listener.bare[:] = [each for each in listener.bare if not each.endswith(ADDRESSED)]


def busy(*_):
    raise PlatformBusy(retry_after=30)


def the_order(client, merchant, external_id):
    query = {"externalOrderId": external_id}
    page = client.get("/api/orders", headers=merchant.server, query_string=query)
    return page.json["data"][0] if page.json["data"] else None


def notices(rt):
    with rt.transaction() as tx:
        return tx.session.execute(text("SELECT * FROM inbox_notice ORDER BY id")).all()


def test_a_paid_order_completes_the_admission_that_it_came_from(client, rt, merchant):
    sold = make_shop_launch(rt, merchant, inventory_bound=True, stock=2)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)

    answer = send(client, sold.connection_id, sold.shop.pay(code))
    drain(rt)

    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"
    order = the_order(client, merchant, code)
    assert (order["completion"], order["status"]) == ("completed", "paid")
    assert order["consumerId"] == guest.consumer_id
    assert order["distributionId"] == sold.launch.queue_id
    assert order["connectionId"] == sold.connection_id
    assert (order["totalAmount"], order["currencyCode"]) == (10.0, "USD")
    assert books(rt, sold.launch) == Books(waiting=0, active=0, held=0, sold=1)


def test_a_webhook_that_comes_again_is_answered_and_changes_nothing(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    delivery = sold.shop.pay(check_out(client, guest, token))
    send(client, sold.connection_id, delivery)
    drain(rt)

    with ThreadPoolExecutor(4) as pool:
        app = client.application
        again = list(
            pool.map(
                lambda _: send(app.test_client(), sold.connection_id, delivery).status_code,
                range(8),
            )
        )
    drain(rt)

    assert again == [200] * 8
    assert len(notices(rt)) == 1
    assert books(rt, sold.launch).sold == 1


def test_several_notices_of_one_order_complete_it_once(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    deliveries = [sold.shop.pay(code), *(sold.shop.deliver("order.paid", code) for _ in range(3))]
    subscribe(rt, merchant, ["order.created", "order.completed"])

    for delivery in deliveries:
        send(client, sold.connection_id, delivery)
    drain(rt)

    assert len(notices(rt)) == 4
    assert books(rt, sold.launch).sold == 1
    assert sorted(name for name, _, _ in events(rt)) == ["order.completed", "order.created"]


def test_a_forged_webhook_is_refused_and_kept_nowhere(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    headers, body = sold.shop.pay(check_out(client, guest, token))

    tampered = send(client, sold.connection_id, (headers, body.replace(b"10.00", b"99.00")))
    unsigned = send(client, sold.connection_id, ({}, body))
    another = send(client, make_connection(rt, merchant, make_shop()), (headers, body + b" "))

    assert [each.status_code for each in (tampered, unsigned, another)] == [401] * 3
    assert notices(rt) == []


def test_an_unknown_connection_is_not_found(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    delivery = sold.shop.pay(check_out(client, guest, token))

    unknown = send(client, "conn_none", delivery)
    other_platform = send(client, sold.connection_id, delivery, platform="vendure")

    assert [unknown.status_code, other_platform.status_code] == [404, 404]
    assert unknown.json["error"] == "Connection not found"


def test_a_body_of_more_than_a_mebibyte_is_refused(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)

    answer = send(client, sold.connection_id, ({}, b"x" * (1 << 20 | 1)))

    assert answer.status_code == 413


def test_an_older_report_changes_nothing_that_is_known_better(client, rt, merchant):
    sold = make_shop_launch(rt, merchant, restock_on_cancel=True)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    paid, cancelled = sold.shop.pay(code), sold.shop.cancel(code)

    send(client, sold.connection_id, cancelled)
    drain(rt)
    send(client, sold.connection_id, paid)
    drain(rt)

    order = the_order(client, merchant, code)
    assert (order["status"], order["completion"]) == ("cancelled", "rejected")
    assert order["completionReason"] == "CANCELLED"
    assert status(client, sold.launch, guest)["status"] == "ADMITTED"
    assert books(rt, sold.launch).sold == 0


@pytest.mark.parametrize("first", ["paid", "cancelled"])
def test_a_cancelled_order_keeps_what_it_was_sold_for(client, rt, merchant, first):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    paid = sold.shop.pay(code)
    sold.shop.cancel(code)
    emptied = replace(sold.shop.orders[code], total=Decimal(0), lines=())
    sold.shop.orders[code] = emptied
    cancelled = sold.shop.deliver("order.cancelled", code)

    for delivery in (paid, cancelled) if first == "paid" else (cancelled, paid):
        send(client, sold.connection_id, delivery)
        drain(rt)

    order = the_order(client, merchant, code)
    assert (order["status"], order["totalAmount"]) == ("cancelled", 10.0)
    assert [line["quantity"] for line in order["lineItems"]] == [1]


def test_a_shop_may_set_an_orders_time_back_when_it_is_paid(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    sold.shop.pay(code)
    paid = sold.shop.orders[code]
    sold.shop.orders[code] = replace(paid, status=OrderStatus.PLACED)
    placed = sold.shop.deliver("order.placed", code)
    sold.shop.orders[code] = replace(paid, updated_at=paid.updated_at - timedelta(hours=1))

    for delivery in (placed, sold.shop.deliver("order.paid", code), placed):
        send(client, sold.connection_id, delivery)
        drain(rt)

    assert the_order(client, merchant, code)["status"] == "paid"


def test_cancelling_in_the_shop_gives_stock_back_once(client, rt, merchant):
    sold = make_shop_launch(rt, merchant, restock_on_cancel=True)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    for delivery in (sold.shop.pay(code), sold.shop.cancel(code)):
        send(client, sold.connection_id, delivery)
        drain(rt)

    send(client, sold.connection_id, sold.shop.deliver("order.cancelled", code))
    drain(rt)

    assert the_order(client, merchant, code)["status"] == "cancelled"
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"
    assert books(rt, sold.launch, restocked=1).sold == 0


def test_an_order_that_came_from_no_checkout_of_ours_is_kept_and_rejected(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    [product] = sold.shop.products.values()
    bought = sold.shop.open_order(product.variants[0], 1, "hnd_made-up")

    send(client, sold.connection_id, sold.shop.pay(bought.external_id))
    drain(rt)

    order = the_order(client, merchant, bought.external_id)
    assert (order["completion"], order["completionReason"]) == ("rejected", "NO_ADMISSION")


def handle_of(rt):
    with rt.transaction() as tx:
        return tx.session.scalar(text("SELECT handle FROM handoff"))


def test_a_carried_handle_is_believed_for_the_right_product_alone(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    check_out(client, guest, token)
    [product] = sold.shop.products.values()
    other = sold.shop.add_product("OTHER").variants[0]
    handle = handle_of(rt)
    wrong = sold.shop.open_order(other, 1, handle).external_id
    too_many = sold.shop.open_order(product.variants[0], 2, handle).external_id
    right = sold.shop.open_order(product.variants[0], 1, handle).external_id
    again = sold.shop.open_order(product.variants[0], 1, handle).external_id

    for code in (wrong, too_many, right, again):
        send(client, sold.connection_id, sold.shop.pay(code))
        drain(rt)

    said = [the_order(client, merchant, code) for code in (wrong, too_many, right, again)]
    assert [each["completionReason"] for each in said] == [
        "WRONG_PRODUCT",
        "WRONG_PRODUCT",
        None,
        "ALREADY_COMPLETED",
    ]
    assert said[2]["consumerId"] == guest.consumer_id
    assert books(rt, sold.launch).sold == 1


def test_a_handle_is_good_in_its_own_shop_alone(client, rt, merchant):
    sold, elsewhere = make_shop_launch(rt, merchant), make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    check_out(client, guest, token)
    [product] = elsewhere.shop.products.values()
    code = elsewhere.shop.open_order(product.variants[0], 1, handle_of(rt)).external_id

    send(client, elsewhere.connection_id, elsewhere.shop.pay(code))
    drain(rt)

    assert the_order(client, merchant, code)["completionReason"] == "NO_ADMISSION"
    assert status(client, sold.launch, guest)["status"] == "ADMITTED"


def test_orders_of_two_shops_may_have_the_same_number(client, rt, merchant):
    first, second = make_shop_launch(rt, merchant), make_shop_launch(rt, merchant)
    codes = []
    for sold in (first, second):
        guest, token = admitted(client, rt, merchant, sold.launch)
        codes.append(check_out(client, guest, token))
        send(client, sold.connection_id, sold.shop.pay(codes[-1]))
        drain(rt)

    assert codes[0] == codes[1]
    assert [books(rt, sold.launch).sold for sold in (first, second)] == [1, 1]


def test_a_late_payment_completes_while_stock_allows(client, rt, merchant):
    sold = make_shop_launch(rt, merchant, inventory_bound=True, stock=1)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    run_out(rt, sold.launch)
    admitting.expire_due(rt)

    send(client, sold.connection_id, sold.shop.pay(code))
    drain(rt)

    order = the_order(client, merchant, code)
    assert (order["completion"], order["late"]) == ("completed", True)
    assert books(rt, sold.launch) == Books(waiting=0, active=0, held=0, sold=1)


def test_the_shops_order_and_the_merchants_completion_are_one_order(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    done = act(client, merchant, sold.launch, "complete", admissionToken=token, orderId=code)

    send(client, sold.connection_id, sold.shop.pay(code))
    drain(rt)

    order = the_order(client, merchant, code)
    assert done.status_code == 200
    assert (order["completion"], order["totalAmount"]) == ("completed", 10.0)
    assert order["connectionId"] == sold.connection_id
    assert books(rt, sold.launch).sold == 1


def test_what_fails_is_written_down_and_tried_again(client, rt, merchant, monkeypatch):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    with monkeypatch.context() as failing:
        failing.setattr("connectors.fake.connector.FakeConnector.interpret", busy)
        send(client, sold.connection_id, sold.shop.pay(code))
        drain(rt)
    [failed] = notices(rt)

    make_due(rt, "inbox_notice")
    sweeper.sweep(rt)
    drain(rt)

    assert failed.attempts == 1
    assert failed.problem.startswith("PLATFORM_BUSY")
    assert failed.due_at - failed.received_at >= timedelta(seconds=2)
    [handled] = notices(rt)
    assert handled.handled_at is not None
    assert the_order(client, merchant, code)["completion"] == "completed"


def test_a_product_that_changed_in_the_shop_changes_here(client, rt, merchant, monkeypatch):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    delivery = sold.shop.pay(check_out(client, guest, token))
    changed = replace(sold.shop.add_product("NEW"), name="Renamed")
    told = ProductChanged(external_id=changed.external_id, product=changed)
    interpret = "connectors.fake.connector.FakeConnector.interpret"
    monkeypatch.setattr(interpret, lambda *_: told)

    send(client, sold.connection_id, delivery)
    drain(rt)

    found = client.get("/api/products?sku=NEW", headers=merchant.server).json["data"]
    assert [product["name"] for product in found] == ["Renamed"]


@pytest.mark.parametrize("over", [False, True])
def test_what_is_gone_from_the_shop_goes_here_once_no_launch_sells_it(
    client, rt, merchant, monkeypatch, over
):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    delivery = sold.shop.pay(check_out(client, guest, token))
    let_it_come_from(rt, sold)
    if over:
        path = f"/admin/api/v1/experiences/{sold.launch.experience_id}/end"
        assert client.post(path, headers=merchant.server).status_code == 200
    told = ProductChanged(external_id="p-gone", product=None)
    interpret = "connectors.fake.connector.FakeConnector.interpret"
    monkeypatch.setattr(interpret, lambda *_: told)

    send(client, sold.connection_id, delivery)
    drain(rt)

    found = client.get("/api/products?externalId=p-gone", headers=merchant.server).json["data"]
    assert len(found) == (0 if over else 1)


def let_it_come_from(rt, sold):
    """Let the product on offer be one that the shop brought."""
    changed = "UPDATE product SET sync_source = :shop, external_id = 'p-gone' WHERE id = :id"
    with rt.transaction() as tx:
        values = {"shop": sold.connection_id, "id": sold.launch.product_id}
        tx.session.execute(text(changed), values)
