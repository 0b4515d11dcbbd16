"""Jobs: what waits or has failed, and doing it again."""

import click

from integration.cli.group import borrow_runtime, in_mode, main, of_organization
from integration.kernel.errors import FanfareError
from integration.services import jobs as work
from integration.services import setup
from integration.store import intents
from integration.store.intents import Chosen, Intent, Kind, Status

AT_ONCE = 100

of_kind = click.option(
    "--kind", type=click.Choice([each.value for each in Kind]), help="Only jobs of this kind."
)


@main.group()
def jobs() -> None:
    """What waits to be done, or has failed.

    Whatever fails is tried again by itself for as long as that makes sense. What is listed as
    'failed' was given up; `fanfare jobs retry` does it again, once its cause is mended.
    """


@jobs.command("list")
@of_organization
@in_mode
@of_kind
@click.option(
    "--status",
    type=click.Choice([each.value for each in Status]),
    help="Only jobs that stand like this.",
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
def list_jobs(slug: str, mode: str, kind: str | None, status: str | None, limit: int) -> None:
    """List jobs, the newest first: id, status, kind, tries, topic, and why the last try failed.

    \b
    Example: fanfare jobs list --org acme --status failed
    """  # noqa: D301 - click's own mark for text that keeps its lines
    rt = borrow_runtime()
    tenant, after = setup.tenant_of(rt, slug, mode), None
    while limit > 0:
        found = work.page(rt, tenant, after, min(limit, AT_ONCE), Chosen(kind, status))
        for each in found:
            click.echo(_line(each))
        if len(found) < AT_ONCE:
            return
        limit, after = limit - len(found), intents.place(found[-1])


@jobs.command("retry")
@of_organization
@in_mode
@of_kind
@click.option("--failed", "all_failed", is_flag=True, help="All that have failed, not named ones.")
@click.argument("job_ids", nargs=-1)
def retry_jobs(
    slug: str, mode: str, kind: str | None, job_ids: tuple[str, ...], *, all_failed: bool
) -> None:
    """Do jobs again now: those of these ids, or with --failed all that were given up.

    \b
    Examples: fanfare jobs retry --org acme dlv_0A1B inb_01M7
              fanfare jobs retry --org acme --failed --kind delivery
    """  # noqa: D301 - click's own mark for text that keeps its lines
    if bool(job_ids) == all_failed:
        raise click.UsageError("Name jobs by their ids (fanfare jobs list), or say --failed.")
    rt = borrow_runtime()
    tenant = setup.tenant_of(rt, slug, mode)
    if all_failed:
        chosen = Chosen(kind, Status.FAILED.value)
        job_ids = tuple(each.id for each in work.page(rt, tenant, None, 10_000, chosen))
    refused = 0
    for job_id in job_ids:
        try:
            work.retry(rt, tenant, job_id)
        except FanfareError as error:
            refused += 1
            click.echo(f"{job_id}: {error}", err=True)
    click.echo(f"{len(job_ids) - refused} asked for again, {refused} refused")
    if refused:
        raise SystemExit(1)


def _line(job: Intent) -> str:
    tries = f"{job.attempts} tries"
    said = f"  {job.problem}" if job.problem else ""
    return f"{job.id}  {job.status:8}  {job.kind:8}  {tries:>9}  {job.topic}{said}"
