"""The ``fanfare`` command."""

from integration.cli import manage, run
from integration.cli.group import main

__all__ = ["main", "manage", "run"]
