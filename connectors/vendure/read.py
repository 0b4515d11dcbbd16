"""Vendure's JSON as our records."""

from collections.abc import Mapping
from decimal import Decimal
from operator import index
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
from integration.kernel.money import BadMoney, decimals

USUAL_PRECISION = 2
_STATUS = {
    "Created": OrderStatus.OPEN,
    "Draft": OrderStatus.OPEN,
    "AddingItems": OrderStatus.OPEN,
    "ArrangingPayment": OrderStatus.OPEN,
    "PaymentAuthorized": OrderStatus.PLACED,
    "PaymentSettled": OrderStatus.PAID,
    "PartiallyShipped": OrderStatus.PAID,
    "Shipped": OrderStatus.PAID,
    "PartiallyDelivered": OrderStatus.PAID,
    "Delivered": OrderStatus.PAID,
    "Cancelled": OrderStatus.CANCELLED,
}


def amount(minor: int, currency: str, precision: int) -> Decimal:
    """Return an amount that Vendure counts in its own smallest unit, not in the currency's.

    With all of the currency's decimals, and more only where the shop is finer than that.
    """
    exact = Decimal(index(minor)).scaleb(-precision)
    try:
        usual = exact.quantize(Decimal(1).scaleb(-decimals(currency)))
    except BadMoney:
        return exact
    return usual if usual == exact else exact


def product(node: Mapping[str, Any], shop: Mapping[str, Any]) -> ProductRecord:
    """Read a product; its price is its cheapest variant's, as the merchant enters prices."""
    with_tax = shop["activeChannel"]["pricesIncludeTax"]
    settings = shop["globalSettings"]
    variants = tuple(_variant(one, settings, with_tax=with_tax) for one in node["variants"])
    prices = [variant.price for variant in variants if variant.price is not None]
    counts = [variant.inventory for variant in variants]
    return ProductRecord(
        external_id=str(node["id"]),
        name=node["name"],
        description=node["description"] or None,
        price=min(prices, default=None),
        currency=node["variants"][0]["currencyCode"] if variants else None,
        sku=variants[0].sku if len(variants) == 1 else None,
        image_url=(node["featuredAsset"] or {}).get("preview"),
        inventory=None if None in counts else sum(count or 0 for count in counts),
        variants=variants,
        updated_at=moment(node["updatedAt"]),
    )


def _variant(
    node: Mapping[str, Any], settings: Mapping[str, Any], *, with_tax: bool
) -> VariantRecord:
    precision = settings["serverConfig"]["moneyStrategyPrecision"]
    price = node["priceWithTax" if with_tax else "price"]
    return VariantRecord(
        external_id=str(node["id"]),
        sku=node["sku"] or None,
        title=node["name"],
        price=amount(price, node["currencyCode"], precision),
        inventory=_saleable(node, settings),
    )


def _saleable(node: Mapping[str, Any], settings: Mapping[str, Any]) -> int | None:
    """Count what can be sold; None where the shop does not track it."""
    tracked = node["trackInventory"]
    if tracked == "FALSE" or (tracked == "INHERIT" and not settings["trackInventory"]):
        return None
    keeper = settings if node["useGlobalOutOfStockThreshold"] else node
    held = sum(level["stockOnHand"] - level["stockAllocated"] for level in node["stockLevels"])
    return max(0, int(held - keeper["outOfStockThreshold"]))


def customer(node: Mapping[str, Any]) -> CustomerRecord:
    """Read a customer."""
    return CustomerRecord(
        external_id=str(node["id"]),
        email=node["emailAddress"] or None,
        phone=node["phoneNumber"] or None,
        full_name=full_name(node["firstName"], node["lastName"]),
        updated_at=moment(node["updatedAt"]),
    )


def listed_order(node: Mapping[str, Any], precision: int, field: str) -> OrderRecord:
    """Read an order of the Admin API."""
    currency = node["currencyCode"]
    changed = [moment(when) for when in (node["updatedAt"], node["orderPlacedAt"]) if when]
    return OrderRecord(
        external_id=node["code"],
        checkout_ref=node["code"],
        status=_status(node["state"]),
        total=amount(node["totalWithTax"], currency, precision),
        currency=currency,
        updated_at=max(changed),
        handle=node["customFields"][field] or None,
        email=(node["customer"] or {}).get("emailAddress"),
        placed_at=moment(node["orderPlacedAt"]),
        lines=tuple(
            OrderLine(
                sku=line["productVariant"]["sku"] or None,
                variant_ref=str(line["productVariant"]["id"]),
                quantity=line["quantity"],
                price=amount(line["proratedUnitPriceWithTax"], currency, precision),
            )
            for line in node["lines"]
        ),
        status_known=node["state"] in _STATUS,
    )


def product_ref(payload: Mapping[str, Any]) -> str:
    """Read which product a webhook is about."""
    return str(payload["data"]["id"])


def posted_order(payload: Mapping[str, Any], field: str) -> OrderRecord:
    """Read an order of a webhook; what only our plugin sends may be missing."""
    data = payload["data"]
    currency, precision = data["currency"], data.get("precision", USUAL_PRECISION)
    placed = data.get("placedAt")
    return OrderRecord(
        external_id=data["code"],
        checkout_ref=data["code"],
        status=_status(data["state"]),
        total=amount(data["total"], currency, precision),
        currency=currency,
        updated_at=moment(data.get("updatedAt") or payload["created_at"]),
        handle=(data.get("customFields") or {}).get(field) or None,
        email=data.get("customer_email") or None,
        placed_at=moment(placed) if placed else None,
        lines=tuple(_posted_line(line, currency, precision) for line in data.get("lines", ())),
        status_known=data["state"] in _STATUS,
    )


def _posted_line(line: Mapping[str, Any], currency: str, precision: int) -> OrderLine:
    price, variant = line.get("price"), line.get("variantId")
    return OrderLine(
        sku=line["sku"] or None,
        variant_ref=None if variant is None else str(variant),
        quantity=int(line["quantity"]),
        price=None if price is None else amount(price, currency, precision),
    )


def _status(state: str) -> OrderStatus:
    """Read a state; those of a merchant's own order process come after placing."""
    return _STATUS.get(state, OrderStatus.PLACED)
