"""Managing: schema, demo, what is missing."""

import sys

import click

from integration.app import create_app
from integration.cli import demo_file
from integration.cli.group import borrow_runtime, main
from integration.kernel.settings import Settings
from integration.services import readiness
from integration.store import schema


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


@main.command("rotate-keys")
def rotate_keys() -> None:
    """Make a new key for tokens. It signs ten minutes later, and nobody is logged out."""
    click.echo(f"{borrow_runtime().stored_keyring.add()}: signs in ten minutes")


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
