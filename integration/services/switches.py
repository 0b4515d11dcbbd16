"""Opening, pausing, resuming, closing and ending one distribution."""

from types import SimpleNamespace

from integration.engine.kinds import KINDS, ChoiceOrder, DistributionType
from integration.engine.windows import DistributionState, reached
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import db, distributions, launching, rows
from integration.store.models import Distribution


class ClosedForGood(Conflict):
    """What was entered is decided on from closing on."""

    code = "CLOSED_FOR_GOOD"
    message = "Entries have ended for good: those who entered are chosen from."


CLOSED_FOR_GOOD = frozenset({ChoiceOrder.BY_RANK, ChoiceOrder.BY_BID})
"""The orders of choice that begin with closing."""


def open_now(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> SimpleNamespace:
    """Take entries from now on; one that was closed opens again, or raises ``ClosedForGood``."""
    with rt.transaction() as tx:
        row = launching.running(tx.session, tenant, kind, distribution_id)
        now = rows.now(tx.session)
        if reached(row.close_at, now) and KINDS[kind].order in CLOSED_FOR_GOOD:
            raise ClosedForGood
        if row.open_at is not None and not reached(row.open_at, now):
            row.open_at = now
        if reached(row.close_at, now):
            row.open_at, row.close_at = now, None
        return _changed(rt, tx, tenant, row)


def close(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> SimpleNamespace:
    """Take no more entries; those in the line are still served."""
    with rt.transaction() as tx:
        row = launching.running(tx.session, tenant, kind, distribution_id)
        now = rows.now(tx.session)
        if not reached(row.close_at, now):
            row.close_at = now
        return _changed(rt, tx, tenant, row)


def pause(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> SimpleNamespace:
    """Admit nobody; entries go on."""
    return _move(rt, tenant, kind, distribution_id, DistributionState.PAUSED)


def resume(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> SimpleNamespace:
    """Admit again."""
    return _move(rt, tenant, kind, distribution_id, DistributionState.ACTIVE)


def end(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> SimpleNamespace:
    """End it for good; repeating changes nothing.

    The clock denies those waiting within a second or two, as QUEUE_CLOSED and in batches,
    so that the line is not held for long. Live admissions keep their time.
    """
    with rt.transaction() as tx:
        row = launching.published(tx.session, tenant, kind, distribution_id)
        row.state = DistributionState.ENDED.value
        return _changed(rt, tx, tenant, row)


def _move(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str, to: DistributionState
) -> SimpleNamespace:
    with rt.transaction() as tx:
        row = launching.running(tx.session, tenant, kind, distribution_id)
        row.state = to.value
        return _changed(rt, tx, tenant, row)


def _changed(rt: Runtime, tx: db.Transaction, tenant: Tenant, row: Distribution) -> SimpleNamespace:
    launching.touch(tx, rt.distributions, row)
    tx.session.flush()
    return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]
