"""API keys: made once, shown once, changed, replaced, ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from integration.kernel.crypto import hash_secret, new_api_key
from integration.kernel.errors import Detail, NotFound, PermissionDenied, ValidationFailed
from integration.kernel.ids import new_id
from integration.kernel.scopes import USUAL
from integration.kernel.tenant import Mode, Tenant
from integration.runtime import Runtime
from integration.store import db, keys, rows
from integration.store.models import ApiKey
from integration.store.rows import Slice

HINT_LENGTH = 4


class Minted(NamedTuple):
    """A new key's row, and its text, which nobody can read again."""

    row: ApiKey
    text: str


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> Minted:
    """Make a key; only a live one may make keys of the other mode, for tests.

    A secret key without ``scopes`` gets all but ``admin``.
    """
    mode: Mode = body["mode"]
    if mode not in _modes(tenant):
        raise PermissionDenied("A test key makes no live keys. Use a live one.")
    _check(rt, body["kind"], body)
    scopes = body["scopes"]
    if scopes is None:
        scopes = list(USUAL) if body["kind"] == "secret" else []
    with rt.transaction() as tx:
        row = ApiKey(
            kind=body["kind"],
            name=body["name"],
            scopes=scopes,
            allowed_origins=body["allowed_origins"],
            expires_at=body["expires_at"],
        )
        return _mint(rt, tx, Tenant(tenant.organization_id, mode), row)


def get(rt: Runtime, tenant: Tenant, key_id: str) -> ApiKey:
    """Return a key, or raise ``NotFound``; a live key also sees the test keys."""
    with rt.transaction() as tx:
        for mine in _tenants(tenant):
            if (row := keys.find(tx.session, mine, key_id)) is not None:
                return row
    raise NotFound("API key")


def page(
    rt: Runtime, tenant: Tenant, part: Slice, mode: Mode | None, kind: str | None
) -> Sequence[ApiKey]:
    """Return a part of the list of one mode: the caller's own unless named."""
    wanted = mode or tenant.mode
    if wanted not in _modes(tenant):
        raise PermissionDenied("A test key sees no live keys. Use a live one.")
    with rt.transaction() as tx:
        return keys.page(tx.session, Tenant(tenant.organization_id, wanted), part, kind)


def update(rt: Runtime, tenant: Tenant, key_id: str, changes: Mapping[str, Any]) -> ApiKey:
    """Change a key that has not been revoked."""
    with rt.transaction() as tx:
        row = _lock(tx, tenant, key_id)
        _check(rt, row.kind, changes)
        for name, value in changes.items():
            setattr(row, name, value)
        _touch(rt, tx, row)
        return row


def rotate(rt: Runtime, tenant: Tenant, key_id: str, overlap: timedelta) -> Minted:
    """Make a key like this one, which ends after ``overlap``."""
    with rt.transaction() as tx:
        row = _lock(tx, tenant, key_id)
        kept = ("kind", "name", "scopes", "allowed_origins", "expires_at")
        successor = ApiKey(**{name: getattr(row, name) for name in kept})
        ends_at = rows.now(tx.session) + overlap
        row.expires_at = min(row.expires_at or ends_at, ends_at)
        _touch(rt, tx, row)
        mine = Tenant(row.organization_id, "live" if row.mode == "live" else "test")
        return _mint(rt, tx, mine, successor)


def revoke(rt: Runtime, tenant: Tenant, key_id: str) -> ApiKey:
    """End a key in every process within two seconds, in this one at once."""
    with rt.transaction() as tx:
        for mine in _tenants(tenant):
            if (row := keys.revoke(tx.session, mine, key_id)) is not None:
                _forget(rt, tx, row)
                return row
    raise NotFound("API key")


def _mint(rt: Runtime, tx: db.Transaction, tenant: Tenant, row: ApiKey) -> Minted:
    text = new_api_key("secret" if row.kind == "secret" else "publishable", tenant.mode)
    row.id, row.hash, row.hint = new_id("key"), hash_secret(text), text[-HINT_LENGTH:]
    row.organization_id, row.mode = tenant
    row.changed_at = rows.now(tx.session)
    keys.add(tx.session, row)
    _forget(rt, tx, row)
    return Minted(row, text)


def _lock(tx: db.Transaction, tenant: Tenant, key_id: str) -> ApiKey:
    for mine in _tenants(tenant):
        if (row := keys.lock(tx.session, mine, key_id)) is not None:
            return row
    raise NotFound("API key")


def _touch(rt: Runtime, tx: db.Transaction, row: ApiKey) -> None:
    row.changed_at = rows.now(tx.session)
    _forget(rt, tx, row)


def _forget(rt: Runtime, tx: db.Transaction, row: ApiKey) -> None:
    digest = row.hash.hex()
    tx.then(lambda: rt.keys.forget(digest))


def _modes(tenant: Tenant) -> tuple[Mode, ...]:
    return ("live", "test") if tenant.mode == "live" else ("test",)


def _tenants(tenant: Tenant) -> list[Tenant]:
    return [Tenant(tenant.organization_id, mode) for mode in _modes(tenant)]


def _check(rt: Runtime, kind: str, values: Mapping[str, Any]) -> None:
    expires_at: datetime | None = values.get("expires_at")
    problems = {
        "scopes": kind == "publishable" and values.get("scopes"),
        "allowedOrigins": kind == "secret" and values.get("allowed_origins"),
        "expiresAt": expires_at is not None and expires_at <= rt.clock.now(),
    }
    details = [Detail(name, REFUSALS[name]) for name, found in problems.items() if found]
    if details:
        raise ValidationFailed(details=details)


REFUSALS = {
    "scopes": "Only a secret key has scopes.",
    "allowedOrigins": "Only a publishable key has origins: a secret key belongs on a server.",
    "expiresAt": "Choose a time to come, or null.",
}
