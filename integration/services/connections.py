"""Connections to merchants' shops."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from connectors.base import ConnectorError, NeedsReconnect
from connectors.platform import Platform
from connectors.records import Verification, WebhookSetup
from connectors.registry import (
    check_credentials,
    check_given_anew,
    check_settings,
    credentials_set,
    find_platform,
    leads_elsewhere,
)
from integration.kernel.errors import Conflict, required
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant, owner_of
from integration.runtime import Runtime
from integration.store import audit, checked, connections, inbox, rows, shops
from integration.store.connections import ConnectionState
from integration.store.job_queue import Job
from integration.store.models import Connection
from integration.store.rows import Slice

AGAIN = "We look again every hour; verify the connection to have that done now."


class ConnectionInUse(Conflict):
    """An experience sends its winners there, or somebody may still pay there."""

    code = "CONNECTION_IN_USE"
    message = (
        "Winners may pay in this shop. End the experience that sends them there, or change it, "
        "and wait until nobody holds an admission with which they went there, or may go."
    )


class Verified(NamedTuple):
    """What came of talking to a shop."""

    state: ConnectionState
    message: str | None
    found: Verification | None = None
    webhooks: WebhookSetup | None = None


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> SimpleNamespace:
    """Keep a connection, sealed and not yet tried.

    Raises ``NotFound`` for an unknown platform, ``ValidationFailed`` for keys that it lacks.
    """
    platform = _platform(rt, body["platform"])
    _check(rt, platform, body["settings"])
    check_credentials(platform, body["credentials"])
    with rt.transaction() as tx:
        row = Connection(
            id=new_id("conn"),
            **tenant._asdict(),
            version=1,
            platform=platform.name,
            name=body["name"],
            settings=body["settings"],
            credentials=shops.seal_credentials(rt.vault, body["credentials"]),
            schedule=body["schedule"],
            state=ConnectionState.UNVERIFIED.value,
        )
        connections.add(tx.session, row)
        return _shown(rt, row)


def get(rt: Runtime, tenant: Tenant, connection_id: str) -> SimpleNamespace:
    """Return a connection without its credentials, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return _shown(rt, required(shops.find(tx.session, tenant, connection_id), "Connection"))


def page(
    rt: Runtime, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]
) -> list[SimpleNamespace]:
    """Return a part of the list; ``wanted`` narrows it."""
    with rt.transaction() as tx:
        found = connections.page(tx.session, tenant, part, wanted)
        return [_shown(rt, row) for row in found]


def update(
    rt: Runtime,
    tenant: Tenant,
    connection_id: str,
    changes: Mapping[str, Any],
    expected: int | None,
) -> SimpleNamespace:
    """Change some fields; of the credentials only those named, and null takes one away.

    New settings or credentials are unverified. Settings that lead to another shop need all the
    credentials that are kept given anew: raises ``ValidationFailed`` with those that are missing.
    """
    with rt.transaction() as tx:
        row = required(connections.lock(tx.session, tenant, connection_id, expected), "Connection")
        platform = _platform(rt, row.platform)
        row.name = changes.get("name", row.name)
        row.schedule = {**row.schedule, **changes.get("schedule", {})}
        if "settings" in changes:
            _check(rt, platform, changes["settings"])
        if not {"settings", "credentials"}.isdisjoint(changes):
            settings = changes.get("settings", row.settings)
            row.credentials = _merged(rt, platform, row, settings, changes.get("credentials"))
            row.settings = settings
            row.state, row.state_message = ConnectionState.UNVERIFIED.value, None
        row.version += 1
        return _shown(rt, row)


def archive(rt: Runtime, tenant: Tenant, connection_id: str, expected: int | None) -> None:
    """Forget a connection's credentials, and the connection with them."""
    with rt.transaction() as tx:
        row = required(connections.lock(tx.session, tenant, connection_id, expected), "Connection")
        if connections.is_used(tx.session, tenant, connection_id):
            raise ConnectionInUse
        row.credentials = shops.seal_credentials(rt.vault, {})
        row.archived_at = rows.now(tx.session)
        row.version += 1


def verify(rt: Runtime, tenant: Tenant, connection_id: str) -> SimpleNamespace:
    """Talk to the shop, see to it that its webhooks reach us, and keep what came of it."""
    with rt.transaction() as tx:
        row = required(shops.find(tx.session, tenant, connection_id), "Connection")
    verified = _ask(rt, row)
    with rt.transaction() as tx:
        connections.record(tx.session, tenant, row, verified.state, verified.message)
        after = {"state": verified.state}
        audit.note(tx.session, tenant, "connection.verified", connection_id, after=after)
    shown = get(rt, tenant, connection_id)
    shown.verification = verified.found
    shown.webhooks = verified.webhooks
    return shown


def check(rt: Runtime, connection_id: str) -> None:
    """Verify a connection whoever's it is; what its shop dropped of its webhooks is made anew.

    One that was uninstalled stays so until its merchant installs or verifies it.
    Raises ``PlatformBusy``, and changes nothing, while the shop is only away for a moment.
    """
    with rt.transaction() as tx:
        row = inbox.connection(tx.session, connection_id)
    if row is None or row.state == ConnectionState.UNINSTALLED.value:
        return
    tenant = owner_of(row)
    verified = _ask(rt, row, patient=True)
    if (verified.state, verified.message) != (row.state, row.state_message):
        with rt.transaction() as tx:
            connections.record(tx.session, tenant, row, verified.state, verified.message)


def check_due(rt: Runtime) -> int:
    """Have every connection checked, once an hour, that needs nobody's help; return how many."""
    with rt.transaction() as tx:
        known = connections.looked_after(tx.session)
    due = checked.due(rt.valkey, known)
    return sum(rt.jobs.enqueue(Job.CHECK_CONNECTION, connection_id=each) for each in due)


def _ask(rt: Runtime, row: Connection, *, patient: bool = False) -> Verified:
    try:
        shop = rt.open_shop(row)
        found = shop.verify()
        if found.missing_scopes:
            said = f"The credentials lack: {', '.join(found.missing_scopes)}."
            return Verified(ConnectionState.NEEDS_REAUTH, said, found)
        if found.problems:
            return Verified(ConnectionState.FAILING, " ".join([*found.problems, AGAIN]), found)
        return Verified(ConnectionState.ACTIVE, None, found, shop.ensure_webhooks())
    except NeedsReconnect as error:
        return Verified(ConnectionState.NEEDS_REAUTH, str(error))
    except ConnectorError as error:
        if patient and error.retry_after is not None:
            raise
        return Verified(ConnectionState.FAILING, f"{error} {AGAIN}")


def _check(rt: Runtime, platform: Platform, settings: Mapping[str, Any]) -> None:
    check_settings(platform, settings, allow_loopback=rt.settings.development)


def _merged(
    rt: Runtime,
    platform: Platform,
    row: Connection,
    settings: Mapping[str, str],
    given: Mapping[str, Any] | None,
) -> bytes:
    known = shops.open_credentials(rt.vault, row)
    if leads_elsewhere(platform, row.settings, settings):
        given = given or {}
        check_given_anew(platform, known, given)
    if given is None:
        return row.credentials
    # What the connector saved belongs to the credentials that it was given.
    kept = {name: text for name, text in known.items() if name not in platform.saved_credentials}
    merged = {name: text for name, text in {**kept, **given}.items() if text is not None}
    new = {name: text for name, text in given.items() if text is not None}
    check_credentials(platform, merged, given=new)
    return shops.seal_credentials(rt.vault, merged)


def _shown(rt: Runtime, row: Connection) -> SimpleNamespace:
    platform = _platform(rt, row.platform)
    shown = rows.shown(row)
    del shown.credentials
    shown.credentials_set = credentials_set(platform, shops.open_credentials(rt.vault, row))
    shown.gate, shown.gate_message = platform.gate(row.settings)
    shown.webhook_url = f"{rt.settings.base_url()}/webhooks/{row.platform}/{row.id}"
    return shown


def _platform(rt: Runtime, name: str) -> Platform:
    return find_platform(name, testing=rt.settings.development)
