"""From a prepared order to a placed one, in a real Vendure: the shopper, and our plugin."""

import pytest

from connectors.records import CheckoutRequest
from tests.connectors.conformance import email, sku
from tests.connectors.loopback import plain, serve
from tests.connectors.real_vendure import SECRET
from tests.support.vendure.shopper import Shopper
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def shop(vendure_shop):
    return vendure_shop


@pytest.fixture
def checkout(shop, connector):
    wanted = sku()
    shop.vendure.add_product(wanted)
    return connector.create_checkout(CheckoutRequest(handle="h-of-winner", sku=wanted))


def test_the_winner_finds_the_order_filled(vendure, checkout):
    winner = Shopper(vendure.url)

    winner.follow(checkout.url)

    assert winner.active_order()["code"] == checkout.external_ref
    assert [line["quantity"] for line in winner.active_order()["lines"]] == [1]


def test_a_variant_may_be_named_by_its_id(shop, connector):
    added = shop.vendure.add_product(sku())

    request = CheckoutRequest(handle="h", variant_ref=added["variant"], quantity=2)
    winner = Shopper(shop.vendure.url)
    winner.follow(connector.create_checkout(request).url)

    assert [line["quantity"] for line in winner.active_order()["lines"]] == [2]


def test_the_winner_may_be_known_by_a_cookie(vendure, checkout):
    winner = Shopper(vendure.url, cookies=True)

    winner.follow(checkout.url)

    assert winner.active_order()["code"] == checkout.external_ref


@pytest.fixture
def customer(vendure) -> str:
    address = email()
    vendure.add_customer(address, password="of-the-customer")
    return address


def test_a_winner_who_is_signed_in_gets_the_prepared_order(vendure, checkout, customer):
    winner = Shopper(vendure.url)
    winner.sign_in(customer, "of-the-customer")

    winner.follow(checkout.url)

    assert winner.active_order()["code"] == checkout.external_ref
    assert winner.follow(checkout.url)


def test_signing_in_without_an_older_cart_keeps_the_prepared_order(vendure, checkout, customer):
    winner = Shopper(vendure.url)
    winner.follow(checkout.url)

    winner.sign_in(customer, "of-the-customer")

    assert winner.active_order()["code"] == checkout.external_ref


def test_signing_in_with_an_older_cart_replaces_the_order_as_the_docs_warn(
    shop, checkout, customer
):
    added = shop.vendure.add_product(sku())
    older, winner = Shopper(shop.vendure.url), Shopper(shop.vendure.url)
    older.sign_in(customer, "of-the-customer")
    older.ask(
        "mutation($id: ID!) { addItemToOrder(productVariantId: $id, quantity: 1) { __typename } }",
        id=added["variant"],
    )
    winner.follow(checkout.url)

    winner.sign_in(customer, "of-the-customer")

    assert winner.active_order()["code"] != checkout.external_ref


def test_a_storefront_without_the_mutation_can_use_the_prepared_session(shop):
    wanted = sku()
    shop.vendure.add_product(wanted)
    connector = shop.connector(storefront="https://www.shop.example/launch#{token}")

    checkout = connector.create_checkout(CheckoutRequest(handle="h", sku=wanted))
    winner = Shopper(shop.vendure.url, token=checkout.url.partition("#")[2])

    assert winner.active_order()["code"] == checkout.external_ref


@pytest.mark.parametrize("handle", ["", "h-of-winneR", "h-of-winner ", "h"])
def test_nobody_takes_an_order_over_without_its_handle(vendure, checkout, handle):
    stranger = Shopper(vendure.url)

    assert stranger.take_over(checkout.external_ref, handle) is None
    assert stranger.active_order() is None


def test_a_forwarded_link_does_not_show_what_another_shopper_filled_in(vendure, checkout):
    winner, friend = Shopper(vendure.url), Shopper(vendure.url)
    winner.follow(checkout.url)
    winner.fill_in()

    assert friend.follow(checkout.url) is None
    assert winner.follow(checkout.url)


def test_the_winner_may_open_the_link_in_another_browser_before_filling_in(vendure, checkout):
    Shopper(vendure.url).follow(checkout.url)

    assert Shopper(vendure.url).follow(checkout.url)


def test_an_order_without_handle_cannot_be_taken_over(shop):
    added = shop.vendure.add_product(sku())
    owner = Shopper(shop.vendure.url)
    code = owner.ask(
        "mutation($id: ID!) { addItemToOrder(productVariantId: $id, quantity: 1)"
        "{ ... on Order { code } } }",
        id=added["variant"],
    )["addItemToOrder"]["code"]

    assert Shopper(shop.vendure.url).take_over(code, "") is None


def test_a_placed_order_cannot_be_taken_over(shop, checkout):
    shop.buy(checkout)

    assert Shopper(shop.vendure.url).follow(checkout.url) is None


def test_the_plugin_delivers_again_until_it_is_taken(vendure, received, checkout):
    def placed(requests):
        return [request for request in requests if "order.placed" in request["body"]]

    def refuse_twice(handler):
        status = 503 if len(placed(patient.requests)) < 3 else 200
        plain(b"", status)(handler)

    with serve(refuse_twice) as patient:
        vendure.post_webhooks_to(patient.url, SECRET)
        winner = Shopper(vendure.url)
        winner.follow(checkout.url)
        winner.check_out()
        wait_until(lambda: len(placed(patient.requests)) >= 3, "the third attempt arrives")
    vendure.post_webhooks_to(received.url, SECRET)

    attempts = placed(patient.requests)
    assert len({request["body"] for request in attempts}) == 1
    assert len({request["webhook-id"] for request in attempts}) == 1
