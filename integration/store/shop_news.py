"""What a connected shop tells of beside its orders, as it changes what we keep."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, true
from sqlalchemy.orm import Session

from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant
from integration.store import (
    audit,
    connections,
    consumers,
    erasure,
    organizations,
    products,
    rows,
    synced_products,
)
from integration.store.models import Consumer


class Erased(NamedTuple):
    """What is left to do after the commit: sessions to refuse, endpoints to wake."""

    sessions: list[str]
    endpoints: list[str]


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


def customer_asked(
    session: Session, tenant: Tenant, connection_id: str, external_id: str
) -> Erased:
    """Put on record that a customer of the shop asks for what is known of them; forget nobody.

    The record is of the consumer, or of the connection where none came from there.
    """
    found = session.scalar(
        _of_shop(tenant, connection_id, external_id).with_only_columns(Consumer.id)
    )
    what = "connection" if found is None else "consumer"
    said = {"connectionId": connection_id, "known": found is not None}
    audit.note(session, tenant, f"{what}.data_requested", found or connection_id, after=said)
    return Erased([], [])


def customer_erased(
    session: Session, vault: Vault, tenant: Tenant, connection_id: str, external_id: str
) -> Erased:
    """Forget a customer who came from there; where nobody did, put the wish on record."""
    known = session.scalar(_of_shop(tenant, connection_id, external_id).with_only_columns(true()))
    if not known:
        said = {"connectionId": connection_id, "known": False}
        audit.note(session, tenant, "connection.redact_requested", connection_id, after=said)
    return _erase_of_shop(session, vault, tenant, connection_id, external_id)


def shop_left(
    session: Session, vault: Vault, tenant: Tenant, connection_id: str, *, erase: bool
) -> Erased:
    """Keep that the shop ended the connection; ``erase`` forgets its customers, too."""
    connections.left(session, tenant, connection_id)
    return _erase_of_shop(session, vault, tenant, connection_id) if erase else Erased([], [])


def _erase_of_shop(
    database: Session, vault: Vault, tenant: Tenant, source: str, external_id: str | None = None
) -> Erased:
    """Forget the customers that came from a connection; of one external id, or all of them."""
    wanted = _of_shop(tenant, source, external_id)
    done = Erased([], [])
    for consumer in database.scalars(wanted.order_by(Consumer.id).with_for_update()):
        done.sessions.extend(consumers.end_sessions(database, tenant, consumer.id))
        erasure.forget(database, vault, tenant, consumer)
        done.endpoints.extend(consumers.tell(database, tenant, consumer, "deleted"))
    return done


def _of_shop(tenant: Tenant, source: str, external_id: str | None) -> Select[Consumer]:
    wanted = rows.of(Consumer, tenant).where(
        Consumer.sync_source == source, Consumer.erased_at.is_(None)
    )
    return wanted if external_id is None else wanted.where(Consumer.external_id == external_id)
