"""Customers as a connected shop has them: a page of records, stored in a few statements."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Boolean, CompoundSelect, func, literal_column, union
from sqlalchemy.orm import Session

from integration.kernel.contacts import BadContact, parse_email, parse_phone
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import consumers
from integration.store.by_key import by_key
from integration.store.many import upsert_rows
from integration.store.models import Consumer
from integration.store.sync_pages import CannotStore, Record, failure, keep
from integration.store.sync_runs import Stored

TOLD = ("email", "phone", "full_name")
KEPT = (*TOLD, "external_id", "sync_source")

MERGED = "Another source knows this e-mail address: merged, and what came first stays."


def upsert(
    session: Session, tenant: Tenant, source: str, country: str | None, records: Sequence[Record]
) -> Stored:
    """Add or update these customers; what a shop does not tell stays as it was.

    One is known by the external id in this source, else by e-mail: whoever has that address
    already is the same person, and keeps the source that came first. National phone numbers
    are read as ``country``'s.
    """
    return keep(session, partial(_upsert, session, tenant, source, country), records)


def _upsert(
    session: Session, tenant: Tenant, source: str, country: str | None, records: Sequence[Record]
) -> Stored:
    known = _Known(session, tenant, source, records)
    failures = []
    for record in records:
        try:
            known.take(record, country)
        except CannotStore as error:
            failures.append(failure(record, str(error)))
    written = _write(session, tenant, known.people)
    created = sum(written.values())
    told = consumers.tell_written(session, tenant, written)
    became = (created, len(written) - created)
    return Stored(*became, tuple(failures), tuple(told), tuple(known.conflicts))


class _Known:
    """Whom a record means; ``people`` are those taken so far, as they are to be."""

    def __init__(
        self, session: Session, tenant: Tenant, source: str, records: Sequence[Record]
    ) -> None:
        refs = [record["external_id"] for record in records]
        addresses = [record["email"].lower() for record in records if record["email"]]
        found = session.execute(_known(tenant, source, refs, addresses))
        self._source = source
        values = [each._asdict() for each in found]
        self._by_ref = {each["external_id"]: each for each in values if self._mine(each)}
        self._by_email = {each["email"].lower(): each for each in values if each["email"]}
        self._taken: dict[str, dict[str, Any]] = {}
        self.conflicts: list[dict[str, Any]] = []

    @property
    def people(self) -> Sequence[dict[str, Any]]:
        """Everybody taken, each once."""
        return list(self._taken.values())

    def take(self, record: Record, country: str | None) -> None:
        """Merge a record into the person it means, or into a new one."""
        told = _told(record, country)
        address = (told["email"] or "").lower()
        owner = self._by_email.get(address)
        person = self._by_ref.get(record["external_id"]) or owner or {"id": new_id("cons")}
        if owner is not None and owner["id"] != person["id"]:
            raise CannotStore("Another consumer has this e-mail address.")
        if person.get("external_id") is None:
            person |= {"external_id": record["external_id"], "sync_source": self._source}
        if person is owner and person["sync_source"] not in {None, self._source}:
            self._merged(record, person)
        theirs = person["external_id"] == record["external_id"] and self._mine(person)
        for name in TOLD:
            # A second source only fills in what the first one did not tell.
            if told[name] and (theirs or not person.get(name)):
                person[name] = told[name]
        self._taken[person["id"]] = person
        self._by_ref[record["external_id"]] = person
        if address:
            self._by_email[address] = person

    def _merged(self, record: Record, person: Mapping[str, Any]) -> None:
        """Note that two sources know one person."""
        self.conflicts.append(
            {
                "externalId": record["external_id"],
                "consumerId": person["id"],
                "reason": MERGED,
            }
        )

    def _mine(self, person: Mapping[str, Any]) -> bool:
        return bool(person["sync_source"] == self._source)


def _known(
    tenant: Tenant, source: str, refs: Sequence[str], addresses: Sequence[str]
) -> CompoundSelect[Any]:
    """Select whoever has one of these external ids in this source, or of these addresses."""
    wanted = [Consumer.id, *(getattr(Consumer, name) for name in KEPT)]
    owner = [Consumer.organization_id, Consumer.mode]
    by_ref = [*owner, Consumer.sync_source, Consumer.external_id]
    by_address = [*owner, func.lower(Consumer.email)]
    told, reached = Consumer.external_id.is_not(None), Consumer.email.is_not(None)
    return union(
        by_key(wanted, by_ref, (*tenant, source), [refs], told),
        by_key(wanted, by_address, tenant, [addresses], reached),
    )


def _told(record: Record, country: str | None) -> dict[str, Any]:
    try:
        email = parse_email(record["email"]) if record["email"] else None
    except BadContact as error:
        raise CannotStore(str(error)) from error
    return {"email": email, "phone": _phone(record, country), "full_name": record["full_name"]}


def _phone(record: Record, country: str | None) -> str | None:
    """Shops keep numbers as people wrote them; one that cannot be read is left out."""
    try:
        return parse_phone(record["phone"], country) if record["phone"] else None
    except BadContact:
        return None


def _write(session: Session, tenant: Tenant, people: Sequence[dict[str, Any]]) -> dict[str, bool]:
    """Return who was written, by id: whether each is new."""
    if not people:
        return {}
    blank = dict.fromkeys(KEPT) | tenant._asdict()
    stamps = {"version": Consumer.version + 1, "updated_at": func.clock_timestamp()}
    rows = [blank | each for each in people]
    statement = upsert_rows(Consumer, Tenant._fields, KEPT, rows, **stamps).returning(
        Consumer.id, literal_column("consumer.xmax = 0", Boolean).label("is_new")
    )
    return dict(session.execute(statement).all())
