"""What storing a page of an imported file has in common, whatever it is about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, func, literal, literal_column, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from integration.engine.imports import Problem
from integration.kernel.tenant import Tenant
from integration.store.by_key import by_key
from integration.store.db import is_bad_value
from integration.store.many import plan_anew
from integration.store.models import Consumer, Product

CONFLICT = Problem(None, "It conflicts with another one, or holds what cannot be stored.")

Told = Mapping[int, Mapping[str, Any]]
"""What rows say, by their numbers; the names are the columns'."""


class Kept(NamedTuple):
    """How many are new, how many changed, what is wrong by row, and whom to wake."""

    created: int
    updated: int
    problems: Mapping[int, Problem]
    endpoints: Sequence[str]

    def and_(self, other: "Kept") -> "Kept":
        """Return both together."""
        return Kept(
            self.created + other.created,
            self.updated + other.updated,
            {**self.problems, **other.problems},
            [*self.endpoints, *other.endpoints],
        )


Upsert = Callable[[Session, Tenant, Told], Kept]


def keep(session: Session, tenant: Tenant, upsert: Upsert, told: Told) -> Kept:
    """Store these rows; where that cannot be done at once, one by one, each on its own."""
    plan_anew(session)
    try:
        with session.begin_nested():
            return upsert(session, tenant, told)
    except DBAPIError as error:
        if not is_bad_value(error):
            raise
        # Two of them change places, or somebody else was faster.
        total = Kept(0, 0, {}, [])
        for number, values in told.items():
            total = total.and_(_keep_one(session, tenant, upsert, number, values))
        return total


def by_reference(
    model: type[Consumer | Product],
    tenant: Tenant,
    told: Sequence[Mapping[str, Any]],
    *where: ColumnElement[bool],
) -> list[Select[Any]]:
    """Select the ids of the rows that have one of the external ids told, in the source told."""
    refs = [each for each in told if "externalId" in each]
    own = [each["externalId"] for each in refs if "syncSource" not in each]
    foreign = [each for each in refs if "syncSource" in each]
    last = [[each[name] for each in foreign] for name in ("syncSource", "externalId")]
    key = [model.organization_id, model.mode, model.sync_source, model.external_id]
    where = (*where, model.external_id.is_not(None))
    return [
        by_key([model.id], key, tenant, last, *where),
        _without_source(model, tenant, own, where),
    ]


def _without_source(
    model: type[Consumer | Product],
    tenant: Tenant,
    refs: Sequence[str],
    where: Sequence[ColumnElement[bool]],
) -> Select[Any]:
    """Select by external ids of no source; as ``by_key``, which cannot compare with nothing."""
    told = func.unnest(literal(refs, ARRAY(Text))).table_valued("ref").render_derived()
    mine = (model.organization_id == tenant.organization_id, model.mode == tenant.mode)
    found = (
        select(model.id)
        .where(*mine, model.sync_source.is_(None), model.external_id == told.c.ref, *where)
        .order_by(model.sync_source)
        .limit(literal_column("1"))
        .lateral()
    )
    return select(found.c.id).select_from(told.join(found, true()))


def _keep_one(
    session: Session, tenant: Tenant, upsert: Upsert, number: int, values: Mapping[str, Any]
) -> Kept:
    try:
        with session.begin_nested():
            return upsert(session, tenant, {number: values})
    except DBAPIError as error:
        if not is_bad_value(error):
            raise
        return Kept(0, 0, {number: CONFLICT}, [])
