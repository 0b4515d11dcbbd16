"""Events about entries, admissions and orders, as the contract's section 6 names them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from integration.engine.status import event_data
from integration.kernel.tenant import Tenant
from integration.store import outbox, participations
from integration.store.outbox import Event

EXPIRED = "admission.expired"


def of_entries(
    session: Session, tenant: Tenant, kind: str, verb: str, ids: Sequence[str]
) -> list[str]:
    """Tell ``<kind>.consumer.<verb>`` of these entries; return the endpoints to wake."""
    return _tell(session, tenant, f"{kind}.consumer.{verb}", ids)


def of_entries_too(
    session: Session, tenant: Tenant, kind: str, verb: str, ids: Sequence[str]
) -> list[str]:
    """Tell a second thing of the change that was just told: its ``sequence`` is the next one."""
    name = f"{kind}.consumer.{verb}"
    if not ids or not outbox.subscribed(session, tenant, name):
        return []
    participations.count_on(session, tenant, ids)
    return _tell(session, tenant, name, ids)


def of_expiry(session: Session, tenant: Tenant, ids: Sequence[str]) -> list[str]:
    """Tell that the admissions of these entries ran out."""
    return _tell(session, tenant, EXPIRED, ids)


def _tell(session: Session, tenant: Tenant, name: str, ids: Sequence[str]) -> list[str]:
    if not ids or not outbox.subscribed(session, tenant, name):
        return []
    found = participations.standings(session, tenant, ids)
    return outbox.emit_many(
        session, tenant, [Event(name, each.id, each.version, event_data(each)) for each in found]
    )
