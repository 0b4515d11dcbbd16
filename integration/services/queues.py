"""Standing in line: enter, ask, leave. The hot path of a launch."""

from datetime import datetime
from typing import Any, NamedTuple, NoReturn

from integration.engine.entering import (
    Closed,
    FingerprintLimit,
    FingerprintRequired,
    Full,
    NeverEntered,
    NotOpenYet,
    SoldOut,
    title,
)
from integration.engine.estimate import estimate_wait, poll_after_ms
from integration.engine.participations import AdmissionState, ParticipationState
from integration.engine.status import Outlook, Standing, event_data, status_body
from integration.engine.windows import WindowStatus
from integration.kernel.errors import AuthenticationRequired, NotFound
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import admissions, distributions, outbox, participations
from integration.store.distributions import DistributionFacts
from integration.store.limits import Taken
from integration.store.line.committer import Ask, Entered, Verdict
from integration.store.line.reader import StatusAsk
from integration.store.line.waiting import place_of

KIND = "queue"


class Shown(NamedTuple):
    """A status object, whether it is new, and what the limit says."""

    body: dict[str, Any]
    created: bool = False
    taken: Taken | None = None


def enter(rt: Runtime, caller: Caller, queue_id: str, fingerprint: str | None) -> Shown:
    """Take a place, or show the one that the consumer has.

    The place is durable when this returns. Raises what the contract says for a queue that
    is unknown, not open, closed, full or sold out, and for devices without a fingerprint.
    """
    queue = find(rt, caller.tenant, queue_id)
    consumer_id, session_id = _who(caller)
    device = _device(rt, queue, fingerprint)
    entered = rt.committer.enter(Ask(caller.tenant, queue_id, consumer_id, session_id, device))
    if entered.entered_at is not None and entered.verdict is Verdict.ENTERED:
        standing = _waiting(queue, consumer_id, entered.number, entered.entered_at)
        body = status_body(standing, None, _outlook(rt, queue, entered.place))
        return Shown(body, created=True, taken=entered.taken)
    if entered.verdict is not Verdict.CURRENT:
        _refuse(rt, queue, entered)
    return _recorded(rt, queue, consumer_id)._replace(taken=entered.taken)


def status(rt: Runtime, caller: Caller, queue_id: str) -> Shown:
    """Show where the consumer stands: from the line in Valkey, else from the record."""
    queue = find(rt, caller.tenant, queue_id)
    consumer_id, session_id = _who(caller)
    limit = rt.per_minute(caller.tenant, "status")
    reading = rt.reader.read(StatusAsk(caller.tenant, queue_id, consumer_id, session_id, limit))
    reading.taken.check()
    if reading.revoked:
        raise AuthenticationRequired
    if reading.place is None:
        return _recorded(rt, queue, consumer_id)._replace(taken=reading.taken)
    number, ahead, entered_at = reading.place
    standing = _waiting(queue, consumer_id, number, entered_at)
    return Shown(status_body(standing, None, _outlook(rt, queue, ahead + 1)), taken=reading.taken)


def leave(rt: Runtime, caller: Caller, queue_id: str) -> Shown:
    """Give the place back, or a live admission with its stock; repeating changes nothing."""
    queue = find(rt, caller.tenant, queue_id)
    consumer_id, _ = _who(caller)
    rt.lines.fence(queue_id, [consumer_id])
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, caller.tenant, queue_id)
        left = participations.leave_waiting(tx.session, caller.tenant, queue_id, consumer_id)
        if left is not None:
            gone = [(left.number or 0, consumer_id)]
            tx.then(lambda: rt.lines.remove(queue_id, gone))
        else:
            # The fence stays: a clock may stand between its commit and its own removal.
            left = admissions.end(
                tx.session, caller.tenant, queue_id, AdmissionState.LEFT, consumer_id=consumer_id
            )
        if left is not None:
            told = outbox.emit(
                tx.session,
                caller.tenant,
                "queue.consumer.left",
                left.id,
                left.version,
                event_data(left),
            )
            outbox.wake(tx, rt.jobs, told)
    return _recorded(rt, queue, consumer_id)


def show(rt: Runtime, tenant: Tenant, queue_id: str) -> dict[str, Any]:
    """Return the queue as anybody with a key may see it."""
    queue = find(rt, tenant, queue_id)
    with rt.transaction() as tx:
        counters = distributions.counters(tx.session, tenant, queue_id)
    return {
        "id": queue.id,
        "name": queue.name,
        "sequence_id": queue.sequence_id,
        "capacity": queue.capacity,
        "open_at": queue.window.open_at,
        "close_at": queue.window.close_at,
        "time_zone": queue.time_zone,
        "status": queue.window.status(rt.clock.now()),
        "consumer_count": counters.waiting + counters.active,
        "position_display": queue.rules.get("positionDisplay", "precise"),
        "notice": queue.notice,
        "server_time": rt.clock.now(),
    }


def find(rt: Runtime, tenant: Tenant, queue_id: str) -> DistributionFacts:
    """Return this tenant's published queue, or raise ``NotFound``."""
    queue = rt.distributions.get(queue_id)
    if queue is None or queue.tenant != tenant or queue.kind != KIND:
        raise NotFound("Queue")
    return queue


def _who(caller: Caller) -> tuple[str, str]:
    if caller.consumer_id is None or caller.session_id is None:
        raise AuthenticationRequired
    return caller.consumer_id, caller.session_id


def _device(rt: Runtime, queue: DistributionFacts, fingerprint: str | None) -> bytes | None:
    if queue.fingerprint_policy == "off":
        return None
    if fingerprint is None:
        if queue.fingerprint_policy == "required":
            raise FingerprintRequired
        return None
    return rt.vault.fingerprint(fingerprint)


def _waiting(
    queue: DistributionFacts, consumer_id: str, number: int | None, entered_at: datetime
) -> Standing:
    return Standing(
        id="",
        organization_id=queue.tenant.organization_id,
        distribution_id=queue.id,
        kind=queue.kind,
        experience_id=queue.experience_id,
        sequence_id=queue.sequence_id,
        consumer_id=consumer_id,
        number=number,
        state=ParticipationState.QUEUED,
        entered_at=entered_at,
    )


def _recorded(rt: Runtime, queue: DistributionFacts, consumer_id: str) -> Shown:
    """Show the latest entry as Postgres has it."""
    with rt.transaction() as tx:
        standing = participations.latest(tx.session, queue.tenant, queue.id, consumer_id)
        if standing is None:
            raise NeverEntered(queue.kind)
        position = None
        if standing.state is ParticipationState.QUEUED:
            place = place_of(tx.session, queue.tenant, queue.id, consumer_id)
            position = None if place is None or place.ahead is None else place.ahead + 1
    token = admissions.token_of(rt.keyring, standing)
    outlook = Outlook() if position is None else _outlook(rt, queue, position)
    return Shown(status_body(standing, token, outlook))


def _outlook(rt: Runtime, queue: DistributionFacts, position: int | None) -> Outlook:
    card = rt.cards.get(queue.id)
    paused = queue.window.status(rt.clock.now()) is WindowStatus.PAUSED
    rate = None if card is None else card.rate
    wait = estimate_wait(position, rate, queue.rules.get("admissionRate"), paused=paused)
    precise = queue.rules.get("positionDisplay") != "qualitative"
    return Outlook(position if precise else None, wait, poll_after_ms(wait, position))


def _refuse(rt: Runtime, queue: DistributionFacts, entered: Entered) -> NoReturn:
    now = rt.clock.now()
    match entered.verdict:
        case Verdict.UNKNOWN:
            raise NotFound(title(queue.kind))
        case Verdict.REVOKED:
            raise AuthenticationRequired
        case Verdict.NOT_OPEN:
            raise NotOpenYet(queue.kind, entered.opens_at or now, now)
        case Verdict.FULL:
            raise Full(queue.kind)
        case Verdict.SOLD_OUT:
            raise SoldOut
        case Verdict.FINGERPRINT:
            raise FingerprintLimit
        case _:
            raise Closed(queue.kind)
