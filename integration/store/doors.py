"""Entries that are decided one by one, under the line's row, rather than in batches."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select
from sqlalchemy.orm import Session

from integration.engine.entering import FingerprintLimit, FingerprintRequired
from integration.engine.participations import ParticipationState
from integration.kernel.crypto import Vault
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import counters, distributions, turns
from integration.store.models import Distribution, Line, Participation
from integration.store.turns import Candidate, Ground

P = Participation

# A prepared statement cannot tell that parameters fit a partial index.
_LIVE: ColumnElement[bool] = literal_column("participation.state IN ('QUEUED', 'ADMITTED')")


class Comer(NamedTuple):
    """Somebody at a distribution's door, with the hash of their device."""

    distribution_id: str
    consumer_id: str
    device: bytes | None


class Door(NamedTuple):
    """What decides on somebody who comes, at one moment of the database's clock.

    ``state`` is that of the entry that a new one would answer with, None without one;
    ``completed`` counts the consumer's entries that led to an order.
    """

    distribution: Distribution
    line: Line
    now: datetime
    state: ParticipationState | None
    completed: int
    same_device: int

    @property
    def ground(self) -> Ground:
        """The distribution's bounds and counters."""
        return turns.ground_of(self.line, self.distribution, self.now)

    def check_device(self) -> None:
        """Raise ``FingerprintLimit`` where this device holds as many entries as it may."""
        if self.same_device >= self.distribution.max_entries_per_fingerprint:
            raise FingerprintLimit


def device(vault: Vault, policy: str, sent: str | None) -> bytes | None:
    """Return the hash to keep of a device's fingerprint, or raise ``FingerprintRequired``."""
    if policy == "off":
        return None
    if sent is None:
        if policy == "required":
            raise FingerprintRequired
        return None
    return vault.fingerprint(sent)


def look(session: Session, tenant: Tenant, who: Comer) -> Door | None:
    """Return what decides now; None where there is no such published distribution.

    To be sure of it, hold the line's row first.
    """
    current = and_(P.distribution_id == Line.distribution_id, P.consumer_id == who.consumer_id)
    row = session.execute(
        select(
            Distribution,
            Line,
            func.clock_timestamp(),
            P.state,
            _entries(tenant, who)
            .where(P.consumer_id == who.consumer_id, P.state == "COMPLETED")
            .scalar_subquery(),
            _entries(tenant, who).where(P.fingerprint == who.device, _LIVE).scalar_subquery(),
        )
        .join(Line, Line.distribution_id == Distribution.id)
        .outerjoin(P, current & P.current)
        .where(Distribution.id == who.distribution_id, Distribution.archived_at.is_(None))
        .where(Distribution.state != distributions.DRAFT)
        .where(Distribution.organization_id == tenant.organization_id)
        .where(Distribution.mode == tenant.mode)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    distribution, line, now, state, completed, same_device = row
    stands = None if state is None else ParticipationState(state)
    return Door(distribution, line, now, stands, completed, same_device)


def enter(session: Session, tenant: Tenant, door: Door, who: Comer) -> Candidate:
    """Let somebody in, as the last in line; the caller holds the line's row."""
    entry = Candidate(new_id("ent"), who.consumer_id, door.line.entered + 1)
    session.add(
        P(
            id=entry.id,
            **tenant._asdict(),
            distribution_id=who.distribution_id,
            experience_id=door.distribution.experience_id,
            sequence_id=door.distribution.sequence_id,
            consumer_id=who.consumer_id,
            number=entry.number,
            state=ParticipationState.QUEUED.value,
            fingerprint=who.device,
            entered_at=door.now,
        )
    )
    session.flush()
    counters.count(session, tenant, who.distribution_id, entered=1, waiting=1)
    return entry


def _entries(tenant: Tenant, who: Comer) -> Select[int]:
    return (
        select(func.count())
        .select_from(P)
        .where(P.distribution_id == who.distribution_id)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .correlate(None)
    )
