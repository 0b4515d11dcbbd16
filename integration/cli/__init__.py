"""The ``fanfare`` command."""

from integration.cli import audit, draws, jobs, manage, run, tenants
from integration.cli.group import main

__all__ = ["audit", "draws", "jobs", "main", "manage", "run", "tenants"]
