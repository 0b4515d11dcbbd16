"""The Admin API's JSON as our records. What the shop may not tell us is null there."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from connectors.reading import full_name, moment, units
from connectors.records import (
    CustomerRecord,
    OrderLine,
    OrderRecord,
    OrderStatus,
    ProductRecord,
    VariantRecord,
)
from connectors.shopify.shop import number

ATTRIBUTE = "fanfare"
"""The cart attribute that carries the handle; it ends up among the order's."""

CODE_PREFIX = "hnd_"
_PAID = {"PAID", "PARTIALLY_REFUNDED"}


def product(node: Mapping[str, Any], variants: Iterable[Any], currency: str) -> ProductRecord:
    """Read a product; its price is its cheapest variant's, in the shop's currency."""
    read = tuple(variant(one) for one in variants)
    counts = [one.inventory for one in read]
    return ProductRecord(
        external_id=number(node["id"]),
        name=node["title"],
        description=node["description"] or None,
        price=min((one.price for one in read if one.price is not None), default=None),
        currency=currency,
        sku=read[0].sku if len(read) == 1 else None,
        url=node["onlineStoreUrl"],
        image_url=_image(node["featuredMedia"]),
        inventory=None if None in counts else sum(count or 0 for count in counts),
        variants=read,
        updated_at=moment(node["updatedAt"]),
    )


def variant(node: Mapping[str, Any]) -> VariantRecord:
    """Read a variant; one that is sold beyond its stock has none that binds."""
    bound = node["inventoryItem"]["tracked"] and node["inventoryPolicy"] == "DENY"
    return VariantRecord(
        external_id=number(node["id"]),
        sku=node["sku"] or None,
        title=node["title"],
        price=Decimal(node["price"]),
        inventory=max(0, node["inventoryQuantity"] or 0) if bound else None,
    )


def customer(node: Mapping[str, Any]) -> CustomerRecord:
    """Read a customer; name, address and number are null where protected data is not granted."""
    return CustomerRecord(
        external_id=number(node["id"]),
        email=(node["defaultEmailAddress"] or {}).get("emailAddress") or None,
        phone=(node["defaultPhoneNumber"] or {}).get("phoneNumber") or None,
        full_name=full_name(node["firstName"], node["lastName"]),
        updated_at=moment(node["updatedAt"]),
    )


def order(node: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> OrderRecord:
    """Read an order; its cart's token is the join, its attribute a claim."""
    total = node["totalPriceSet"]["shopMoney"]
    attributes = {each["key"]: each["value"] for each in node["customAttributes"]}
    state = status(node["cancelledAt"], node["displayFinancialStatus"])
    return OrderRecord(
        external_id=number(node["id"]),
        checkout_ref=node["cartToken"] or None,
        status=state,
        total=Decimal(total["amount"]),
        currency=total["currencyCode"],
        updated_at=moment(node["updatedAt"]),
        handle=handle(attributes, node["discountCodes"]),
        email=node["email"] or None,
        placed_at=moment(node["processedAt"]),
        lines=tuple(_line(line, state) for line in lines),
    )


def handle(attributes: Mapping[str, str | None], codes: Iterable[str]) -> str | None:
    """Return the handle that came with an order, by its attribute or by its own discount code."""
    own = (code for code in codes if code.lower().startswith(CODE_PREFIX))
    return attributes.get(ATTRIBUTE) or next(own, None)


def status(cancelled_at: str | None, financial: str | None) -> OrderStatus:
    """Read how far an order is; one that Shopify lists has been placed."""
    if cancelled_at:
        return OrderStatus.CANCELLED
    if financial == "REFUNDED":
        return OrderStatus.REFUNDED
    return OrderStatus.PAID if financial in _PAID else OrderStatus.PLACED


def _line(node: Mapping[str, Any], state: OrderStatus) -> OrderLine:
    return OrderLine(
        sku=node["sku"] or None,
        quantity=units(state, node["quantity"], node.get("currentQuantity")),
        price=Decimal(node["originalUnitPriceSet"]["shopMoney"]["amount"]),
        variant_ref=number(node["variant"]["id"]) if node["variant"] else None,
    )


def _image(media: Mapping[str, Any] | None) -> str | None:
    image = ((media or {}).get("preview") or {}).get("image") or {}
    return image.get("url")
