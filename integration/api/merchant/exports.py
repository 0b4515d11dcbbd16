"""Products, consumers and orders as CSV files."""

from flask import Response

from integration.api.merchant.doors import IntegrationBlueprint
from integration.kernel.tenant import Caller
from integration.services import exports
from integration.web.downloads import attachment
from integration.web.guard import merchant, runtime

blp = IntegrationBlueprint("exports", __name__, description="Files to take away")


@blp.endpoint(
    "GET",
    "/exports/products.csv",
    merchant("read:products"),
    answers={200: None},
    limit="products",
)
def export_products(caller: Caller) -> Response:
    """Give all products as CSV; variants are not in it."""
    return attachment("products.csv", exports.table(runtime(), caller.tenant, "products"))


@blp.endpoint(
    "GET",
    "/exports/consumers.csv",
    merchant("read:consumers"),
    answers={200: None},
    limit="consumers",
)
def export_consumers(caller: Caller) -> Response:
    """Give all consumers as CSV, guests among them."""
    return attachment("consumers.csv", exports.table(runtime(), caller.tenant, "consumers"))


@blp.endpoint(
    "GET", "/exports/orders.csv", merchant("read:orders"), answers={200: None}, limit="orders"
)
def export_orders(caller: Caller) -> Response:
    """Give all orders as CSV."""
    return attachment("orders.csv", exports.table(runtime(), caller.tenant, "orders"))
