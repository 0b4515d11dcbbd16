"""Statements on consumers, as merchants keep them."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, update
from sqlalchemy.orm import Session as Database

from integration.engine.status import stamp
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant
from integration.store import outbox, rows
from integration.store.arrays import among
from integration.store.models import Consumer, Session
from integration.store.outbox import Event
from integration.store.rows import Slice


class EmailTaken(Conflict):
    """Another consumer has this address; ``id`` in the body says which."""

    code = "EMAIL_TAKEN"
    message = "Another consumer has this e-mail address. Change that one instead."


class Names(NamedTuple):
    """What no two consumers of an organization share."""

    email: str | None
    sync_source: str | None
    external_id: str | None


class Filter(NamedTuple):
    """Which consumers of a list are wanted."""

    email: str | None = None
    external_id: str | None = None
    updated_after: datetime | None = None


def find(database: Database, tenant: Tenant, consumer_id: str) -> Consumer | None:
    """Return one of this tenant's consumers, erased ones excepted.

    A guest who turned out to be somebody known is found as them.
    """
    known_as = known_as_now(database, tenant, consumer_id)
    return database.scalar(_of(tenant).where(Consumer.id == known_as))


def known_as_now(database: Database, tenant: Tenant, consumer_id: str) -> str:
    """Return whom an id means now: a guest's, whom they turned out to be."""
    merged = (
        rows.of(Consumer, tenant)
        .where(Consumer.id == consumer_id)
        .with_only_columns(Consumer.merged_into)
    )
    return database.scalar(merged) or consumer_id


def lock(
    database: Database, tenant: Tenant, consumer_id: str, expected: int | None = None
) -> Consumer | None:
    """Take a consumer for this transaction, to change them; found as by ``find``."""
    known_as = known_as_now(database, tenant, consumer_id)
    return rows.lock(database, _of(tenant).where(Consumer.id == known_as), expected)


def page(database: Database, tenant: Tenant, part: Slice, wanted: Filter) -> Sequence[Consumer]:
    """Return this tenant's consumers by id."""
    return database.scalars(rows.cut(_narrowed(tenant, wanted), Consumer.id, part)).all()


def several(database: Database, tenant: Tenant, ids: Iterable[str]) -> Sequence[Consumer]:
    """Return these consumers as they are now, by id."""
    wanted = _of(tenant).where(among(Consumer.id, ids)).order_by(Consumer.id)
    return database.scalars(wanted.execution_options(populate_existing=True)).all()


def ids(tenant: Tenant, wanted: Filter) -> Select[str]:
    """Select the ids of the consumers who are called like this."""
    return _narrowed(tenant, wanted).with_only_columns(Consumer.id)


@contextmanager
def named(database: Database, tenant: Tenant, names: Names) -> Generator[None]:
    """Write the consumer that is made or changed inside, under these names.

    Raises ``EmailTaken`` or ``ExternalIdTaken``, and then wrote nothing.
    """
    ids = rows.of(Consumer, tenant).with_only_columns(Consumer.id)
    by_email = ids.where(func.lower(Consumer.email) == (names.email or "").lower())
    by_external_id = ids.where(
        Consumer.sync_source.is_not_distinct_from(names.sync_source),
        Consumer.external_id == names.external_id,
    )
    taken = {
        "uq_consumer_email": lambda: EmailTaken(extra={"id": database.scalar(by_email)}),
        "uq_consumer_external_id": lambda: rows.ExternalIdTaken(
            extra={"id": database.scalar(by_external_id)}
        ),
    }
    with rows.unique(database, taken):
        yield


def end_sessions(database: Database, tenant: Tenant, consumer_id: str) -> Sequence[str]:
    """End all of a consumer's sessions; return those that had not ended."""
    return database.scalars(
        update(Session)
        .where(Session.consumer_id == consumer_id, Session.revoked_at.is_(None))
        .where(Session.organization_id == tenant.organization_id, Session.mode == tenant.mode)
        .values(revoked_at=func.clock_timestamp())
        .returning(Session.id)
    ).all()


def tell(database: Database, tenant: Tenant, consumer: Consumer, what: str) -> list[str]:
    """Tell ``consumer.<what>``; return the endpoints to wake."""
    database.flush()
    name = f"consumer.{what}"
    return outbox.emit(database, tenant, name, consumer.id, consumer.version, event_data(consumer))


def tell_written(database: Database, tenant: Tenant, written: Mapping[str, bool]) -> Sequence[str]:
    """Tell of many, by id: whether each is new; return the endpoints to wake."""
    names = {is_new: f"consumer.{'created' if is_new else 'updated'}" for is_new in (True, False)}
    if not any(outbox.subscribed(database, tenant, name) for name in names.values()):
        return []
    return outbox.emit_many(
        database,
        tenant,
        [
            Event(names[written[each.id]], each.id, each.version, event_data(each))
            for each in several(database, tenant, written)
        ],
    )


def event_data(consumer: Consumer) -> dict[str, Any]:
    """Return what events about a consumer say."""
    data = {
        "id": consumer.id,
        "email": consumer.email,
        "phone": consumer.phone,
        "fullName": consumer.full_name,
        "externalId": consumer.external_id,
        "createdAt": stamp(consumer.created_at),
    }
    if consumer.merged_into is not None:
        data["mergedInto"] = consumer.merged_into
    return data


def _narrowed(tenant: Tenant, wanted: Filter) -> Select[Consumer]:
    found = _of(tenant)
    if wanted.email is not None:
        found = found.where(func.lower(Consumer.email) == wanted.email.lower())
    if wanted.external_id is not None:
        found = found.where(Consumer.external_id == wanted.external_id)
    if wanted.updated_after is not None:
        found = found.where(Consumer.updated_at > wanted.updated_after)
    return found


def _of(tenant: Tenant) -> Select[Consumer]:
    return rows.of(Consumer, tenant).where(Consumer.erased_at.is_(None))
