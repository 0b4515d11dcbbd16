"""Statements on whose turn it is: a line's bounds, its first in turn, and their admissions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select, text, update
from sqlalchemy.orm import Session

from integration.engine import outcomes
from integration.engine.kinds import KINDS, SERVED_IN_TURN, DistributionType, Kind
from integration.engine.pacing import Due, Limits, Pace, Taken, sold_out
from integration.engine.participations import DenyReason
from integration.engine.windows import DistributionState, Window
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import counters, distributions
from integration.store.arrays import QUEUED
from integration.store.line import lobbies
from integration.store.line.card_builder import ABSENCE_SECONDS
from integration.store.line.ladder import away
from integration.store.line.lobbies import Lobby
from integration.store.models import Distribution, Line, Participation

P = Participation


class Candidate(NamedTuple):
    """Somebody who waits; ``ticket`` is given where it is not the number."""

    id: str
    consumer_id: str
    number: int
    ticket: int | None = None

    @property
    def turn(self) -> int:
        """The place in the order of admission."""
        return self.number if self.ticket is None else self.ticket


class Ground(NamedTuple):
    """What decides how many are admitted, at one moment of the database's clock.

    ``dealt``: numbers count, which in a lobby they do from opening on.
    """

    distribution_id: str
    kind: str
    window: Window
    limits: Limits
    taken: Taken
    pace: Pace
    waiting: int
    lasts: timedelta
    now: datetime
    dealt: bool
    absence_seconds: int

    def due(self, wanted: int) -> Due:
        """Return how many of ``wanted`` may be admitted now, and the pace that goes with it."""
        mechanism: Kind = KINDS[DistributionType(self.kind)]
        if not mechanism.may_choose(self.window, self.now):
            return Due(0, self.pace)
        return mechanism.places(self.pace, self.limits, self.taken, wanted, self.now)

    def in_vain(self) -> DenyReason | None:
        """Return why nobody here need wait any longer, if that is so."""
        if self.window.state is DistributionState.ENDED:
            return DenyReason.QUEUE_CLOSED
        # Others tell those who wait themselves, when they have chosen.
        in_turn = self.kind in SERVED_IN_TURN
        return DenyReason.SOLD_OUT if in_turn and sold_out(self.limits, self.taken) else None


def ground(session: Session, tenant: Tenant, distribution_id: str) -> Ground | None:
    """Return a published line's bounds and counters as they stand; None if there is none."""
    row = session.execute(
        select(Line, Distribution, func.clock_timestamp())
        .join(Distribution, Distribution.id == Line.distribution_id)
        .where(Line.distribution_id == distribution_id)
        .where(Line.organization_id == tenant.organization_id, Line.mode == tenant.mode)
        .where(Distribution.state != distributions.DRAFT, Distribution.archived_at.is_(None))
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else ground_of(*row)


def waiting(session: Session, tenant: Tenant, distribution_id: str, most: int) -> list[Candidate]:
    """Return the first in turn: those who wait and are not away, by ticket."""
    serving, dealt = lobbies.read(session, tenant, distribution_id)
    if dealt is None or not dealt.size:
        return queued(session, tenant, distribution_id, most, ~away())
    lobby = Lobby(tenant, distribution_id, dealt, serving)
    first = [Candidate(*each) for each in lobbies.first(session, lobby, most)]
    late = P.number > dealt.size
    return first + queued(session, tenant, distribution_id, most - len(first), ~away(), late)


def queued(
    session: Session, tenant: Tenant, distribution_id: str, most: int, *which: ColumnElement[bool]
) -> list[Candidate]:
    """Return the first of those who wait, in the order that they came."""
    first = (
        select(P.id, P.consumer_id, P.number)
        .where(P.distribution_id == distribution_id, P.state == QUEUED, *which)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .order_by(P.number)
        .limit(most)
    )
    return [Candidate(*row) for row in session.execute(first)]


def deal(session: Session, tenant: Tenant, distribution_id: str) -> bool:
    """Deal the numbers of a lobby that has come to its opening; False if that was done.

    The caller holds the line's row.
    """
    shuffle = Distribution.rules["shuffleBeforeOpen"].as_boolean()
    dealt = session.execute(
        update(Line)
        .where(Line.distribution_id == distribution_id, Line.lobby.is_(None))
        .where(Line.organization_id == tenant.organization_id, Line.mode == tenant.mode)
        .where(Distribution.id == Line.distribution_id)
        .where(func.coalesce(Distribution.open_at, func.now()) <= func.clock_timestamp())
        .values(lobby=case((shuffle, Line.entered), else_=0), version=Line.version + 1)
        .returning(Line.lobby)
        .execution_options(synchronize_session=False)
    )
    return dealt.one_or_none() is not None


def give(
    session: Session,
    tenant: Tenant,
    at: Ground,
    chosen: Sequence[Candidate],
    *,
    kid: str,
    pace: Pace | None = None,
    in_turn: bool = True,
) -> None:
    """Admit these who wait, in this order; the caller holds the line's row.

    ``pace`` is kept where a line is served; ``in_turn`` False says that they passed it. In a
    lobby before opening nobody has a turn.
    """
    in_turn = in_turn and at.dealt
    values = {
        "ids": [each.id for each in chosen],
        "admissions": [new_id("adm") for _ in chosen],
        "distribution_id": at.distribution_id,
        "kid": kid,
        "units": at.limits.units_per_admission,
        "in_turn": in_turn,
        "outcome": outcomes.of_admission(at.kind),
        "now": at.now,
        "expires_at": at.now + at.lasts,
    }
    session.execute(_GIVE, values | tenant._asdict())
    units = len(chosen) * at.limits.units_per_admission
    counters.count(
        session,
        tenant,
        at.distribution_id,
        waiting=-len(chosen),
        active=len(chosen),
        held=units,
    )
    if pace is not None and at.dealt:
        last = max(each.turn for each in chosen)
        counters.advance(session, tenant, at.distribution_id, last, pace)


_GIVE = text("""
    WITH chosen AS (
        SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:admissions AS text[]))
            WITH ORDINALITY AS c (id, admission_id, place)
    ),
    moved AS (
        UPDATE participation p
        SET state = 'ADMITTED', admitted_at = :now, version = p.version + 1,
            outcome = coalesce(:outcome, p.outcome)
        FROM chosen c
        WHERE p.id = c.id AND p.state = 'QUEUED'
            AND p.organization_id = :organization_id AND p.mode = :mode
        RETURNING p.id, p.consumer_id, c.admission_id, c.place
    )
    INSERT INTO admission (
        id, organization_id, mode, participation_id, distribution_id, consumer_id, state, kid,
        units, in_turn, issued_at, expires_at
    )
    SELECT admission_id, :organization_id, :mode, id, :distribution_id, consumer_id, 'ADMITTED',
        :kid, :units, :in_turn, :now, :expires_at
    FROM moved ORDER BY place
""")


def ground_of(line: Line, distribution: Distribution, now: datetime) -> Ground:
    """Return what these rows say at this moment."""
    rules: dict[str, Any] = distribution.rules
    return Ground(
        distribution_id=distribution.id,
        kind=distribution.kind,
        window=distributions.window(distribution),
        limits=Limits(
            rate=rules.get("admissionRate"),
            stock=distribution.stock if distribution.inventory_bound else None,
            units_per_admission=distribution.units_per_admission,
            max_active=rules.get("maxActiveAdmissions"),
        ),
        taken=Taken(line.held, line.sold, line.active),
        pace=Pace(line.carry, line.paced_at),
        waiting=line.waiting,
        lasts=timedelta(seconds=distribution.admission_expiration_seconds),
        now=now,
        dealt=line.lobby is not None or rules.get("lobbyOpensAt") is None,
        absence_seconds=rules.get("absenceSeconds", ABSENCE_SECONDS),
    )
