"""The JSON of docs/connectors/rest.md as our records."""

from collections.abc import Mapping
from decimal import Decimal
from operator import index
from typing import Any

from connectors.reading import moment
from connectors.records import (
    CustomerRecord,
    OrderLine,
    OrderRecord,
    OrderStatus,
    ProductRecord,
    VariantRecord,
)
from integration.kernel.money import parse_money


def product(node: Mapping[str, Any]) -> ProductRecord:
    """Read a product; one without variants is sold as it is."""
    currency = _maybe(node, "currency")
    return ProductRecord(
        external_id=_ref(node),
        name=_text(node["name"]),
        description=_maybe(node, "description"),
        price=_price(node, currency),
        currency=currency,
        sku=_maybe(node, "sku"),
        url=_maybe(node, "url"),
        image_url=_maybe(node, "imageUrl"),
        inventory=_count(node.get("inventory")),
        variants=tuple(_variant(one, currency) for one in node.get("variants") or ()),
        updated_at=moment(_text(node["updatedAt"])),
    )


def _variant(node: Mapping[str, Any], currency: str | None) -> VariantRecord:
    return VariantRecord(
        external_id=_ref(node),
        sku=_maybe(node, "sku"),
        title=_text(node["title"]),
        price=_price(node, currency),
        inventory=_count(node.get("inventory")),
    )


def customer(node: Mapping[str, Any]) -> CustomerRecord:
    """Read a customer."""
    return CustomerRecord(
        external_id=_ref(node),
        email=_maybe(node, "email"),
        phone=_maybe(node, "phone"),
        full_name=_maybe(node, "fullName"),
        updated_at=moment(_text(node["updatedAt"])),
    )


def order(node: Mapping[str, Any]) -> OrderRecord:
    """Read an order; ``checkoutId`` is what the shop answered to ``checkout.create``."""
    currency = _text(node["currency"])
    placed = node.get("placedAt")
    return OrderRecord(
        external_id=_ref(node),
        checkout_ref=_maybe(node, "checkoutId"),
        status=OrderStatus(node["status"]),
        total=parse_money(node["total"], currency),
        currency=currency,
        updated_at=moment(_text(node["updatedAt"])),
        handle=_maybe(node, "handle"),
        email=_maybe(node, "email"),
        placed_at=moment(placed) if placed else None,
        lines=tuple(_line(line, currency) for line in node.get("lines") or ()),
    )


def _line(node: Mapping[str, Any], currency: str) -> OrderLine:
    return OrderLine(
        sku=_maybe(node, "sku"),
        variant_ref=_maybe(node, "variantId"),
        quantity=index(node["quantity"]),
        price=_price(node, currency),
    )


def _ref(node: Mapping[str, Any]) -> str:
    return _text(node["id"])


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError
    return value


def _maybe(node: Mapping[str, Any], name: str) -> str | None:
    value = node.get(name)
    return None if value is None or value == "" else _text(value)


def _count(value: Any) -> int | None:
    return None if value is None else index(value)


def _price(node: Mapping[str, Any], currency: str | None) -> Decimal | None:
    price = node.get("price")
    return None if price is None or currency is None else parse_money(price, currency)
