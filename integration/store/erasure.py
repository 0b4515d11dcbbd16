"""Statements that forget who a consumer is, wherever that is kept (docs/integration-api.md)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, delete, literal_column, select, text, update
from sqlalchemy.orm import Session as Database

from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant
from integration.store import contacts, rows
from integration.store.contacts import Contact
from integration.store.models import (
    Admission,
    AudienceMember,
    Consumer,
    ExchangeCode,
    ExternalIdentity,
    Handoff,
    IdempotencyKey,
    Message,
    OtpCode,
    OutboxEvent,
    Participation,
)

# As the index says it: a parameter would not fit.
CONSUMERS = literal_column("'consumer.%'", Text)
PERSONAL = (
    "email",
    "phone",
    "full_name",
    "external_id",
    "sync_source",
    "proven_email",
    "proven_phone",
)


def forget(database: Database, vault: Vault, tenant: Tenant, consumer: Consumer) -> None:
    """Forget who a locked consumer is; entries, admissions, bids and orders stay, as numbers do.

    Their own row comes last: what it says is what the others are found by.
    """
    who = {"consumer_id": consumer.id} | tenant._asdict()
    known = contacts.of(consumer)
    _forget_contacts(database, vault, tenant, known)
    _forget_identities(database, tenant, consumer.id)
    _forget_traces(database, tenant, consumer.id)
    needles = sorted({contact.value.lower() for contact in known})
    for statement in (_DELIVERIES, _NOTICES, _IMPORTS, _SYNCS):
        source, ref = consumer.sync_source, consumer.external_id
        database.execute(statement, who | {"needles": needles, "source": source, "ref": ref})
    # In one statement, so that the record tells of an erasure and of no change before it.
    consumer.erased_at = consumer.updated_at = rows.now(database)
    for name in PERSONAL:
        setattr(consumer, name, None)
    consumer.details = {}
    consumer.version += 1


_DELIVERIES = text("""
    UPDATE delivery d SET log = (
        SELECT coalesce(jsonb_agg(e - 'response' ORDER BY n), '[]')
        FROM jsonb_array_elements(d.log) WITH ORDINALITY AS l (e, n)
    )
    FROM outbox_event o
    WHERE o.id = d.event_id AND o.subject_id = :consumer_id AND o.type LIKE 'consumer.%'
        AND o.organization_id = :organization_id AND o.mode = :mode
        AND d.organization_id = :organization_id AND d.mode = :mode
""")

# A shop's notice is emptied when it has been handled; this one never was, and rests.
_NOTICES = text("""
    UPDATE inbox_notice SET payload = '{}'
    WHERE handled_at IS NOT NULL AND problem IS NOT NULL
        AND organization_id = :organization_id AND mode = :mode
        AND EXISTS (
            SELECT FROM unnest(CAST(:needles AS text[])) AS said (needle)
            WHERE position(needle IN lower(payload::text)) > 0
        )
""")

_IMPORTS = text("""
    UPDATE import_error SET cells = '[]'
    WHERE organization_id = :organization_id AND mode = :mode
        AND EXISTS (
            SELECT FROM jsonb_array_elements_text(cells) AS held (cell)
            WHERE lower(btrim(cell)) = ANY (CAST(:needles AS text[]))
        )
""")

_SYNCS = text("""
    UPDATE sync_run r SET failures = (
        SELECT coalesce(jsonb_agg(e ORDER BY n), '[]')
        FROM jsonb_array_elements(r.failures) WITH ORDINALITY AS f (e, n)
        WHERE (r.connection_id, e ->> 'externalId') IS DISTINCT FROM (:source, :ref)
    ),
    conflicts = (
        SELECT coalesce(jsonb_agg(e ORDER BY n), '[]')
        FROM jsonb_array_elements(r.conflicts) WITH ORDINALITY AS f (e, n)
        WHERE e ->> 'consumerId' IS DISTINCT FROM :consumer_id
    )
    FROM connection c
    WHERE r.connection_id = c.id AND r.subject = 'customers'
        AND (jsonb_array_length(r.failures) > 0 OR jsonb_array_length(r.conflicts) > 0)
        AND c.organization_id = :organization_id AND c.mode = :mode
        AND r.organization_id = :organization_id AND r.mode = :mode
""")


def _forget_contacts(
    database: Database, vault: Vault, tenant: Tenant, known: Sequence[Contact]
) -> None:
    """Drop the codes and messages to these contacts."""
    keys = [key for contact in known for key in contacts.contact_hashes(vault, contact)]
    for model, key in ((OtpCode, OtpCode.contact), (Message, Message.recipient)):
        _delete(database, tenant, model, key.in_(keys))


def _forget_identities(database: Database, tenant: Tenant, consumer_id: str) -> None:
    """Drop what identity providers call them, and what they were vouched for."""
    theirs = ExternalIdentity.consumer_id == consumer_id
    subject = (ExternalIdentity.issuer == ExchangeCode.issuer) & (
        ExternalIdentity.subject == ExchangeCode.subject
    )
    mine = rows.of(ExternalIdentity, tenant).where(theirs, subject)
    _delete(database, tenant, ExchangeCode, mine.exists())
    _delete(database, tenant, ExternalIdentity, theirs)


def _forget_traces(database: Database, tenant: Tenant, consumer_id: str) -> None:
    """Take them out of audiences and kept answers, their device out of entries and handoffs."""
    _delete(database, tenant, AudienceMember, AudienceMember.consumer_id == consumer_id)
    _delete(database, tenant, IdempotencyKey, IdempotencyKey.about == consumer_id)
    admitted = select(Admission.id).where(
        Admission.consumer_id == consumer_id,
        Admission.organization_id == tenant.organization_id,
        Admission.mode == tenant.mode,
    )
    told = (OutboxEvent.subject_id == consumer_id) & OutboxEvent.type.like(CONSUMERS)
    out = {"return_url": None, "browser": None, "checkout_url": None}
    for model, which, emptied in (
        (Participation, Participation.consumer_id == consumer_id, {"fingerprint": None}),
        (OutboxEvent, told, {"data": {"id": consumer_id}}),
        (Handoff, Handoff.admission_id.in_(admitted), out),
    ):
        database.execute(
            update(model)
            .where(which, model.organization_id == tenant.organization_id)
            .where(model.mode == tenant.mode)
            .values(emptied)
            .execution_options(synchronize_session=False)
        )


def _delete(database: Database, tenant: Tenant, model: Any, which: ColumnElement[bool]) -> None:
    database.execute(
        delete(model)
        .where(which, model.organization_id == tenant.organization_id, model.mode == tenant.mode)
        .execution_options(synchronize_session=False)
    )
