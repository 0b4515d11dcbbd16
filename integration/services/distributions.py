"""Distributions of every kind, as their merchant sets them up."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from integration.engine.changes import TABLES, changed, fixed, stage_of, wire_name
from integration.engine.entering import title
from integration.engine.kinds import KINDS, DistributionType
from integration.engine.schedules import BadSchedule, check_order, read_times
from integration.engine.windows import DistributionState
from integration.kernel.errors import Conflict, Detail, ValidationFailed, required
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    db,
    distributions,
    editing,
    experiences,
    launching,
    references,
    rows,
    sequences,
    set_up,
)
from integration.store.models import Distribution, Experience, Line
from integration.store.models import Sequence as Path
from integration.store.rows import Slice


def create(
    rt: Runtime, tenant: Tenant, kind: DistributionType, body: Mapping[str, Any]
) -> SimpleNamespace:
    """Add a distribution: to a draft as a draft, to a published experience at once.

    ``rules`` are the kind's own fields; without a zone of its own it is in the experience's.
    Raises ``NotFound`` for what the body refers to.
    """
    with rt.transaction() as tx:
        path, experience = _into(tx, tenant, body["sequence_id"])
        if experience.ended_at is not None:
            raise Conflict("The experience has ended.")
        row = Distribution(
            id=new_id(distributions.PREFIXES[kind]),
            **tenant._asdict(),
            version=1,
            kind=kind.value,
            experience_id=experience.id,
            gate_version=path.gate_version,
            state=distributions.DRAFT,
            name=path.name,
            time_zone=experience.time_zone,
            admission_expiration_seconds=KINDS[kind].default_admission_seconds,
            rules={},
        )
        _apply(tx, tenant, row, experience, body)
        if experience.published_at is not None:
            stock = launching.allocation(tx.session, tenant, row, experience)
            if row.inventory_bound and stock is None:
                raise _bad("stock", "Set a stock, or sell a product whose inventory is tracked.")
            launching.publish(tx, rt.distributions, row, stock)
        launching.touch(tx, rt.distributions, row)
        row.version = 1
        distributions.add(tx.session, tenant, row)
        set_up.prepare(tx.session, rt.vault, rt.settings, row)
        return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]


def get(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str
) -> SimpleNamespace:
    """Return a distribution with its status and its counters, or raise ``NotFound``."""
    with rt.transaction() as tx:
        row = required(distributions.find(tx.session, tenant, distribution_id, kind), title(kind))
        return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]


def page(
    rt: Runtime,
    tenant: Tenant,
    kind: DistributionType,
    part: Slice,
    wanted: Mapping[str, Any],
) -> list[SimpleNamespace]:
    """Return a part of the list; ``wanted`` narrows it."""
    now = rt.clock.now()
    with rt.transaction() as tx:
        found = distributions.page(tx.session, tenant, kind, part, wanted, now=now)
        return distributions.described(tx.session, tenant, found, now)


def update(
    rt: Runtime,
    tenant: Tenant,
    kind: DistributionType,
    distribution_id: str,
    changes: Mapping[str, Any],
    *,
    expected: int | None,
) -> SimpleNamespace:
    """Change some fields; which ones depends on the state it is in."""
    with rt.transaction() as tx:
        line, row = _take(tx, tenant, kind, distribution_id, expected)
        changes = _news(row, changes)
        _refuse_fixed(tx, row, changes)
        _refuse_small_stock(row, line, changes)
        experience = required(experiences.find(tx.session, tenant, row.experience_id), title(kind))
        _stay(tx, tenant, row, changes)
        _apply(tx, tenant, row, experience, changes)
        launching.touch(tx, rt.distributions, row)
        set_up.prepare(tx.session, rt.vault, rt.settings, row, changes.keys())
        tx.session.flush()
        return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]


def archive(
    rt: Runtime, tenant: Tenant, kind: DistributionType, distribution_id: str, expected: int | None
) -> None:
    """Take a draft, or what has ended and nobody holds anything of, out of sight."""
    with rt.transaction() as tx:
        line, row = _take(tx, tenant, kind, distribution_id, expected)
        if row.state not in {distributions.DRAFT, DistributionState.ENDED}:
            raise Conflict("End it before you archive it.")
        if line.active or line.waiting:
            raise Conflict("Consumers still wait, or hold admissions. Archive it when they do not.")
        launching.touch(tx, rt.distributions, row)
        row.archived_at = row.changed_at


def _take(
    tx: db.Transaction,
    tenant: Tenant,
    kind: DistributionType,
    distribution_id: str,
    expected: int | None,
) -> tuple[Line, Distribution]:
    """Take a distribution for this transaction, or raise ``NotFound``.

    The counters first, as everybody takes them: a new stock is compared with them.
    """
    line = distributions.lock_line(tx.session, tenant, distribution_id)
    row = distributions.lock(tx.session, tenant, distribution_id, kind, expected)
    return required(line, title(kind)), required(row, title(kind))


def _into(tx: db.Transaction, tenant: Tenant, sequence_id: str) -> tuple[Path, Experience]:
    """Take the experience that this sequence belongs to, so that it is not published meanwhile."""
    path = required(sequences.find(tx.session, tenant, sequence_id), "Sequence")
    experience = required(experiences.lock(tx.session, tenant, path.experience_id), "Sequence")
    return path, experience


def _stay(
    tx: db.Transaction, tenant: Tenant, row: Distribution, changes: Mapping[str, Any]
) -> None:
    if "sequence_id" not in changes:
        return
    path = required(sequences.lock(tx.session, tenant, changes["sequence_id"]), "Sequence")
    if path.experience_id != row.experience_id:
        raise Conflict("A distribution stays in its experience. Make a new one instead.")
    row.gate_version = path.gate_version


def _apply(
    tx: db.Transaction,
    tenant: Tenant,
    row: Distribution,
    experience: Experience,
    values: Mapping[str, Any],
) -> None:
    _refer(tx, tenant, row, experience, values)
    for name, value in read_times(values, values.get("time_zone") or row.time_zone).items():
        setattr(row, name, {**row.rules, **value} if name == "rules" else value)
    try:
        check_order(row.open_at, row.close_at)
    except BadSchedule as error:
        raise _bad("closeAt", str(error)) from error


def _refer(
    tx: db.Transaction,
    tenant: Tenant,
    row: Distribution,
    experience: Experience,
    values: Mapping[str, Any],
) -> None:
    """Raise ``NotFound`` for what does not exist, before the row may be written with it."""
    if {"product_id", "variant_id"}.isdisjoint(values):
        return
    product_id = values.get("product_id", row.product_id)
    variant_id = values.get("variant_id", row.variant_id)
    if product_id is not None:
        references.product(tx.session, tenant, product_id)
    if variant_id is not None:
        of_product = product_id or experience.product_id
        references.variant(tx.session, tenant, variant_id, of_product)


def _news(row: Distribution, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what the kind's own fields say already."""
    said = read_times(changes, changes.get("time_zone") or row.time_zone)
    rules = changed(row.rules, said.pop("rules", {}))
    return {**said, "rules": rules} if rules else said


def _refuse_fixed(tx: db.Transaction, row: Distribution, changes: Mapping[str, Any]) -> None:
    window, now = distributions.window(row), rows.now(tx.session)
    stage = stage_of(row.state, window, row.rules, now, settled=row.settled_at is not None)
    columns = [wire_name(name) for name in changes if name != "rules"]
    names = [*columns, *changes.get("rules", {})]
    editing.refuse(fixed(TABLES[DistributionType(row.kind)], stage, names))


def _refuse_small_stock(row: Distribution, line: Line, changes: Mapping[str, Any]) -> None:
    if row.state == distributions.DRAFT or not row.inventory_bound or "stock" not in changes:
        return
    if changes["stock"] is None or changes["stock"] < line.held + line.sold:
        taken = line.held + line.sold
        raise Conflict(f"{taken} are sold or held at the checkout: the stock cannot be less.")


def _bad(field: str, said: str) -> ValidationFailed:
    return ValidationFailed(details=[Detail(field, said)])
