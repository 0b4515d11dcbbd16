"""The record of changes: checking that it is what was sealed."""

import sys

import click

from integration.cli.group import borrow_runtime, main
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.services import setup, verifying
from integration.services.verifying import Found

MODES = click.Choice(["live", "test"])


@main.group()
def audit() -> None:
    """The record of changes."""


@audit.command("verify")
@click.option("--org", "slug", help="One organization, by its slug; else all of them.")
@click.option("--mode", type=MODES, help="One mode; else both.")
@click.option("--expect", multiple=True, help="Hash of a segment that must be in the chain.")
def verify_audit(slug: str | None, mode: str | None, expect: tuple[str, ...]) -> None:
    """Recompute every seal of the record from its rows.

    Says which rows were changed, removed or inserted after they were sealed, and which
    segments. Ends with 1 where the record does not hold.
    """
    rt = borrow_runtime()
    found = [_verify(rt, tenant) for tenant in _tenants(rt, slug, mode)]
    problems = [f"{_name(each.tenant)}: {said}" for each in found for said in each.problems]
    known = frozenset[str]().union(*(each.hashes for each in found))
    problems += [f"No segment has the hash {each}." for each in expect if each not in known]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo(f"The record holds: {sum(each.rows for each in found)} rows.")


def _tenants(rt: Runtime, slug: str | None, mode: str | None) -> list[Tenant]:
    wanted = None if slug is None else setup.tenant_of(rt, slug, "live").organization_id
    return [
        each
        for each in verifying.tenants(rt)
        if wanted in {None, each.organization_id} and mode in {None, each.mode}
    ]


def _verify(rt: Runtime, tenant: Tenant) -> Found:
    length = verifying.size(rt, tenant)
    with click.progressbar(length=length, label=_name(tenant), file=sys.stderr) as bar:
        found = verifying.verify(rt, tenant, bar.update)
    told = f"{_name(tenant)}: {found.rows} rows in {found.segments} segments"
    waiting = f", {found.unsealed} not yet sealed" if found.unsealed else ""
    click.echo(f"{told}{waiting}. Head: {found.head or 'none'}")
    return found


def _name(tenant: Tenant) -> str:
    return f"{tenant.organization_id} {tenant.mode}"
