"""Products as a connected shop has them: a page of records, stored in a few statements.

``source`` is the connection's id: external ids belong to one shop, not to one platform.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import (
    Boolean,
    CompoundSelect,
    func,
    literal_column,
    union,
    update,
)
from sqlalchemy.orm import Session

from integration.kernel.addresses import is_web_address
from integration.kernel.ids import new_id
from integration.kernel.money import BadMoney, format_money, is_currency
from integration.kernel.tenant import Tenant
from integration.store import synced_variants
from integration.store.arrays import among
from integration.store.by_key import by_key
from integration.store.many import upsert_rows
from integration.store.models import Product
from integration.store.sync_pages import CannotStore, Record, failure, keep
from integration.store.sync_runs import Stored

COPIED = ("name", "description", "price", "currency_code", "inventory", "url", "image_url")
ADDRESSES = ("url", "image_url")
KEYS = ("sku", "external_id", "sync_source")


def upsert(
    session: Session, tenant: Tenant, source: str, currency: str, records: Sequence[Record]
) -> Stored:
    """Add or update these products and their variants; what has not changed is not touched.

    A product is known by its external id in this source, else by its SKU where no other shop
    brings that one. ``currency`` is for records that name none.
    """
    return keep(session, partial(_upsert, session, tenant, source, currency), records)


def _upsert(
    session: Session, tenant: Tenant, source: str, currency: str, records: Sequence[Record]
) -> Stored:
    known = _Known(session, tenant, source, records)
    wanted: dict[str, dict[str, Any]] = {}
    variants: dict[str, Sequence[Record]] = {}
    failures = []
    for record in records:
        try:
            values = _values(record, source, currency)
            product_id = known.take(record["external_id"], values["sku"])
        except CannotStore as error:
            failures.append(failure(record, str(error)))
            continue
        wanted[product_id] = {"id": product_id, **tenant._asdict(), **values}
        variants[product_id] = record["variants"]
    created, updated = _write_products(session, list(wanted.values()))
    changed = synced_variants.write(session, tenant, variants) - created - updated
    if changed:
        _touch(session, tenant, changed)
    return Stored(len(created), len(updated) + len(changed), tuple(failures))


class _Known:
    """Which product a record means: ids by external id, owners by SKU."""

    def __init__(
        self, session: Session, tenant: Tenant, source: str, records: Sequence[Record]
    ) -> None:
        refs = [record["external_id"] for record in records]
        skus = [_sku(record, source) for record in records]
        found = session.execute(_known(tenant, source, refs, skus)).all()
        self._ids = {row.external_id: row.id for row in found if row.sync_source == source}
        self._owners = {row.sku: row for row in found}
        self._taken: dict[str, str] = {}
        self._source = source

    def take(self, ref: str, sku: str) -> str:
        """Return the id of the product that this record is, or a new one."""
        owner = self._owners.get(sku)
        product_id = self._ids.get(ref)
        if product_id is None and owner is not None and not self._of_a_shop(owner):
            product_id = owner.id
        if self._taken.get(sku, product_id) != product_id:
            raise CannotStore(f"Another product of this shop has the SKU {sku}.")
        if owner is not None and owner.id != product_id:
            raise CannotStore(f"Another product has the SKU {sku}.")
        self._ids[ref] = product_id = product_id or str(new_id("prod"))
        self._taken[sku] = product_id
        return product_id

    def _of_a_shop(self, owner: Any) -> bool:
        return owner.sync_source is not None and owner.sync_source.startswith("conn_")


def _known(
    tenant: Tenant, source: str, refs: Sequence[str], skus: Sequence[str]
) -> CompoundSelect[Any]:
    """Select the products that have one of these external ids in this source, or of these SKUs."""
    wanted = [Product.id, Product.sku, Product.external_id, Product.sync_source]
    owner = [Product.organization_id, Product.mode]
    alive = Product.archived_at.is_(None)
    told = Product.external_id.is_not(None)
    by_ref = [*owner, Product.sync_source, Product.external_id]
    return union(
        by_key(wanted, by_ref, (*tenant, source), [refs], alive, told),
        by_key(wanted, [*owner, Product.sku], tenant, [skus], alive),
    )


def _sku(record: Record, source: str) -> str:
    variants = (variant["sku"] for variant in record["variants"] if variant["sku"])
    return str(record["sku"] or next(variants, f"{source}:{record['external_id']}"))


def _values(record: Record, source: str, currency: str) -> dict[str, Any]:
    code = record["currency"] or currency
    if not is_currency(code):
        raise CannotStore(f"{code} is not an ISO 4217 currency.")
    prices = [record["price"], *(variant["price"] for variant in record["variants"])]
    try:
        for price in prices:
            if price is not None:
                format_money(price, code)
    except BadMoney as error:
        raise CannotStore(str(error)) from error
    price = next((price for price in prices if price is not None), None)
    if price is None:
        raise CannotStore("The shop gives no price.")
    told = {name: record.get(name) for name in COPIED}
    for name in ADDRESSES:
        # Pages link to it: what a shop says is no safer than what a merchant does.
        told[name] = told[name] if is_web_address(told[name] or "") else None
    keys = {"sku": _sku(record, source), "external_id": record["external_id"]}
    return told | keys | {"price": price, "currency_code": code, "sync_source": source}


def _write_products(
    session: Session, wanted: Sequence[Mapping[str, Any]]
) -> tuple[set[str], set[str]]:
    """Return the ids of the new ones, and of those that changed."""
    if not wanted:
        return set(), set()
    stamps = {"version": Product.version + 1, "updated_at": func.clock_timestamp()}
    statement = upsert_rows(Product, Tenant._fields, (*COPIED, *KEYS), wanted, **stamps).returning(
        Product.id, literal_column("xmax = 0", Boolean).label("is_new")
    )
    written = session.execute(statement).all()
    return (
        {row.id for row in written if row.is_new},
        {row.id for row in written if not row.is_new},
    )


def _touch(session: Session, tenant: Tenant, product_ids: Iterable[str]) -> None:
    session.execute(
        update(Product)
        .where(among(Product.id, product_ids))
        .where(Product.organization_id == tenant.organization_id, Product.mode == tenant.mode)
        .values(version=Product.version + 1, updated_at=func.clock_timestamp())
    )
