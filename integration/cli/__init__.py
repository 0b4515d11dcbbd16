"""The ``fanfare`` command."""

from integration.cli import audit, draws, jobs, manage, run, runs, tenants
from integration.cli.group import main

__all__ = ["audit", "draws", "jobs", "main", "manage", "run", "runs", "tenants"]
