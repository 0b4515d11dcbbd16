"""What a connected shop tells of beside its orders, as it changes what we keep."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant
from integration.store import connections, erasing, organizations, products, synced_products
from integration.store.erasing import Erased


def product_changed(
    session: Session,
    tenant: Tenant,
    connection_id: str,
    external_id: str,
    record: Mapping[str, Any] | None,
) -> Erased:
    """Take over a product as it is now; None is one that is gone. Nobody is forgotten."""
    if record is None:
        products.archive_gone(session, tenant, connection_id, external_id)
    else:
        currency = organizations.required(session, tenant).currency_code
        synced_products.upsert(session, tenant, connection_id, currency, [record])
    return Erased([], [])


def customer_erased(
    session: Session, vault: Vault, tenant: Tenant, connection_id: str, external_id: str
) -> Erased:
    """Forget a customer who came from there."""
    return erasing.erase_of_shop(session, vault, tenant, connection_id, external_id)


def shop_left(
    session: Session, vault: Vault, tenant: Tenant, connection_id: str, *, erase: bool
) -> Erased:
    """Keep that the shop ended the connection; ``erase`` forgets its customers, too."""
    connections.left(session, tenant, connection_id)
    return erasing.erase_of_shop(session, vault, tenant, connection_id) if erase else Erased([], [])
