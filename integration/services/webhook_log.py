"""What became of the events that were sent to an endpoint, and sending them again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from integration.engine.event_bodies import body
from integration.kernel.errors import NotFound
from integration.kernel.redaction import redact
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import audit, delivery_log
from integration.store.deliveries import DeliveryState
from integration.store.delivery_log import Filter
from integration.store.job_queue import Job
from integration.store.models import Delivery
from integration.store.rows import Slice

TEST_EVENT = "webhook.test"


class Report(NamedTuple):
    """A delivery as its merchant may read it: bodies without secrets and contacts."""

    id: str
    webhook_id: str
    event_id: str
    event_type: str
    status: str
    attempts: int
    next_attempt_at: datetime | None
    delivered_at: datetime | None
    last_status: int | None
    last_problem: str | None
    created_at: datetime
    body: Mapping[str, Any]
    log: Sequence[Mapping[str, Any]]


def send_test(rt: Runtime, tenant: Tenant, endpoint_id: str) -> Report:
    """Send ``webhook.test`` to an endpoint, by the way that every event goes."""
    with rt.transaction() as tx:
        endpoint = delivery_log.enabled(delivery_log.endpoint(tx.session, tenant, endpoint_id))
        data = {"webhookId": endpoint.id, "name": endpoint.name}
        made = delivery_log.send_one(tx.session, tenant, endpoint.id, TEST_EVENT, data)
        audit.note(tx.session, tenant, "webhook.tested", endpoint.id)
        tx.then(lambda: rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=endpoint_id))
        return _report(made)


def retry(rt: Runtime, tenant: Tenant, delivery_id: str) -> Report:
    """Attempt a delivery once more now, whatever came of it so far."""
    with rt.transaction() as tx:
        asked = delivery_log.ask_again(tx.session, tenant, delivery_id)
        audit.note(tx.session, tenant, "delivery.retried", delivery_id)
        tx.then(lambda: rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=asked.endpoint_id))
        return _report(asked)


def get(rt: Runtime, tenant: Tenant, delivery_id: str) -> Report:
    """Return what became of one delivery, attempt by attempt."""
    with rt.transaction() as tx:
        return _report(delivery_log.find(tx.session, tenant, delivery_id))


def page(
    rt: Runtime, tenant: Tenant, endpoint_id: str, part: Slice, chosen: Filter
) -> Sequence[Report]:
    """Return an endpoint's deliveries, the newest first."""
    with rt.transaction() as tx:
        if delivery_log.endpoint(tx.session, tenant, endpoint_id) is None:
            raise NotFound("Webhook")
        found = delivery_log.page(tx.session, tenant, endpoint_id, part, chosen)
    return [_report(each) for each in found]


def _report(found: Delivery) -> Report:
    told = body(found.event)
    return Report(
        id=found.id,
        webhook_id=found.endpoint_id,
        event_id=found.event_id,
        event_type=found.event.type,
        status=found.state,
        attempts=found.attempts,
        next_attempt_at=found.due_at if found.state == DeliveryState.PENDING else None,
        delivered_at=found.delivered_at,
        last_status=found.last_status,
        last_problem=found.last_problem,
        created_at=found.event.created_at,
        body=told | {"data": redact(told["data"])},
        log=found.log,
    )
