"""Connecting a shop whose merchant agrees in a browser, instead of entering keys."""

from typing import NamedTuple

from connectors.base import Installable
from integration.kernel.acting import Actor, act_as
from integration.kernel.errors import Conflict, NotFound
from integration.kernel.tenant import Tenant, owner_of
from integration.runtime import Runtime
from integration.store import authorizations, connections, inbox, shops
from integration.store.connections import ConnectionState
from integration.store.job_queue import Job


class NotInstallable(Conflict):
    """The platform takes keys."""

    code = "NOT_INSTALLABLE"
    message = "This platform hands out no credentials by itself: enter them on the connection."


class Agreement(NamedTuple):
    """Where the merchant agrees, and how long that may take."""

    url: str
    expires_in_seconds: int


def start(rt: Runtime, tenant: Tenant, connection_id: str) -> Agreement:
    """Return where to send the merchant's browser. Raises ``NotInstallable``."""
    with rt.transaction() as tx:
        row = shops.find(tx.session, tenant, connection_id)
    if row is None:
        raise NotFound("Connection")
    shop = rt.open_shop(row)
    if not isinstance(shop, Installable):
        raise NotInstallable
    state = authorizations.start(rt.valkey, connection_id)
    return Agreement(shop.authorize(state), authorizations.SECONDS)


def finish(rt: Runtime, platform: str, connection_id: str, query: str, state: str) -> None:
    """Take the query that a merchant came back with, and have the connection verified.

    Raises ``NotFound``, ``NoticeRefused`` for a forged or old query, ``ConnectorError``.
    """
    with rt.transaction() as tx:
        row = inbox.connection(tx.session, connection_id)
    if row is None or row.platform != platform:
        raise NotFound("Connection")
    shop = rt.open_shop(row)
    if not isinstance(shop, Installable):
        raise NotFound("Connection")
    tenant = owner_of(row)
    with act_as(Actor(connection_id, "authorization")):
        shop.authorized(query, expected=authorizations.finish(rt.valkey, state, connection_id))
        with rt.transaction() as tx:
            connections.record(tx.session, tenant, row, ConnectionState.UNVERIFIED, None)
            tx.then(lambda: rt.jobs.enqueue(Job.CHECK_CONNECTION, connection_id=connection_id))
