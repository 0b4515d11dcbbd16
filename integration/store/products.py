"""Statements on products and their variants."""

from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, Text, Update, func, literal, not_, or_, select, text, update
from sqlalchemy.orm import Session, selectinload

from integration.engine.windows import DistributionState
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Distribution, Experience, Product, SyncSeen, Variant
from integration.store.rows import Slice


class SkuTaken(Conflict):
    """Another product has this SKU; ``id`` in the body says which."""

    code = "SKU_TAKEN"
    message = "Another product has this SKU. Change that one, or send a syncSource to update it."


class Names(NamedTuple):
    """What no two products of an organization share."""

    sku: str
    sync_source: str | None
    external_id: str | None


class Filter(NamedTuple):
    """Which products of a list are wanted."""

    sku: str | None = None
    external_id: str | None = None
    updated_after: datetime | None = None


def find(session: Session, tenant: Tenant, product_id: str) -> Product | None:
    """Return one of this tenant's products with its variants, archived ones excepted."""
    return session.scalar(_of(tenant).where(Product.id == product_id))


def lock(
    session: Session, tenant: Tenant, product_id: str, expected: int | None = None
) -> Product | None:
    """Take a product for this transaction, to change it."""
    return rows.lock(session, _of(tenant).where(Product.id == product_id), expected)


def lock_known(
    session: Session, tenant: Tenant, sync_source: str, external_id: str | None, sku: str
) -> Product | None:
    """Take the product that a source means: by its own id there, else by SKU.

    What a connected shop brings is that shop's own (docs/decisions/0009).
    """
    # A literal: none at all is no id, where == None would mean every product without one.
    same_id = Product.external_id == literal(external_id, Text)
    from_source = (Product.sync_source == sync_source) & same_id
    of_a_shop = func.coalesce(Product.sync_source, "").startswith("conn_", autoescape=True)
    free = (Product.sku == sku) & (not_(of_a_shop) | (Product.sync_source == sync_source))
    wanted = _of(tenant).where(or_(from_source, free))
    return rows.lock(session, wanted.order_by(from_source.desc().nulls_last()).limit(1))


def page(session: Session, tenant: Tenant, part: Slice, wanted: Filter) -> Sequence[Product]:
    """Return this tenant's products by id."""
    found = _of(tenant)
    if wanted.sku is not None:
        found = found.where(Product.sku == wanted.sku)
    if wanted.external_id is not None:
        found = found.where(Product.external_id == wanted.external_id)
    if wanted.updated_after is not None:
        found = found.where(Product.updated_at > wanted.updated_after)
    return session.scalars(rows.cut(found, Product.id, part)).all()


@contextmanager
def named(session: Session, tenant: Tenant, names: Names) -> Generator[None]:
    """Write the product that is made or changed inside, under these names.

    Raises ``SkuTaken`` or ``ExternalIdTaken``, and then wrote nothing.
    """
    mine = rows.of(Product, tenant).where(Product.archived_at.is_(None))
    ids = mine.with_only_columns(Product.id)
    same_source = Product.sync_source.is_not_distinct_from(names.sync_source)
    by_external_id = ids.where(same_source, Product.external_id == names.external_id)
    by_sku = ids.where(Product.sku == names.sku)
    taken = {
        "uq_product_sku": lambda: SkuTaken(extra={"id": session.scalar(by_sku)}),
        "uq_product_external_id": lambda: rows.ExternalIdTaken(
            extra={"id": session.scalar(by_external_id)}
        ),
    }
    with rows.unique(session, taken):
        yield


def used_variants(session: Session, tenant: Tenant, variant_ids: Iterable[str]) -> Sequence[str]:
    """Return those of these variants that a distribution sells."""
    return session.scalars(
        select(Distribution.variant_id)
        .where(Distribution.variant_id.in_(list(variant_ids)))
        .where(Distribution.organization_id == tenant.organization_id)
        .where(Distribution.mode == tenant.mode)
        .distinct()
    ).all()  # type: ignore[return-value]


def are_others(
    session: Session, tenant: Tenant, distribution_id: str, skus: Collection[str]
) -> bool:
    """Tell whether each of these SKUs is known as one that this distribution does not sell.

    Known are products, and the variants of the one that it sells.
    """
    found = session.execute(
        _NAMED, {"id": distribution_id, "skus": sorted(skus), **tenant._asdict()}
    ).all()
    known, sold = {row.sku for row in found}, {row.sku for row in found if row.sold}
    return not sold and known == set(skus)


_NAMED = text("""
    WITH offer AS (
        SELECT coalesce(d.product_id, e.product_id) AS product_id, d.variant_id
        FROM distribution d JOIN experience e ON e.id = d.experience_id
        WHERE d.id = :id AND d.organization_id = :organization_id AND d.mode = :mode
    ),
    named AS (
        SELECT p.sku, p.id AS product_id, NULL AS variant_id FROM product p
        WHERE p.sku = ANY (CAST(:skus AS text[])) AND p.archived_at IS NULL
            AND p.organization_id = :organization_id AND p.mode = :mode
        UNION ALL SELECT v.sku, v.product_id, v.id FROM offer o
        JOIN variant v ON v.product_id = o.product_id AND v.sku = ANY (CAST(:skus AS text[]))
        WHERE v.organization_id = :organization_id AND v.mode = :mode
    )
    SELECT n.sku, n.product_id = o.product_id
        AND (o.variant_id IS NULL OR n.variant_id IS NULL OR n.variant_id = o.variant_id) AS sold
    FROM named n CROSS JOIN offer o WHERE o.product_id IS NOT NULL
""")


def archive_gone(session: Session, tenant: Tenant, source: str, external_id: str) -> None:
    """Archive what its shop has no more; a product that a launch offers stays."""
    session.execute(_archiving(tenant, source).where(Product.external_id == external_id))


def archive_unseen(session: Session, tenant: Tenant, source: str, run_id: str) -> int:
    """Archive what a walk through the whole shop did not meet; return how many."""
    met = select(SyncSeen.external_id).where(
        SyncSeen.run_id == run_id,
        SyncSeen.organization_id == tenant.organization_id,
        SyncSeen.mode == tenant.mode,
        SyncSeen.external_id == Product.external_id,
    )
    gone = _archiving(tenant, source).where(~met.exists()).returning(Product.id)
    return len(session.scalars(gone).all())


def _archiving(tenant: Tenant, source: str) -> Update:
    sold = select(Distribution.id).where(
        Distribution.product_id == Product.id,
        Distribution.archived_at.is_(None),
        Distribution.state != DistributionState.ENDED.value,
    )
    shown = select(Experience.id).where(
        Experience.product_id == Product.id,
        Experience.archived_at.is_(None),
        Experience.ended_at.is_(None),
    )
    now = func.clock_timestamp()
    return (
        update(Product)
        .where(Product.organization_id == tenant.organization_id, Product.mode == tenant.mode)
        .where(Product.sync_source == source)
        .where(Product.archived_at.is_(None), ~sold.exists(), ~shown.exists())
        .values(archived_at=now, updated_at=now, version=Product.version + 1)
        .execution_options(synchronize_session=False)
    )


def find_variant(session: Session, tenant: Tenant, variant_id: str) -> Variant | None:
    """Return one of this tenant's variants."""
    return session.scalar(rows.of(Variant, tenant).where(Variant.id == variant_id))


def _of(tenant: Tenant) -> Select[Product]:
    mine = rows.of(Product, tenant).where(Product.archived_at.is_(None))
    return mine.options(selectinload(Product.variants))
