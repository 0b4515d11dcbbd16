"""Somebody shows who they are: known, or the guest they were, or new here."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import consumers, rows
from integration.store.consumers import Names
from integration.store.models import Consumer

INHERITED = ("phone", "full_name")


class Arrival(NamedTuple):
    """Who it is; ``merged`` is the guest whose entries are theirs now."""

    consumer: Consumer
    merged: str | None
    ended: list[str]
    endpoints: list[str]


def arrive(
    session: Session,
    tenant: Tenant,
    known: Consumer | None,
    guest: Consumer | None,
    changes: Mapping[str, Any],
) -> Arrival:
    """Let ``known`` arrive with these changes, else the guest as somebody known, else a new one.

    A guest beside somebody known is merged into them; the guest's sessions end in any case.
    Both are locked. Raises ``EmailTaken`` where somebody else was given the address just now.
    """
    person = known or guest or Consumer(id=new_id("cons"), version=0, **tenant._asdict())
    verb = "updated" if known or guest else "created"
    merged = guest if guest is not None and person is not guest else None
    told = []
    if merged is not None:
        changes = {**_inherited(merged, person), **changes}
        told += _end(session, tenant, merged, person)
    fresh = {name: value for name, value in changes.items() if getattr(person, name) != value}
    if fresh or verb == "created":
        _write(session, tenant, person, fresh)
        told += consumers.tell(session, tenant, person, verb)
    ended = [] if guest is None else consumers.end_sessions(session, tenant, guest.id)
    return Arrival(person, merged.id if merged else None, list(ended), told)


def blanks(person: Consumer | None, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was told of a person that is not known of them yet."""
    return {
        name: value
        for name, value in told.items()
        if value is not None and (person is None or getattr(person, name) is None)
    }


def _inherited(guest: Consumer, person: Consumer) -> dict[str, Any]:
    return blanks(person, {name: getattr(guest, name) for name in INHERITED})


def _end(session: Session, tenant: Tenant, guest: Consumer, person: Consumer) -> list[str]:
    for name in ("email", "phone", "full_name", "external_id", "sync_source"):
        setattr(guest, name, None)
    moment = rows.now(session)
    guest.details = {}
    guest.merged_into, guest.merged_at = person.id, moment
    guest.erased_at = guest.updated_at = moment
    guest.version += 1
    return consumers.tell(session, tenant, guest, "deleted")


def _write(session: Session, tenant: Tenant, person: Consumer, fresh: Mapping[str, Any]) -> None:
    email = fresh.get("email", person.email)
    moment = rows.now(session)
    with consumers.named(session, tenant, Names(email, person.sync_source, person.external_id)):
        for name, value in fresh.items():
            setattr(person, name, value)
        person.updated_at = moment
        person.version += 1
        session.add(person)
