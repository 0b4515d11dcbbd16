"""Forgetting the people whom a connected shop wants forgotten."""

from typing import NamedTuple

from sqlalchemy.orm import Session as Database

from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant
from integration.store import consumers, erasure, rows
from integration.store.models import Consumer


class Erased(NamedTuple):
    """What is left to do after the commit: sessions to refuse, endpoints to wake."""

    sessions: list[str]
    endpoints: list[str]


def erase_of_shop(
    database: Database, vault: Vault, tenant: Tenant, source: str, external_id: str | None = None
) -> Erased:
    """Forget the customers that came from a connection; of one external id, or all of them."""
    wanted = rows.of(Consumer, tenant).where(
        Consumer.sync_source == source, Consumer.erased_at.is_(None)
    )
    if external_id is not None:
        wanted = wanted.where(Consumer.external_id == external_id)
    done = Erased([], [])
    for consumer in database.scalars(wanted.order_by(Consumer.id).with_for_update()):
        done.sessions.extend(consumers.end_sessions(database, tenant, consumer.id))
        erasure.forget(database, vault, tenant, consumer)
        done.endpoints.extend(consumers.tell(database, tenant, consumer, "deleted"))
    return done
