"""The checkout Function, on inputs made by Shopify's published schema for it."""

import hmac
import json
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from graphql import coerce_input_value, execute
from hypothesis import given, settings
from hypothesis import strategies as st

import connectors.shopify
from connectors.records import CheckoutRequest
from connectors.shopify.gate import PASS, Gate
from tests.connectors.standin_shopify import ShopifyUnderTest
from tests.support.node import node_bin
from tests.support.shopify.bridge import running
from tests.support.shopify.schema import FUNCTION, VERSIONS, checked, published
from tests.support.shopify.standin import running_stand_in

SOURCE = Path(connectors.shopify.__file__).parent / "function" / "src"
QUERY = (SOURCE / "run.graphql").read_text()
SECRET, SHOP, HANDLE = "shpss_current", "a.myshopify.com", "hnd_1"
SETTINGS = {"gateFunction": "fanfare-checkout-gate", "gatedVariants": "42,43"}
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
MOST_LETTERS, MOST_POINTS = 3000, 30
MANY = settings(deadline=None, max_examples=100)


@pytest.fixture(scope="module")
def function():
    with running(node_bin() / "node", "gate.mjs", str(SOURCE)) as bridge:
        yield bridge


def make_gate(secrets=(SECRET,), shop=SHOP, zone="Europe/Berlin", **settings):
    return Gate(shop, SETTINGS | settings, list(secrets), zone)


def make_pass(gate=None, *, handle=HANDLE, variant="42", quantity=1, minutes=10):
    request = CheckoutRequest(
        handle=handle, quantity=quantity, expires_at=NOW + timedelta(minutes=minutes)
    )
    return (gate or make_gate()).passes(request, variant, NOW).get(PASS)


def config_of(gate):
    """Return what a gate writes down for the Function, as the stand-in got it."""
    with running_stand_in() as shop:
        shop.resolving.scopes.append("write_validations")
        with ExitStack() as stack:
            gate.ensure(ShopifyUnderTest(shop, stack).connector()._admin)
        return shop.resolving.validations[0]["metafield"]["value"]


@pytest.fixture(scope="module")
def config():
    return config_of(make_gate())


def make_input(config, *, at=NOW, zone="Europe/Berlin", lines=(("42", 1),), **attributes):
    """Let the schema make the Function's input out of a cart, a clock and what was written down."""
    there = at.astimezone(ZoneInfo(zone))
    root = {
        "cart": {
            "attribute": lambda _, key: {"value": attributes[key]} if key in attributes else None,
            "lines": [{"quantity": count, "merchandise": merchandise(v)} for v, count in lines],
        },
        "shop": {
            "localTime": {
                "date": there.date().isoformat(),
                "timeAfter": lambda _, time: there.time().isoformat() >= time,
            }
        },
        "validation": {"metafield": lambda *_, **__: {"value": config} if config else None},
    }
    document = checked(FUNCTION, VERSIONS[-1], QUERY)
    made = execute(published(FUNCTION, VERSIONS[-1]).schema, document, root_value=root)
    assert not made.errors, made.errors
    return made.data


def merchandise(variant):
    if variant is None:
        return {"__typename": "CustomProduct"}
    return {"__typename": "ProductVariant", "id": f"gid://shopify/ProductVariant/{variant}"}


def refused(function, made) -> bool:
    """Run the Function; what it answers is of the type that the schema wants."""
    answer = function.ask("run", made)
    for version in VERSIONS:
        kind = published(FUNCTION, version).schema.type_map["CartValidationsGenerateRunResult"]
        coerce_input_value(answer, kind)
    return bool(answer["operations"])


@pytest.mark.parametrize("version", VERSIONS)
def test_its_input_is_valid(version):
    problems = checked(FUNCTION, version, QUERY)

    assert not isinstance(problems, list), problems


def test_its_input_stays_within_shopifys_bounds():
    leaves = QUERY.count("value }") + QUERY.count("timeAfter(") + len(["quantity", "id", "date"])
    metafields = QUERY.count("metafield(")

    assert len(QUERY) <= MOST_LETTERS
    assert leaves + 1 + 2 * metafields <= MOST_POINTS


@MANY
@given(key=st.binary(min_size=1, max_size=64), text=st.text(max_size=300))
def test_it_computes_what_we_compute(function, key, text):
    expected = hmac.digest(key, text.encode(), sha256).hex()

    assert function.ask("hmac", key.hex(), text) == expected


@MANY
@given(
    wanted=st.fixed_dictionaries(
        {
            "handle": st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
            "variant": st.sampled_from(["42", "43"]),
            "quantity": st.integers(1, 999_999),
            "minutes": st.integers(0, 60 * 24 * 40),
        }
    )
)
def test_every_pass_of_ours_lets_its_cart_through(function, config, wanted):
    lines, handle = [(wanted["variant"], wanted["quantity"])], wanted["handle"]

    made = make_input(config, lines=lines, fanfare=handle, fanfare_pass=make_pass(**wanted))

    assert not refused(function, made)


def test_what_is_not_gated_needs_no_pass(function, config):
    made = make_input(config, lines=[("7", 3), (None, 1)])

    assert not refused(function, made)
    assert make_pass(variant="7") is None


def test_what_is_gated_needs_one(function, config):
    assert refused(function, make_input(config, lines=[("7", 1), ("42", 1)]))


@pytest.mark.parametrize(
    ("wrong", "lines"),
    [
        ({"handle": "hnd_2"}, [("42", 1)]),
        ({}, [("43", 1)]),
        ({}, [("42", 2)]),
        ({}, [("42", 1), ("42", 1)]),
        ({}, [("42", 1), ("43", 1)]),
        ({"gate": make_gate(secrets=["shpss_other"])}, [("42", 1)]),
        ({"gate": make_gate(shop="b.myshopify.com")}, [("42", 1)]),
        ({"minutes": -60 * 24}, [("42", 1)]),
        ({"minutes": -120}, [("42", 1)]),
    ],
)
def test_a_pass_is_for_one_handle_variant_quantity_shop_and_time(function, config, wrong, lines):
    made = make_input(config, lines=lines, fanfare=HANDLE, fanfare_pass=make_pass(**wrong))

    assert refused(function, made)


@MANY
@given(place=st.integers(0, 10**6), letter=st.sampled_from("0123456789abcdef.vT-"))
def test_a_pass_with_another_letter_is_none(function, config, place, letter):
    text = make_pass()
    place %= len(text)
    forged = text[:place] + letter + text[place + 1 :]
    made = make_input(config, fanfare=HANDLE, fanfare_pass=forged)

    assert refused(function, made) == (forged != text)


def test_a_pass_is_good_for_at_most_two_hours_more(function, config):
    """The Function sees the shop's clock in such steps."""
    text = make_pass(minutes=0)
    later = [NOW + timedelta(minutes=minutes) for minutes in (0, 29, 121, 60 * 24)]
    carts = [make_input(config, at=at, fanfare=HANDLE, fanfare_pass=text) for at in later]

    assert [refused(function, cart) for cart in carts] == [False, False, True, True]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "UTC"])
def test_the_end_is_the_shops_own_time(function, config, zone):
    known, unknown = make_pass(make_gate(zone=zone)), make_pass(make_gate(zone=""))
    at = NOW + timedelta(minutes=10)

    for text in (known, unknown):
        made = make_input(config, at=at, zone=zone, fanfare=HANDLE, fanfare_pass=text)
        assert not refused(function, made)


def test_the_key_before_is_good_while_it_is_kept(function):
    both = config_of(make_gate(secrets=["shpss_next", SECRET]))
    made = make_input(both, fanfare=HANDLE, fanfare_pass=make_pass())

    assert not refused(function, made)
    assert refused(function, make_input(config_of(make_gate(["shpss_next"])), fanfare=HANDLE))


def test_where_nothing_is_written_down_nothing_is_gated(function):
    assert not refused(function, make_input(None))


def test_the_gate_is_set_up_once_and_again_when_it_changes():
    with running_stand_in() as shop, ExitStack() as stack:
        shop.resolving.scopes.append("write_validations")
        made = ShopifyUnderTest(shop, stack)

        for told in (SETTINGS, SETTINGS, SETTINGS | {"gatedVariants": "44"}):
            made.connector(settings=told).ensure_webhooks()

        [validation] = shop.resolving.validations
        asked = [name for name in shop.asked if "Validation" in name and name != "Validations"]
        assert asked == ["CreateValidation", "UpdateValidation"]
        assert json.loads(validation["metafield"]["value"])["variants"] == ["44"]
        assert (validation["enabled"], validation["blocks"]) == (True, True)


def test_a_gated_cart_carries_its_pass(function, config):
    with running_stand_in() as shop, ExitStack() as stack:
        shop.stock.add_product("GATED")
        [[part]] = [product["parts"] for product in shop.stock.products.values()]
        number = part["id"].rpartition("/")[2]
        kept = {}
        made = ShopifyUnderTest(shop, stack)
        told = SETTINGS | {"gatedVariants": number}
        shop.resolving.scopes.append("write_validations")
        made.connector(settings=told, outside={"save_credentials": kept.update}).verify()

        checkout = made.connector(settings=told, **kept).create_checkout(
            CheckoutRequest(handle=HANDLE, variant_ref=number)
        )

        attributes = {each["key"]: each["value"] for each in cart_of(shop, checkout)}
        assert kept == {"timeZone": "Europe/Berlin"}
        assert attributes["fanfare"] == HANDLE
        assert attributes[PASS].startswith(f"v1.{number}.1.")


def cart_of(shop, checkout):
    return shop.stock.carts[checkout.external_ref]["attributes"]
