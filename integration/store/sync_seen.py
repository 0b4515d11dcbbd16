"""Statements on what a walk through all of a shop's products has met, to tell what is gone."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import delete
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import products
from integration.store.many import insert_rows
from integration.store.models import SyncRun, SyncSeen
from integration.store.sync_pages import Record, attempt
from integration.store.sync_runs import PRODUCTS, Stored


def note(session: Session, tenant: Tenant, run: SyncRun, records: Sequence[Record]) -> None:
    """Remember what a run has met, if it is to meet all products.

    One whose id cannot be remembered cannot be a product here either, which storing it tells.
    """
    if _is_whole(run) and records:
        attempt(session, partial(_note, session, tenant, run), records)


def _note(session: Session, tenant: Tenant, run: SyncRun, records: Sequence[Record]) -> Stored:
    common = {"run_id": run.id, **tenant._asdict()}
    refs = {each["external_id"] for each in records}
    met = [{"external_id": each, **common} for each in refs]
    session.execute(insert_rows(SyncSeen, tuple(met[0]), met).on_conflict_do_nothing())
    return Stored(0, 0)


def archive_rest(session: Session, tenant: Tenant, run: SyncRun) -> int:
    """Archive the products that a completed run did not meet; return how many.

    None where it met none at all: a shop that shows us nothing has not sold out of everything.
    """
    if not _is_whole(run) or not run.records:
        return 0
    gone = products.archive_unseen(session, tenant, run.connection_id, run.id)
    session.execute(
        delete(SyncSeen)
        .where(SyncSeen.run_id == run.id)
        .where(SyncSeen.organization_id == tenant.organization_id, SyncSeen.mode == tenant.mode)
    )
    return gone


def _is_whole(run: SyncRun) -> bool:
    return run.subject == PRODUCTS and run.since is None
