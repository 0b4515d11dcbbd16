"""What an operator does once: organizations with their first keys."""

from typing import Any, NamedTuple

from integration.kernel.crypto import hash_secret, new_api_key
from integration.kernel.errors import Conflict
from integration.kernel.ids import new_id
from integration.kernel.scopes import SCOPES
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import db, keys, organizations, rows
from integration.store.models import ApiKey


class SlugTaken(Conflict):
    """Another organization has this short name."""

    code = "SLUG_TAKEN"
    message = "An organization with this slug exists. Choose another one."


class Founded(NamedTuple):
    """An organization and a pair of live keys, which nobody can read again."""

    organization_id: str
    publishable_key: str
    secret_key: str


def create_organization(rt: Runtime, slug: str, **values: Any) -> Founded:
    """Create an organization with live keys of every scope, or raise ``SlugTaken``."""
    with rt.transaction() as tx:
        organization_id = organizations.add(tx.session, new_id("org"), slug, values)
        if organization_id is None:
            raise SlugTaken
        return _with_keys(tx, organization_id)


def find_or_create(rt: Runtime, slug: str, **values: Any) -> Founded:
    """Return the organization of this slug, made if it is not there, with new live keys."""
    with rt.transaction() as tx:
        added = organizations.add(tx.session, new_id("org"), slug, values)
        return _with_keys(tx, added or organizations.by_slug(tx.session, slug))


def tenant_of(rt: Runtime, slug: str, mode: str) -> Tenant:
    """Return the tenant that an operator means, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return Tenant(organizations.by_slug(tx.session, slug), "test" if mode == "test" else "live")


def _with_keys(tx: db.Transaction, organization_id: str) -> Founded:
    publishable, secret = new_api_key("publishable", "live"), new_api_key("secret", "live")
    for kind, text in (("publishable", publishable), ("secret", secret)):
        key = ApiKey(
            id=new_id("key"),
            organization_id=organization_id,
            mode="live",
            kind=kind,
            name="First key",
            hash=hash_secret(text),
            hint=text[-4:],
            scopes=list(SCOPES) if kind == "secret" else [],
            allowed_origins=[],
            changed_at=rows.now(tx.session),
        )
        keys.add(tx.session, key)
    return Founded(organization_id, publishable, secret)
