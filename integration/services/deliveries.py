"""Webhooks out: each event to each endpoint, at least once (contract.md, section 6)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import monotonic

import orjson

from integration.engine.status import stamp
from integration.kernel.errors import Conflict, NotFound
from integration.kernel.outbound import OutboundFailed, OutboundRefused
from integration.kernel.tenant import Tenant
from integration.kernel.webhook_signatures import signed
from integration.runtime import Runtime
from integration.store import deliveries, delivery_log
from integration.store.deliveries import DeliveryState, Outcome
from integration.store.job_queue import Job
from integration.store.models import Delivery, WebhookEndpoint

PAUSES = (60, 300, 1800, 7200, 21_600, 43_200, 86_400)
"""Seconds from each attempt that failed to the next; after the eighth there is none."""

BATCH = 64
AT_ONCE = 8
"""How many requests one endpoint gets at the same time."""

STARTING_SECONDS = 10
"""How long a job begins attempts; each may take another half minute."""

TIMEOUT = (3.05, 30)
LEASE = timedelta(seconds=90)
GONE = 410
TEST_EVENT = "webhook.test"


class EndpointOff(Conflict):
    """The endpoint takes nothing at the moment."""

    code = "WEBHOOK_DISABLED"
    message = "This webhook is disabled. Enable it first."


class BeingAttempted(Conflict):
    """The delivery is on its way at this moment."""

    code = "DELIVERY_IN_PROGRESS"
    message = "This delivery is being attempted. Look at it again in a moment."


@dataclass(frozen=True)
class _Batch:
    """What was claimed for one endpoint, and how to prove that it is from us."""

    tenant: Tenant
    endpoint_id: str
    url: str
    secrets: tuple[str, ...]
    items: Sequence[Delivery]


def drain(rt: Runtime, endpoint_id: str) -> None:
    """Attempt what is due for one endpoint, for a bounded time; ask for the rest as a new job.

    An endpoint has one such batch under way, whoever is asked to drain it, so that a slow one
    takes no more than its share.
    """
    ends = monotonic() + STARTING_SECONDS
    while (batch := _claim(rt, endpoint_id)) is not None:
        with ThreadPoolExecutor(min(AT_ONCE, len(batch.items))) as pool:
            outcomes = list(pool.map(partial(_attempt, rt, batch, ends), batch.items))
        more = _record(rt, batch, [each for each in outcomes if each is not None])
        if not more:
            return
        if monotonic() > ends:
            rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=endpoint_id)
            return


def send_test(rt: Runtime, tenant: Tenant, endpoint_id: str) -> Delivery:
    """Send ``webhook.test`` to an endpoint, by the way that every event goes."""
    with rt.transaction() as tx:
        endpoint = _live(delivery_log.endpoint(tx.session, tenant, endpoint_id))
        data = {"webhookId": endpoint.id, "name": endpoint.name}
        made = delivery_log.send_one(tx.session, tenant, endpoint.id, TEST_EVENT, data)
        tx.then(lambda: rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=endpoint_id))
    return made


def retry(rt: Runtime, tenant: Tenant, delivery_id: str) -> Delivery:
    """Attempt a delivery once more now, whatever came of it so far."""
    with rt.transaction() as tx:
        found = _known(delivery_log.find(tx.session, tenant, delivery_id))
        _live(delivery_log.endpoint(tx.session, tenant, found.endpoint_id))
        if not delivery_log.ask_again(tx.session, tenant, delivery_id):
            raise BeingAttempted(retry_after=2)
        tx.then(lambda: rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=found.endpoint_id))
        return _known(delivery_log.find(tx.session, tenant, delivery_id))


def page(
    rt: Runtime, tenant: Tenant, endpoint_id: str, after: str | None, limit: int
) -> Sequence[Delivery]:
    """Return an endpoint's deliveries, the newest first."""
    with rt.transaction() as tx:
        if delivery_log.endpoint(tx.session, tenant, endpoint_id) is None:
            raise NotFound("Webhook")
        return delivery_log.page(tx.session, tenant, endpoint_id, after, limit)


def _known(found: Delivery | None) -> Delivery:
    if found is None:
        raise NotFound("Delivery")
    return found


def _live(found: WebhookEndpoint | None) -> WebhookEndpoint:
    if found is None:
        raise NotFound("Webhook")
    if not found.enabled:
        raise EndpointOff
    return found


def _claim(rt: Runtime, endpoint_id: str) -> _Batch | None:
    with rt.transaction() as tx:
        endpoint = deliveries.lock_endpoint(tx.session, endpoint_id)
        if endpoint is None:
            return None
        tenant = Tenant(endpoint.organization_id, "live" if endpoint.mode == "live" else "test")
        if not endpoint.enabled or endpoint.archived_at is not None:
            why = endpoint.disabled_reason or "The webhook was disabled or deleted."
            deliveries.cancel(tx.session, tenant, endpoint_id, why)
            return None
        if deliveries.in_flight(tx.session, tenant, endpoint_id, among=4 * BATCH):
            return None
        items = deliveries.claim(tx.session, tenant, endpoint_id, BATCH, LEASE)
    if not items:
        return None
    return _Batch(tenant, endpoint_id, endpoint.url, _secrets(rt, endpoint), items)


def _secrets(rt: Runtime, endpoint: WebhookEndpoint) -> tuple[str, ...]:
    sealed = [endpoint.secret]
    until = endpoint.previous_until
    if endpoint.previous_secret is not None and until is not None and until > rt.clock.now():
        sealed.append(endpoint.previous_secret)
    return tuple(rt.vault.open(each).decode() for each in sealed)


def _attempt(rt: Runtime, batch: _Batch, ends: float, delivery: Delivery) -> Outcome | None:
    """Post one delivery; None where the time for that is over."""
    if monotonic() > ends:
        return None
    body = orjson.dumps(
        {
            "id": delivery.event.id,
            "type": delivery.event.type,
            "timestamp": stamp(delivery.event.created_at),
            "organizationId": batch.tenant.organization_id,
            "sequence": delivery.event.sequence,
            "data": delivery.event.data,
        }
    )
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Fanfare-Webhooks/1",
        "X-Fanfare-Delivery-Id": delivery.id,
        "X-Fanfare-Webhook-Id": batch.endpoint_id,
        "X-Fanfare-Retry-Count": str(delivery.attempts),
        **signed(batch.secrets, delivery.event.id, body, rt.clock.now()),
    }
    try:
        answer = rt.http.post(batch.url, data=body, headers=headers, timeout=TIMEOUT)
    except (OutboundFailed, OutboundRefused) as error:
        return _outcome(delivery, None, str(error))
    return _outcome(delivery, answer.status_code, f"The endpoint answered {answer.status_code}.")


def _outcome(delivery: Delivery, status: int | None, problem: str) -> Outcome:
    tried = delivery.attempts
    if status is not None and 200 <= status < 300:  # noqa: PLR2004
        return Outcome(delivery.id, tried, DeliveryState.DELIVERED, 0, status, None)
    if tried >= len(PAUSES):
        return Outcome(delivery.id, tried, DeliveryState.FAILED, 0, status, problem)
    return Outcome(delivery.id, tried, DeliveryState.PENDING, PAUSES[tried], status, problem)


def _record(rt: Runtime, batch: _Batch, outcomes: Sequence[Outcome]) -> bool:
    """Write down what came of a batch, and tell whether there is more to do."""
    attempted = {outcome.delivery_id for outcome in outcomes}
    left = [item.id for item in batch.items if item.id not in attempted]
    gone = any(outcome.status == GONE for outcome in outcomes)
    with rt.transaction() as tx:
        deliveries.record(tx.session, batch.tenant, outcomes)
        deliveries.release(tx.session, batch.tenant, left)
        if gone:
            why = "The endpoint answered 410 Gone."
            deliveries.disable_endpoint(tx.session, batch.tenant, batch.endpoint_id, why)
            deliveries.cancel(tx.session, batch.tenant, batch.endpoint_id, why)
            return False
        return deliveries.more_due(tx.session, batch.tenant, batch.endpoint_id)
