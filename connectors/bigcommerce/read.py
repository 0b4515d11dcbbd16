"""BigCommerce's JSON as our records."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

from connectors.reading import full_name, in_utc, moment, units
from connectors.records import (
    CustomerRecord,
    OrderLine,
    OrderRecord,
    OrderStatus,
    ProductRecord,
    VariantRecord,
)
from integration.kernel.money import parse_money

_STATUS = {
    0: OrderStatus.OPEN,
    1: OrderStatus.OPEN,
    4: OrderStatus.REFUNDED,
    5: OrderStatus.CANCELLED,
    6: OrderStatus.CANCELLED,
    7: OrderStatus.PLACED,
    12: OrderStatus.PLACED,
}
"""Incomplete, pending; refunded; cancelled, declined; awaiting payment, to be verified.

All others come after payment.
"""


def product(node: Mapping[str, Any], currency: str, shop: str) -> ProductRecord:
    """Read a product; one without options has one variant of its own."""
    variants = tuple(_variant(node, one, currency) for one in node["variants"])
    images = node.get("images") or ()
    return ProductRecord(
        external_id=str(node["id"]),
        name=node["name"],
        description=node["description"] or None,
        price=_price(node["price"], currency),
        currency=currency,
        sku=variants[0].sku if len(variants) == 1 else None,
        url=shop + node["custom_url"]["url"] if node.get("custom_url") else None,
        image_url=images[0]["url_standard"] if images else None,
        inventory=None if node["inventory_tracking"] == "none" else int(node["inventory_level"]),
        variants=variants,
        updated_at=moment(node["date_modified"]),
    )


def _variant(product: Mapping[str, Any], node: Mapping[str, Any], currency: str) -> VariantRecord:
    price = product["price"] if node["price"] is None else node["price"]
    keeper = {"none": None, "product": product, "variant": node}[product["inventory_tracking"]]
    title = " / ".join(each["label"] for each in node["option_values"])
    return VariantRecord(
        external_id=f"{product['id']}-{node['id']}",
        sku=node["sku"] or product["sku"] or None,
        title=title or product["name"],
        price=_price(price, currency),
        inventory=None if keeper is None else int(keeper["inventory_level"]),
    )


def _price(amount: Any, currency: str) -> Decimal:
    """Read an amount, which may come with more zeros than the currency has decimals."""
    return parse_money(f"{Decimal(str(amount)).normalize():f}", currency)


def customer(node: Mapping[str, Any]) -> CustomerRecord:
    """Read a customer."""
    return CustomerRecord(
        external_id=str(node["id"]),
        email=node["email"] or None,
        phone=node["phone"] or None,
        full_name=full_name(node["first_name"], node["last_name"]),
        updated_at=moment(node["date_modified"]),
    )


def order(node: Mapping[str, Any], lines: list[dict[str, Any]]) -> OrderRecord:
    """Read an order of version 2, whose amounts have four decimals and whose times are of mail."""
    currency = node["currency_code"]
    status = _STATUS.get(node["status_id"], OrderStatus.PAID)
    return OrderRecord(
        external_id=str(node["id"]),
        status=status,
        total=_price(node["total_inc_tax"], currency),
        currency=currency,
        updated_at=posted(node["date_modified"]),
        checkout_ref=node["cart_id"] or None,
        email=node["billing_address"]["email"] or None,
        placed_at=None if status is OrderStatus.OPEN else posted(node["date_created"]),
        lines=tuple(_line(line, status) for line in lines),
    )


def _line(node: Mapping[str, Any], status: OrderStatus) -> OrderLine:
    ordered = int(node["quantity"])
    return OrderLine(
        sku=node["sku"] or None,
        variant_ref=f"{node['product_id']}-{node['variant_id']}",
        quantity=units(status, ordered, ordered - int(node.get("quantity_refunded") or 0)),
        price=Decimal(str(node["price_inc_tax"])),
    )


def posted(text: str) -> datetime:
    """Read a time as mail writes it."""
    return in_utc(parsedate_to_datetime(text))
