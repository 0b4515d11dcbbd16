"""Shopify's lists: long ones by bulk operation, wide ones in parts, hidden fields as nothing."""

import itertools
from datetime import timedelta
from decimal import Decimal

import pytest

from connectors.base import ConnectorError, PlatformBusy
from connectors.shopify import bulk, documents
from tests.connectors.conformance import a_new_moment, email, ids, sku
from tests.connectors.standin_shopify import shopify_with

LISTS = ("list_products", "list_customers", "list_orders")


@pytest.fixture
def shop():
    with shopify_with(points=50_000) as made:
        yield made


def walk(read, since=None):
    """Read page after page, waiting as told for what is being written."""
    cursor, records = None, []
    while True:
        try:
            page = read(cursor, since)
        except PlatformBusy:
            continue
        records += page.records
        cursor = page.next_cursor
        if cursor is None:
            return records


def fill(shop, count=12):
    """Let a shop have some of everything, for an hour: a list that begins now meets it once."""
    stock = shop.shop.stock
    stock.ago = timedelta(hours=1)
    for _ in range(count):
        wanted = sku()
        stock.add_product(wanted, Decimal("12.50"), variants=3)
        stock.add_customer(email())
        [variant] = [v for p in stock.products.values() for v in p["parts"] if v["sku"] == wanted]
        lines = [{"merchandiseId": variant["id"], "quantity": 2}]
        stock.place_order(stock.add_cart({"lines": lines}))
    stock.ago = timedelta(0)


@pytest.mark.parametrize("name", LISTS)
def test_a_bulk_list_has_the_same_records_as_pages_have(shop, name):
    fill(shop)
    shop.shop.bulk.polls = 2

    paged = walk(getattr(shop.connector(), name))
    bulky = walk(getattr(shop.connector(bulk_from=5), name))

    assert len(paged) == 12
    assert sorted(bulky, key=lambda r: r.external_id) == sorted(paged, key=lambda r: r.external_id)
    assert len(shop.shop.bulk.operations) == 1


def test_a_bulk_list_is_read_in_parts_that_cut_no_object(shop, monkeypatch):
    monkeypatch.setattr(bulk, "PART_BYTES", 2500)
    fill(shop, 20)

    found = walk(shop.connector(bulk_from=5).list_products)

    assert len(found) == 20
    assert {len(product.variants) for product in found} == {3}


def test_an_object_that_fits_into_no_part_is_an_error(shop, monkeypatch):
    monkeypatch.setattr(bulk, "PART_BYTES", 100)
    fill(shop, 5)

    with pytest.raises(ConnectorError, match="too large"):
        walk(shop.connector(bulk_from=5).list_products)


def test_what_changes_while_the_list_is_written_is_met_behind_it(shop):
    fill(shop, 6)
    connector = shop.connector(bulk_from=5)
    begun = connector.list_products(None, None)
    added = shop.add_product(sku(), Decimal("5.00"))

    rest, cursor = [], begun.next_cursor
    while cursor:
        page = connector.list_products(cursor, None)
        rest, cursor = rest + ids(page.records), page.next_cursor

    assert (begun.records, begun.total) == ((), 6)
    assert rest.count(added) == 1
    assert len(set(rest)) == 7


def test_a_bulk_list_that_is_not_ready_is_to_be_asked_for_again(shop):
    fill(shop, 6)
    shop.shop.bulk.polls = 10**6
    connector = shop.connector(bulk_from=5)
    begun = connector.list_products(None, None)

    with pytest.raises(PlatformBusy) as busy:
        connector.list_products(begun.next_cursor, None)

    assert busy.value.retry_after == bulk.LOOK_AGAIN_SECONDS


def test_more_bulk_lists_than_the_shop_allows_wait_for_their_turn(shop):
    fill(shop, 6)
    shop.shop.bulk.at_most = 0

    with pytest.raises(PlatformBusy) as busy:
        shop.connector(bulk_from=5).list_products(None, None)

    assert busy.value.retry_after == bulk.TAKEN_SECONDS


@pytest.mark.parametrize("ending", ["FAILED", "CANCELED", "EXPIRED"])
def test_a_bulk_list_that_failed_says_so(shop, ending):
    fill(shop, 6)
    shop.shop.bulk.ends_as, shop.shop.bulk.error = ending, "TIMEOUT"

    with pytest.raises(ConnectorError, match="TIMEOUT"):
        walk(shop.connector(bulk_from=5).list_products)


def test_a_bulk_list_that_is_forgotten_says_so(shop):
    fill(shop, 6)
    begun = shop.connector(bulk_from=5).list_products(None, None)
    shop.shop.bulk.operations.clear()

    with pytest.raises(ConnectorError, match="start a new sync"):
        shop.connector().list_products(begun.next_cursor, None)


@pytest.mark.parametrize("count", [documents.VARIANTS_AT_ONCE, documents.VARIANTS_AT_ONCE + 1, 400])
def test_a_product_arrives_with_all_of_its_variants(shop, count):
    shop.shop.stock.add_product("WIDE", variants=count)

    (found,) = walk(shop.connector().list_products)

    assert len({variant.external_id for variant in found.variants}) == count
    assert found.inventory == 100 * count


def test_an_order_arrives_with_all_of_its_lines(shop):
    stock = shop.shop.stock
    stock.add_product("MANY", variants=documents.LINES_AT_ONCE + 3)
    variants = [v for p in stock.products.values() for v in p["parts"]]
    cart = {"lines": [{"merchandiseId": v["id"], "quantity": 1} for v in variants]}
    stock.place_order(stock.add_cart(cart))

    (found,) = walk(shop.connector().list_orders)

    assert [line.sku for line in found.lines] == [variant["sku"] for variant in variants]


@pytest.mark.parametrize("bulk_from", [1000, 1])
def test_what_the_app_may_not_see_is_nothing_and_no_error(shop, bulk_from):
    fill(shop, 2)
    shop.shop.stock.protected = True
    connector = shop.connector(bulk_from=bulk_from)

    people, orders = walk(connector.list_customers), walk(connector.list_orders)

    assert {(p.email, p.phone, p.full_name) for p in people} == {(None, None, None)}
    assert {order.email for order in orders} == {None}
    assert all(order.checkout_ref for order in orders)


def test_customers_of_the_day_before_are_asked_for_and_left_out(shop):
    """The search matches whole days; what is older than asked for does not get through."""
    old = shop.add_customer(email())
    since = a_new_moment()
    node = shop.shop.stock.customers[f"gid://shopify/Customer/{old}"]
    new = shop.add_customer(email())

    page = shop.connector().list_customers(None, since)

    assert node["updatedAt"] < since.isoformat()
    assert ids(page.records) == [new]
    assert page.total is None


def test_a_whole_second_may_hide_a_later_moment(shop):
    """Shopify counts seconds: what it says changed at 12:00:00 may have at 12:00:00.9."""
    added = shop.add_product(sku(), Decimal("5.00"))
    node = shop.shop.stock.products[f"gid://shopify/Product/{added}"]
    since = a_new_moment()
    node["updatedAt"] = since.replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")

    assert ids(walk(shop.connector().list_products, since)) == [added]


def test_stock_binds_only_where_the_shop_binds_itself(shop):
    stock = shop.shop.stock
    for policy, tracked in itertools.product(["DENY", "CONTINUE"], [True, False]):
        number = stock.add_product(f"{policy}-{tracked}", count=7)
        [part] = stock.products[f"gid://shopify/Product/{number}"]["parts"]
        part.update(inventoryPolicy=policy, inventoryItem={"tracked": tracked})

    found = {p.sku: p.inventory for p in walk(shop.connector().list_products)}

    assert found == {
        "DENY-True": 7,
        "DENY-False": None,
        "CONTINUE-True": None,
        "CONTINUE-False": None,
    }


def test_a_cursor_of_somebody_else_is_refused(shop):
    for cursor in ("", "[]", '{"somewhere": 1}', "null"):
        with pytest.raises(ConnectorError):
            shop.connector().list_products(cursor, None)
