"""Entering, asking, leaving, for every kind that people wait in: the hot path of a launch."""

from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, NoReturn

from integration.engine.bands import band
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
from integration.engine.estimate import FAR_POLL_MS, NEAR_POLL_MS, estimate_wait, poll_after_ms
from integration.engine.kinds import DistributionType
from integration.engine.lobby import IN_ORDER, Deal
from integration.engine.participations import ParticipationState
from integration.engine.status import Outlook, Standing, status_body
from integration.engine.windows import WindowStatus
from integration.kernel.errors import AuthenticationRequired, NotFound
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    distributions,
    doors,
    draw_choices,
    leaving,
    participations,
    passing,
)
from integration.store.distributions import DistributionFacts
from integration.store.leaving import Place
from integration.store.limits import Taken
from integration.store.line.committer import Ask, Entered, Verdict
from integration.store.line.reader import StatusAsk
from integration.store.line.waiting import place_of

ENTRY_LIMITS: dict[str, str] = {DistributionType.DRAW: "draw_entry"}
"""What counts entries, where it is not what counts those of queues."""

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
    limit = ENTRY_LIMITS.get(kind, "")
    ask = Ask(caller.tenant, line_id, consumer_id, session_id, device, limit)
    entered = rt.committer.enter(ask)
    if entered.entered_at is not None and entered.verdict is Verdict.ENTERED:
        # Without a place it is one in a lobby; whoever comes later keeps the number they got.
        deal = IN_ORDER if entered.place else None
        standing = _waiting(line, consumer_id, entered.number, entered.entered_at, deal)
        body = status_body(standing, None, _outlook(rt, line, entered.place))
        return Shown(body, created=True, taken=entered.taken)
    if entered.verdict is not Verdict.CURRENT:
        _refuse(rt, line, entered)
    return _recorded(rt, line, consumer_id)._replace(taken=entered.taken)


def status(rt: Runtime, caller: Caller, kind: DistributionType, line_id: str) -> Shown:
    """Show where the consumer stands: from the line in Valkey, else from the record."""
    line = find(rt, caller.tenant, kind, line_id)
    consumer_id, session_id = _who(caller)
    limit, deal = rt.per_minute(caller.tenant, "status"), _deal(rt, line)
    shuffled = 0 if deal is None else deal.size
    reading = rt.reader.read(
        StatusAsk(caller.tenant, line_id, consumer_id, session_id, limit, shuffled)
    )
    reading.taken.check()
    if reading.revoked:
        raise AuthenticationRequired
    if reading.place is None or kind != DistributionType.QUEUE:
        # Only a queue moves by itself; of the others the record knows what became of them.
        return _recorded(rt, line, consumer_id)._replace(taken=reading.taken)
    number, ahead, entered_at = reading.place
    standing = _waiting(line, consumer_id, number, entered_at, deal)
    outlook = _outlook(rt, line, None if deal is None else ahead + 1)
    return Shown(status_body(standing, None, outlook), taken=reading.taken)


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
    return rt.distributions.of(tenant, kind, line_id)


def _who(caller: Caller) -> tuple[str, str]:
    if caller.consumer_id is None or caller.session_id is None:
        raise AuthenticationRequired
    return caller.consumer_id, caller.session_id


def _deal(rt: Runtime, line: DistributionFacts) -> Deal | None:
    """Return how the line's numbers were dealt, as the last card has it; None if not yet."""
    if line.rules.get("lobbyOpensAt") is None:
        return IN_ORDER
    card = rt.cards.get(line.id)
    return None if card is None else card.deal


def _waiting(
    line: DistributionFacts,
    consumer_id: str,
    number: int | None,
    entered_at: datetime,
    deal: Deal | None,
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
        deal=deal,
    )


def _recorded(rt: Runtime, line: DistributionFacts, consumer_id: str) -> Shown:
    """Show the latest entry as Postgres has it; who was passed over is back by asking."""
    with rt.transaction() as tx:
        standing = participations.latest(tx.session, line.tenant, line.id, consumer_id)
        if standing is None:
            raise NeverEntered(line.kind)
        if line.kind == DistributionType.DRAW:
            standing = draw_choices.foreseen(tx.session, line.tenant, standing)
        waits, position = standing.state is ParticipationState.QUEUED, None
        if waits and not standing.away and line.kind == DistributionType.QUEUE:
            place = place_of(tx.session, line.tenant, line.id, consumer_id)
            position = None if place is None or place.ahead is None else place.ahead + 1
    if waits and standing.away:
        _come_back(rt, line, standing)
        return _recorded(rt, line, consumer_id)
    token = admissions.token_of(rt.keyring, standing)
    return Shown(status_body(standing, token, _outlook(rt, line, position) if waits else Outlook()))


def _come_back(rt: Runtime, line: DistributionFacts, standing: Standing) -> None:
    """Let somebody who was passed over wait again, before all others."""
    rt.lines.fence(line.id, [standing.consumer_id])
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, line.tenant, line.id)
        back = passing.come_back(tx.session, line.tenant, line.id, standing.consumer_id)
        if back is not None:
            waiting, version = back
            deal = standing.deal or IN_ORDER
            ticket = standing.ticket if waiting.number <= deal.size else None
            tx.then(partial(rt.lines.rejoin, line.id, waiting, version, ticket))


def _outlook(rt: Runtime, line: DistributionFacts, position: int | None) -> Outlook:
    if line.kind != DistributionType.QUEUE:
        return Outlook()
    if position is None:
        return Outlook(poll_after_ms=_until_dealt_ms(rt, line))
    card = rt.cards.get(line.id)
    paused = line.window.status(rt.clock.now()) is WindowStatus.PAUSED
    rate = None if card is None else card.rate
    wait = estimate_wait(position, rate, line.rules.get("admissionRate"), paused=paused)
    poll_ms = poll_after_ms(wait, position)
    if line.rules.get("positionDisplay") == "qualitative":
        return Outlook(None, wait, poll_ms, band(position, wait))
    return Outlook(position, wait, poll_ms)


def _until_dealt_ms(rt: Runtime, line: DistributionFacts) -> int:
    """Return when somebody in a lobby should ask again: soon after opening at the latest."""
    now = rt.clock.now()
    left_ms = int(((line.window.open_at or now) - now).total_seconds() * 1_000)
    return max(NEAR_POLL_MS, min(FAR_POLL_MS, left_ms + NEAR_POLL_MS))


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
