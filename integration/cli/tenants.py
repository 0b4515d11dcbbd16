"""Organizations and their keys."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from integration.cli.group import borrow_runtime, in_mode, main, of_organization
from integration.engine.windows import reached
from integration.kernel.money import is_currency
from integration.kernel.scopes import SCOPES
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.services import api_keys, setup
from integration.store.models import ApiKey
from integration.store.rows import Slice

AT_ONCE = 500
LONGEST_NAME = 200
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LONGEST_SLUG = 100


def _name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not 1 <= len(value) <= LONGEST_NAME:
        raise click.BadParameter(f"1 to {LONGEST_NAME} characters.")
    return value


def _slug(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if len(value) > LONGEST_SLUG or not SLUG.match(value):
        raise click.BadParameter("Lower case letters, digits and single hyphens, at most 100.")
    return value


def _currency(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not is_currency(value):
        raise click.BadParameter("Not an ISO 4217 currency code, such as EUR.")
    return value


@main.group()
def orgs() -> None:
    """Organizations."""


@orgs.command("create")
@click.argument("name", callback=_name)
@click.option(
    "--slug", required=True, callback=_slug, help="Short name for addresses, such as 'acme'."
)
@click.option(
    "--currency", default="USD", show_default=True, callback=_currency, help="ISO 4217 code."
)
def create_organization(name: str, slug: str, currency: str) -> None:
    """Create an organization with a pair of live keys, shown once."""
    made = setup.create_organization(borrow_runtime(), slug, name=name, currency_code=currency)
    click.echo(json.dumps(made._asdict(), indent=2))


@main.group()
def keys() -> None:
    """API keys."""


@keys.command("create")
@of_organization
@in_mode
@click.option("--kind", type=click.Choice(["publishable", "secret"]), required=True)
@click.option("--name", required=True, callback=_name, help="What the key is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    metavar="SCOPE",
    help="Repeatable, such as read:products; all but admin if absent.",
)
@click.option("--origin", "origins", multiple=True, help="Repeatable: pages that may use it.")
@click.option("--expires", type=click.DateTime(), help="When it ends, in UTC.")
def create_key(
    slug: str,
    mode: str,
    *,
    kind: str,
    name: str,
    scopes: tuple[str, ...],
    origins: tuple[str, ...],
    expires: datetime | None,
) -> None:
    """Create a key, and show it once."""
    rt = borrow_runtime()
    body = {
        "kind": kind,
        "mode": mode,
        "name": name,
        "scopes": list(scopes) or None,
        "allowed_origins": list(origins),
        "expires_at": expires and expires.replace(tzinfo=UTC),
    }
    click.echo(api_keys.create(rt, setup.tenant_of(rt, slug, "live"), SCOPES, body).text)


@keys.command("list")
@of_organization
@in_mode
def list_keys(slug: str, mode: str) -> None:
    """List an organization's keys: id, kind, last characters, whether they serve, name."""
    rt = borrow_runtime()
    now = rt.clock.now()
    for row in _all(rt, setup.tenant_of(rt, slug, mode)):
        state = "revoked" if row.revoked_at else "serves"
        if state == "serves" and reached(row.expires_at, now):
            state = "expired"
        click.echo(f"{row.id}  {row.kind:11}  ...{row.hint}  {state:7}  {row.name}")


@keys.command("revoke")
@of_organization
@in_mode
@click.argument("key_id")
def revoke_key(slug: str, mode: str, key_id: str) -> None:
    """End a key; every process refuses it within two seconds."""
    rt = borrow_runtime()
    api_keys.revoke(rt, setup.tenant_of(rt, slug, mode), key_id)


def _all(rt: Runtime, tenant: Tenant) -> Iterator[ApiKey]:
    part = Slice(None, AT_ONCE)
    while found := api_keys.page(rt, tenant, part, {}):
        yield from found
        part = Slice(found[-1].id, AT_ONCE)
