"""Statements on whom a draw has chosen, and whom it has not."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Select, exists, func, text
from sqlalchemy.orm import Session

from integration.engine.outcomes import of_denial
from integration.engine.participations import DenyReason, ParticipationState
from integration.engine.status import Standing
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.arrays import QUEUED
from integration.store.models import Draw, DrawChoice, Participation
from integration.store.turns import Candidate

P, C = Participation, DrawChoice

_KEEP = text("""
    INSERT INTO draw_choice (organization_id, mode, distribution_id, rank, participation_id)
    SELECT :organization_id, :mode, :draw_id, c.rank, c.id
    FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS c (id, rank)
""")

_BACKUPS = text("""
    UPDATE participation p SET outcome = 'BACKUP', version = p.version + 1
    FROM draw_choice c
    WHERE c.distribution_id = :draw_id AND p.id = c.participation_id
        AND p.state = 'QUEUED' AND p.outcome IS DISTINCT FROM 'BACKUP'
        AND p.organization_id = :organization_id AND p.mode = :mode
        AND c.organization_id = :organization_id AND c.mode = :mode
""")


def keep(session: Session, tenant: Tenant, draw_id: str, ranked: Sequence[str]) -> None:
    """Keep winners and backups in rank order."""
    session.execute(_KEEP, {"draw_id": draw_id, "ids": list(ranked), **tenant._asdict()})


def call_backups(session: Session, tenant: Tenant, draw_id: str) -> None:
    """Tell those who were chosen and still wait that they are backups."""
    session.execute(_BACKUPS, {"draw_id": draw_id, **tenant._asdict()})


def first(
    session: Session, tenant: Tenant, draw_id: str, most: int, last_rank: int | None = None
) -> list[Candidate]:
    """Return the first of those chosen who wait, by rank, up to ``last_rank``."""
    wanted = _chosen(tenant, draw_id, last_rank).order_by(C.rank).limit(most)
    found = session.execute(wanted.with_only_columns(P.id, P.consumer_id, P.number))
    return [Candidate(*row) for row in found]


def total(session: Session, tenant: Tenant, draw_id: str) -> int:
    """Return how many were chosen, whatever became of them."""
    chosen = rows.of(C, tenant).where(C.distribution_id == draw_id)
    return session.scalar(chosen.with_only_columns(func.count())) or 0


def losers(session: Session, tenant: Tenant, draw_id: str, most: int) -> list[Candidate]:
    """Return those who wait and were not chosen, by number."""
    chosen = exists().where(C.participation_id == P.id)
    wanted = (
        _waiting(tenant, draw_id)
        .where(~chosen)
        .order_by(P.number)
        .limit(most)
        .with_only_columns(P.id, P.consumer_id, P.number)
    )
    return [Candidate(*row) for row in session.execute(wanted)]


def foreseen(session: Session, tenant: Tenant, standing: Standing) -> Standing:
    """Return what an entry that waits is about to become.

    Everybody learns of the drawing at its moment; that takes as long as it takes to write
    down, most of a minute for a million.
    """
    lost = (
        rows.of(Draw, tenant)
        .where(Draw.distribution_id == standing.distribution_id)
        .where(Draw.drawn_at.is_not(None), Draw.announced_at.is_(None))
        .where(~exists().where(C.participation_id == standing.id))
        .with_only_columns(Draw.distribution_id)
    )
    if standing.state is not ParticipationState.QUEUED or session.scalar(lost) is None:
        return standing
    reason = DenyReason.NOT_SELECTED.value
    denied = ParticipationState.DENIED
    return replace(standing, state=denied, deny_reason=reason, outcome=of_denial(reason))


def _chosen(tenant: Tenant, draw_id: str, last_rank: int | None) -> Select[Participation]:
    wanted = _waiting(tenant, draw_id).join(C, C.participation_id == P.id)
    wanted = wanted.where(C.distribution_id == draw_id)
    return wanted if last_rank is None else wanted.where(C.rank <= last_rank)


def _waiting(tenant: Tenant, draw_id: str) -> Select[Participation]:
    return rows.of(P, tenant).where(P.distribution_id == draw_id, P.state == QUEUED)
