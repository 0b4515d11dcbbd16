"""Products, as a merchant's back end keeps them here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from integration.kernel.errors import Conflict, Detail, ValidationFailed, required
from integration.kernel.ids import new_id
from integration.kernel.money import BadMoney, format_money
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import db, organizations, products, rows
from integration.store.models import Product, Variant
from integration.store.products import Filter, Names
from integration.store.rows import Slice


class VariantInUse(Conflict):
    """A variant that a distribution sells would go."""

    code = "VARIANT_IN_USE"
    message = "A distribution sells this variant. Keep it in the list."


class Saved(NamedTuple):
    """A product, and whether it is new."""

    product: Product
    created: bool


def save(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> Saved:
    """Add a product; with a ``sync_source``, update the one it means where there is one.

    Raises ``SkuTaken`` and ``ExternalIdTaken``.
    """
    with rt.transaction() as tx:
        known = _known(tx, tenant, body)
        if known is None:
            try:
                return Saved(_add(tx, tenant, body), created=True)
            except (products.SkuTaken, rows.ExternalIdTaken):
                # Whoever was faster may have been the same source.
                known = _known(tx, tenant, body)
                if known is None:
                    raise
        _change(tx, tenant, known, body)
        return Saved(known, created=False)


def get(rt: Runtime, tenant: Tenant, product_id: str) -> Product:
    """Return a product, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return required(products.find(tx.session, tenant, product_id), "Product")


def page(rt: Runtime, tenant: Tenant, part: Slice, wanted: Filter) -> Sequence[Product]:
    """Return a part of the list."""
    with rt.transaction() as tx:
        return products.page(tx.session, tenant, part, wanted)


def update(
    rt: Runtime, tenant: Tenant, product_id: str, changes: Mapping[str, Any], expected: int | None
) -> Product:
    """Change some fields; ``variants`` is the whole new list, matched by SKU."""
    with rt.transaction() as tx:
        product = required(products.lock(tx.session, tenant, product_id, expected), "Product")
        _change(tx, tenant, product, changes)
        return product


def archive(rt: Runtime, tenant: Tenant, product_id: str, expected: int | None) -> None:
    """Take a product out of sight; its SKU is free again."""
    with rt.transaction() as tx:
        product = required(products.lock(tx.session, tenant, product_id, expected), "Product")
        product.archived_at = product.updated_at = rows.now(tx.session)
        product.version += 1


def _known(tx: db.Transaction, tenant: Tenant, body: Mapping[str, Any]) -> Product | None:
    source = body["sync_source"]
    if source is None:
        return None
    return products.lock_known(tx.session, tenant, source, body["external_id"], body["sku"])


def _add(tx: db.Transaction, tenant: Tenant, body: Mapping[str, Any]) -> Product:
    product = Product(id=new_id("prod"), **tenant._asdict(), version=1, variants=[])
    product.currency_code = organizations.required(tx.session, tenant).currency_code
    with products.named(tx.session, tenant, Names(*(body[name] for name in Names._fields))):
        _apply(tenant, product, body)
        tx.session.add(product)
    return product


def _change(
    tx: db.Transaction, tenant: Tenant, product: Product, changes: Mapping[str, Any]
) -> None:
    before = {variant.id for variant in product.variants}
    names = Names(*(changes.get(name, getattr(product, name)) for name in Names._fields))
    moment = rows.now(tx.session)
    with products.named(tx.session, tenant, names), tx.session.no_autoflush:
        _apply(tenant, product, changes)
        gone = before - {variant.id for variant in product.variants}
        if gone and products.used_variants(tx.session, tenant, gone):
            raise VariantInUse
        product.updated_at = moment
        product.version += 1


def _apply(tenant: Tenant, product: Product, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name != "variants" and (name != "currency_code" or value is not None):
            setattr(product, name, value)
    if "variants" in values:
        _replace_variants(tenant, product, values["variants"])
    _check_price("price", product.price, product.currency_code)
    for place, variant in enumerate(product.variants):
        _check_price(f"variants.{place}.price", variant.price, product.currency_code)


def _replace_variants(
    tenant: Tenant, product: Product, wanted: Sequence[Mapping[str, Any]]
) -> None:
    known = {variant.sku: variant for variant in product.variants}
    product.variants = [
        known.get(each["sku"]) or Variant(id=new_id("var"), **tenant._asdict()) for each in wanted
    ]
    for place, (variant, values) in enumerate(zip(product.variants, wanted, strict=True)):
        variant.place = place
        for name, value in values.items():
            setattr(variant, name, value)


def _check_price(field: str, price: Decimal | None, currency: str) -> None:
    try:
        if price is not None:
            format_money(price, currency)
    except BadMoney as error:
        raise ValidationFailed(details=[Detail(field, str(error))]) from error
