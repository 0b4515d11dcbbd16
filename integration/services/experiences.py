"""Experiences, as their merchant sets them up."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from integration.engine.changes import EXPERIENCES, experience_stage, fixed, wire_name
from integration.engine.redirects import RefusedRedirect, check_template
from integration.engine.schedules import BadSchedule, check_order, read_times
from integration.engine.windows import ExperienceStatus
from integration.kernel.errors import Conflict, Detail, ValidationFailed, required
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import db, editing, experiences, organizations, references, rows, sequences
from integration.store.models import Experience
from integration.store.rows import Slice


class NoWayOut(Conflict):
    """Winners of a published experience would have nowhere to go."""

    code = "CHECKOUT_REQUIRED"
    message = "A published experience keeps a checkoutUrl or a connectionId."


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> SimpleNamespace:
    """Draft an experience; what is not said is the organization's."""
    with rt.transaction() as tx:
        organization = organizations.required(tx.session, tenant)
        values = {"currency_code": organization.currency_code, **body}
        if values.get("connection_id") is None:
            values.setdefault("checkout_url", organization.checkout_url)
        row = Experience(id=new_id("exp"), **tenant._asdict(), version=1)
        _apply(rt, tx, tenant, row, values)
        tx.session.add(row)
        tx.session.flush()
        return _shown(rt, tx, tenant, [row])[0]


def get(rt: Runtime, tenant: Tenant, experience_id: str) -> SimpleNamespace:
    """Return an experience with its status, or raise ``NotFound``."""
    with rt.transaction() as tx:
        row = required(experiences.find(tx.session, tenant, experience_id), "Experience")
        return _shown(rt, tx, tenant, [row])[0]


def page(
    rt: Runtime, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]
) -> list[SimpleNamespace]:
    """Return a part of the list; ``wanted`` narrows it."""
    with rt.transaction() as tx:
        found = experiences.page(tx.session, tenant, part, wanted, rt.clock.now())
        return _shown(rt, tx, tenant, found)


def update(
    rt: Runtime,
    tenant: Tenant,
    experience_id: str,
    changes: Mapping[str, Any],
    expected: int | None,
) -> SimpleNamespace:
    """Change some fields; which ones depends on whether it is published, or has ended."""
    with rt.transaction() as tx:
        row = required(experiences.lock(tx.session, tenant, experience_id, expected), "Experience")
        published, ended = row.published_at is not None, row.ended_at is not None
        stage = experience_stage(published=published, ended=ended)
        editing.refuse(fixed(EXPERIENCES, stage, map(wire_name, changes)))
        _apply(rt, tx, tenant, row, changes)
        if published and row.checkout_url is row.connection_id is None:
            raise NoWayOut
        row.version += 1
        tx.session.flush()
        return _shown(rt, tx, tenant, [row])[0]


def archive(rt: Runtime, tenant: Tenant, experience_id: str, expected: int | None) -> None:
    """Take a draft or an ended experience out of sight, with all that belongs to it."""
    with rt.transaction() as tx:
        row = required(experiences.lock(tx.session, tenant, experience_id, expected), "Experience")
        status = _shown(rt, tx, tenant, [row])[0].status
        if status not in {ExperienceStatus.DRAFT, ExperienceStatus.ENDED}:
            raise Conflict("End the experience before you archive it.")
        if experiences.somebody_is_in(tx.session, tenant, experience_id):
            raise Conflict("Consumers still wait, or hold admissions. Archive it when they do not.")
        now = rows.now(tx.session)
        row.archived_at = now
        row.version += 1
        for each in sequences.of_experience(tx.session, tenant, experience_id):
            each.archived_at = now
        for held in experiences.distributions_of(tx.session, tenant, [experience_id]):
            held.archived_at = held.changed_at = now
            tx.then(partial(rt.distributions.forget, held.id))


def _apply(
    rt: Runtime, tx: db.Transaction, tenant: Tenant, row: Experience, values: Mapping[str, Any]
) -> None:
    values = read_times(values, values.get("time_zone") or row.time_zone)
    if values.get("product_id") is not None:
        references.product(tx.session, tenant, values["product_id"])
    if values.get("connection_id") is not None:
        references.connection(tx.session, tenant, values["connection_id"])
    for name, value in values.items():
        setattr(row, name, value)
    _check(rt, row)


def _check(rt: Runtime, row: Experience) -> None:
    try:
        check_order(row.open_at, row.close_at)
    except BadSchedule as error:
        raise ValidationFailed(details=[Detail("closeAt", str(error))]) from error
    try:
        if row.checkout_url is not None:
            check_template(row.checkout_url, development=rt.settings.development)
    except RefusedRedirect as error:
        raise ValidationFailed(details=[Detail("checkoutUrl", str(error))]) from error


def _shown(
    rt: Runtime, tx: db.Transaction, tenant: Tenant, found: Sequence[Experience]
) -> list[SimpleNamespace]:
    return experiences.described(tx.session, tenant, found, rt.clock.now())
