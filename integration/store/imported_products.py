"""Products as a merchant's file has them: a page of rows, stored in a few statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, text, union
from sqlalchemy.orm import Session

from integration.engine.imports import Problem
from integration.kernel.ids import new_id
from integration.kernel.money import BadMoney, format_money
from integration.kernel.tenant import Tenant
from integration.store import organizations
from integration.store.by_key import by_key
from integration.store.import_pages import Kept, Told, by_reference
from integration.store.models import Product

FIELDS = {
    "name": "name",
    "sku": "sku",
    "price": "price",
    "currencyCode": "currency_code",
    "description": "description",
    "inventory": "inventory",
    "url": "url",
    "imageUrl": "image_url",
    "externalId": "external_id",
    "syncSource": "sync_source",
}
NEEDED = ("name", "price")

_LOCK = text("""
    SELECT id, name, sku, price, currency_code, description, inventory, url, image_url,
        external_id, sync_source
    FROM product WHERE id = ANY (CAST(:ids AS text[])) AND archived_at IS NULL
        AND (organization_id, mode) IS NOT DISTINCT FROM (:organization_id, :mode)
    ORDER BY id FOR NO KEY UPDATE
""")

_UPSERT = text("""
    INSERT INTO product (id, organization_id, mode, name, sku, price, currency_code, description,
        inventory, url, image_url, external_id, sync_source)
    SELECT id, :organization_id, :mode, name, sku, price, currency_code, description,
        inventory, url, image_url, external_id, sync_source
    FROM unnest(
        CAST(:id AS text[]), CAST(:name AS text[]), CAST(:sku AS text[]),
        CAST(:price AS numeric[]), CAST(:currency_code AS text[]), CAST(:description AS text[]),
        CAST(:inventory AS bigint[]), CAST(:url AS text[]), CAST(:image_url AS text[]),
        CAST(:external_id AS text[]), CAST(:sync_source AS text[])
    ) AS told (id, name, sku, price, currency_code, description, inventory, url, image_url,
        external_id, sync_source)
    ORDER BY id
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, sku = excluded.sku,
        price = excluded.price, currency_code = excluded.currency_code,
        description = excluded.description, inventory = excluded.inventory, url = excluded.url,
        image_url = excluded.image_url, external_id = excluded.external_id,
        sync_source = excluded.sync_source, version = product.version + 1,
        updated_at = clock_timestamp()
    WHERE (product.name, product.sku, product.price, product.currency_code, product.description,
        product.inventory, product.url, product.image_url, product.external_id,
        product.sync_source) IS DISTINCT FROM (excluded.name, excluded.sku, excluded.price,
        excluded.currency_code, excluded.description, excluded.inventory, excluded.url,
        excluded.image_url, excluded.external_id, excluded.sync_source)
    RETURNING id, xmax = 0 AS is_new
""")


def upsert(session: Session, tenant: Tenant, told: Told) -> Kept:
    """Add or update the products that these rows tell of; an empty cell changes nothing.

    One is known by the external id in its source, else by SKU, where no connected shop brings
    that one. What has not changed is not touched; variants stay as they are.
    """
    currency = organizations.required(session, tenant).currency_code
    known = _Known(session, tenant, list(told.values()), currency)
    problems = {
        number: problem
        for number, values in told.items()
        if (problem := known.take({FIELDS[name]: value for name, value in values.items()}))
    }
    written = session.execute(_UPSERT, _columns(known.products) | tenant._asdict()).all()
    created = sum(row.is_new for row in written)
    return Kept(created, len(written) - created, problems, [])


class _Known:
    """Which product a row means; ``products`` are those taken so far, as they are to be."""

    def __init__(
        self,
        session: Session,
        tenant: Tenant,
        told: Sequence[Mapping[str, Any]],
        currency: str,
    ) -> None:
        self._currency = currency
        self._by_ref: dict[Any, dict[str, Any]] = {}
        self._by_sku: dict[str, dict[str, Any]] = {}
        self.products: dict[str, dict[str, Any]] = {}
        ids = list(session.scalars(_known(tenant, told)))
        for row in session.execute(_LOCK, {"ids": ids} | tenant._asdict()):
            self._index(row._asdict())

    def take(self, told: Mapping[str, Any]) -> Problem | None:
        """Merge a row into the product it means, or a new one; or say why that cannot be."""
        owner = self._by_sku.get(told["sku"])
        product = self._by_ref.get(_ref(told)) or owner
        if owner is not None and (product is not owner or _of_another_shop(owner, told)):
            return Problem("sku", f"Another product has this SKU: {owner['id']}.")
        new = dict.fromkeys(FIELDS.values()) | {"currency_code": self._currency}
        merged = {**(product or new), **told}
        problem = _incomplete(merged)
        if problem is None:
            self._put(product, merged)
        return problem

    def _put(self, before: Mapping[str, Any] | None, product: dict[str, Any]) -> None:
        if before is not None:
            self._by_sku.pop(before["sku"], None)
            self._by_ref.pop(_ref(before), None)
        product.setdefault("id", new_id("prod"))
        self.products[product["id"]] = product
        self._index(product)

    def _index(self, product: dict[str, Any]) -> None:
        self._by_sku[product["sku"]] = product
        if product["external_id"] is not None:
            self._by_ref[_ref(product)] = product


def _of_another_shop(owner: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Tell whether a connected shop brings it, whose it is (docs/decisions/0009)."""
    theirs = owner["sync_source"] or ""
    return theirs.startswith("conn_") and theirs != told.get("sync_source")


def _incomplete(product: Mapping[str, Any]) -> Problem | None:
    for name in NEEDED:
        if product[name] is None:
            return Problem(name, f"A new product needs its {name}.")
    try:
        format_money(product["price"], product["currency_code"])
    except BadMoney as error:
        return Problem("price", str(error))
    return None


def _ref(values: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return values.get("sync_source"), values.get("external_id")


def _known(tenant: Tenant, told: Sequence[Mapping[str, Any]]) -> CompoundSelect[Any]:
    """Select the ids of the products that these rows may mean."""
    by_sku = [Product.organization_id, Product.mode, Product.sku]
    alive, skus = Product.archived_at.is_(None), [each["sku"] for each in told]
    return union(
        by_key([Product.id], by_sku, tenant, [skus], alive),
        *by_reference(Product, tenant, told, alive),
    )


def _columns(products: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    return {name: [each[name] for each in products.values()] for name in ("id", *FIELDS.values())}
