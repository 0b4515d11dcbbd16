"""What speaks against an order's being the one that a handoff led to."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from integration.engine.orders import Rejection
from integration.engine.participations import Refusal
from integration.kernel.tenant import Tenant
from integration.store import goods
from integration.store.goods import Good
from integration.store.models import Handoff

Record = Mapping[str, Any]
"""A ``connectors.records.OrderRecord`` as a dict."""


def of_checkout(session: Session, tenant: Tenant, handoff: Handoff, record: Record) -> str | None:
    """Return what speaks against an order of our own checkout: what was bought, and how many.

    A shopper may take another variant there, if the distribution sells it, and may buy other
    things beside. Lines that name nothing as we do speak neither for nor against.
    """
    product = goods.goods(session, tenant, handoff)
    sold, lines = _on_sale(product), record["lines"]
    none = any(_tells(line, sold) for line in lines) and _count(lines, sold) <= 0
    if none or _count(lines, product) > handoff.quantity:
        return Rejection.WRONG_PRODUCT.value
    return None


def of_claim(session: Session, tenant: Tenant, handoff: Handoff, record: Record) -> str | None:
    """Return what speaks against an order whose shopper carried a handle."""
    product = goods.goods(session, tenant, handoff)
    asked = [each for each in _on_sale(product) if handoff.variant_id in {None, each.variant_id}]
    lines = record["lines"]
    if _count(lines, asked) <= 0 or _count(lines, product) > handoff.quantity:
        return Rejection.WRONG_PRODUCT.value
    known, given = goods.sold(session, tenant, handoff).email, record["email"]
    if known is not None and given is not None and known.casefold() != given.casefold():
        return Refusal.WRONG_CONSUMER.value
    return None


def _on_sale(product: Sequence[Good]) -> list[Good]:
    """Return what of a product the distribution sells; too many is too many of all of it."""
    return [each for each in product if each.on_sale]


def _count(lines: Sequence[Record], named: Sequence[Good]) -> int:
    return sum(line["quantity"] for line in lines if any(_same(line, each) for each in named))


def _same(line: Record, good: Good) -> bool:
    by_ref = line["variant_ref"] is not None and line["variant_ref"] == good.variant_ref
    return by_ref or (line["sku"] is not None and line["sku"] == good.sku)


def _tells(line: Record, sold: Sequence[Good]) -> bool:
    """Tell whether a line has a name of a kind that one of the goods has too."""
    refs = line["variant_ref"] is not None and any(good.variant_ref for good in sold)
    return refs or (line["sku"] is not None and any(good.sku for good in sold))
