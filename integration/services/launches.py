"""The life of an experience: published, paused, resumed, ended."""

from datetime import datetime
from types import SimpleNamespace
from typing import NamedTuple

from integration.engine import publishing
from integration.engine.kinds import DistributionType
from integration.engine.publishing import Offer, Plan
from integration.engine.windows import DistributionState
from integration.kernel.errors import Conflict, Detail, required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    db,
    experiences,
    launching,
    outbox,
    rows,
    sequences,
    set_up,
    shops,
)
from integration.store.connections import ConnectionState
from integration.store.distributions import DRAFT
from integration.store.models import Distribution, Experience

CHOOSES = ("drawAt", "settleAt")
"""When a kind chooses, in its rules."""


class NotPublishable(Conflict):
    """Something is missing; ``details`` say what."""

    code = "NOT_PUBLISHABLE"
    message = "The experience cannot be published yet. See details for what is missing."


class Published(NamedTuple):
    """A published experience, and what its merchant should know."""

    experience: SimpleNamespace
    warnings: list[str]


def publish(rt: Runtime, tenant: Tenant, experience_id: str) -> Published:
    """Let consumers see an experience; each distribution's stock is fixed with this.

    Publishing again publishes what was added since. Raises ``NotPublishable``.
    """
    with rt.transaction() as tx:
        row, held = _lock(tx, tenant, experience_id)
        stocks = {
            each.id: launching.allocation(tx.session, tenant, each, row)
            for each in held
            if each.state == DRAFT
        }
        plan = _plan(tx, tenant, row, held, stocks)
        if missing := publishing.missing(plan, rows.now(tx.session)):
            raise NotPublishable(details=[Detail(*each) for each in missing])
        for each in held:
            if each.state == DRAFT:
                set_up.prepare(tx.session, rt.vault, rt.settings, each)
                launching.publish(tx, rt.distributions, each, stocks[each.id])
        if row.published_at is None:
            row.published_at = rows.now(tx.session)
            row.version += 1
            _tell(rt, tx, tenant, row, "published")
        limits = [rt.per_minute(tenant, name) for name in ("queue_entry", "draw_entry")]
        warnings = publishing.warnings(plan, *limits)
        return Published(_shown(rt, tx, tenant, row), warnings)


def pause(rt: Runtime, tenant: Tenant, experience_id: str) -> SimpleNamespace:
    """Stop admissions in all of it; entries go on."""
    states = {DistributionState.ACTIVE: DistributionState.PAUSED}
    return _switch(rt, tenant, experience_id, states)


def resume(rt: Runtime, tenant: Tenant, experience_id: str) -> SimpleNamespace:
    """Let admissions go on in all of it."""
    states = {DistributionState.PAUSED: DistributionState.ACTIVE}
    return _switch(rt, tenant, experience_id, states)


def end(rt: Runtime, tenant: Tenant, experience_id: str) -> SimpleNamespace:
    """End all of it for good; repeating changes nothing.

    The clock denies those waiting within a second or two, as QUEUE_CLOSED and in batches,
    so that no line is held for long. Live admissions keep their time.
    """
    with rt.transaction() as tx:
        row, held = _lock(tx, tenant, experience_id, ended=True)
        if row.ended_at is None:
            for each in held:
                _move(rt, tx, each, DistributionState.ENDED)
            row.ended_at = rows.now(tx.session)
            row.version += 1
            _tell(rt, tx, tenant, row, "ended")
        return _shown(rt, tx, tenant, row)


def _switch(
    rt: Runtime,
    tenant: Tenant,
    experience_id: str,
    states: dict[DistributionState, DistributionState],
) -> SimpleNamespace:
    with rt.transaction() as tx:
        row, held = _lock(tx, tenant, experience_id)
        if row.published_at is None:
            raise Conflict("Publish the experience first.")
        for each in held:
            if each.state in states:
                _move(rt, tx, each, states[DistributionState(each.state)])
        row.version += 1
        return _shown(rt, tx, tenant, row)


def _move(rt: Runtime, tx: db.Transaction, row: Distribution, to: DistributionState) -> None:
    if row.state != to:
        row.state = to.value
        launching.touch(tx, rt.distributions, row)


def _lock(
    tx: db.Transaction, tenant: Tenant, experience_id: str, *, ended: bool = False
) -> tuple[Experience, list[Distribution]]:
    """Take an experience and all that it holds; an ended one only where that is fine."""
    row = required(experiences.lock(tx.session, tenant, experience_id), "Experience")
    if not ended and row.ended_at is not None:
        raise Conflict("The experience has ended.")
    if ended and row.published_at is None:
        raise Conflict("A draft has nothing to end. Archive it instead.")
    return row, list(experiences.lock_distributions(tx.session, tenant, experience_id))


def _plan(
    tx: db.Transaction,
    tenant: Tenant,
    row: Experience,
    held: list[Distribution],
    stocks: dict[str, int | None],
) -> Plan:
    shop = shops.find(tx.session, tenant, row.connection_id or "")
    return Plan(
        [each.id for each in sequences.of_experience(tx.session, tenant, row.id)],
        [_offer(each, stocks) for each in held],
        has_checkout=bool(row.checkout_url or row.connection_id),
        open_at=row.open_at,
        close_at=row.close_at,
        expected_audience=row.expected_audience,
        unverified_connection=shop is not None and shop.state != ConnectionState.ACTIVE,
    )


def _offer(row: Distribution, stocks: dict[str, int | None]) -> Offer:
    rules, draft = row.rules, row.state == DRAFT
    chooses = {name: datetime.fromisoformat(rules[name]) for name in CHOOSES if name in rules}
    hours = [rules.get("weeklyHours"), *(each["hours"] for each in rules.get("exceptions", ()))]
    return Offer(
        row.id,
        row.name,
        row.sequence_id,
        row.open_at,
        row.close_at,
        lacks_stock=row.inventory_bound and stocks.get(row.id, row.stock) is None,
        lacks_hours=draft and row.kind == DistributionType.APPOINTMENT and not any(hours),
        due={"closeAt": row.close_at, **chooses} if draft else {},
        is_draw=row.kind == DistributionType.DRAW,
        admits_nobody=row.kind == DistributionType.QUEUE and rules.get("admissionRate") == 0,
    )


def _tell(rt: Runtime, tx: db.Transaction, tenant: Tenant, row: Experience, what: str) -> None:
    outbox.wake(tx, rt.jobs, experiences.tell(tx.session, tenant, row, what))


def _shown(rt: Runtime, tx: db.Transaction, tenant: Tenant, row: Experience) -> SimpleNamespace:
    tx.session.flush()
    return experiences.described(tx.session, tenant, [row], rt.clock.now())[0]
