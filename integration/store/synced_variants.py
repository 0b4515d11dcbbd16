"""The variants of products as a connected shop has them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, not_, select
from sqlalchemy.orm import Session

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.arrays import among
from integration.store.many import upsert_rows
from integration.store.models import Distribution, Variant
from integration.store.sync_pages import Record

TOLD = ("place", "sku", "title", "price", "inventory", "external_id")


def write(session: Session, tenant: Tenant, wanted: Mapping[str, Sequence[Record]]) -> set[str]:
    """Write the variants of these products; return the products where that changed one."""
    known = session.execute(
        rows.of(Variant, tenant)
        .where(among(Variant.product_id, wanted))
        .with_only_columns(Variant.id, Variant.product_id, Variant.external_id, Variant.sku)
    ).all()
    by_ref = {(row.product_id, row.external_id): row.id for row in known if row.external_id}
    by_sku = {(row.product_id, row.sku): row.id for row in known if not row.external_id}
    values = []
    for product_id, variants in wanted.items():
        for place, variant in enumerate(variants):
            ref, sku = variant["external_id"], variant["sku"] or variant["external_id"]
            found = by_ref.get((product_id, ref)) or by_sku.pop((product_id, sku), None)
            told = {name: variant[name] for name in ("title", "price", "inventory", "external_id")}
            ids = {"id": found or new_id("var"), "product_id": product_id, **tenant._asdict()}
            values.append(ids | told | {"place": place, "sku": sku})
    changed = _upsert_variants(session, values)
    kept = [each["id"] for each in values]
    return changed | _drop_variants(session, tenant, wanted, kept)


def _upsert_variants(session: Session, values: Sequence[Mapping[str, Any]]) -> set[str]:
    if not values:
        return set()
    fixed = ("product_id", *Tenant._fields)
    statement = upsert_rows(Variant, fixed, TOLD, values).returning(Variant.product_id)
    return set(session.scalars(statement))


def _drop_variants(
    session: Session, tenant: Tenant, product_ids: Iterable[str], kept: Sequence[str]
) -> set[str]:
    """Delete the variants that the shop has no more; those that are on offer here stay."""
    offered = select(Distribution.id).where(Distribution.variant_id == Variant.id).exists()
    gone = (
        delete(Variant)
        .where(among(Variant.product_id, product_ids), ~among(Variant.id, kept))
        .where(Variant.organization_id == tenant.organization_id, Variant.mode == tenant.mode)
        .where(not_(offered))
        .returning(Variant.product_id)
    )
    return set(session.scalars(gone))
