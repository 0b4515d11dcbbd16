"""What was counted, and what the rows say by themselves."""

from collections import Counter, defaultdict
from decimal import Decimal
from itertools import combinations
from typing import Any

from sqlalchemy import text

from integration.engine.histograms import class_of
from integration.engine.insight import EVER
from integration.runtime import Runtime
from tests.support.launches import Launch

Sums = dict[tuple[str, str], Decimal]


def counted(rt: Runtime, subject_id: str, grain: int = EVER) -> Sums:
    """All sums of one subject by measure and label, none of them zero."""
    with rt.transaction() as tx:
        found = tx.session.execute(
            text("""
                SELECT measure, label, sum(value) FROM insight_count
                WHERE subject_id = :id AND grain = :grain
                GROUP BY measure, label HAVING sum(value) <> 0
            """),
            {"id": subject_id, "grain": grain},
        )
        return {(measure, label): value for measure, label, value in found}


def pending(rt: Runtime) -> int:
    """How many facts were not counted yet."""
    with rt.transaction() as tx:
        return tx.session.scalar(text("SELECT count(*) FROM insight_fact")) or 0


def by_hand(rt: Runtime, launch: Launch) -> Sums:
    """What a line's rows come to, reckoned plainly.

    Whoever completed late had expired before: that holds where ``expire`` follows ``run_out``.
    """
    with rt.transaction() as tx:
        rows = tx.session.execute(
            text("""
                SELECT p.number, p.entered_at, p.admitted_at, p.completed_at, p.state,
                    p.deny_reason, a.turn, a.ended_at >= a.expires_at AS over, a.checked_out_at,
                    o.total_amount, o.currency_code, o.status
                FROM participation p
                LEFT JOIN admission a ON a.participation_id = p.id
                LEFT JOIN orders o ON o.admission_id = a.id AND o.completion = 'completed'
                WHERE p.distribution_id = :id
            """),
            {"id": launch.queue_id},
        ).all()
    admitted = sorted((row for row in rows if row.turn), key=lambda row: row.turn)
    sums: Counter[tuple[str, str]] = Counter()
    sums["entered", ""] = len(rows)
    sums["admitted", ""] = len(admitted)
    sums["checked_out", ""] = sum(row.checked_out_at is not None for row in rows)
    for row in rows:
        expired = row.deny_reason == "ADMISSION_EXPIRED"
        late = row.state == "COMPLETED" and row.over
        sums["completed", ""] += row.state == "COMPLETED"
        sums["left", ""] += row.state == "LEFT"
        sums["denied", ""] += row.state == "DENIED" and not expired
        sums["expired", ""] += expired or late
    pairs = list(combinations([row.number for row in admitted], 2))
    sums["agreeing", ""] = sum(one < other for one, other in pairs)
    sums["disagreeing", ""] = sum(one > other for one, other in pairs)
    for row in admitted:
        waited = (row.admitted_at - row.entered_at).total_seconds() * 1_000
        sums["wait", str(class_of(waited))] += 1
        if row.completed_at:
            took = int((row.completed_at - row.admitted_at).total_seconds() * 1_000 + 0.5)
            sums["checkout_time", str(class_of(took))] += 1
    money = _money(rows)
    return {key: Decimal(value) for key, value in (sums | money).items() if value}


def _money(rows: Any) -> dict[tuple[str, str], Decimal]:
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.total_amount is not None and row.currency_code is not None:
            sums["revenue", row.currency_code] += row.total_amount
            sums["orders", row.currency_code] += 1
            if row.status in {"cancelled", "refunded"}:
                sums["refunded", row.currency_code] += row.total_amount
    return sums
