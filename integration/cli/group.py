"""What all commands share."""

import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import click

from integration.demo.seed import DemoRefused
from integration.kernel import logging
from integration.kernel.acting import Actor, act_as
from integration.kernel.errors import FanfareError
from integration.kernel.processes import CannotStart
from integration.kernel.settings import BadSettings, Settings
from integration.runtime import Runtime, build


class OneLine(click.Group):
    """Says what went wrong in one line a problem, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            with act_as(Actor("system:cli", "fanfare")):
                return super().invoke(ctx)
        except FanfareError as error:
            said = [f"{error.error}. {error}", *(": ".join(each) for each in error.details)]
            _refuse(said)
        except (BadSettings, CannotStart, DemoRefused) as error:
            _refuse(str(error).splitlines())


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fanfare")
def main() -> None:
    """Fair, controlled-access launches for commerce.

    Settings come from the environment: DATABASE_URL and REDIS_URL (both, or neither for the
    embedded engines), FANFARE_DATA_DIR, FANFARE_HOST, FANFARE_PORT, FANFARE_PUBLIC_URL,
    FANFARE_SECRET, FANFARE_ENV and more: see docs/operations.md.
    """


of_organization = click.option("--org", "slug", required=True, help="The organization's slug.")
in_mode = click.option(
    "--mode", type=click.Choice(["live", "test"]), default="live", show_default=True
)


def open_runtime() -> Runtime:
    """Return the runtime that the environment means."""
    settings = Settings.from_env()
    logging.configure(settings.log_level, settings.log_format)
    return build(settings)


def borrow_runtime() -> Runtime:
    """Return the same for a short command: it is closed when the command is done."""
    rt = open_runtime()
    click.get_current_context().call_on_close(rt.close)
    return rt


def _refuse(lines: Iterable[str]) -> NoReturn:
    for line in lines:
        click.echo(f"fanfare: {line}", err=True)
    sys.exit(2)
