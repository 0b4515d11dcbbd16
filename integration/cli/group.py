"""What all commands share."""

import sys
from typing import Any

import click

from integration.demo.seed import DemoRefused
from integration.kernel import logging
from integration.kernel.errors import FanfareError
from integration.kernel.processes import CannotStart
from integration.kernel.settings import BadSettings, Settings
from integration.runtime import Runtime, build


class OneLine(click.Group):
    """Says what went wrong in one line a problem, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (BadSettings, CannotStart, DemoRefused, FanfareError) as error:
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


def open_runtime() -> Runtime:
    """Return the runtime that the environment means."""
    settings = Settings.from_env()
    logging.configure(settings.log_level, settings.log_format)
    return build(settings)
