"""Consumers as a merchant's file has them: a page of rows, stored in a few statements."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import CompoundSelect, func, text, union
from sqlalchemy.orm import Session

from integration.engine.imports import Problem
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import consumers
from integration.store.by_key import by_key
from integration.store.import_pages import Kept, Told, by_reference
from integration.store.models import Consumer

FIELDS = {
    "email": "email",
    "phone": "phone",
    "fullName": "full_name",
    "externalId": "external_id",
    "syncSource": "sync_source",
    "metadata": "details",
}

_LOCK = text("""
    SELECT id, email, phone, full_name, external_id, sync_source, metadata AS details
    FROM consumer WHERE id = ANY (CAST(:ids AS text[])) AND erased_at IS NULL
        AND (organization_id, mode) IS NOT DISTINCT FROM (:organization_id, :mode)
    ORDER BY id FOR NO KEY UPDATE
""")

_UPSERT = text("""
    INSERT INTO consumer (id, organization_id, mode, email, phone, full_name, external_id,
        sync_source, metadata)
    SELECT id, :organization_id, :mode, email, phone, full_name, external_id, sync_source,
        CAST(details AS jsonb)
    FROM unnest(
        CAST(:id AS text[]), CAST(:email AS text[]), CAST(:phone AS text[]),
        CAST(:full_name AS text[]), CAST(:external_id AS text[]), CAST(:sync_source AS text[]),
        CAST(:details AS text[])
    ) AS told (id, email, phone, full_name, external_id, sync_source, details)
    ORDER BY id
    ON CONFLICT (id) DO UPDATE SET email = excluded.email, phone = excluded.phone,
        full_name = excluded.full_name, external_id = excluded.external_id,
        sync_source = excluded.sync_source, metadata = excluded.metadata,
        version = consumer.version + 1, updated_at = clock_timestamp()
    WHERE (consumer.email, consumer.phone, consumer.full_name, consumer.external_id,
        consumer.sync_source, consumer.metadata) IS DISTINCT FROM (excluded.email,
        excluded.phone, excluded.full_name, excluded.external_id, excluded.sync_source,
        excluded.metadata)
    RETURNING id, xmax = 0 AS is_new
""")


def upsert(session: Session, tenant: Tenant, told: Told) -> Kept:
    """Add or update whom these rows tell of; an empty cell changes nothing.

    One is known by the external id in its source, else by e-mail address; who has neither,
    by phone number. Who has not changed is not touched.
    """
    known = _Known(session, tenant, list(told.values()))
    problems = {
        number: problem
        for number, values in told.items()
        if (problem := known.take({FIELDS[name]: value for name, value in values.items()}))
    }
    written = session.execute(_UPSERT, _columns(known.people) | tenant._asdict()).all()
    endpoints = consumers.tell_written(session, tenant, {row.id: row.is_new for row in written})
    created = sum(row.is_new for row in written)
    return Kept(created, len(written) - created, problems, endpoints)


class _Known:
    """Whom a row means; ``people`` are those taken so far, as they are to be."""

    def __init__(self, session: Session, tenant: Tenant, told: Sequence[Mapping[str, Any]]) -> None:
        self._by_ref: dict[Any, dict[str, Any]] = {}
        self._by_email: dict[str, dict[str, Any]] = {}
        self._by_phone: dict[str, dict[str, dict[str, Any]]] = {}
        self.people: dict[str, dict[str, Any]] = {}
        ids = list(session.scalars(_known(tenant, told)))
        for row in session.execute(_LOCK, {"ids": ids} | tenant._asdict()):
            self._index(row._asdict())

    def take(self, told: Mapping[str, Any]) -> Problem | None:
        """Merge a row into whom it means, or into somebody new; or say why that cannot be."""
        owner = self._by_email.get(told.get("email", "").lower())
        person = self._by_ref.get(_ref(told)) or owner
        if not told.keys() & {"email", "external_id"}:
            namesakes = list(self._by_phone.get(told["phone"], {}).values())
            if len(namesakes) > 1:
                return Problem("phone", "Several consumers have this number: add another contact.")
            person = namesakes[0] if namesakes else None
        if owner is not None and (person is not owner or self._is_another(owner, told)):
            return Problem("email", f"Another consumer has this address: {owner['id']}.")
        self._merge(person, told)
        return None

    def _is_another(self, owner: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
        same_source = owner["sync_source"] == told.get("sync_source")
        ids = {owner["external_id"], told.get("external_id")} - {None}
        return same_source and len(ids) > 1

    def _merge(self, person: dict[str, Any] | None, told: Mapping[str, Any]) -> None:
        if person is None:
            person = dict.fromkeys(FIELDS.values()) | {"id": new_id("cons"), "details": {}}
        self._by_email.pop((person["email"] or "").lower(), None)
        self._by_phone.get(person["phone"] or "", {}).pop(person["id"], None)
        # Where somebody came from first, they stay from.
        named = {"external_id", "sync_source"} if person["external_id"] else set()
        person |= {name: value for name, value in told.items() if name not in named}
        self.people[person["id"]] = person
        self._index(person)

    def _index(self, person: dict[str, Any]) -> None:
        if person["external_id"] is not None:
            self._by_ref[_ref(person)] = person
        if person["email"] is not None:
            self._by_email[person["email"].lower()] = person
        if person["phone"] is not None:
            self._by_phone.setdefault(person["phone"], {})[person["id"]] = person


def _ref(values: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return values.get("sync_source"), values.get("external_id")


def _known(tenant: Tenant, told: Sequence[Mapping[str, Any]]) -> CompoundSelect[Any]:
    """Select the ids of whoever these rows may mean; two of a phone number are one too many."""
    emails = [each["email"].lower() for each in told if "email" in each]
    phones = [each["phone"] for each in told if not each.keys() & {"email", "externalId"}]
    wanted, owner = [Consumer.id], [Consumer.organization_id, Consumer.mode]
    by_email, by_phone = [*owner, func.lower(Consumer.email)], [*owner, Consumer.phone]
    return union(
        by_key(wanted, by_email, tenant, [emails], Consumer.email.is_not(None)),
        by_key(wanted, by_phone, tenant, [phones], Consumer.phone.is_not(None), most=2),
        *by_reference(Consumer, tenant, told),
    )


def _columns(people: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    columns = {name: [each[name] for each in people.values()] for name in ("id", *FIELDS.values())}
    return columns | {"details": [orjson.dumps(each).decode() for each in columns["details"]]}
