"""Statements on connections to shops."""

from collections.abc import Mapping

import orjson
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant
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


def merge_credentials(
    sessions: sessionmaker[Session],
    vault: Vault,
    tenant: Tenant,
    connection_id: str,
    changed: Mapping[str, str],
) -> None:
    """Keep what a platform handed out: a session's token, a refreshed one."""
    with transaction(sessions) as tx:
        wanted = of(tenant).where(Connection.id == connection_id).with_for_update()
        connection = tx.session.scalar(wanted)
        if connection is not None:
            merged = {**open_credentials(vault, connection), **changed}
            connection.credentials = seal_credentials(vault, merged)


def current_credentials(
    sessions: sessionmaker[Session], vault: Vault, tenant: Tenant, connection_id: str
) -> dict[str, str]:
    """Return a connection's credentials as they are now; none where it is gone."""
    with transaction(sessions) as tx:
        connection = find(tx.session, tenant, connection_id)
        return {} if connection is None else open_credentials(vault, connection)
