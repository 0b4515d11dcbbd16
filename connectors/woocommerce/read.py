"""WooCommerce's JSON as our records."""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from connectors.reading import full_name, moment
from connectors.records import (
    CustomerRecord,
    OrderLine,
    OrderRecord,
    OrderStatus,
    ProductRecord,
    VariantRecord,
)
from integration.kernel.money import parse_money

COUPON_PREFIX = "ff-"
HANDLE_FIELDS = ("_fanfare_handle", "_wc_order_attribution_utm_content")
"""Order meta that our plugin, or else WooCommerce's own attribution, keeps."""
HANDLE_PREFIX = "hnd_"
_STATUS = {
    "auto-draft": OrderStatus.OPEN,
    "checkout-draft": OrderStatus.OPEN,
    "pending": OrderStatus.OPEN,
    "failed": OrderStatus.OPEN,
    "on-hold": OrderStatus.PLACED,
    "processing": OrderStatus.PAID,
    "completed": OrderStatus.PAID,
    "cancelled": OrderStatus.CANCELLED,
    "trash": OrderStatus.CANCELLED,
    "refunded": OrderStatus.REFUNDED,
}


def product(
    node: Mapping[str, Any], variations: list[dict[str, Any]], currency: str
) -> ProductRecord:
    """Read a product; one without variations is its own variant."""
    variants = tuple(_variant(one, _title(one), currency) for one in variations)
    alone = _variant(node, node["name"], currency)
    images = node["images"]
    return ProductRecord(
        external_id=str(node["id"]),
        name=node["name"],
        description=node["short_description"] or node["description"] or None,
        price=_price(node, currency),
        currency=currency,
        sku=None if variants else alone.sku,
        url=node["permalink"],
        image_url=images[0]["src"] if images else None,
        inventory=alone.inventory,
        variants=variants or (alone,),
        updated_at=changed(node),
    )


def _variant(node: Mapping[str, Any], title: str, currency: str) -> VariantRecord:
    return VariantRecord(
        external_id=str(node["id"]),
        sku=node["sku"] or None,
        title=title,
        price=_price(node, currency),
        inventory=inventory(node),
    )


def _title(variation: Mapping[str, Any]) -> str:
    return " / ".join(each["option"] for each in variation["attributes"]) or str(variation["id"])


def _price(node: Mapping[str, Any], currency: str) -> Decimal | None:
    return parse_money(node["price"], currency) if node["price"] else None


def inventory(node: Mapping[str, Any]) -> int | None:
    """Count what can be sold; None where the shop does not count, or sells more than it has."""
    if node["stock_status"] == "outofstock":
        return 0
    if not node["manage_stock"] or node["backorders_allowed"]:
        return None
    return max(0, int(node["stock_quantity"] or 0))


def customer(node: Mapping[str, Any]) -> CustomerRecord:
    """Read a customer; WooCommerce may not know when one has changed."""
    billing = node["billing"]
    return CustomerRecord(
        external_id=str(node["id"]),
        email=node["email"] or None,
        phone=billing["phone"] or None,
        full_name=full_name(node["first_name"], node["last_name"]),
        updated_at=changed(node) if node["date_modified_gmt"] else None,
    )


def order(node: Mapping[str, Any]) -> OrderRecord:
    """Read an order, as it is listed and as it is posted."""
    currency = node["currency"]
    handle = _handle(node["meta_data"])
    status = _STATUS.get(node["status"], OrderStatus.PLACED)
    return OrderRecord(
        external_id=str(node["id"]),
        status=status,
        total=parse_money(node["total"], currency),
        currency=currency,
        updated_at=changed(node),
        checkout_ref=_checkout([each["code"] for each in node["coupon_lines"]], handle),
        handle=handle,
        email=node["billing"]["email"] or None,
        placed_at=None if status is OrderStatus.OPEN else moment(node["date_created_gmt"]),
        lines=tuple(_line(line) for line in node["line_items"]),
        status_known=node["status"] in _STATUS,
        checkout_returned=node["status"] == "cancelled",
    )


def coupon(handle: str) -> str:
    """Return the coupon's code that belongs to a handle; WooCommerce keeps codes in lower case."""
    return COUPON_PREFIX + sha256(handle.encode()).hexdigest()[:32]


def _checkout(codes: list[str], handle: str | None) -> str | None:
    """Return the coupon that the order is joined by: of several of ours the handle's own."""
    ours = [code for code in codes if code.startswith(COUPON_PREFIX)]
    own = None if handle is None else coupon(handle)
    return own if own in ours else next(iter(ours), None)


def _line(node: Mapping[str, Any]) -> OrderLine:
    return OrderLine(
        sku=node["sku"] or None,
        variant_ref=str(node["variation_id"] or node["product_id"]),
        quantity=int(node["quantity"]),
        price=Decimal(str(node["price"])),
    )


def _handle(fields: list[dict[str, Any]]) -> str | None:
    found = {each["key"]: each["value"] for each in fields}
    handles = (str(found.get(name) or "") for name in HANDLE_FIELDS)
    return next((handle for handle in handles if handle.startswith(HANDLE_PREFIX)), None)


def changed(node: Mapping[str, Any]) -> Any:
    """Read when something has last changed, in whole seconds."""
    return moment(node["date_modified_gmt"])
