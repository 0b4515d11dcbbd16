"""A winner's way into a Shopify checkout, and what its orders say."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from connectors.base import ConnectorError, NoticeRefused, PlatformRefused
from connectors.records import CheckoutRequest, CustomerAsked, CustomerErased, OrderStatus, ShopLeft
from integration.kernel.clock import SystemClock
from tests.connectors.conformance import sku
from tests.connectors.standin_shopify import shopify_with
from tests.support.shopify.posting import order_payload

HANDLE = "hnd_01K0000000000000000000000"


@pytest.fixture
def shop():
    with shopify_with(points=50_000) as made:
        yield made


@pytest.fixture
def variant(shop):
    """The number of a variant on sale, and its SKU."""
    wanted = sku()
    shop.add_product(wanted, Decimal("20.00"))
    parts = [part for p in shop.shop.stock.products.values() for part in p["parts"]]
    [id_] = [part["id"] for part in parts if part["sku"] == wanted]
    return id_.rpartition("/")[2], wanted


def request_for(variant, **given):
    values = {"handle": HANDLE, "variant_ref": variant[0], "sku": variant[1], **given}
    return CheckoutRequest(**values)


def cart_of(shop, checkout):
    return shop.shop.stock.carts[checkout.external_ref]


def told(shop, number, **changes):
    """Return what a webhook about an order is interpreted as, with changes to its payload."""
    node = shop.shop.stock.orders[f"gid://shopify/Order/{number}"]
    payload = {**order_payload(node, protected=False), **changes}
    payload = {name: value for name, value in payload.items() if value != "left out"}
    connector = shop.connector()
    notice = connector.read_notice(*shop.shop.posting.signed("orders/updated", payload))
    return connector.interpret(notice).order


def test_a_cart_is_made_for_the_winner_alone(shop, variant):
    made = shop.connector().create_checkout(
        request_for(variant, quantity=2, email="ada@example.test", buyer_ip="203.0.113.7")
    )

    cart = cart_of(shop, made)
    assert cart["lines"] == [
        {"merchandiseId": f"gid://shopify/ProductVariant/{variant[0]}", "quantity": 2}
    ]
    assert cart["buyerIdentity"] == {"email": "ada@example.test"}
    assert cart["metafields"][0]["key"] == "$app:fanfare.handle"
    assert shop.shop.buyers == ["203.0.113.7"]
    assert made.url.startswith(f"https://{shop.shop.domain}/cart/c/{made.external_ref}")
    assert HANDLE not in made.url


def test_a_variant_that_is_known_costs_the_admin_api_nothing(shop, variant):
    shop.connector().create_checkout(request_for(variant))

    assert shop.shop.asked == []


def test_a_sku_that_another_one_begins_with_is_not_it(shop, variant):
    shop.add_product(f"{variant[1]}-LONG", Decimal("1.00"))

    made = shop.connector().create_checkout(request_for(variant, variant_ref=None))

    assert cart_of(shop, made)["lines"][0]["merchandiseId"].endswith(f"/{variant[0]}")


@pytest.mark.parametrize("odd", ['A" OR sku:*', "A\\", "A:B", "", None])
def test_an_odd_sku_finds_nothing_else(shop, variant, odd):
    with pytest.raises(PlatformRefused):
        shop.connector().create_checkout(request_for(variant, variant_ref=None, sku=odd))


def test_a_variant_that_is_no_number_is_never_sent(shop, variant):
    with pytest.raises(ConnectorError):
        shop.connector().create_checkout(request_for(variant, variant_ref="1/../2"))


def test_without_a_storefront_token_a_link_fills_the_cart(shop, variant):
    connector = shop.connector(storefrontToken=None)

    made = connector.create_checkout(request_for(variant, quantity=2, email="ada+1@example.test"))

    address = urlsplit(made.url)
    query = parse_qs(address.query)
    assert (address.netloc, address.path) == (shop.shop.domain, f"/cart/{variant[0]}:2")
    assert query["attributes[fanfare]"] == [HANDLE]
    assert query["checkout[email]"] == ["ada+1@example.test"]
    assert made.external_ref == HANDLE


def test_an_app_that_may_makes_itself_a_token_for_carts_once(shop, variant):
    shop.shop.resolving.scopes.append("unauthenticated_write_checkouts")
    kept = {"storefrontToken": ""}
    outside = {"save_credentials": kept.update}

    for _ in range(2):
        shop.connector(outside=outside, **kept).verify()
    made = shop.connector(**kept).create_checkout(request_for(variant, buyer_ip="203.0.113.7"))

    assert [kept["storefrontToken"]] == shop.shop.resolving.public_tokens
    assert cart_of(shop, made)
    # Only a token that is secret may say for whom it asks.
    assert shop.shop.buyers == [None]


def test_a_code_of_the_winners_own_is_good_once_and_for_a_while(shop, variant):
    shop.shop.resolving.scopes.append("write_discounts")
    ends = SystemClock().now() + timedelta(minutes=10)
    connector = shop.connector(settings={"discountPercent": "12.5"})

    made = [connector.create_checkout(request_for(variant, expires_at=ends)) for _ in range(2)]

    [discount] = shop.shop.stock.discounts.values()
    gets = discount["customerGets"]
    assert {tuple(cart_of(shop, each)["discountCodes"]) for each in made} == {(HANDLE,)}
    assert (discount["code"], discount["usageLimit"]) == (HANDLE, 1)
    assert discount["endsAt"] == ends.isoformat()
    assert gets["value"] == {"percentage": 0.125}
    assert gets["items"]["products"]["productVariantsToAdd"] == [
        f"gid://shopify/ProductVariant/{variant[0]}"
    ]


def test_a_link_carries_the_code_too(shop, variant):
    shop.shop.resolving.scopes.append("write_discounts")
    connector = shop.connector(storefrontToken=None, settings={"discountPercent": "1"})

    made = connector.create_checkout(request_for(variant))

    assert f"discount={HANDLE}" in unquote(made.url)


@pytest.fixture
def number(shop, variant):
    """The number of an order that came from a winner's cart."""
    made = shop.connector().create_checkout(request_for(variant))
    return shop.shop.stock.place_order(cart_of(shop, made), email="ada@example.test")


def test_an_order_says_the_same_by_webhook_and_by_api(shop, number):
    connector = shop.connector()

    by_webhook = told(shop, number)
    (by_api,) = connector.list_orders(None, None).records

    assert by_webhook == replace(by_api, updated_at=by_webhook.updated_at)
    assert by_webhook.handle == HANDLE


@pytest.mark.parametrize("missing", ["cart_token", "note_attributes", "line_items"])
def test_a_webhook_that_was_cut_short_has_its_order_read_again(shop, number, missing):
    found = told(shop, number, **{missing: "left out"})

    assert found == told(shop, number)
    assert shop.shop.asked == ["Order"]


def test_a_refund_has_its_order_read_again(shop, number):
    connector = shop.connector()
    shop.shop.stock.cancel_order(number)
    payload = {"id": 7, "order_id": int(number), "note": "x", "transactions": []}

    notice = connector.read_notice(*shop.shop.posting.signed("refunds/create", payload))

    assert notice.payload == {"id": 7, "order_id": int(number)}
    assert connector.interpret(notice).order.status == OrderStatus.CANCELLED


@pytest.mark.parametrize(
    ("financial", "cancelled", "status"),
    [
        ("pending", None, "placed"),
        ("authorized", None, "placed"),
        ("partially_paid", None, "placed"),
        ("paid", None, "paid"),
        ("partially_refunded", None, "paid"),
        ("refunded", None, "refunded"),
        ("voided", "2026-11-20T10:00:00-05:00", "cancelled"),
        (None, None, "placed"),
        ("something_new", None, "placed"),
    ],
)
def test_what_shopify_calls_it(shop, number, financial, cancelled, status):
    found = told(shop, number, financial_status=financial, cancelled_at=cancelled)

    assert found.status == OrderStatus(status)


def test_a_handle_is_found_by_its_code_where_the_attribute_got_lost(shop, number):
    codes = [{"code": "SUMMER"}, {"code": HANDLE}]

    found = told(shop, number, note_attributes=[], discount_codes=codes)

    assert found.handle == HANDLE


def test_a_notice_keeps_no_more_than_it_needs(shop, number):
    connector = shop.connector()

    notice = connector.read_notice(*shop.shop.posting.order("orders/paid", number))

    assert "shipping_address" not in notice.payload
    assert "landing_site" not in notice.payload


def test_a_notice_of_another_shop_is_refused(shop, number):
    headers, body = shop.shop.posting.order("orders/paid", number)

    with pytest.raises(NoticeRefused):
        shop.connector().read_notice({**headers, "X-Shopify-Shop-Domain": "b.myshopify.com"}, body)


def test_shopifys_headers_to_come_are_known_already(shop, number):
    headers, body = shop.shop.posting.order("orders/paid", number)
    renamed = {name.removeprefix("X-"): value for name, value in headers.items()}

    assert shop.connector().read_notice(renamed, body).topic == "orders/paid"


@pytest.mark.parametrize("body", [b"[]", b"null", b"{", b"", b"\xff", b"[" * 100_000])
def test_what_is_signed_and_no_notice_is_refused(shop, body):
    delivery = shop.shop.posting.signed_raw("orders/paid", body)

    with pytest.raises(NoticeRefused):
        shop.connector().read_notice(*delivery)


def test_a_product_that_changed_is_read_again_and_one_that_is_gone_is_gone(shop, variant):
    connector = shop.connector()
    [id_] = shop.shop.stock.products
    payload = {"id": int(id_.rpartition("/")[2]), "title": "Old news"}
    posting = shop.shop.posting

    def hear(topic):
        return connector.interpret(connector.read_notice(*posting.signed(topic, payload)))

    changed, deleted = hear("products/update"), hear("products/delete")
    shop.shop.stock.products.clear()
    late = hear("products/create")

    assert (changed.product.sku, changed.product.name) == (variant[1], f"Product {variant[1]}")
    assert (deleted.product, late.product) == (None, None)


def test_the_compliance_topics_are_understood(shop):
    connector = shop.connector()

    def hear(topic, **payload):
        return connector.interpret(connector.read_notice(*shop.shop.posting.signed(topic, payload)))

    customer = {"id": 207119551, "email": "john@example.com", "phone": "555-625-1199"}
    asked = hear("customers/data_request", customer=customer, orders_requested=[299938])
    redact = hear("customers/redact", customer=customer, orders_to_redact=[299938])
    still_there = hear("shop/redact", shop_id=954889, shop_domain="x")
    shop.shop.desk.expire()
    left, erase = hear("app/uninstalled", id=1), hear("shop/redact", shop_id=954889)

    assert asked == CustomerAsked(external_id="207119551")
    assert redact == CustomerErased(external_id="207119551")
    assert still_there is None
    assert (left, erase) == (ShopLeft(), ShopLeft(erase=True))
