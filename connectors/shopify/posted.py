"""What webhooks say, as our records: the shape of the older REST API."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from connectors.reading import moment, units
from connectors.records import OrderLine, OrderRecord, OrderStatus
from connectors.shopify.read import handle, status

_ORDER = (
    "id",
    "email",
    "cart_token",
    "cancelled_at",
    "financial_status",
    "processed_at",
    "updated_at",
    "total_price",
    "currency",
    "note_attributes",
    "discount_codes",
)
_LINE = ("sku", "quantity", "current_quantity", "price", "variant_id")
_OTHERS = ("id", "order_id")


def kept(topic: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a webhook that we act on: addresses and the like are not for us."""
    if not topic.startswith("orders/"):
        others = {name: payload[name] for name in _OTHERS if name in payload}
        match payload.get("customer"):
            case {"id": customer}:
                return others | {"customer": {"id": customer}}
        return others
    order = {name: payload[name] for name in _ORDER if name in payload}
    lines = payload.get("line_items")
    if isinstance(lines, list):
        order["line_items"] = [
            {name: line.get(name) for name in _LINE} for line in lines if isinstance(line, dict)
        ]
    return order


def is_whole(payload: Mapping[str, Any]) -> bool:
    """Tell whether an order's webhook says all that we need: a subscription may cut it."""
    return {*_ORDER, "line_items"} - {"email", "discount_codes"} <= payload.keys()


def order(payload: Mapping[str, Any]) -> OrderRecord:
    """Read an order of a webhook."""
    attributes = {each["name"]: each["value"] for each in payload["note_attributes"]}
    codes = [each["code"] for each in payload.get("discount_codes") or ()]
    state = status(payload["cancelled_at"], (payload["financial_status"] or "").upper())
    return OrderRecord(
        external_id=str(payload["id"]),
        checkout_ref=payload["cart_token"] or None,
        status=state,
        total=Decimal(payload["total_price"]),
        currency=payload["currency"],
        updated_at=moment(payload["updated_at"]),
        handle=handle(attributes, codes),
        email=payload.get("email") or None,
        placed_at=moment(payload["processed_at"]),
        lines=tuple(_line(line, state) for line in payload["line_items"]),
    )


def _line(line: Mapping[str, Any], state: OrderStatus) -> OrderLine:
    variant = line["variant_id"]
    return OrderLine(
        sku=line["sku"] or None,
        quantity=units(state, line["quantity"], line.get("current_quantity")),
        price=Decimal(line["price"]),
        variant_ref=None if variant is None else str(variant),
    )
