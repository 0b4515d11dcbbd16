"""The ``fanfare`` command."""

import json
import os
import sys
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import click

from integration.app import create_app
from integration.kernel import engines, logging, processes
from integration.kernel.errors import FanfareError
from integration.kernel.processes import CannotStart, Service
from integration.kernel.settings import BadSettings, Settings
from integration.runtime import Runtime, build
from integration.services import setup
from integration.store import schema

THREADS = 32


class OneLine(click.Group):
    """Says what went wrong in one line a problem, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (BadSettings, CannotStart, FanfareError) as error:
            for line in str(error).splitlines():
                click.echo(f"fanfare: {line}", err=True)
            sys.exit(2)


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fanfare")
def main() -> None:
    """Fair, controlled-access launches for commerce.

    Settings come from the environment: DATABASE_URL and REDIS_URL (both, or neither for the
    embedded engines), FANFARE_DATA_DIR, FANFARE_HOST, FANFARE_PORT, FANFARE_PUBLIC_URL,
    FANFARE_SECRET, FANFARE_ENV and more: see docs/operations.md.
    """


@main.command()
def up() -> None:
    """Run everything on this machine: engines, migrations, demo, web, worker, clock."""
    settings = Settings.from_env()
    processes.check_port(settings.host, settings.port)
    if not settings.embedded:
        sys.exit(processes.run(_plan(settings)))
    with engines.claim(settings.data_dir) as embedded:
        sys.exit(processes.run([*embedded.services, *_plan(settings)]))


@main.command()
def web() -> None:
    """Serve HTTP on FANFARE_HOST and FANFARE_PORT."""
    from granian import Granian  # noqa: PLC0415 - only this process serves
    from granian.constants import Interfaces  # noqa: PLC0415

    settings = Settings.from_env()
    os.environ["FANFARE_DIE_WITH_PARENT"] = "1"
    Granian(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_dictconfig=logging.GRANIAN_LOGGING,
        working_dir=Path(__file__).parent.parent,
    ).serve()


@main.command()
def worker() -> None:
    """Do the jobs: orders first, then webhooks, syncs and mail."""
    from jobs.worker import work  # noqa: PLC0415 - cli and jobs are both doors

    work(_runtime())


@main.command()
def clock() -> None:
    """Admit, expire, mend and sweep on time; any number may run."""
    from jobs.schedule import keep_time  # noqa: PLC0415

    keep_time(_runtime())


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
    settings = Settings.from_env()
    click.echo(_seed(settings))


@main.group()
def orgs() -> None:
    """Organizations."""


@orgs.command("create")
@click.argument("name")
@click.option("--slug", required=True, help="Short name for addresses, such as 'acme'.")
@click.option("--currency", default="USD", show_default=True, help="ISO 4217 code.")
def create_organization(name: str, slug: str, currency: str) -> None:
    """Create an organization with a pair of live keys, shown once."""
    made = setup.create_organization(_runtime(), name=name, slug=slug, currency_code=currency)
    click.echo(json.dumps(made, indent=2))


@main.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    app = create_app(_runtime())
    with app.test_request_context():
        click.echo(
            json.dumps(app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict())
        )


def _runtime() -> Runtime:
    settings = Settings.from_env()
    logging.configure(settings.log_level, settings.log_format)
    return build(settings)


def _plan(settings: Settings) -> list[Service | Callable[[], object]]:
    children = [
        _child("web", ready=lambda: _answers(settings)),
        *[_child("worker", number) for number in range(settings.job_workers)],
        _child("clock"),
    ]
    return [
        lambda: schema.migrate(settings),
        lambda: _seed(settings) if settings.development else None,
        *children,
        lambda: _announce(settings),
    ]


def _child(name: str, number: int = 0, ready: Callable[[], bool] | None = None) -> Service:
    return Service(
        name=f"{name}{number + 1}" if number else name,
        command=(sys.executable, "-m", "integration.cli", name),
        environment={**os.environ, "PYTHONUNBUFFERED": "1"},
        ready=ready,
    )


def _answers(settings: Settings) -> bool:
    connection = HTTPConnection(settings.host, settings.port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200  # noqa: PLR2004
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _seed(settings: Settings) -> str:
    """Write demo.json atomically, and return its text."""
    target = settings.data_dir / "demo.json"
    facts = setup.seed_demo(build(settings), _read(target))
    text = json.dumps(facts, indent=2) + "\n"
    draft = target.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(target)
    return text


def _read(target: Path) -> dict[str, Any] | None:
    try:
        known: dict[str, Any] = json.loads(target.read_text())
    except (OSError, ValueError):
        return None
    return known


def _announce(settings: Settings) -> None:
    url = settings.base_url()
    known = _read(settings.data_dir / "demo.json") or {}
    click.echo(f"\n  Fanfare is ready: {url}   (API reference: {url}/docs)\n")
    for name in ("organizationId", "publishableKey", "secretKey", "experienceId", "queueId"):
        if name in known:
            click.echo(f"  {name:15} {known[name]}")
    click.echo(f"\n  All of it: {settings.data_dir / 'demo.json'}.  Ctrl-C stops.\n")


if __name__ == "__main__":
    main()
