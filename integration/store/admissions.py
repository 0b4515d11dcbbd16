"""Statements on admissions: what they say, and every way they end but completion."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select, update
from sqlalchemy.orm import Session

from integration.engine.participations import (
    ADMISSION_SOURCES,
    ENDINGS,
    AdmissionState,
)
from integration.engine.status import Standing
from integration.kernel.tenant import Tenant
from integration.kernel.tokens import Keyring, admission_claims
from integration.store import counters, participations
from integration.store.arrays import ADMITTED, among
from integration.store.counters import LINE, LineOf
from integration.store.models import Admission, Distribution, Participation

A = Admission
GIVEN_UP = frozenset({AdmissionState.LEFT, AdmissionState.DENIED})
"""The ends after which no order completes an admission any more."""


class Held(NamedTuple):
    """An admission with what its entry and its distribution add; ``now`` is the database's."""

    id: str
    participation_id: str
    distribution_id: str
    consumer_id: str
    state: AdmissionState
    units: int
    expires_at: datetime
    fingerprint: bytes | None
    fingerprint_at_validation: bool
    now: datetime


def token_of(keyring: Keyring, standing: Standing) -> str | None:
    """Return the token of a live admission, computed from its row; None without one."""
    if not standing.admitted or standing.admission_id is None:
        return None
    assert standing.issued_at is not None and standing.expires_at is not None  # noqa: S101, PT018 - an admission has both
    claims = admission_claims(
        organization_id=standing.organization_id,
        consumer_id=standing.consumer_id,
        admission_id=standing.admission_id,
        issued_at=standing.issued_at,
        expires_at=standing.expires_at,
        distribution_id=standing.distribution_id,
        distribution_type=standing.kind,
        experience_id=standing.experience_id,
        sequence_id=standing.sequence_id,
    )
    return keyring.sign(claims, kid=standing.kid)


def find(session: Session, tenant: Tenant, admission_id: str) -> Held | None:
    """Return one of this tenant's admissions."""
    return _one(session, _held(tenant).where(A.id == admission_id))


def of_consumer(
    session: Session, tenant: Tenant, distribution_id: str, consumer_id: str
) -> Held | None:
    """Return the consumer's live admission to a distribution, else the last one given."""
    mine = (A.distribution_id == distribution_id) & (A.consumer_id == consumer_id)
    best = _held(tenant).where(mine).order_by((A.state == ADMITTED).desc(), A.turn.desc())
    return _one(session, best.limit(1))


def standing_in(session: Session, tenant: Tenant, admission_id: str) -> Held | None:
    """Return an admission; where it was given up or taken back, its consumer's live one."""
    held = find(session, tenant, admission_id)
    if held is None or held.state not in GIVEN_UP:
        return held
    other = of_consumer(session, tenant, held.distribution_id, held.consumer_id)
    return other if other is not None and other.state is AdmissionState.ADMITTED else held


def end(
    session: Session,
    tenant: Tenant,
    distribution_id: str,
    to: AdmissionState,
    *,
    admission_id: str | None = None,
    consumer_id: str | None = None,
    reason: str | None = None,
) -> Standing | None:
    """End a live admission as LEFT or DENIED, with its entry; what it held comes back.

    The caller holds the line's row. None if there is no live one.
    """
    which = A.id == admission_id if admission_id else A.consumer_id == consumer_id
    ended = _end(session, tenant, to, and_(A.distribution_id == distribution_id, which))
    if not ended:
        return None
    entries = [row.participation_id for row in ended]
    participations.move(session, tenant, entries, ENDINGS[to], reason=reason)
    _give_back(session, tenant, distribution_id, ended)
    return participations.standing(session, tenant, entries[0])


def expire(session: Session, tenant: Tenant, distribution_id: str, most: int) -> list[str]:
    """End admissions whose time is over, and their entries; return the entries.

    The caller holds the line's row.
    """
    over = (
        select(A.id)
        .where(A.distribution_id == distribution_id, A.state == ADMITTED)
        .where(A.expires_at <= func.clock_timestamp())
        .order_by(A.expires_at)
        .limit(most)
    )
    ended = _end(session, tenant, AdmissionState.EXPIRED, A.id.in_(over))
    if not ended:
        return []
    entries = [row.participation_id for row in ended]
    participations.expire(session, tenant, entries)
    _give_back(session, tenant, distribution_id, ended)
    return entries


def lines_with_expired(session: Session, most: int) -> list[LineOf]:
    """Return the lines, whoever's they are, with an admission whose time is over."""
    late = (
        select(*LINE)
        .join(A, A.distribution_id == Distribution.id)
        .where(A.state == ADMITTED, A.expires_at <= func.clock_timestamp())
    )
    return counters.lines(session, late.distinct(), most)


def _end(
    session: Session, tenant: Tenant, to: AdmissionState, which: ColumnElement[bool]
) -> Sequence[Any]:
    return session.execute(
        update(A)
        .where(which, among(A.state, [state.value for state in ADMISSION_SOURCES[to]]))
        .where(A.organization_id == tenant.organization_id, A.mode == tenant.mode)
        .values(state=to.value, ended_at=func.clock_timestamp())
        .returning(A.participation_id, A.units)
        .execution_options(synchronize_session=False)
    ).all()


def _give_back(
    session: Session, tenant: Tenant, distribution_id: str, ended: Sequence[Any]
) -> None:
    units = sum(row.units for row in ended)
    counters.count(session, tenant, distribution_id, active=-len(ended), held=-units)


def _held(tenant: Tenant) -> Select[*tuple[Any, ...]]:
    return (
        select(
            A.id,
            A.participation_id,
            A.distribution_id,
            A.consumer_id,
            A.state,
            A.units,
            A.expires_at,
            Participation.fingerprint,
            Distribution.fingerprint_at_validation,
            func.clock_timestamp().label("now"),
        )
        .join(Participation, Participation.id == A.participation_id)
        .join(Distribution, Distribution.id == A.distribution_id)
        .where(A.organization_id == tenant.organization_id, A.mode == tenant.mode)
    )


def _one(session: Session, wanted: Select[*tuple[Any, ...]]) -> Held | None:
    row = session.execute(wanted).first()
    if row is None:
        return None
    return Held(**row._asdict() | {"state": AdmissionState(row.state)})
