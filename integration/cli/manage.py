"""Managing: schema, demo, organizations, keys, syncs."""

import json
import sys
from threading import Event

import click
from click._termui_impl import ProgressBar

from integration.app import create_app
from integration.cli import demo_file
from integration.cli.group import main, open_runtime
from integration.kernel.settings import Settings
from integration.services import api_keys, readiness, setup, syncing
from integration.store import schema
from integration.store.rows import Slice

MOST_KEYS = 1000
PAUSE = Event()
LOOK_EVERY_SECONDS = 0.5


@main.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    schema.migrate(Settings.from_env())


@main.group()
def seed() -> None:
    """Fill an empty database."""


@seed.command("demo")
def seed_demo() -> None:
    """Make the demo organization, once, and write demo.json into the data folder."""
    click.echo(demo_file.write(Settings.from_env()))


@main.group()
def orgs() -> None:
    """Organizations."""


@orgs.command("create")
@click.argument("name")
@click.option("--slug", required=True, help="Short name for addresses, such as 'acme'.")
@click.option("--currency", default="USD", show_default=True, help="ISO 4217 code.")
def create_organization(name: str, slug: str, currency: str) -> None:
    """Create an organization with a pair of live keys, shown once."""
    made = setup.create_organization(open_runtime(), slug, name=name, currency_code=currency)
    click.echo(json.dumps(made._asdict(), indent=2))


@main.group()
def keys() -> None:
    """API keys."""


of_organization = click.option("--org", "slug", required=True, help="The organization's slug.")
in_mode = click.option("--mode", type=click.Choice(["live", "test"]), default="live")


@keys.command("create")
@of_organization
@in_mode
@click.option("--kind", type=click.Choice(["publishable", "secret"]), required=True)
@click.option("--name", required=True, help="What the key is for.")
@click.option("--scope", "scopes", multiple=True, help="Repeatable; all but admin if absent.")
def create_key(slug: str, mode: str, kind: str, name: str, scopes: tuple[str, ...]) -> None:
    """Create a key, and show it once."""
    rt = open_runtime()
    body = {"kind": kind, "mode": mode, "name": name, "scopes": list(scopes) or None}
    body |= {"allowed_origins": [], "expires_at": None}
    click.echo(api_keys.create(rt, setup.tenant_of(rt, slug, "live"), body).text)


@keys.command("list")
@of_organization
@in_mode
def list_keys(slug: str, mode: str) -> None:
    """List an organization's keys: id, kind, name, last characters, whether they serve."""
    rt = open_runtime()
    for row in api_keys.page(
        rt, setup.tenant_of(rt, slug, mode), Slice(None, MOST_KEYS), None, None
    ):
        state = "revoked" if row.revoked_at else "serves"
        click.echo(f"{row.id}  {row.kind:11}  ...{row.hint}  {state:7}  {row.name}")


@keys.command("revoke")
@of_organization
@in_mode
@click.argument("key_id")
def revoke_key(slug: str, mode: str, key_id: str) -> None:
    """End a key; every process refuses it within two seconds."""
    rt = open_runtime()
    api_keys.revoke(rt, setup.tenant_of(rt, slug, mode), key_id)


@main.command()
@of_organization
@in_mode
@click.argument("connection")
@click.argument("subject", type=click.Choice(["products", "customers", "orders"]))
@click.option("--full", is_flag=True, help="Walk through everything, not only what changed.")
def sync(slug: str, mode: str, connection: str, subject: str, *, full: bool) -> None:
    """Pull products or customers out of a connected shop, with a progress bar."""
    rt = open_runtime()
    tenant = setup.tenant_of(rt, slug, mode)
    run = syncing.start(rt, tenant, connection, subject, full=full)
    while run.total is None and run.finished_at is None:
        # A shop that does not count its records has no bar, only their number.
        PAUSE.wait(LOOK_EVERY_SECONDS)
        run = syncing.progress(rt, tenant, run.id)
        click.echo(f"\r{subject}: {run.records}", nl=False)
    click.echo("\r", nl=False)
    bar: ProgressBar[int]
    with click.progressbar(length=run.total or run.records, label=subject, show_pos=True) as bar:
        bar.update(run.records)
        while run.finished_at is None:
            PAUSE.wait(LOOK_EVERY_SECONDS)
            before, run = run.records, syncing.progress(rt, tenant, run.id)
            bar.update(run.records - before)
    click.echo(f"{run.status}: {run.created} new, {run.updated} changed, {run.failed} failed")
    sys.exit(0 if run.problem is None else 1)


@main.command()
def doctor() -> None:
    """Say what is reachable, what is not, and how to mend it."""
    problems = readiness.missing(open_runtime())
    for name, advice in problems.items():
        click.echo(f"{name}: {advice}", err=True)
    click.echo("Something is missing." if problems else "All is well.")
    sys.exit(1 if problems else 0)


@main.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    click.echo(create_app(open_runtime()).test_client().get("/openapi.json").text)
