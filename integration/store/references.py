"""What a body may refer to: a 404 of its kind where this tenant has no such thing."""

from sqlalchemy.orm import Session

from integration.kernel.errors import NotFound, required
from integration.kernel.tenant import Tenant
from integration.store import audiences, products, shops
from integration.store.models import Product, Variant


def product(session: Session, tenant: Tenant, product_id: str) -> Product:
    """Return a product, or raise ``NotFound``."""
    return required(products.find(session, tenant, product_id), "Product")


def variant(session: Session, tenant: Tenant, variant_id: str, product_id: str | None) -> Variant:
    """Return a variant of this product, or raise ``NotFound``."""
    found = products.find_variant(session, tenant, variant_id)
    if found is None or found.product_id != product_id:
        raise NotFound("Variant")
    return found


def connection(session: Session, tenant: Tenant, connection_id: str) -> None:
    """Raise ``NotFound`` unless there is such a connection."""
    if shops.find(session, tenant, connection_id) is None:
        raise NotFound("Connection")


def audience(session: Session, tenant: Tenant, audience_id: str) -> None:
    """Raise ``NotFound`` unless there is such an audience."""
    if audiences.find(session, tenant, audience_id) is None:
        raise NotFound("Audience")
