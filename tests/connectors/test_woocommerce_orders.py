"""What is left of a winner's coupon once its order in WooCommerce has come to nothing."""

import pytest

from connectors.records import CheckoutRequest
from connectors.woocommerce.read import order
from tests.connectors.loopback import standing
from tests.connectors.standin_woocommerce import Shop
from tests.connectors.test_woocommerce import connect


@pytest.mark.parametrize(
    ("end", "returned"), [("cancelled", True), ("refunded", False), ("trash", False)]
)
def test_a_cancelled_order_gives_its_coupon_back(end, returned):
    with standing(Shop()) as shop:
        shop.add_product("SHOE", "129.00")
        request = CheckoutRequest(handle="hnd_Abc", sku="SHOE")
        bought = shop.buy(connect(shop.url).create_checkout(request).url)

        told = order(shop.change("orders", bought["id"], status=end))

    assert told.checkout_returned is returned
