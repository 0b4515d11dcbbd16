"""Consumers, as a merchant's back end keeps them here."""

from collections.abc import Mapping, Sequence
from typing import Any

from integration.engine.status import stamp
from integration.kernel.errors import required
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import consumers, db, erasure, outbox, personal_data, rows
from integration.store.consumers import Filter, Names
from integration.store.models import Consumer
from integration.store.rows import Slice


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> Consumer:
    """Add a consumer; raises ``EmailTaken`` and ``ExternalIdTaken``."""
    with rt.transaction() as tx:
        consumer = Consumer(id=new_id("cons"), **tenant._asdict(), version=1, **body)
        names = Names(*(body[name] for name in Names._fields))
        with consumers.named(tx.session, tenant, names):
            tx.session.add(consumer)
        _tell(rt, tx, tenant, consumer, "created")
        return consumer


def get(rt: Runtime, tenant: Tenant, consumer_id: str) -> Consumer:
    """Return a consumer, or raise ``NotFound``; an erased one is not there."""
    with rt.transaction() as tx:
        return required(consumers.find(tx.session, tenant, consumer_id), "Consumer")


def page(rt: Runtime, tenant: Tenant, part: Slice, wanted: Filter) -> Sequence[Consumer]:
    """Return a part of the list."""
    with rt.transaction() as tx:
        return consumers.page(tx.session, tenant, part, wanted)


def update(
    rt: Runtime, tenant: Tenant, consumer_id: str, changes: Mapping[str, Any], expected: int | None
) -> Consumer:
    """Change some fields; raises ``EmailTaken`` and ``ExternalIdTaken``."""
    with rt.transaction() as tx:
        consumer = required(consumers.lock(tx.session, tenant, consumer_id, expected), "Consumer")
        names = Names(*(changes.get(name, getattr(consumer, name)) for name in Names._fields))
        moment = rows.now(tx.session)
        with consumers.named(tx.session, tenant, names):
            for name, value in changes.items():
                setattr(consumer, name, value)
            consumer.updated_at = moment
            consumer.version += 1
        _tell(rt, tx, tenant, consumer, "updated")
        return consumer


def erase(rt: Runtime, tenant: Tenant, consumer_id: str, expected: int | None) -> None:
    """Forget who the consumer is; entries, admissions and orders stay, as numbers do.

    Their sessions end everywhere within two seconds.
    """
    with rt.transaction() as tx:
        consumer = required(consumers.lock(tx.session, tenant, consumer_id, expected), "Consumer")
        ended = consumers.end_sessions(tx.session, tenant, consumer.id)
        erasure.forget(tx.session, rt.vault, tenant, consumer)
        _tell(rt, tx, tenant, consumer, "deleted")
        tx.then(lambda: rt.refuse_sessions(ended))


def export(rt: Runtime, tenant: Tenant, consumer_id: str) -> dict[str, Any]:
    """Return all that is held on a consumer, or raise ``NotFound``."""
    with rt.transaction() as tx:
        consumer = required(consumers.find(tx.session, tenant, consumer_id), "Consumer")
        held = personal_data.gather(tx.session, rt.vault, tenant, consumer)
        return {"exportedAt": stamp(rows.now(tx.session)), **held}


def _tell(rt: Runtime, tx: db.Transaction, tenant: Tenant, consumer: Consumer, what: str) -> None:
    outbox.wake(tx, rt.jobs, consumers.tell(tx.session, tenant, consumer, what))
