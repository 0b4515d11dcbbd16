"""Statements on what a handoff sells."""

from typing import NamedTuple

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Admission, Consumer, Distribution, Handoff, Product, Variant


class Sold(NamedTuple):
    """The variant that a handoff is for, as the shop knows it, and the consumer's address."""

    variant_ref: str | None
    sku: str | None
    email: str | None


class Good(NamedTuple):
    """A product or a variant of it, as the shop may name it on an order.

    ``on_sale`` is False for one that the distribution, narrowed to another, does not sell.
    """

    variant_id: str | None
    variant_ref: str | None
    sku: str | None
    on_sale: bool


def sold(session: Session, tenant: Tenant, handoff: Handoff) -> Sold:
    """Return what a handoff sells to whom: its variant, its distribution's, or the first."""
    wanted = func.coalesce(handoff.variant_id, Distribution.variant_id, Variant.id)
    row = session.execute(
        select(Variant.external_id, Variant.sku, Product.sku, Consumer.email)
        .select_from(Admission)
        .join(Distribution, Distribution.id == Admission.distribution_id)
        .outerjoin(Product, Product.id == Distribution.product_id)
        .outerjoin(Variant, (Variant.product_id == Product.id) & (Variant.id == wanted))
        .outerjoin(Consumer, Consumer.id == Admission.consumer_id)
        .where(Admission.id == handoff.admission_id)
        .where(Admission.organization_id == tenant.organization_id)
        .where(Admission.mode == tenant.mode)
        .order_by(Variant.place)
        .limit(1)
    ).one()
    return Sold(row[0], row[1] or row[2], row[3])


def goods(session: Session, tenant: Tenant, handoff: Handoff) -> list[Good]:
    """Return the handoff's product in all its variants, whichever of them was asked for."""
    on_sale = func.coalesce(Distribution.variant_id == Variant.id, true())
    sku = func.coalesce(Variant.sku, Product.sku)
    found = session.execute(
        select(Variant.id, Variant.external_id, sku, on_sale)
        .select_from(Admission)
        .join(Distribution, Distribution.id == Admission.distribution_id)
        .join(Product, Product.id == Distribution.product_id)
        .outerjoin(Variant, Variant.product_id == Product.id)
        .where(Admission.id == handoff.admission_id)
        .where(Admission.organization_id == tenant.organization_id)
        .where(Admission.mode == tenant.mode)
    )
    return [Good(*row) for row in found]


def variant_of(
    session: Session, tenant: Tenant, distribution: Distribution, variant_id: str
) -> Variant | None:
    """Return one of the variants that a distribution may sell."""
    if distribution.variant_id not in {None, variant_id}:
        return None
    return session.scalar(
        rows.of(Variant, tenant).where(
            Variant.id == variant_id, Variant.product_id == distribution.product_id
        )
    )
