"""Runs that are followed to their end: syncs of shops, imports of files."""

import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Protocol, TypeVar

import click
from click._termui_impl import ProgressBar

from integration.cli.group import borrow_runtime, in_mode, main, of_organization
from integration.engine.imports import SUBJECTS
from integration.services import imports, setup, syncing

PAUSE = Event()
LOOK_EVERY_SECONDS = 0.5


class Run(Protocol):
    """What syncs and imports tell of themselves alike."""

    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def created(self) -> int: ...  # noqa: D102
    @property
    def updated(self) -> int: ...  # noqa: D102
    @property
    def failed(self) -> int: ...  # noqa: D102
    @property
    def problem(self) -> str | None: ...  # noqa: D102
    @property
    def finished_at(self) -> object | None: ...  # noqa: D102


R = TypeVar("R", bound=Run)


@main.command()
@of_organization
@in_mode
@click.argument("connection")
@click.argument("subject", type=click.Choice(["products", "customers", "orders"]))
@click.option("--full", is_flag=True, help="Walk through everything, not only what changed.")
def sync(slug: str, mode: str, connection: str, subject: str, *, full: bool) -> None:
    """Pull products or customers out of a connected shop."""
    rt = borrow_runtime()
    tenant = setup.tenant_of(rt, slug, mode)
    run = syncing.start(rt, tenant, connection, subject, full=full)
    while run.total is None and run.finished_at is None:
        # A shop that does not count its records has no bar, only their number.
        PAUSE.wait(LOOK_EVERY_SECONDS)
        run = syncing.progress(rt, tenant, run.id)
        click.echo(f"\r{subject}: {run.records}", nl=False)
    click.echo("\r", nl=False)
    total, run_id = run.total or run.records, run.id
    _follow(
        subject, total, run, lambda: syncing.progress(rt, tenant, run_id), lambda run: run.records
    )


@main.command("import")
@of_organization
@in_mode
@click.argument("subject", type=click.Choice(sorted(SUBJECTS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(slug: str, mode: str, subject: str, file: Path) -> None:
    """Import products or consumers from a CSV file.

    A worker does it. The file's first row names the columns (docs/integration-api.md).
    """
    rt = borrow_runtime()
    tenant = setup.tenant_of(rt, slug, mode)
    run = imports.start(rt, tenant, subject, file.read_bytes())
    run_id = run.id
    click.echo(run_id)
    _follow(
        subject, run.total, run, lambda: imports.progress(rt, tenant, run_id), lambda run: run.rows
    )


def _follow(
    label: str, total: int, run: R, look: Callable[[], R], done: Callable[[R], int]
) -> None:
    """Draw a bar until a run ends; the command's exit code says how it did."""
    bar: ProgressBar[int]
    with click.progressbar(length=total, label=label, show_pos=True) as bar:
        bar.update(done(run))
        while run.finished_at is None:
            PAUSE.wait(LOOK_EVERY_SECONDS)
            before, run = done(run), look()
            bar.update(done(run) - before)
    click.echo(f"{run.status}: {run.created} new, {run.updated} changed, {run.failed} failed")
    sys.exit(0 if run.problem is None else 1)
