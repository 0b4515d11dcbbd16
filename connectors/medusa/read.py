"""Medusa's JSON as our records."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
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
from integration.kernel.money import decimals, parse_money

HANDLE = "fanfare_handle"
"""The key in a cart's metadata, which its order takes over."""
_PAID = {"captured", "partially_captured", "partially_refunded"}


def product(node: Mapping[str, Any], currency: str) -> ProductRecord:
    """Read a product; its price is its cheapest variant's in the shop's own currency."""
    variants = tuple(_variant(one, currency) for one in node["variants"] or ())
    prices = [variant.price for variant in variants if variant.price is not None]
    counts = [variant.inventory for variant in variants]
    return ProductRecord(
        external_id=node["id"],
        name=node["title"],
        description=node["description"] or None,
        price=min(prices, default=None),
        currency=currency,
        sku=variants[0].sku if len(variants) == 1 else None,
        image_url=node["thumbnail"],
        inventory=None if None in counts else sum(count or 0 for count in counts),
        variants=variants,
        updated_at=moment(node["updated_at"]),
    )


def _variant(node: Mapping[str, Any], currency: str) -> VariantRecord:
    prices = [
        _amount(each["amount"], currency)
        for each in node["prices"] or ()
        if each["currency_code"].upper() == currency and not each.get("rules")
    ]
    counted = node["manage_inventory"] and not node["allow_backorder"]
    return VariantRecord(
        external_id=node["id"],
        sku=node["sku"],
        title=node["title"],
        price=min(prices, default=None),
        inventory=_left(node["inventory_items"] or ()) if counted else None,
    )


def _left(items: Sequence[Mapping[str, Any]]) -> int:
    """Count how often all that a variant is made of is there."""
    counts = [
        sum(
            int(level["stocked_quantity"]) - int(level["reserved_quantity"])
            for level in item["inventory"]["location_levels"]
        )
        // int(item["required_quantity"])
        for item in items
    ]
    return max(0, min(counts, default=0))


def customer(node: Mapping[str, Any]) -> CustomerRecord:
    """Read a customer."""
    return CustomerRecord(
        external_id=node["id"],
        email=node["email"] or None,
        phone=node["phone"] or None,
        full_name=full_name(node["first_name"], node["last_name"]),
        updated_at=moment(node["updated_at"]),
    )


def order(node: Mapping[str, Any]) -> OrderRecord:
    """Read an order and the cart that it came from."""
    currency = node["currency_code"].upper()
    return OrderRecord(
        external_id=node["id"],
        status=_status(node),
        total=_amount(node["total"], currency),
        currency=currency,
        updated_at=moment(node["updated_at"]),
        checkout_ref=(node.get("cart") or {}).get("id"),
        handle=_handle(node["metadata"] or {}),
        email=node["email"] or None,
        placed_at=moment(node["created_at"]),
        lines=tuple(_line(line, currency) for line in node["items"]),
    )


def _handle(metadata: Mapping[str, Any]) -> str | None:
    """Read the handle; shoppers may write anything into their cart's metadata."""
    handle = metadata.get(HANDLE)
    return handle if isinstance(handle, str) else None


def _status(node: Mapping[str, Any]) -> OrderStatus:
    if node["status"] == "canceled":
        return OrderStatus.CANCELLED
    if node["payment_status"] == "refunded":
        return OrderStatus.REFUNDED
    return OrderStatus.PAID if node["payment_status"] in _PAID else OrderStatus.PLACED


def _line(node: Mapping[str, Any], currency: str) -> OrderLine:
    return OrderLine(
        sku=node["variant_sku"],
        variant_ref=node["variant_id"],
        quantity=int(node["quantity"]),
        price=_amount(node["unit_price"], currency),
    )


def _amount(value: Any, currency: str) -> Decimal:
    """Read an amount in whole units of the currency; Medusa does not round taxes."""
    smallest = Decimal(1).scaleb(-decimals(currency))
    return parse_money(Decimal(str(value)).quantize(smallest, ROUND_HALF_UP), currency)
