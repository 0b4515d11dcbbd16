"""Statements on connections to shops."""

from collections.abc import Callable, Mapping

import orjson
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant, owner_of
from integration.store.db import transaction
from integration.store.models import Connection


def find(session: Session, tenant: Tenant, connection_id: str) -> Connection | None:
    """Return one of this tenant's connections that is not archived."""
    return session.scalar(of(tenant).where(Connection.id == connection_id))


def of(tenant: Tenant) -> Select[Connection]:
    """Select this tenant's connections that are not archived."""
    return select(Connection).where(
        Connection.organization_id == tenant.organization_id,
        Connection.mode == tenant.mode,
        Connection.archived_at.is_(None),
    )


def open_credentials(vault: Vault, connection: Connection) -> dict[str, str]:
    """Return a connection's credentials as the merchant gave them."""
    credentials: dict[str, str] = orjson.loads(vault.open(connection.credentials))
    return credentials


def seal_credentials(vault: Vault, credentials: Mapping[str, str]) -> bytes:
    """Return credentials as a connection keeps them."""
    return vault.seal(orjson.dumps(dict(credentials)))


SameShop = Callable[[Connection], bool]
"""Tells whether a connection, as it is now, still is of the shop that somebody is talking to."""


def merge_credentials(
    sessions: sessionmaker[Session],
    vault: Vault,
    opened: Connection,
    same_shop: SameShop,
    changed: Mapping[str, str],
) -> None:
    """Keep what a platform handed out: a session's token, a refreshed one.

    Nothing where the connection has been led to another shop: that one may not have it.
    """
    with transaction(sessions) as tx:
        wanted = of(owner_of(opened)).where(Connection.id == opened.id).with_for_update()
        connection = tx.session.scalar(wanted)
        if connection is not None and same_shop(connection):
            merged = {**open_credentials(vault, connection), **changed}
            connection.credentials = seal_credentials(vault, merged)


def current_credentials(
    sessions: sessionmaker[Session], vault: Vault, opened: Connection, same_shop: SameShop
) -> dict[str, str]:
    """Return a connection's credentials as they are now; none where it is gone, or elsewhere."""
    with transaction(sessions) as tx:
        connection = find(tx.session, owner_of(opened), opened.id)
        known = connection is not None and same_shop(connection)
        return open_credentials(vault, connection) if connection and known else {}
