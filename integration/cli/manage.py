"""Managing: schema, demo, syncs."""

import sys
from threading import Event

import click
from click._termui_impl import ProgressBar

from integration.app import create_app
from integration.cli import demo_file
from integration.cli.group import borrow_runtime, in_mode, main, of_organization
from integration.kernel.settings import Settings
from integration.services import readiness, setup, syncing
from integration.store import schema

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


@main.command()
@of_organization
@in_mode
@click.argument("connection")
@click.argument("subject", type=click.Choice(["products", "customers", "orders"]))
@click.option("--full", is_flag=True, help="Walk through everything, not only what changed.")
def sync(slug: str, mode: str, connection: str, subject: str, *, full: bool) -> None:
    """Pull products or customers out of a connected shop, with a progress bar."""
    rt = borrow_runtime()
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
    problems = readiness.missing(borrow_runtime())
    for name, advice in problems.items():
        click.echo(f"{name}: {advice}", err=True)
    click.echo("Something is missing." if problems else "All is well.")
    sys.exit(1 if problems else 0)


@main.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    click.echo(create_app(borrow_runtime()).test_client().get("/openapi.json").text)
