"""Statements on participations: where one stands, and the end of waiting."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, case, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from integration.engine.entering import NeverEntered
from integration.engine.outcomes import of_denial
from integration.engine.participations import (
    SOURCES,
    DenyReason,
    ParticipationState,
    may_enter_again,
)
from integration.engine.status import Standing
from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant
from integration.store import bids, counters
from integration.store.arrays import QUEUED, among
from integration.store.insight import facts
from integration.store.line.ladder import away
from integration.store.line.lobbies import DEAL, deal_of
from integration.store.models import Admission, Consumer, Distribution, Line, Participation

P = Participation
BIDDING = ("WINNING", "OUTBID")
"""The outcomes of bidders who may still win."""

DEALT = ("lobby", "seed", "lobby_opens_at")


def latest(
    session: Session, tenant: Tenant, distribution_id: str, consumer_id: str
) -> Standing | None:
    """Return the consumer's current entry, else the one with the highest number."""
    wanted = (
        _standings(tenant)
        .where(P.distribution_id == distribution_id, P.consumer_id == consumer_id)
        .order_by(P.current.desc(), P.number.desc())
        .limit(1)
    )
    row = session.execute(wanted).first()
    return None if row is None else _standing(row)


def standings(session: Session, tenant: Tenant, ids: Iterable[str]) -> list[Standing]:
    """Return these entries by number."""
    wanted = _standings(tenant).where(among(P.id, ids)).order_by(P.number)
    return [_standing(row) for row in session.execute(wanted)]


def standing(session: Session, tenant: Tenant, participation_id: str) -> Standing:
    """Return an entry that is known to exist."""
    wanted = _standings(tenant).where(P.id == participation_id)
    return _standing(session.execute(wanted).one())


def never_entered(
    session: Session, tenant: Tenant, kind: str, consumer_id: str
) -> NotFound | NeverEntered:
    """Return the 404 for a consumer without any entry: unknown altogether, or not in there."""
    known = select(Consumer.id).where(
        Consumer.id == consumer_id,
        Consumer.organization_id == tenant.organization_id,
        Consumer.mode == tenant.mode,
    )
    if session.scalar(known) is None:
        return NotFound("Consumer")
    return NeverEntered(kind)


def leave_waiting(
    session: Session, tenant: Tenant, distribution_id: str, consumer_id: str
) -> Standing | None:
    """End the consumer's waiting as LEFT; None if they do not wait.

    The caller holds the line's row, has fenced the consumer, and removes them from the line
    after the commit.
    """
    ids = _waiting_ids(session, tenant, distribution_id, consumer_id)
    moved = end_waiting(session, tenant, distribution_id, ids, ParticipationState.LEFT)
    return standing(session, tenant, moved[0]) if moved else None


def deny_waiting(
    session: Session, tenant: Tenant, distribution_id: str, consumer_id: str, reason: str
) -> Standing | None:
    """End the consumer's waiting as DENIED, under the same conditions."""
    ids = _waiting_ids(session, tenant, distribution_id, consumer_id)
    moved = end_waiting(
        session, tenant, distribution_id, ids, ParticipationState.DENIED, reason=reason
    )
    return standing(session, tenant, moved[0]) if moved else None


def end_waiting(
    session: Session,
    tenant: Tenant,
    distribution_id: str,
    ids: Sequence[str],
    to: ParticipationState,
    *,
    reason: str | None = None,
) -> list[str]:
    """End the waiting of many; return those who did wait, and take them off the count."""
    if not ids:
        return []
    moved = move(session, tenant, ids, to, reason=reason, sources={ParticipationState.QUEUED})
    counters.count(session, tenant, distribution_id, waiting=-len(moved))
    bids.lead_anew(session, tenant, distribution_id)
    return moved


def move(
    session: Session,
    tenant: Tenant,
    ids: Sequence[str],
    to: ParticipationState,
    *,
    reason: str | None = None,
    sources: Iterable[ParticipationState] | None = None,
) -> list[str]:
    """Step entries forward; return the ids of those that were where the step starts.

    ``sources`` narrows the states that the engine allows it from.
    """
    values: dict[str, Any] = {
        "state": to.value,
        "deny_reason": reason,
        "version": P.version + 1,
        "current": not may_enter_again(to, reason),
    }
    if to in {ParticipationState.DENIED, ParticipationState.LEFT}:
        # Whoever bids no more has lost; who was admitted has won, whatever came after.
        values["outcome"] = case((P.outcome.in_(BIDDING), "LOST"), else_=P.outcome)
    if (outcome := of_denial(reason)) is not None:
        values["outcome"] = outcome
    if to is ParticipationState.COMPLETED:
        values["completed_at"] = func.clock_timestamp()
        values["current"] = P.current | ~_another_current()
    moved = list(
        session.scalars(
            update(P)
            .where(among(P.id, ids))
            .where(among(P.state, [state.value for state in sources or SOURCES[to]]))
            .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
            .values(values)
            .returning(P.id)
            .execution_options(synchronize_session=False)
        )
    )
    facts.ended(session, tenant, moved, to, reason)
    return moved


def expire(session: Session, tenant: Tenant, ids: Sequence[str]) -> list[str]:
    """Deny entries whose admission ran out; a new entry may follow."""
    return move(
        session,
        tenant,
        ids,
        ParticipationState.DENIED,
        reason=DenyReason.ADMISSION_EXPIRED.value,
        sources={ParticipationState.ADMITTED},
    )


def count_on(session: Session, tenant: Tenant, ids: Sequence[str]) -> None:
    """Give entries their next version: there is one more thing to tell of them."""
    session.execute(
        update(P)
        .where(among(P.id, ids))
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .values(version=P.version + 1)
        .execution_options(synchronize_session=False)
    )


def _another_current() -> Any:
    # A late payment finds an entry that gave way to a newer one of the same consumer.
    other = aliased(P)
    return exists().where(
        other.distribution_id == P.distribution_id,
        other.consumer_id == P.consumer_id,
        other.current,
        other.id != P.id,
    )


def _waiting_ids(
    session: Session, tenant: Tenant, distribution_id: str, consumer_id: str
) -> list[str]:
    return list(
        session.scalars(
            select(P.id).where(
                P.distribution_id == distribution_id,
                P.consumer_id == consumer_id,
                P.current,
                P.state == QUEUED,
                P.organization_id == tenant.organization_id,
                P.mode == tenant.mode,
            )
        )
    )


def _standings(tenant: Tenant) -> Select[*tuple[Any, ...]]:
    return (
        select(
            P.id,
            P.organization_id,
            P.distribution_id,
            Distribution.kind,
            P.experience_id,
            P.sequence_id,
            P.consumer_id,
            P.number,
            P.state,
            P.deny_reason,
            P.outcome,
            P.entered_at,
            P.admitted_at,
            P.completed_at,
            P.version,
            Admission.id.label("admission_id"),
            Admission.kid,
            Admission.issued_at,
            Admission.expires_at,
            away().label("away"),
            *(column.label(name) for name, column in zip(DEALT, DEAL, strict=True)),
        )
        .join(Distribution, Distribution.id == P.distribution_id)
        .join(Line, Line.distribution_id == P.distribution_id)
        .outerjoin(Admission, Admission.participation_id == P.id)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
    )


def _standing(row: Row[Any]) -> Standing:
    values = row._asdict()
    deal = deal_of(*(values.pop(name) for name in DEALT))
    return Standing(**values | {"state": ParticipationState(values["state"]), "deal": deal})
