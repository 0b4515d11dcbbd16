"""Statements on draws: how far each has come, and what is known of it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from integration.engine import beacons
from integration.engine.proofs import Assurance, Record, Result
from integration.engine.ranking import Frozen
from integration.engine.windows import DistributionState
from integration.kernel.crypto import Vault
from integration.kernel.tenant import Tenant, owner_of, whose
from integration.store import rows
from integration.store.distributions import DRAFT
from integration.store.models import Distribution, Draw, DrawChoice, Line

D, W = Distribution, Draw

ASK_EVERY = timedelta(seconds=2)
ACTIVE, ENDED = DistributionState.ACTIVE.value, DistributionState.ENDED.value


class Progress(NamedTuple):
    """How far a draw has come: entries are counted from closing on."""

    drawn_at: datetime | None
    entrant_count: int | None


class Wanted(NamedTuple):
    """A round that a draw waits for."""

    tenant: Tenant
    draw_id: str
    round: int


def progress(session: Session, tenant: Tenant, draw_id: str) -> Progress:
    """Return how far a draw that is known to exist has come."""
    wanted = rows.of(W, tenant).where(W.distribution_id == draw_id)
    found = session.execute(wanted.with_only_columns(W.drawn_at, W.entrant_count))
    return Progress(*found.one())


def find(session: Session, tenant: Tenant, draw_id: str) -> Draw:
    """Return a draw that is known to exist."""
    return session.scalars(rows.of(W, tenant).where(W.distribution_id == draw_id)).one()


def change(session: Session, tenant: Tenant, draw_id: str, **values: Any) -> None:
    """Set columns of a draw."""
    session.execute(
        update(W)
        .where(W.distribution_id == draw_id)
        .where(W.organization_id == tenant.organization_id, W.mode == tenant.mode)
        .values(values)
    )


def claim(session: Session, tenant: Tenant, draw_id: str) -> Draw | None:
    """Take a draw for this transaction; None at once where another clock has it."""
    mine = rows.of(W, tenant).where(W.distribution_id == draw_id)
    free = mine.with_for_update(skip_locked=True)
    return session.scalar(free.execution_options(populate_existing=True))


def record(session: Session, vault: Vault, found: Draw) -> Record:
    """Return what the proof tells of."""
    tenant = owner_of(found)
    return Record(
        draw_id=found.distribution_id,
        terms=found.terms,
        seed=vault.open(found.seed),
        frozen=frozen(found),
        beacon=randomness(found),
        beacon_signature=found.beacon_signature or b"",
        assurance=Assurance(found.assurance or Assurance.OPERATOR),
        result=None if found.drawn_at is None else _result(session, tenant, found),
    )


def frozen(found: Draw) -> Frozen | None:
    """Return the root over the entries and what else is kept of their tree, once closed."""
    if found.entry_root is None or found.entrant_count is None:
        return None
    return Frozen(found.entry_root, found.entrant_count, found.chunks or b"")


def randomness(found: Draw) -> bytes:
    """Return what a draw's round of the beacon came to; nothing where it has none, or not yet."""
    signature = found.beacon_signature
    return b"" if signature is None else beacons.randomness(signature)


def due(session: Session, most: int) -> Sequence[str]:
    """Return the draws, whoever's they are, that have a step to take now; small ones first."""
    now = func.clock_timestamp()
    wanted = (
        select(W.distribution_id)
        .join(D, D.id == W.distribution_id)
        .join(Line, Line.distribution_id == W.distribution_id)
        .where(W.finished_at.is_(None), D.state != DRAFT, D.archived_at.is_(None))
        .where(or_(_to_freeze(now), _to_draw(now), _to_settle()))
        .order_by(Line.entered, W.distribution_id)
        .limit(most)
    )
    return session.scalars(wanted).all()


def ask_beacons(session: Session, last: int, most: int) -> list[Wanted]:
    """Take the draws that want a round up to ``last``, each of them every two seconds."""
    recently = func.clock_timestamp() - ASK_EVERY
    waiting = (
        select(W.distribution_id)
        .join(D, D.id == W.distribution_id)
        .where(W.finished_at.is_(None), W.frozen_at.is_not(None), W.drawn_at.is_(None))
        .where(W.beacon_round <= last, W.beacon_signature.is_(None), D.state == ACTIVE)
        .where(or_(W.beacon_asked_at.is_(None), W.beacon_asked_at < recently))
        .limit(most)
        .with_for_update(of=W, skip_locked=True)
    )
    asked = session.execute(
        update(W)
        .where(W.distribution_id.in_(waiting))
        .values(beacon_asked_at=func.clock_timestamp())
        .returning(W.organization_id, W.mode, W.distribution_id, W.beacon_round)
        .execution_options(synchronize_session=False)
    )
    return [
        Wanted(whose(organization_id, mode), draw_id, number or 0)
        for organization_id, mode, draw_id, number in asked
    ]


def keep_beacon(session: Session, tenant: Tenant, draw_id: str, signature: bytes) -> None:
    """Keep what a draw's round said, once."""
    session.execute(
        update(W)
        .where(W.distribution_id == draw_id, W.beacon_signature.is_(None))
        .where(W.organization_id == tenant.organization_id, W.mode == tenant.mode)
        .values(beacon_signature=signature)
        .execution_options(synchronize_session=False)
    )


def _to_freeze(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(W.frozen_at.is_(None), D.close_at <= now, D.state != ENDED)


def _to_draw(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(
        W.frozen_at.is_not(None),
        W.drawn_at.is_(None),
        D.state == ACTIVE,
        or_(W.draw_at <= now, W.run_at.is_not(None)),
        or_(W.beacon_round.is_(None), W.beacon_signature.is_not(None)),
    )


def _to_settle() -> ColumnElement[bool]:
    winners = D.rules["winnerCount"].astext.cast(BigInteger)
    moved = or_(
        Line.waiting == 0,
        Line.active == 0,
        D.state == ENDED,
        Line.active + Line.completed < winners,
    )
    return and_(W.drawn_at.is_not(None), or_(W.announced_at.is_(None), moved))


def _result(session: Session, tenant: Tenant, found: Draw) -> Result:
    chosen = (
        rows.of(DrawChoice, tenant)
        .where(DrawChoice.distribution_id == found.distribution_id)
        .with_only_columns(DrawChoice.participation_id)
        .order_by(DrawChoice.rank)
    )
    ranked = list(session.scalars(chosen))
    winners = json.loads(found.terms)["winnerCount"]
    return Result(ranked[:winners], ranked[winners:], found.withdrawn or [])
