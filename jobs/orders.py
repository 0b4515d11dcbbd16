"""Jobs on what was reported to us: orders, and what shops tell of."""

from time import monotonic

from integration.kernel.errors import ServiceUnavailable
from integration.kernel.logging import logger
from integration.kernel.tenant import Tenant, whose
from integration.runtime import Runtime
from integration.services import inbox
from integration.store import inbox as notices
from integration.store.job_queue import Job
from jobs.entry import job
from jobs.gates import Gates

log = logger(__name__)

SETTLING_SECONDS = 10
"""How long one job settles a merchant's orders; then others have their turn."""

AT_ONCE = 8
"""Settled in one transaction: entering that line waits for no more than these."""

GATES = Gates()


@job(Job.HANDLE_NOTICE)
def handle_notice(rt: Runtime, notice_id: str) -> None:
    """Act on a kept notice, once."""
    inbox.handle(rt, notice_id)


@job(Job.SETTLE_ORDERS)
def settle_orders(rt: Runtime, organization_id: str, mode: str) -> None:
    """Settle all orders that a merchant has reported and that are due, one after the other.

    A launch's orders all want the same line: in each process one lane settles them, and no
    other waits for it.
    """
    tenant = whose(organization_id, mode)
    if not GATES.enter(tenant):
        return
    ends, left = monotonic() + SETTLING_SECONDS, False
    try:
        while not left and monotonic() < ends:
            left = not _settle_some(rt, tenant) and GATES.leave(tenant)
    finally:
        if not left:
            GATES.drop(tenant)
    if not left:
        rt.jobs.enqueue(Job.SETTLE_ORDERS, organization_id=organization_id, mode=mode)


def _settle_some(rt: Runtime, tenant: Tenant) -> bool:
    """Settle some of what is due; False where nothing is."""
    try:
        return inbox.settle_reported(rt, tenant, AT_ONCE) > 0
    except ServiceUnavailable:
        raise
    except Exception:  # noqa: BLE001 - told below, with whose it is
        return _settle_each(rt, tenant)


def _settle_each(rt: Runtime, tenant: Tenant) -> bool:
    """Settle them one by one, so that the one that cannot be settled holds up no other."""
    with rt.transaction() as tx:
        some = notices.reported(tx.session, tenant, AT_ONCE)
    for notice_id in some:
        try:
            inbox.handle(rt, notice_id)
        except ServiceUnavailable:
            raise
        except Exception:
            # Its row says why and when it is tried again; the others have done nothing wrong.
            log.exception("order_not_settled", notice_id=notice_id)
            rt.tally.add(("count:jobs_failed:queue=orders", 1))
    return bool(some)
