"""The record of what happened, for those who may read it."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from integration.kernel.errors import NotFound
from integration.kernel.ids import id_of
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import audit, experiences, rows
from integration.store.audit import Filter
from integration.store.models import AuditRow
from integration.store.rows import Slice


def page(rt: Runtime, tenant: Tenant, part: Slice, wanted: Filter) -> Sequence[SimpleNamespace]:
    """Return a part of the record."""
    with rt.transaction() as tx:
        return list(_shown(audit.page(tx.session, tenant, part, wanted)))


def page_of_experience(
    rt: Runtime, tenant: Tenant, experience_id: str, part: Slice, wanted: Filter
) -> Sequence[SimpleNamespace]:
    """Return a part of one experience's record, or raise ``NotFound``; archived ones have one."""
    with rt.transaction() as tx:
        if not experiences.known(tx.session, tenant, experience_id):
            raise NotFound("Experience")
        return list(_shown(audit.page(tx.session, tenant, part, wanted, experience_id)))


def _shown(found: Sequence[AuditRow]) -> Iterator[SimpleNamespace]:
    for row in found:
        more: dict[str, Any] = {"id": id_of("log", row.at, row.ordinal)}
        yield rows.shown(row, **more)
