"""Running: everything on one machine, or one of its processes."""

import os
import sys
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces

from integration.cli import demo_file
from integration.cli.group import main, open_runtime
from integration.demo import facts
from integration.kernel import engines, logging, processes
from integration.kernel.processes import Service
from integration.kernel.settings import Settings
from integration.store import schema
from jobs.schedule import keep_time
from jobs.worker import work

THREADS = 64
ROOT = Path(__file__).parents[2]


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
        working_dir=ROOT,
    ).serve()


@main.command()
def worker() -> None:
    """Do the jobs: orders first, then webhooks, syncs and mail."""
    work(open_runtime())


@main.command()
def clock() -> None:
    """Admit, expire, mend and sweep on time; any number may run."""
    keep_time(open_runtime())


def _plan(settings: Settings) -> list[Service | Callable[[], object]]:
    children = [
        _child("web", ready=lambda: _answers(settings)),
        *[_child("worker", number) for number in range(settings.job_workers)],
        _child("clock"),
    ]
    return [
        lambda: schema.migrate(settings),
        lambda: demo_file.write(settings) if settings.development else None,
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


def _announce(settings: Settings) -> None:
    url = settings.base_url()
    known = facts.read(settings) or {}
    click.echo(f"\n  Fanfare is ready: {url}   (API reference: {url}/docs)\n")
    if known.get("storefrontUrl"):
        click.echo(f"  The demo shop:    {known['storefrontUrl']}\n")
    for name in ("organizationId", "publishableKey", "secretKey", "experienceId", "queueId"):
        if name in known:
            click.echo(f"  {name:15} {known[name]}")
    click.echo(f"\n  All of it: {facts.path(settings)}.  Ctrl-C stops.\n")
