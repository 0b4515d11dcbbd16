"""The ``fanfare`` command."""

from integration.cli import draws, manage, run, tenants
from integration.cli.group import main

__all__ = ["draws", "main", "manage", "run", "tenants"]
