"""Entering, asking, leaving, for every kind that people wait in: the hot path of a launch."""

from datetime import datetime
from typing import Any, NamedTuple, NoReturn

from integration.engine.entering import (
    Closed,
    FingerprintLimit,
    Full,
    NeverEntered,
    NotOpenYet,
    NotRouted,
    SoldOut,
    title,
)
from integration.engine.estimate import estimate_wait, poll_after_ms
from integration.engine.kinds import DistributionType
from integration.engine.participations import ParticipationState
from integration.engine.status import Outlook, Standing, status_body
from integration.engine.windows import WindowStatus
from integration.kernel.errors import AuthenticationRequired, NotFound
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import admissions, doors, draw_choices, leaving, participations
from integration.store.distributions import DistributionFacts
from integration.store.leaving import Place
from integration.store.limits import Taken
from integration.store.line.committer import Ask, Entered, Verdict
from integration.store.line.reader import StatusAsk
from integration.store.line.waiting import place_of

FIRST_OUTCOMES: dict[str, str] = {DistributionType.DRAW: "ENTERED"}
"""What an entry is called that nobody has decided on; the same is in ``enter_batch``."""


class Shown(NamedTuple):
    """A status object, whether it is new, and what the limit says."""

    body: dict[str, Any]
    created: bool = False
    taken: Taken | None = None


def enter(
    rt: Runtime, caller: Caller, kind: DistributionType, line_id: str, fingerprint: str | None
) -> Shown:
    """Take a place, or show the one that the consumer has.

    The place is durable when this returns. Raises what the contract says for one that
    is unknown, not open, closed, full or sold out, and for devices without a fingerprint.
    """
    line = find(rt, caller.tenant, kind, line_id)
    consumer_id, session_id = _who(caller)
    device = doors.device(rt.vault, line.fingerprint_policy, fingerprint)
    entered = rt.committer.enter(Ask(caller.tenant, line_id, consumer_id, session_id, device))
    if entered.entered_at is not None and entered.verdict is Verdict.ENTERED:
        standing = _waiting(line, consumer_id, entered.number, entered.entered_at)
        body = status_body(standing, None, _outlook(rt, line, entered.place))
        return Shown(body, created=True, taken=entered.taken)
    if entered.verdict is not Verdict.CURRENT:
        _refuse(rt, line, entered)
    return _recorded(rt, line, consumer_id)._replace(taken=entered.taken)


def status(rt: Runtime, caller: Caller, kind: DistributionType, line_id: str) -> Shown:
    """Show where the consumer stands: from the line in Valkey, else from the record."""
    line = find(rt, caller.tenant, kind, line_id)
    consumer_id, session_id = _who(caller)
    limit = rt.per_minute(caller.tenant, "status")
    reading = rt.reader.read(StatusAsk(caller.tenant, line_id, consumer_id, session_id, limit))
    reading.taken.check()
    if reading.revoked:
        raise AuthenticationRequired
    if reading.place is None or kind != DistributionType.QUEUE:
        # Only a queue moves by itself; of the others the record knows what became of them.
        return _recorded(rt, line, consumer_id)._replace(taken=reading.taken)
    number, ahead, entered_at = reading.place
    standing = _waiting(line, consumer_id, number, entered_at)
    return Shown(status_body(standing, None, _outlook(rt, line, ahead + 1)), taken=reading.taken)


def leave(rt: Runtime, caller: Caller, kind: DistributionType, line_id: str) -> Shown:
    """Give the place back, or a live admission with its stock; repeating changes nothing."""
    line = find(rt, caller.tenant, kind, line_id)
    consumer_id, _ = _who(caller)
    rt.lines.fence(line_id, [consumer_id])
    with rt.transaction() as tx:
        place = Place(kind, line_id, consumer_id)
        leaving.leave(tx, rt.lines, rt.jobs, caller.tenant, place)
    return _recorded(rt, line, consumer_id)


def find(rt: Runtime, tenant: Tenant, kind: DistributionType, line_id: str) -> DistributionFacts:
    """Return this tenant's published distribution of a kind, or raise ``NotFound``."""
    line = rt.distributions.get(line_id)
    if line is None or line.tenant != tenant or line.kind != kind:
        raise NotFound(title(kind))
    return line


def _who(caller: Caller) -> tuple[str, str]:
    if caller.consumer_id is None or caller.session_id is None:
        raise AuthenticationRequired
    return caller.consumer_id, caller.session_id


def _waiting(
    line: DistributionFacts, consumer_id: str, number: int | None, entered_at: datetime
) -> Standing:
    return Standing(
        id="",
        organization_id=line.tenant.organization_id,
        distribution_id=line.id,
        kind=line.kind,
        experience_id=line.experience_id,
        sequence_id=line.sequence_id,
        consumer_id=consumer_id,
        number=number,
        state=ParticipationState.QUEUED,
        entered_at=entered_at,
        outcome=FIRST_OUTCOMES.get(line.kind),
    )


def _recorded(rt: Runtime, line: DistributionFacts, consumer_id: str) -> Shown:
    """Show the latest entry as Postgres has it."""
    with rt.transaction() as tx:
        standing = participations.latest(tx.session, line.tenant, line.id, consumer_id)
        if standing is None:
            raise NeverEntered(line.kind)
        if line.kind == DistributionType.DRAW:
            standing = draw_choices.foreseen(tx.session, line.tenant, standing)
        position = None
        if standing.state is ParticipationState.QUEUED and line.kind == DistributionType.QUEUE:
            place = place_of(tx.session, line.tenant, line.id, consumer_id)
            position = None if place is None or place.ahead is None else place.ahead + 1
    token = admissions.token_of(rt.keyring, standing)
    outlook = Outlook() if position is None else _outlook(rt, line, position)
    return Shown(status_body(standing, token, outlook))


def _outlook(rt: Runtime, line: DistributionFacts, position: int | None) -> Outlook:
    if line.kind != DistributionType.QUEUE:
        return Outlook()
    card = rt.cards.get(line.id)
    paused = line.window.status(rt.clock.now()) is WindowStatus.PAUSED
    rate = None if card is None else card.rate
    wait = estimate_wait(position, rate, line.rules.get("admissionRate"), paused=paused)
    precise = line.rules.get("positionDisplay") != "qualitative"
    return Outlook(position if precise else None, wait, poll_after_ms(wait, position))


def _refuse(rt: Runtime, line: DistributionFacts, entered: Entered) -> NoReturn:
    now = rt.clock.now()
    match entered.verdict:
        case Verdict.UNKNOWN:
            raise NotFound(title(line.kind))
        case Verdict.REVOKED:
            raise AuthenticationRequired
        case Verdict.NOT_ROUTED:
            raise NotRouted
        case Verdict.NOT_OPEN:
            raise NotOpenYet(line.kind, entered.opens_at or now, now)
        case Verdict.FULL:
            raise Full(line.kind)
        case Verdict.SOLD_OUT:
            raise SoldOut
        case Verdict.FINGERPRINT:
            raise FingerprintLimit
        case _:
            raise Closed(line.kind)
