"""Webhooks out: each event to each endpoint, at least once (contract.md, section 6)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import BoundedSemaphore
from time import monotonic
from typing import Any

import orjson

from integration.engine.event_bodies import body
from integration.engine.status import stamp
from integration.kernel.heartbeat import beating
from integration.kernel.logging import logger
from integration.kernel.outbound import OutboundFailed, OutboundRefused
from integration.kernel.redaction import scrub
from integration.kernel.tenant import Tenant, owner_of
from integration.kernel.webhook_signatures import signed
from integration.runtime import Runtime
from integration.store import deliveries, endpoint_health
from integration.store.db import Transaction
from integration.store.deliveries import DeliveryState, Outcome
from integration.store.job_queue import Job
from integration.store.models import Delivery, WebhookEndpoint

log = logger(__name__)

PAUSES = (60, 300, 1800, 7200, 21_600, 43_200, 86_400)
"""Seconds from each attempt that failed to the next; after the eighth there is none."""

BATCH = 64
AT_ONCE = 8
"""How many requests one endpoint gets at the same time."""

STARTING_SECONDS = 10
"""How long a job begins attempts; each may take another half minute."""

LEASE = timedelta(seconds=10)
BEAT_SECONDS = 3
"""A worker that dies is noticed after a lease; one that lives renews it."""

PATIENCE = timedelta(days=3)
"""How long nothing gets through before a delivery that fails for good disables its endpoint."""

AILING = 8
"""So many failures in a row make an endpoint one that may cost a lane half a minute each time."""

AILING_AT_ONCE = BoundedSemaphore(3)
"""So many such endpoints have a lane of this process at a time: the others are for the rest."""

GONE = 410
GONE_SAID = "The endpoint answered 410 Gone."
DEAD_SAID = "Nothing got through for three days."


@dataclass(frozen=True)
class _Batch:
    """What was claimed for one endpoint, and how to prove that it is from us."""

    tenant: Tenant
    endpoint_id: str
    url: str
    secrets: tuple[str, ...]
    items: Sequence[Delivery]

    @property
    def ids(self) -> list[str]:
        """The deliveries' ids."""
        return [item.id for item in self.items]


@dataclass(frozen=True)
class _Heard:
    """What an endpoint answered, or why it did not."""

    status: int | None
    problem: str
    said: str | None = None


def drain(rt: Runtime, endpoint_id: str) -> None:
    """Attempt what is due for one endpoint, for a bounded time; ask for the rest as a new job.

    An endpoint has one such batch under way, whoever is asked to drain it, so that a slow one
    takes no more than its share; those that fail again and again share a few lanes.
    """
    with rt.transaction() as tx:
        ailing = endpoint_health.failures(tx.session, endpoint_id) >= AILING
    if not ailing:
        _drain(rt, endpoint_id)
    elif AILING_AT_ONCE.acquire(blocking=False):
        # Who finds no place is found again by the sweeper, a second later.
        try:
            _drain(rt, endpoint_id)
        finally:
            AILING_AT_ONCE.release()


def _drain(rt: Runtime, endpoint_id: str) -> None:
    ends = monotonic() + STARTING_SECONDS
    while (batch := _claim(rt, endpoint_id)) is not None:
        if not _record(rt, batch, _attempt_all(rt, batch, ends)):
            return
        if monotonic() > ends:
            rt.jobs.enqueue(Job.DRAIN_ENDPOINT, endpoint_id=endpoint_id)
            return


def _claim(rt: Runtime, endpoint_id: str) -> _Batch | None:
    with rt.transaction() as tx:
        endpoint = deliveries.lock_endpoint(tx.session, endpoint_id)
        if endpoint is None:
            return None
        tenant = owner_of(endpoint)
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


def _attempt_all(rt: Runtime, batch: _Batch, ends: float) -> list[Outcome]:
    """Attempt a batch while its lease is renewed; return what there was time for."""
    with (
        beating(BEAT_SECONDS, lambda: _renew(rt, batch)),
        ThreadPoolExecutor(min(AT_ONCE, len(batch.items))) as pool,
    ):
        outcomes = list(pool.map(partial(_attempt, rt, batch, ends), batch.items))
    return [each for each in outcomes if each is not None]


def _renew(rt: Runtime, batch: _Batch) -> None:
    with rt.transaction() as tx:
        deliveries.renew(tx.session, batch.tenant, batch.ids, LEASE)


def _attempt(rt: Runtime, batch: _Batch, ends: float, delivery: Delivery) -> Outcome | None:
    """Post one delivery; None where the time for that is over."""
    began = monotonic()
    if began > ends:
        return None
    at, content = rt.clock.now(), orjson.dumps(body(delivery.event))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Fanfare-Webhooks/1",
        "X-Fanfare-Delivery-Id": delivery.id,
        "X-Fanfare-Webhook-Id": batch.endpoint_id,
        "X-Fanfare-Retry-Count": str(delivery.attempts),
        **signed(batch.secrets, delivery.event.id, content, at),
    }
    heard = _post(rt, batch.url, content, headers)
    entry: dict[str, Any] = {
        "at": stamp(at),
        "status": heard.status,
        "problem": heard.problem,
        "durationMs": round(1000 * (monotonic() - began)),
        "response": heard.said,
    }
    return _outcome(delivery, heard, entry)


def _post(rt: Runtime, url: str, content: bytes, headers: dict[str, str]) -> _Heard:
    try:
        answer = rt.hooks.post(url, data=content, headers=headers)
    except (OutboundFailed, OutboundRefused) as error:
        return _Heard(None, str(error))
    # Postgres keeps no NUL in a text.
    said = scrub(answer.content.decode("utf-8", "replace").replace("\0", "\ufffd"))
    return _Heard(answer.status_code, f"The endpoint answered {answer.status_code}.", said)


def _outcome(delivery: Delivery, heard: _Heard, entry: dict[str, Any]) -> Outcome:
    tried, status = delivery.attempts, heard.status
    if status is not None and 200 <= status < 300:  # noqa: PLR2004
        done = entry | {"problem": None}
        return Outcome(delivery.id, tried, DeliveryState.DELIVERED, 0, status, None, done)
    over = tried >= len(PAUSES)
    state = DeliveryState.FAILED if over else DeliveryState.PENDING
    again = 0 if over else PAUSES[tried]
    return Outcome(delivery.id, tried, state, again, status, heard.problem, entry)


def _record(rt: Runtime, batch: _Batch, outcomes: Sequence[Outcome]) -> bool:
    """Write down what came of a batch, and tell whether there is more to do."""
    attempted = {outcome.delivery_id for outcome in outcomes}
    _log(batch, outcomes)
    with rt.transaction() as tx:
        deliveries.record(tx.session, batch.tenant, outcomes)
        left = [each for each in batch.ids if each not in attempted]
        deliveries.release(tx.session, batch.tenant, left)
        why = _given_up(tx, batch, outcomes)
        if why is not None:
            endpoint_health.disable(tx.session, batch.tenant, batch.endpoint_id, why)
            deliveries.cancel(tx.session, batch.tenant, batch.endpoint_id, why)
            return False
        return deliveries.more_due(tx.session, batch.tenant, batch.endpoint_id)


def _log(batch: _Batch, outcomes: Sequence[Outcome]) -> None:
    """Say how many attempts failed, and how the last of them did: an address may be a secret."""
    failed = [each for each in outcomes if each.state != DeliveryState.DELIVERED]
    if failed:
        log.warning(
            "deliveries_failed",
            webhook=batch.endpoint_id,
            failed=len(failed),
            attempted=len(outcomes),
            status=failed[-1].status,
        )


def _given_up(tx: Transaction, batch: _Batch, outcomes: Sequence[Outcome]) -> str | None:
    """Write down how the endpoint is doing; return why it is to be disabled, if it is."""
    if not outcomes:
        return None
    failed = sum(outcome.state != DeliveryState.DELIVERED for outcome in outcomes)
    dead = endpoint_health.note(
        tx.session,
        batch.tenant,
        batch.endpoint_id,
        passed=failed < len(outcomes),
        failed=failed,
        patience=PATIENCE,
    )
    if any(outcome.status == GONE for outcome in outcomes):
        return GONE_SAID
    ended = any(outcome.state == DeliveryState.FAILED for outcome in outcomes)
    return DEAD_SAID if dead and ended else None
