"""Statements that gather all that is held on a consumer (docs/integration-api.md)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as Database

from integration.engine.status import stamp
from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant
from integration.store import audit, contacts, messages, rows
from integration.store.audit import Filter
from integration.store.models import (
    Admission,
    AudienceMember,
    Bid,
    Booking,
    Consumer,
    ExternalIdentity,
    Handoff,
    Message,
    Order,
    Participation,
    RoutingGrant,
    Session,
    Visit,
    WaitlistEntry,
)
from integration.store.rows import Slice

UNTOLD = frozenset({"organization_id", "mode", "consumer_id", "fingerprint", "kid"})
"""Columns that say nothing of a person, or that would be of use to somebody else."""

ACT = ("at", "actor", "action", "subject_id", "before", "after")
MOST_ACTS = 10_000
THEIRS: dict[str, Any] = {
    "identities": ExternalIdentity,
    "sessions": Session,
    "entries": Participation,
    "admissions": Admission,
    "waitlists": WaitlistEntry,
    "orders": Order,
    "audiences": AudienceMember,
    "routes": RoutingGrant,
    "visits": Visit,
}
"""What belongs to a consumer by their id, under its name in the file."""

BEHIND: dict[str, tuple[Any, InstrumentedAttribute[str], Any]] = {
    "bids": (Bid, Bid.participation_id, Participation),
    "bookings": (Booking, Booking.participation_id, Participation),
    "handoffs": (Handoff, Handoff.admission_id, Admission),
}
"""What belongs to one of their entries or admissions."""


def gather(database: Database, vault: Vault, tenant: Tenant, consumer: Consumer) -> dict[str, Any]:
    """Return all that is held on a consumer, as JSON goes."""
    found: dict[str, Any] = {"consumer": _consumer(consumer)}
    for name, model in THEIRS.items():
        wanted = rows.of(model, tenant).where(model.consumer_id == consumer.id)
        found[name] = _told(database, model, wanted)
    for name, (model, key, owner) in BEHIND.items():
        mine = select(owner.id).where(
            owner.consumer_id == consumer.id,
            owner.organization_id == tenant.organization_id,
            owner.mode == tenant.mode,
        )
        found[name] = _told(database, model, rows.of(model, tenant).where(key.in_(mine)))
    found["messages"] = _messages(database, vault, tenant, consumer)
    return found | {"record": _record(database, tenant, consumer.id)}


def _consumer(consumer: Consumer) -> dict[str, Any]:
    columns = {each.key: getattr(consumer, each.key) for each in _columns(Consumer)}
    columns["metadata"] = columns.pop("details")
    for name in ("merged_into", "merged_at", "erased_at"):
        del columns[name]
    return _shown(columns)


def _told(database: Database, model: Any, wanted: Select[Any]) -> list[dict[str, Any]]:
    columns = _columns(model)
    found: Sequence[Row[Any]] = database.execute(wanted.with_only_columns(*columns)).all()
    names = [column.key for column in columns]
    return [_shown(dict(zip(names, row, strict=True))) for row in found]


def _columns(model: Any) -> list[InstrumentedAttribute[Any]]:
    keys = [each.key for each in model.__mapper__.column_attrs]
    return [getattr(model, key) for key in keys if key not in UNTOLD]


def _messages(
    database: Database, vault: Vault, tenant: Tenant, consumer: Consumer
) -> list[dict[str, Any]]:
    """Return what was sent to them; not what it said, for that may be a code."""
    keys = [key for each in contacts.of(consumer) for key in contacts.contact_hashes(vault, each)]
    wanted = rows.of(Message, tenant).where(Message.recipient.in_(keys)).order_by(Message.id)
    found = []
    for message in database.scalars(wanted):
        letter = messages.letter(vault, message)
        said = {name: getattr(letter, name, None) for name in ("recipient", "subject")}
        about = ("id", "channel", "state", "created_at", "sent_at")
        found.append(_shown(said | {name: getattr(message, name) for name in about}))
    return found


def _record(database: Database, tenant: Tenant, consumer_id: str) -> list[dict[str, Any]]:
    """Return what is on record of acts on them, and by them."""
    acts = {}
    for wanted in (Filter(subject=consumer_id), Filter(actor=consumer_id)):
        for row in audit.page(database, tenant, Slice(None, MOST_ACTS), wanted):
            acts[row.ordinal] = {name: getattr(row, name) for name in ACT}
    return [_shown(acts[ordinal]) for ordinal in sorted(acts)]


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {
        _camel(name): _json(value) for name, value in values.items() if not isinstance(value, bytes)
    }


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
