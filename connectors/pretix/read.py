"""pretix's JSON as our records."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
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

CANCELLED = "c"
_STATUS = {
    "n": OrderStatus.PLACED,
    "p": OrderStatus.PAID,
    "e": OrderStatus.CANCELLED,
    CANCELLED: OrderStatus.CANCELLED,
}
Quotas = Mapping[tuple[int, int | None], int | None]
"""What is left of an item or variation; None is without limit."""


def quotas(found: Iterable[Mapping[str, Any]]) -> Quotas:
    """Read what is left of each item and variation: the smallest of all quotas it counts in."""
    left: dict[tuple[int, int | None], int | None] = {}
    for quota in found:
        there = quota["available_number"]
        for item in quota["items"]:
            for key in [(item, variation) for variation in (None, *quota["variations"])]:
                known = left.get(key)
                left[key] = (
                    there if known is None else known if there is None else min(known, there)
                )
    return left


def product(node: Mapping[str, Any], currency: str, left: Quotas, url: str) -> ProductRecord:
    """Read an item; one without variations is its own variant."""
    item, sku, name = node["id"], _sku(node), text(node["name"])
    price = parse_money(node["default_price"], currency)
    variants = tuple(_variant(item, one, currency, left) for one in node["variations"])
    alone = VariantRecord(
        external_id=ref(item), sku=sku, title=name, price=price, inventory=left.get((item, None))
    )
    return ProductRecord(
        external_id=ref(item),
        name=name,
        description=text(node["description"]) or None,
        price=price,
        currency=currency,
        sku=None if variants else sku,
        url=url,
        image_url=node["picture"],
        inventory=_sum([variant.inventory for variant in variants or (alone,)]),
        variants=variants or (alone,),
    )


def _variant(item: int, node: Mapping[str, Any], currency: str, left: Quotas) -> VariantRecord:
    return VariantRecord(
        external_id=ref(item, node["id"]),
        sku=(node.get("meta_data") or {}).get("sku"),
        title=text(node["value"]),
        price=parse_money(node["price"], currency),
        inventory=left.get((item, node["id"])),
    )


def _sum(counts: list[int | None]) -> int | None:
    return None if None in counts else sum(count or 0 for count in counts)


def _sku(node: Mapping[str, Any]) -> str | None:
    return (node["meta_data"] or {}).get("sku") or node["internal_name"] or None


def customer(node: Mapping[str, Any]) -> CustomerRecord:
    """Read a customer account."""
    return CustomerRecord(
        external_id=node["identifier"],
        email=node["email"],
        phone=node["phone"],
        full_name=node["name"] or None,
        updated_at=moment(node["last_modified"]),
    )


def vouchers(node: Mapping[str, Any]) -> list[int]:
    """Read which vouchers an order was placed with."""
    return sorted({each["voucher"] for each in node["positions"] if each["voucher"]})


def order(node: Mapping[str, Any], currency: str, voucher: Mapping[str, Any] | None) -> OrderRecord:
    """Read an order, placed with one of our vouchers or with none."""
    bought = Counter((each["item"], each["variation"], each["price"]) for each in node["positions"])
    return OrderRecord(
        external_id=node["code"],
        status=_STATUS[node["status"]],
        total=parse_money(node["total"], currency),
        currency=currency,
        updated_at=moment(node["last_modified"]),
        checkout_ref=None if voucher is None else str(voucher["id"]),
        handle=None if voucher is None else voucher["comment"],
        email=node["email"] or None,
        placed_at=moment(node["datetime"]),
        lines=tuple(
            OrderLine(
                sku=None,
                variant_ref=ref(item, variation),
                quantity=count,
                price=Decimal(price),
            )
            for (item, variation, price), count in bought.items()
        ),
        # An order that expires keeps its voucher.
        checkout_returned=node["status"] == CANCELLED,
    )


def ref(item: int, variation: int | None = None) -> str:
    """Return the name of what can be bought."""
    return str(item) if variation is None else f"{item}-{variation}"


def text(value: Any) -> str:
    """Read a text that may be in several languages: in English, else in the first."""
    if isinstance(value, Mapping):
        return value.get("en") or next((each for each in value.values() if each), "")
    return value or ""
