"""What a shop's order must hold to be the one that a winner was sent for."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from connectors.records import OrderLine
from integration.kernel.ids import new_id
from integration.store.models import Variant
from tests.api.admitted import admitted, books, status
from tests.api.shopping import check_out, make_shop_launch, send
from tests.api.test_inbound import known_by_address, the_order
from tests.api.test_reconciliation import look, start
from tests.jobs.support import drain, make_connection, make_shop

__all__ = ["known_by_address"]


def sent(client, rt, merchant, **given):
    """A launch, its winner, and the shop's name for the checkout that they were sent to."""
    sold = make_shop_launch(rt, merchant, **given)
    guest, token = admitted(client, rt, merchant, sold.launch)
    return sold, guest, check_out(client, guest, token)


def offer_sizes(rt, merchant, sold):
    """Let the product come in two variants."""
    owner = {"product_id": sold.launch.product_id, **merchant.tenant._asdict()}
    with rt.transaction() as tx:
        for place, size in enumerate(("S", "M")):
            values = {"place": place, "sku": size, "title": size}
            tx.session.add(Variant(id=new_id("var"), **values, **owner))


def narrow(rt, sold, size):
    """Let the launch sell one of the sizes alone."""
    with rt.transaction() as tx:
        tx.session.execute(
            text(
                "UPDATE distribution SET variant_id = (SELECT id FROM variant WHERE sku = :size)"
                " WHERE id = :id"
            ),
            {"size": size, "id": sold.launch.queue_id},
        )


def edit(sold, code, *lines):
    """Let the shopper change the cart before paying: SKUs and how many."""
    changed = tuple(OrderLine(sku=sku, quantity=count) for sku, count in lines)
    sold.shop.orders[code] = replace(sold.shop.orders[code], lines=changed)


def pay(client, rt, merchant, sold, code):
    send(client, sold.connection_id, sold.shop.pay(code))
    drain(rt)
    order = the_order(client, merchant, code)
    return order["completion"], order["completionReason"]


@pytest.mark.parametrize("lines", [[("ours", 50)], [("ours", 1), ("ours", 1)], [("OTHER", 1)]])
def test_a_checkout_of_ours_completes_nothing_with_too_many_or_another_product(
    client, rt, merchant, lines
):
    sold, guest, code = sent(client, rt, merchant)
    ours = sold.launch.product_id
    edit(sold, code, *((ours if sku == "ours" else sku, count) for sku, count in lines))

    said = pay(client, rt, merchant, sold, code)

    assert said == ("rejected", "WRONG_PRODUCT")
    assert status(client, sold.launch, guest)["status"] == "ADMITTED"
    assert books(rt, sold.launch).sold == 0
    [seen] = look(client, merchant, sold.connection_id)["unmatched"]
    assert (seen["externalOrderId"], seen["reason"]) == (code, "WRONG_PRODUCT")


def test_the_reconciliation_doubts_what_the_webhook_would_have(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    edit(sold, code, (sold.launch.product_id, 50))
    sold.shop.pay(code)

    start(client, merchant, sold.connection_id, "orders")
    drain(rt)

    assert the_order(client, merchant, code)["completionReason"] == "WRONG_PRODUCT"


@pytest.mark.parametrize("wanted", [[("MUG", 3), ("ours", 1)], [("ours", 2)]])
def test_other_things_beside_and_fewer_of_ours_are_fine(client, rt, merchant, wanted):
    sold = make_shop_launch(rt, merchant, units_per_admission=2)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token, quantity=2)
    ours = sold.launch.product_id
    edit(sold, code, *((ours if sku == "ours" else sku, count) for sku, count in wanted))

    assert pay(client, rt, merchant, sold, code) == ("completed", None)


@pytest.mark.parametrize("lines", [[], [(None, 3)]])
def test_a_shop_that_does_not_say_what_was_bought_is_believed(client, rt, merchant, lines):
    sold, _, code = sent(client, rt, merchant)
    edit(sold, code, *lines)

    assert pay(client, rt, merchant, sold, code) == ("completed", None)


def test_the_shopper_may_take_another_variant_that_is_on_sale(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    offer_sizes(rt, merchant, sold)
    edit(sold, code, ("M", 1))

    assert pay(client, rt, merchant, sold, code) == ("completed", None)


def test_all_variants_together_are_no_more_than_was_asked_for(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    offer_sizes(rt, merchant, sold)
    edit(sold, code, ("S", 1), ("M", 1))

    assert pay(client, rt, merchant, sold, code) == ("rejected", "WRONG_PRODUCT")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([("S", 1), ("M", 5)], ("rejected", "WRONG_PRODUCT")),
        ([("S", 1), ("MUG", 5)], ("completed", None)),
        ([("M", 1)], ("rejected", "WRONG_PRODUCT")),
    ],
)
def test_where_one_size_is_on_sale_the_others_count_too(client, rt, merchant, lines, said):
    sold, _, code = sent(client, rt, merchant)
    offer_sizes(rt, merchant, sold)
    narrow(rt, sold, "S")
    edit(sold, code, *lines)

    assert pay(client, rt, merchant, sold, code) == said


def test_they_count_too_where_a_handle_joins_the_order(client, rt, merchant):
    sold, _, first = sent(client, rt, merchant)
    offer_sizes(rt, merchant, sold)
    narrow(rt, sold, "S")
    [thing], handle = sold.shop.products.values(), sold.shop.orders[first].handle
    code = sold.shop.open_order(thing.variants[0], 1, handle).external_id
    edit(sold, code, ("S", 1), ("M", 5))

    assert pay(client, rt, merchant, sold, code) == ("rejected", "WRONG_PRODUCT")


def test_a_cart_that_is_put_right_before_it_is_paid_completes(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    ours = sold.launch.product_id
    edit(sold, code, (ours, 2))
    doubted = pay(client, rt, merchant, sold, code)
    edit(sold, code, (ours, 1))

    righted = pay(client, rt, merchant, sold, code)

    assert [doubted, righted] == [("rejected", "WRONG_PRODUCT"), ("completed", None)]


def test_an_order_counts_although_the_launch_has_moved_to_another_shop(client, rt, merchant):
    sold, _, code = sent(client, rt, merchant)
    elsewhere = make_connection(rt, merchant, make_shop())
    experience = f"/admin/api/v1/experiences/{sold.launch.experience_id}"
    moved = client.patch(experience, headers=merchant.server, json={"connectionId": elsewhere})
    assert moved.status_code == 200, moved.text

    said = pay(client, rt, merchant, sold, code)

    assert said == ("completed", None)
