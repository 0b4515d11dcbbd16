"""One checkout in the shop for an admission, however many ways out are asked for."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Event

import pytest
from sqlalchemy import text

from connectors.base import PlatformBusy
from connectors.fake import PLATFORM
from connectors.records import Checkout
from integration.kernel.ids import new_id
from integration.services import checkouts
from integration.store.models import Variant
from tests.api.admitted import admitted
from tests.api.shopping import (
    hand_off,
    let_time_pass,
    make_shop_launch,
    path_of,
    query_of,
)
from tests.jobs.support import make_connection, make_shop
from tests.support.waiting import wait_until

PATIENCE = 30


@pytest.fixture
def winner(client, rt, merchant):
    """A launch whose winners may buy two, and what makes its one winner another way out."""
    sold = make_shop_launch(rt, merchant, units_per_admission=2)
    guest, token = admitted(client, rt, merchant, sold.launch)
    return sold, lambda **body: hand_off(client, guest, token, **body)


@pytest.fixture
def go(app):
    """Opens a way out in a browser of its own."""
    return lambda handoff: app.test_client().get(path_of(handoff))


def offer_sizes(rt, merchant, sold):
    """Let the product come in two sizes, in the shop too; return their ids."""
    sizes = {size: new_id("var") for size in ("S", "M")}
    owner = {"product_id": sold.launch.product_id, **merchant.tenant._asdict()}
    with rt.transaction() as tx:
        for place, (size, id_) in enumerate(sizes.items()):
            tx.session.add(Variant(id=id_, place=place, sku=size, title=size, **owner))
    for size in sizes:
        sold.shop.add_product(size)
    return sizes


def test_a_later_way_out_leads_to_the_same_checkout(winner, go):
    sold, ask = winner

    places = [go(ask()).headers["Location"] for _ in range(3)]

    assert len(set(places)) == 1
    assert sold.shop.calls["create_checkout"] == 1


def test_of_two_opened_at_the_same_moment_one_asks_the_shop(winner, go, monkeypatch):
    sold, ask = winner
    open_order, answered = sold.shop.open_order, Event()

    def slowly(*given):
        assert answered.wait(PATIENCE)
        return open_order(*given)

    monkeypatch.setattr(sold.shop, "open_order", slowly)
    handoffs = [ask() for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        begun = [pool.submit(go, each) for each in handoffs]
        try:
            early, left = set(), set(begun)
            while len(left) > 1:
                done, left = wait(left, PATIENCE, FIRST_COMPLETED)
                assert done
                early |= done
        finally:
            answered.set()
    late = [go(ask()).headers["Location"] for _ in range(2)]

    [first] = left
    assert {each.result().status_code for each in early} == {503}
    assert first.result().status_code == 303
    assert set(late) == {first.result().headers["Location"]}
    assert sold.shop.calls["create_checkout"] == 1


def test_another_quantity_is_refused_while_a_checkout_is_open(winner, go):
    sold, ask = winner
    go(ask(quantity=1))

    refused = ask(quantity=2)

    assert (refused.status_code, refused.json["code"]) == (409, "CHECKOUT_OPEN")
    assert (refused.json["variantId"], refused.json["quantity"]) == (None, 1)
    assert "same variantId and quantity" in refused.json["message"]
    assert go(ask(quantity=1)).status_code == 303
    assert sold.shop.calls["create_checkout"] == 1


def test_another_variant_is_refused_and_the_first_one_by_its_name_is_not(winner, go, rt, merchant):
    sold, ask = winner
    sizes = offer_sizes(rt, merchant, sold)
    first = go(ask())

    refused = ask(variantId=sizes["M"])
    same = go(ask(variantId=sizes["S"]))

    assert (refused.status_code, refused.json["code"]) == (409, "CHECKOUT_OPEN")
    assert same.headers["Location"] == first.headers["Location"]


def test_a_way_out_that_nobody_opened_binds_nobody(winner, go):
    sold, ask = winner
    unopened = ask(quantity=1)

    opened = go(ask(quantity=2))
    late = go(unopened)

    assert opened.status_code == 303
    assert late.status_code == 409
    assert "another variant or quantity" in late.text
    assert sold.shop.calls["create_checkout"] == 1


def test_after_a_lost_answer_the_shop_is_asked_with_the_same_handle(winner, go, monkeypatch):
    sold, ask = winner
    open_order = sold.shop.open_order

    def lose(*given):
        open_order(*given)
        raise PlatformBusy

    with monkeypatch.context() as losing:
        losing.setattr(sold.shop, "open_order", lose)
        lost = go(ask())

    found = go(ask())

    assert (lost.status_code, found.status_code) == (503, 303)
    assert len({order.handle for order in sold.shop.orders.values()}) == 1


def claimed_until(rt):
    """Until when some way out has the right to ask the shop, and how many seconds that is."""
    with rt.transaction() as tx:
        return tx.session.execute(
            text(
                "SELECT claimed_until, extract(epoch FROM claimed_until - clock_timestamp())"
                " FROM handoff WHERE claimed_until IS NOT NULL"
            )
        ).one()


def test_a_process_that_dies_keeps_its_winner_out_for_some_seconds_alone(
    winner, go, rt, monkeypatch
):
    sold, ask = winner

    def die(*_):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(sold.shop, "open_order", die)
        dying.setattr("integration.store.handoffs.release", lambda *_: None)
        with pytest.raises(SystemExit):
            go(ask())
    _, seconds = claimed_until(rt)
    let_time_pass(rt, "handoff", "claimed_until")
    late = go(ask())

    assert seconds <= 15
    assert late.status_code == 303


def test_a_shop_that_is_slow_is_asked_by_one_for_as_long_as_it_takes(winner, go, rt, monkeypatch):
    sold, ask = winner
    open_order, asked, answered = sold.shop.open_order, Event(), Event()

    def slowly(*given):
        asked.set()
        assert answered.wait(PATIENCE)
        return open_order(*given)

    monkeypatch.setattr("integration.services.checkouts.BEAT_SECONDS", 0.05)
    monkeypatch.setattr(sold.shop, "open_order", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(go, ask())
        try:
            assert asked.wait(PATIENCE)
            let_time_pass(rt, "handoff", "claimed_until")
            wait_until(lambda: claimed_until(rt)[1] > 0, "the claim is renewed")
            early = go(ask())
        finally:
            answered.set()
    late = go(ask())

    assert (early.status_code, first.result().status_code) == (503, 303)
    assert late.headers["Location"] == first.result().headers["Location"]
    assert sold.shop.calls["create_checkout"] == 1


def test_two_renewals_may_be_lost():
    assert checkouts.LEASE.total_seconds() > 3 * checkouts.BEAT_SECONDS


def test_a_refused_checkout_leaves_the_choice_of_another(winner, go, rt, merchant):
    sold, ask = winner
    sizes = offer_sizes(rt, merchant, sold)
    sold.shop.products.popitem()

    gone = go(ask(variantId=sizes["M"]))
    other = go(ask(variantId=sizes["S"]))

    assert (gone.status_code, other.status_code) == (503, 303)


def test_a_checkout_that_the_shop_has_ended_is_followed_by_another(winner, go, rt):
    sold, ask = winner
    first = go(ask())
    let_time_pass(rt, "handoff", "checkout_until")

    second = go(ask(quantity=2))

    assert query_of(first)["order"] != query_of(second)["order"]
    assert sold.shop.calls["create_checkout"] == 2


def test_another_shop_gets_a_checkout_of_its_own(winner, go, rt, merchant):
    sold, ask = winner
    go(ask())
    elsewhere = make_shop()
    elsewhere.add_product(sold.launch.product_id)
    connection_id = make_connection(rt, merchant, elsewhere)
    with rt.transaction() as tx:
        values = {"connection": connection_id, "id": sold.launch.experience_id}
        moved = "UPDATE experience SET connection_id = :connection WHERE id = :id"
        tx.session.execute(text(moved), values)

    led = go(ask())

    assert led.headers["Location"].startswith(elsewhere.url.lower())
    assert elsewhere.calls["create_checkout"] == 1


def test_where_links_open_once_each_way_out_gets_a_link_to_the_same_cart(winner, go, monkeypatch):
    sold, ask = winner
    single = replace(PLATFORM, single_use_links=True)
    monkeypatch.setattr("integration.services.checkouts.find_platform", lambda *_, **__: single)
    asked = []
    create = "connectors.fake.connector.FakeConnector.create_checkout"
    make = sold.shop.open_order

    def link(_, request):
        asked.append(request.again)
        order = make(next(iter(sold.shop.products.values())).variants[0], 1, request.handle)
        url = f"{sold.shop.url}/checkout?order={order.external_id}"
        return Checkout(url=url, external_ref=request.again or order.external_id)

    monkeypatch.setattr(create, link)
    first, second, third = ask(), ask(), ask()

    places = [query_of(go(each))["order"] for each in (first, second, third)]

    assert len(set(places)) == 3
    assert asked == [None, places[0], places[0]]
    assert ask(quantity=2).status_code == 409
