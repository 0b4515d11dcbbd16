"""API keys: made once, shown once, changed, replaced, ended."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from integration.engine.windows import reached
from integration.kernel.crypto import hash_secret, new_api_key
from integration.kernel.errors import Conflict, Detail, NotFound, PermissionDenied, ValidationFailed
from integration.kernel.ids import new_id
from integration.kernel.scopes import USUAL, grants
from integration.kernel.tenant import Mode, Tenant, owner_of
from integration.runtime import Runtime
from integration.store import db, keys, rows
from integration.store.models import ApiKey
from integration.store.rows import Slice

HINT_LENGTH = 4
Scopes = Collection[str]


class Minted(NamedTuple):
    """A new key's row, and its text, which nobody can read again."""

    row: ApiKey
    text: str


class KeyRevoked(Conflict):
    """It will never serve again."""

    code = "KEY_REVOKED"
    message = "The key has been revoked. Make a new one."


class KeyExpired(Conflict):
    """Its successor would be as old."""

    code = "KEY_EXPIRED"
    message = "The key has expired. Give it another expiresAt first, or make a new one."


class KeyReplaced(Conflict):
    """It has a successor; ``id`` in the body says which."""

    code = "KEY_REPLACED"
    message = "The key has been rotated already. Rotate its successor."


def create(rt: Runtime, tenant: Tenant, held: Scopes, body: Mapping[str, Any]) -> Minted:
    """Make a key; only a live one may make keys of the other mode, for tests.

    ``held`` are the caller's own scopes: nobody grants others. A secret key without
    ``scopes`` gets those of the caller, but ``admin``.
    """
    mode: Mode = body["mode"]
    if mode not in _modes(tenant):
        raise PermissionDenied("A test key makes no live keys. Use a live one.")
    _check(rt, body["kind"], body)
    scopes = body["scopes"]
    if scopes is None:
        scopes = [each for each in USUAL if grants(held, each)] if body["kind"] == "secret" else []
    _check_grants(held, scopes)
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


def page(rt: Runtime, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]) -> Sequence[ApiKey]:
    """Return a part of the list of one mode: the caller's own unless ``wanted`` names one."""
    mode = wanted.get("mode", tenant.mode)
    if mode not in _modes(tenant):
        raise PermissionDenied("A test key sees no live keys. Use a live one.")
    with rt.transaction() as tx:
        of_mode = Tenant(tenant.organization_id, mode)
        return keys.page(tx.session, of_mode, part, wanted, rt.clock.now())


def update(
    rt: Runtime,
    tenant: Tenant,
    held: Scopes,
    key_id: str,
    changes: Mapping[str, Any],
    *,
    expected: int | None,
) -> ApiKey:
    """Change a key that has not been revoked; nobody grants scopes that they lack."""
    with rt.transaction() as tx:
        row = _lock(tx, tenant, key_id, expected)
        _check(rt, row.kind, changes)
        _check_grants(held, set(changes.get("scopes", ())) - set(row.scopes))
        for name, value in changes.items():
            setattr(row, name, value)
        _touch(rt, tx, row)
        return row


def rotate(rt: Runtime, tenant: Tenant, key_id: str, overlap: timedelta) -> Minted:
    """Make a key like this one, which ends after ``overlap``.

    Raises ``KeyRevoked``, ``KeyExpired`` and ``KeyReplaced``.
    """
    with rt.transaction() as tx:
        row = _lock(tx, tenant, key_id, None)
        if row.replaced_by is not None:
            raise KeyReplaced(extra={"id": row.replaced_by})
        now = rows.now(tx.session)
        if reached(row.expires_at, now):
            raise KeyExpired
        kept = ("kind", "name", "scopes", "allowed_origins", "expires_at")
        successor = ApiKey(**{name: getattr(row, name) for name in kept})
        row.expires_at = min(row.expires_at or now + overlap, now + overlap)
        mine = owner_of(row)
        minted = _mint(rt, tx, mine, successor)
        row.replaced_by = minted.row.id
        _touch(rt, tx, row)
        return minted


def revoke(rt: Runtime, tenant: Tenant, key_id: str, expected: int | None = None) -> ApiKey:
    """End a key in every process within two seconds, in this one at once.

    One that has been revoked stays as it is.
    """
    with rt.transaction() as tx:
        row = _found(tx, tenant, key_id, expected)
        if row.revoked_at is None:
            row.revoked_at = rows.now(tx.session)
            _touch(rt, tx, row)
        return row


def _mint(rt: Runtime, tx: db.Transaction, tenant: Tenant, row: ApiKey) -> Minted:
    text = new_api_key("secret" if row.kind == "secret" else "publishable", tenant.mode)
    row.id, row.hash, row.hint = new_id("key"), hash_secret(text), text[-HINT_LENGTH:]
    row.organization_id, row.mode = tenant
    row.version, row.changed_at = 1, rows.now(tx.session)
    keys.add(tx.session, row)
    _forget(rt, tx, row)
    return Minted(row, text)


def _found(tx: db.Transaction, tenant: Tenant, key_id: str, expected: int | None) -> ApiKey:
    for mine in _tenants(tenant):
        if (row := keys.lock(tx.session, mine, key_id, expected)) is not None:
            return row
    raise NotFound("API key")


def _lock(tx: db.Transaction, tenant: Tenant, key_id: str, expected: int | None) -> ApiKey:
    row = _found(tx, tenant, key_id, expected)
    if row.revoked_at is not None:
        raise KeyRevoked
    return row


def _touch(rt: Runtime, tx: db.Transaction, row: ApiKey) -> None:
    row.version += 1
    row.changed_at = rows.now(tx.session)
    _forget(rt, tx, row)


def _forget(rt: Runtime, tx: db.Transaction, row: ApiKey) -> None:
    digest = row.hash.hex()
    tx.then(lambda: rt.keys.forget(digest))


def _check_grants(held: Scopes, scopes: Iterable[str]) -> None:
    for scope in scopes:
        if not grants(held, scope):
            raise PermissionDenied(f"This key lacks the scope '{scope}', and cannot grant it.")


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
