"""Statements that add to the counts; several clocks may do so at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from integration.engine.insight import GRAINS, MINUTE, floor
from integration.kernel.tenant import Tenant

NAMES = ("organizations", "modes", "grains", "measures", "starts", "subjects", "labels", "sums")


class Count(NamedTuple):
    """So much of something, at one moment."""

    tenant: Tenant
    subject_id: str
    measure: str
    at: datetime
    value: int | Decimal = 1
    label: str = ""


def add(session: Session, counts: Iterable[Count]) -> None:
    """Add to the counts of the minute, of the hour and of all time.

    One statement, its rows in the order of their key, and the last of its transaction: who
    adds at the same time is waited for, and never waits for us.
    """
    sums: defaultdict[tuple[str, str, int, str, datetime, str, str], Decimal]
    sums = defaultdict(Decimal)
    for each, value in _by_minute(counts).items():
        for grain in GRAINS:
            start = floor(each.at, grain)
            sums[*each.tenant, grain, each.measure, start, each.subject_id, each.label] += value
    rows = sorted((*key, value) for key, value in sums.items() if value)
    if rows:
        columns = map(list, zip(*rows, strict=True))
        session.execute(_ADD, dict(zip(NAMES, columns, strict=True)))


def _by_minute(counts: Iterable[Count]) -> Mapping[Count, Decimal]:
    minutes: defaultdict[Count, Decimal] = defaultdict(Decimal)
    for each in counts:
        minutes[each._replace(at=floor(each.at, MINUTE), value=0)] += each.value
    return minutes


_ADD = text("""
    INSERT INTO insight_count (
        organization_id, mode, grain, measure, start, subject_id, label, value
    )
    SELECT * FROM unnest(
        CAST(:organizations AS text[]), CAST(:modes AS text[]), CAST(:grains AS bigint[]),
        CAST(:measures AS text[]), CAST(:starts AS timestamptz[]), CAST(:subjects AS text[]),
        CAST(:labels AS text[]), CAST(:sums AS numeric[])
    )
    ON CONFLICT (organization_id, mode, grain, measure, start, subject_id, label)
    DO UPDATE SET value = insight_count.value + excluded.value
""")
