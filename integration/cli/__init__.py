"""The ``fanfare`` command."""

from integration.cli import draws, jobs, manage, run, tenants
from integration.cli.group import main

__all__ = ["draws", "jobs", "main", "manage", "run", "tenants"]
