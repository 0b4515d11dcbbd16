"""Statements on what happened once and no row keeps: told with it, counted soon after."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from integration.engine.histograms import class_of
from integration.engine.insight import Measure
from integration.engine.participations import DenyReason, ParticipationState
from integration.kernel.tenant import Tenant, owner_of
from integration.store.insight.counts import Count


def ended(
    session: Session,
    tenant: Tenant,
    ids: Sequence[str],
    to: ParticipationState,
    reason: str | None,
) -> None:
    """Tell that these entries have just ended so."""
    if ids:
        names = {"ids": list(ids), "measure": _measure(to, reason).value}
        session.execute(_ENDED, names | tenant._asdict())


def checked_out(session: Session, tenant: Tenant, admission_id: str) -> None:
    """Tell that an admission's checkout was opened, unless that was told before."""
    session.execute(_CHECKED_OUT, {"admission_id": admission_id} | tenant._asdict())


def take(session: Session, most: int) -> list[Count]:
    """Take the first facts, whoever's they are, that no other clock is taking."""
    return [count for row in session.execute(_TAKE, {"most": most}) for count in _counts(row)]


def _measure(to: ParticipationState, reason: str | None) -> Measure:
    if reason == DenyReason.ADMISSION_EXPIRED:
        return Measure.EXPIRED
    return Measure(to.value.lower())


def _counts(row: Any) -> Iterator[Count]:
    found = Count(owner_of(row), row.subject_id, row.measure, row.at)
    yield found
    if row.milliseconds is not None:
        how_long = str(class_of(row.milliseconds))
        yield found._replace(measure=Measure.CHECKOUT_TIME.value, label=how_long)


_ENDED = text("""
    INSERT INTO insight_fact (organization_id, mode, subject_id, measure, at, milliseconds)
    SELECT organization_id, mode, distribution_id, :measure,
        coalesce(completed_at, clock_timestamp()),
        extract(epoch FROM completed_at - admitted_at) * 1000
    FROM participation
    WHERE id = ANY (CAST(:ids AS text[])) AND organization_id = :organization_id AND mode = :mode
""")
_CHECKED_OUT = text("""
    WITH opened AS (
        UPDATE admission SET checked_out_at = clock_timestamp()
        WHERE id = :admission_id AND checked_out_at IS NULL
            AND organization_id = :organization_id AND mode = :mode
        RETURNING organization_id, mode, distribution_id, checked_out_at
    )
    INSERT INTO insight_fact (organization_id, mode, subject_id, measure, at)
    SELECT organization_id, mode, distribution_id, 'checked_out', checked_out_at FROM opened
""")
_TAKE = text("""
    DELETE FROM insight_fact WHERE id IN (
        SELECT id FROM insight_fact ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
    )
    RETURNING organization_id, mode, subject_id, measure, at, milliseconds
""")
