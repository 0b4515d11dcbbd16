"""The plugin for WordPress: linted, and run on the little of WooCommerce that it stands on."""

import json
import shutil
import subprocess

import pytest

from tests.support.house import ROOT

PLUGIN = ROOT / "connectors" / "woocommerce" / "plugin" / "fanfare" / "fanfare.php"
GATE = ROOT / "tests" / "connectors" / "php" / "gate.php"
LAUNCH = {"name": "Sneaker", "meta": {"_fanfare_launch": "yes"}}
USUAL = {"name": "Mug", "meta": {"_fanfare_launch": "no"}}
HANDLE = "hnd_0123456789abcdefABCDEF0123456789"

pytestmark = pytest.mark.skipif(not shutil.which("php"), reason="PHP is not on this machine")


def run(*fire, **given):
    situation = {"products": {"7": LAUNCH, "8": USUAL}, "cart": [], "applied": [], "coupons": {}}
    done = subprocess.run(
        ["php", "-d", "display_errors=stderr", GATE, PLUGIN],
        input=json.dumps({**situation, "fire": fire, **given}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return json.loads(done.stdout)


def line(product=7, quantity=1, variation=0):
    return {"product_id": product, "variation_id": variation, "quantity": quantity}


def coupon(*products, quantity="1", valid=True):
    return {"products": products, "valid": valid, "meta": {"_fanfare_quantity": quantity}}


def refused(cart, **coupons):
    coupons = {code.replace("_", "-"): each for code, each in coupons.items()}
    given = {"cart": cart, "applied": [*coupons], "coupons": coupons}
    return [kind for kind, _ in run("woocommerce_check_cart_items", **given)["notices"]]


def test_the_plugin_is_good_php():
    done = subprocess.run(["php", "-l", PLUGIN], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_a_launch_is_not_sold_to_somebody_without_an_admission():
    assert refused([line()]) == ["error"]


def test_what_belongs_to_no_launch_is_sold_as_ever():
    assert refused([line(product=8, quantity=5)]) == []


def test_a_winner_buys_what_was_won():
    assert refused([line(), line(product=8)], ff_1=coupon(7)) == []


def test_a_winner_buys_no_more_than_was_won():
    assert refused([line(quantity=2)], ff_1=coupon(7)) == ["error"]
    assert refused([line(), line()], ff_1=coupon(7)) == ["error"]
    assert refused([line(quantity=2)], ff_1=coupon(7, quantity="2")) == []


def test_coupons_do_not_add_up():
    two = {"ff_1": coupon(7), "ff_2": coupon(7)}

    assert refused([line(quantity=2)], **two) == ["error"]
    assert refused([line()], **two) == []
    assert refused([line(quantity=2)], **two, ff_3=coupon(7, quantity="2")) == []
    assert refused([line(), line(product=8)], **two, ff_3=coupon(8)) == []


def test_an_admission_is_for_its_own_variation():
    assert refused([line(variation=71)], ff_1=coupon(71)) == []
    assert refused([line(variation=72)], ff_1=coupon(71)) == ["error"]


@pytest.mark.parametrize(
    "given",
    [
        {"ff_1": coupon(7, valid=False)},
        {"ff_1": coupon(8)},
        {"ff_1": coupon()},
        {"ff_1": coupon(7, quantity="")},
        {"ff_1": coupon(7, quantity="-3")},
        {"summer": coupon(7)},
    ],
)
def test_no_other_coupon_is_an_admission(given):
    assert refused([line()], **given) == ["error"]


def test_the_handle_travels_from_the_link_to_the_order():
    for placed in (
        "woocommerce_checkout_create_order",
        "woocommerce_store_api_checkout_update_order_from_request",
    ):
        did = run("wp_loaded", placed, get={"fanfare": HANDLE})

        assert did["meta"] == {"_fanfare_handle": HANDLE}


@pytest.mark.parametrize("handle", ["", "x", "hnd_", "hnd_<script>alert(1)", f"{HANDLE}\n"])
def test_nothing_else_travels(handle):
    did = run("wp_loaded", "woocommerce_checkout_create_order", get={"fanfare": handle})

    assert not did["meta"]


def test_a_merchant_marks_a_product():
    shown = run("woocommerce_product_options_general_product_data")
    marked = run("woocommerce_admin_process_product_object", post={"_fanfare_launch": "yes"})
    unmarked = run("woocommerce_admin_process_product_object")

    assert shown["option"] == "_fanfare_launch"
    assert marked["meta"] == {"_fanfare_launch": "yes"}
    assert unmarked["meta"] == {"_fanfare_launch": "no"}
