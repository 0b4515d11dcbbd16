"""What a shop's products and customers become here."""

from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.records import CustomerRecord, VariantRecord
from integration.kernel.ids import new_id
from integration.store import rows
from integration.store.models import Consumer
from tests.api.admitted import events, subscribe
from tests.jobs.support import (
    PAST,
    make_connection,
    make_product,
    make_shop,
    products_of,
    stock,
    sync,
)
from tests.support.launches import make_launch, make_merchant


def consumers_of(rt, merchant) -> list[Consumer]:
    with rt.transaction() as tx:
        return tx.session.scalars(rows.of(Consumer, merchant.tenant).order_by(Consumer.id)).all()


def a_customer(number: int, **given) -> CustomerRecord:
    return CustomerRecord(**{"external_id": f"k{number}", "updated_at": PAST, **given})


def test_prices_stock_and_variants_are_exact(rt, merchant):
    shop = make_shop()
    small = VariantRecord(
        external_id="v1", sku="SHIRT-S", title="Small", price=Decimal("19.95"), inventory=3
    )
    large = VariantRecord(
        external_id="v2", sku="SHIRT-L", title="Large", price=Decimal("0.10"), inventory=None
    )
    shirt = make_product(
        name="Shirt",
        price=Decimal("19.95"),
        currency="EUR",
        sku=None,
        description="Cotton",
        url="https://shop.example/shirt",
        image_url="https://shop.example/shirt.png",
        inventory=3,
        variants=(small, large),
    )
    stock(shop, shirt)
    connection_id = make_connection(rt, merchant, shop)

    sync(rt, merchant, connection_id)

    [product] = products_of(rt, merchant).values()
    assert (product.name, product.description) == ("Shirt", "Cotton")
    assert (product.price, product.currency_code) == (Decimal("19.95"), "EUR")
    assert (product.sku, product.inventory) == ("SHIRT-S", 3)
    assert (product.url, product.image_url) == (shirt.url, shirt.image_url)
    assert (product.external_id, product.sync_source) == ("x1", connection_id)
    assert [
        (each.place, each.external_id, each.sku, each.title, each.price, each.inventory)
        for each in product.variants
    ] == [
        (0, "v1", "SHIRT-S", "Small", Decimal("19.95"), 3),
        (1, "v2", "SHIRT-L", "Large", Decimal("0.10"), None),
    ]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://a b", "\x01https://a"],
)
def test_an_address_that_no_page_may_link_to_is_left_out(rt, merchant, address):
    shop = make_shop()
    stock(shop, make_product(url=address, image_url=address))
    connection_id = make_connection(rt, merchant, shop)

    sync(rt, merchant, connection_id)

    [product] = products_of(rt, merchant).values()
    assert (product.url, product.image_url) == (None, None)


def test_what_has_not_changed_is_not_touched(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=5))
    sync(rt, merchant, connection_id)
    before = products_of(rt, merchant)

    again = sync(rt, merchant, connection_id, full=True)

    after = products_of(rt, merchant)
    assert (again.records, again.created, again.updated) == (5, 0, 0)
    assert [each.updated_at for each in after.values()] == [
        each.updated_at for each in before.values()
    ]


def test_changes_are_counted_and_keep_the_products_id(rt, merchant):
    shop = make_shop(products=3)
    connection_id = make_connection(rt, merchant, shop)
    sync(rt, merchant, connection_id)
    before = products_of(rt, merchant)["SKU-00001"]
    renamed = next(each for each in shop.products.values() if each.sku == "SKU-00001")
    shop.rename_product(renamed.external_id, "Better thing")

    again = sync(rt, merchant, connection_id)

    after = products_of(rt, merchant)["SKU-00001"]
    assert (again.created, again.updated) == (0, 1)
    assert (after.id, after.name, after.version) == (before.id, "Better thing", 2)


def test_a_change_of_a_variant_alone_is_a_change_of_its_product(rt, merchant):
    shop = make_shop(products=2)
    connection_id = make_connection(rt, merchant, shop)
    sync(rt, merchant, connection_id)
    before = products_of(rt, merchant)["SKU-00000"]
    [key, *_] = shop.products
    variant = replace(shop.products[key].variants[0], inventory=77)
    added = VariantRecord(external_id="new", sku="NEW", title="New", price=None)
    shop.products[key] = replace(shop.products[key], variants=(variant, added))

    again = sync(rt, merchant, connection_id, full=True)

    after = products_of(rt, merchant)["SKU-00000"]
    assert again.updated == 1
    assert [each.inventory for each in after.variants] == [77, None]
    assert after.variants[0].id == before.variants[0].id
    assert after.updated_at > before.updated_at


def test_a_variant_that_is_gone_goes_unless_it_is_on_offer(rt, merchant):
    shop = make_shop()
    variants = tuple(
        VariantRecord(external_id=f"v{n}", sku=f"V-{n}", title="V", price=None) for n in range(3)
    )
    stock(shop, make_product(variants=variants))
    connection_id = make_connection(rt, merchant, shop)
    sync(rt, merchant, connection_id)
    offered = products_of(rt, merchant)["X-1"].variants[1].id
    make_launch(rt, merchant, variant_id=offered)
    stock(shop, make_product(variants=variants[:1]))

    again = sync(rt, merchant, connection_id, full=True)

    kept = products_of(rt, merchant)["X-1"].variants
    assert (again.status, again.updated) == ("completed", 1)
    assert {each.external_id for each in kept} == {"v0", "v1"}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (make_product(2, price=None), "The shop gives no price."),
        (make_product(2, price=Decimal("1.005")), "The amount has more decimals than USD has."),
        (make_product(2, currency="XXL"), "XXL is not an ISO 4217 currency."),
        (make_product(2, inventory=2**70), "It holds a value that cannot be stored."),
        (make_product(2, sku="X-1"), "Another product of this shop has the SKU X-1."),
    ],
)
def test_a_product_that_cannot_be_kept_is_told_and_costs_no_other(rt, merchant, record, reason):
    shop = make_shop()
    stock(shop, make_product(1), record, make_product(3))
    connection_id = make_connection(rt, merchant, shop)

    run = sync(rt, merchant, connection_id)

    assert (run.status, run.created, run.failed) == ("completed", 2, 1)
    assert run.failures == [{"externalId": "x2", "reason": reason}]
    assert set(products_of(rt, merchant)) == {"X-1", "X-3"}


def test_characters_that_no_database_takes_are_replaced(rt, merchant):
    shop = make_shop()
    stock(shop, make_product(1, name="nul\0byte"), make_product(2, sku="half\ud800", name="Half"))
    stock(shop, a_customer(1, full_name="Ann\0 \udfff"), a_customer(2, full_name="Bob"))
    connection_id = make_connection(rt, merchant, shop)

    products = sync(rt, merchant, connection_id)
    customers = sync(rt, merchant, connection_id, "customers")

    for run in (products, customers):
        assert (run.status, run.created, run.failures) == ("completed", 2, [])
    kept = products_of(rt, merchant)
    assert {sku: each.name for sku, each in kept.items()} == {
        "X-1": "nul\ufffdbyte",
        "half\ufffd": "Half",
    }
    assert {each.full_name for each in consumers_of(rt, merchant)} == {"Ann\ufffd \ufffd", "Bob"}


def test_an_id_that_no_database_takes_ends_no_run(rt, merchant):
    shop = make_shop()
    stock(shop, make_product(1), make_product(2, external_id="x\0"))
    connection_id = make_connection(rt, merchant, shop)

    run = sync(rt, merchant, connection_id, full=True)

    assert (run.status, run.created, run.failures) == ("completed", 2, [])


def test_a_product_made_by_hand_is_taken_over_by_its_sku(rt, merchant):
    made = make_launch(rt, merchant).product_id
    shop = make_shop()
    stock(shop, make_product(sku=made, name="From the shop"))
    connection_id = make_connection(rt, merchant, shop)

    run = sync(rt, merchant, connection_id)

    product = products_of(rt, merchant)[made]
    assert (run.created, run.updated) == (0, 1)
    assert (product.id, product.name) == (made, "From the shop")
    assert product.sync_source == connection_id


def test_two_shops_do_not_fight_over_one_sku(rt, merchant):
    one, other = make_shop(), make_shop()
    stock(one, make_product(1))
    stock(other, make_product(2, sku="X-1"))
    connection_id = make_connection(rt, merchant, one)
    sync(rt, merchant, connection_id)

    run = sync(rt, merchant, make_connection(rt, merchant, other))

    assert run.failures == [{"externalId": "x2", "reason": "Another product has the SKU X-1."}]
    assert products_of(rt, merchant)["X-1"].sync_source == connection_id


def test_the_same_external_id_in_two_shops_is_two_products(rt, merchant):
    one, other = make_shop(), make_shop()
    stock(one, make_product(1))
    stock(other, make_product(1, sku="Y-1"))
    sync(rt, merchant, make_connection(rt, merchant, one))

    run = sync(rt, merchant, make_connection(rt, merchant, other))

    assert (run.created, set(products_of(rt, merchant))) == (1, {"X-1", "Y-1"})


def test_another_tenant_keeps_its_own_of_everything(rt, merchant):
    shop = make_shop()
    stock(shop, make_product(1), a_customer(1, email="ann@shop.example"))
    test_mode = make_merchant(rt, mode="test", of=merchant)

    for one in (merchant, test_mode, make_merchant(rt)):
        connection_id = make_connection(rt, one, shop)
        assert sync(rt, one, connection_id).created == 1
        assert sync(rt, one, connection_id, "customers").created == 1


def test_customers_are_stored_once_by_their_address(rt, merchant):
    shop = make_shop()
    stock(
        shop,
        a_customer(1, email="Ann@Shop.example", full_name="Ann"),
        a_customer(2, email="ann@shop.example", phone="+15551234567"),
        a_customer(3, email=None, full_name="Nobody's address"),
    )
    connection_id = make_connection(rt, merchant, shop)

    run = sync(rt, merchant, connection_id, "customers")

    ann, nobody = sorted(consumers_of(rt, merchant), key=lambda each: each.external_id)
    assert (run.records, run.created, run.failed) == (3, 2, 0)
    assert (ann.full_name, ann.phone, ann.external_id) == ("Ann", "+15551234567", "k1")
    assert (nobody.email, nobody.external_id) == (None, "k3")
    assert {ann.sync_source, nobody.sync_source} == {connection_id}


def test_a_second_shop_fills_in_what_the_first_did_not_tell(rt, merchant):
    first, second = make_shop(), make_shop()
    stock(first, a_customer(1, email="ann@shop.example", full_name="Ann"))
    stock(second, a_customer(9, email="ANN@shop.example", full_name="A.", phone="+15551234567"))
    source = make_connection(rt, merchant, first)
    sync(rt, merchant, source, "customers")

    run = sync(rt, merchant, make_connection(rt, merchant, second), "customers")

    [ann] = consumers_of(rt, merchant)
    assert (run.created, run.updated, run.failed) == (0, 1, 0)
    assert (ann.full_name, ann.phone) == ("Ann", "+15551234567")
    assert (ann.sync_source, ann.external_id) == (source, "k1")


def test_a_person_that_we_know_already_becomes_the_shops_customer(rt, merchant):
    known = new_id("cons")
    with rt.transaction() as tx:
        tx.session.add(Consumer(id=known, email="ann@shop.example", **merchant.tenant._asdict()))
    shop = make_shop()
    stock(shop, a_customer(1, email="ann@shop.example", full_name="Ann"))
    connection_id = make_connection(rt, merchant, shop)

    sync(rt, merchant, connection_id, "customers")

    [ann] = consumers_of(rt, merchant)
    assert (ann.id, ann.full_name) == (known, "Ann")
    assert (ann.sync_source, ann.external_id) == (connection_id, "k1")


def test_what_a_shop_may_not_tell_any_more_stays(rt, merchant):
    shop = make_shop()
    stock(shop, a_customer(1, email="ann@shop.example", full_name="Ann"))
    connection_id = make_connection(rt, merchant, shop)
    sync(rt, merchant, connection_id, "customers")
    stock(shop, a_customer(1))

    run = sync(rt, merchant, connection_id, "customers", full=True)

    [ann] = consumers_of(rt, merchant)
    assert (run.updated, ann.email, ann.full_name) == (0, "ann@shop.example", "Ann")


def test_an_address_that_moves_to_somebody_else_is_told(rt, merchant):
    shop = make_shop()
    stock(shop, a_customer(1, email="ann@shop.example"), a_customer(2, email="bob@shop.example"))
    connection_id = make_connection(rt, merchant, shop)
    sync(rt, merchant, connection_id, "customers")
    stock(shop, a_customer(2, email="ann@shop.example"))

    run = sync(rt, merchant, connection_id, "customers", full=True)

    reason = "Another consumer has this e-mail address."
    assert run.failures == [{"externalId": "k2", "reason": reason}]
    assert len(consumers_of(rt, merchant)) == 2


def test_unreadable_contacts_are_left_out_or_told(rt, merchant):
    shop = make_shop()
    stock(shop, a_customer(1, email="not an address"), a_customer(2, phone="call me"))
    connection_id = make_connection(rt, merchant, shop)

    run = sync(rt, merchant, connection_id, "customers")

    [kept] = consumers_of(rt, merchant)
    assert run.failures == [{"externalId": "k1", "reason": "Not a valid e-mail address."}]
    assert (kept.external_id, kept.phone) == ("k2", None)


def test_new_and_changed_customers_are_told(rt, merchant):
    subscribe(rt, merchant)
    shop = make_shop()
    stock(shop, a_customer(1, full_name="Ann"), a_customer(2, full_name="Bob"))
    connection_id = make_connection(rt, merchant, shop)
    sync(rt, merchant, connection_id, "customers")
    stock(shop, a_customer(1, full_name="Ann Lee"))

    sync(rt, merchant, connection_id, "customers", full=True)

    told = [(name, data.get("fullName")) for name, _, data in events(rt) if "consumer" in name]
    assert sorted(told) == [
        ("consumer.created", "Ann"),
        ("consumer.created", "Bob"),
        ("consumer.updated", "Ann Lee"),
    ]
