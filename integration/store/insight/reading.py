"""Statements that read the counts, and never a row of what was counted.

By the hour in the middle of a period, by the minute at its ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from integration.engine.insight import HOUR, MINUTE, Interval, Measure, Period, Segment
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Distribution, Experience
from integration.store.models import Sequence as Path

SERIES = (Measure.ENTERED, Measure.ADMITTED, Measure.COMPLETED)


class Scope(NamedTuple):
    """Which distributions are wanted; None narrows nothing."""

    experience_id: str | None = None
    sequence_id: str | None = None
    distribution_id: str | None = None
    mechanism: str | None = None


class Subject(NamedTuple):
    """What counts are of: a way that was asked for is a sequence's or experience's.

    Guests who were refused had not come to either, and are the organization's.
    """

    id: str
    name: str
    mechanism: str | None
    distribution_id: str | None
    sequence_id: str | None
    experience_id: str | None


class Sum(NamedTuple):
    """How much of something, in one of the groups that were asked for."""

    group: str | None
    measure: str
    label: str
    value: Decimal


class Present(NamedTuple):
    """How many wait and are admitted now, and up to when all was counted."""

    waiting: int
    admitted: int
    as_of: datetime


def unknown(session: Session, tenant: Tenant, scope: Scope) -> str | None:
    """Return what the scope names in vain, as errors call it; None where it names nothing so."""
    named: dict[str, tuple[Any, str | None]] = {
        "Experience": (Experience, scope.experience_id),
        "Sequence": (Path, scope.sequence_id),
        "Distribution": (Distribution, scope.distribution_id),
    }
    for name, (model, its_id) in named.items():
        if its_id is not None:
            wanted = rows.of(model, tenant).where(model.id == its_id, model.archived_at.is_(None))
            if session.scalar(wanted.with_only_columns(model.id)) is None:
                return name
    return None


def subjects(session: Session, tenant: Tenant, scope: Scope) -> list[Subject]:
    """Return what is in scope: distributions of every state, and what they belong to."""
    found = session.execute(_SUBJECTS, scope._asdict() | tenant._asdict())
    return [Subject._make(row) for row in found]


def sums(
    session: Session,
    tenant: Tenant,
    groups: Mapping[str, str | None],
    segments: Sequence[Segment],
) -> list[Sum]:
    """Return the sums of these subjects, by the group that each is in."""
    grains, sinces, untils = (list(each) for each in zip(*segments, strict=True))
    names = {"grains": grains, "sinces": sinces, "untils": untils, "measures": list(Measure)}
    return _sums(session, tenant, groups, _PERIOD.bindparams(**names))


def sums_ever(session: Session, tenant: Tenant, groups: Mapping[str, str | None]) -> list[Sum]:
    """Return the same of all that was ever counted."""
    return _sums(session, tenant, groups, _EVER.bindparams(measures=list(Measure)))


def series(
    session: Session, tenant: Tenant, subject_ids: Iterable[str], period: Period
) -> dict[datetime, dict[str, int]]:
    """Return the entries, admissions and completions of each interval that had any."""
    names = {
        "measures": [each.value for each in SERIES],
        "subjects": list(subject_ids),
        "grain": MINUTE if period.interval is Interval.MINUTE else HOUR,
        "step": f"{period.interval.seconds} seconds",
        "since": period.since,
        "until": period.until,
    }
    found: dict[datetime, dict[str, int]] = {}
    for at, measure, value in session.execute(_SERIES, names | tenant._asdict()):
        found.setdefault(at, {})[measure] = int(value)
    return found


def present(session: Session, tenant: Tenant, subject_ids: Iterable[str]) -> Present:
    """Return how these lines stand at this moment."""
    names = {"subjects": list(subject_ids)} | tenant._asdict()
    return Present._make(session.execute(_PRESENT, names).one())


UNCOUNTED_SINCE = """least(
    (
        SELECT min(p.entered_at) FROM changed c JOIN participation p
            ON p.distribution_id = c.distribution_id AND p.number = c.number + 1
    ),
    (
        SELECT min(a.issued_at) FROM changed c CROSS JOIN LATERAL (
            SELECT issued_at FROM admission
            WHERE distribution_id = c.distribution_id AND turn > c.turn ORDER BY turn LIMIT 1
        ) a
    )
)"""
"""When the first entry or admission was that has yet to be counted, of the lines ``changed``."""

_OF_TENANT = "organization_id = :organization_id AND mode = :mode"
_SUBJECTS = text(f"""
    SELECT id, name, kind, id, sequence_id, experience_id FROM distribution
    WHERE {_OF_TENANT}
        AND (CAST(:experience_id AS text) IS NULL OR experience_id = :experience_id)
        AND (CAST(:sequence_id AS text) IS NULL OR sequence_id = :sequence_id)
        AND (CAST(:distribution_id AS text) IS NULL OR id = :distribution_id)
        AND (CAST(:mechanism AS text) IS NULL OR kind = :mechanism)
    UNION ALL
    SELECT id, name, NULL, NULL, id, experience_id FROM sequence
    WHERE {_OF_TENANT}
        AND (CAST(:experience_id AS text) IS NULL OR experience_id = :experience_id)
        AND (CAST(:sequence_id AS text) IS NULL OR id = :sequence_id)
        AND CAST(:distribution_id AS text) IS NULL AND CAST(:mechanism AS text) IS NULL
    UNION ALL
    SELECT id, name, NULL, NULL, NULL, id FROM experience
    WHERE {_OF_TENANT}
        AND (CAST(:experience_id AS text) IS NULL OR id = :experience_id)
        AND CAST(:sequence_id AS text) IS NULL
        AND CAST(:distribution_id AS text) IS NULL AND CAST(:mechanism AS text) IS NULL
    UNION ALL
    SELECT id, name, NULL, NULL, NULL, NULL FROM organization
    WHERE id = :organization_id
        AND CAST(:experience_id AS text) IS NULL AND CAST(:sequence_id AS text) IS NULL
        AND CAST(:distribution_id AS text) IS NULL AND CAST(:mechanism AS text) IS NULL
""")  # noqa: S608 - the condition is ours

# OFFSET 0: one look into the index for each measure and stretch of time, whatever the
# planner believes of a table that it has not analyzed yet.
_PERIOD = text("""
    SELECT s.group_key, c.measure, c.label, sum(c.value)
    FROM unnest(
        CAST(:grains AS bigint[]), CAST(:sinces AS timestamptz[]), CAST(:untils AS timestamptz[])
    ) AS w (grain, since, until)
    CROSS JOIN unnest(CAST(:measures AS text[])) AS m (measure)
    CROSS JOIN LATERAL (
        SELECT * FROM insight_count
        WHERE organization_id = :organization_id AND mode = :mode AND grain = w.grain
            AND measure = m.measure AND start >= w.since AND start < w.until
        OFFSET 0
    ) c
    JOIN unnest(CAST(:subjects AS text[]), CAST(:groups AS text[])) AS s (id, group_key)
        ON s.id = c.subject_id
    GROUP BY 1, 2, 3
""")
_EVER = text("""
    SELECT s.group_key, c.measure, c.label, sum(c.value)
    FROM unnest(CAST(:subjects AS text[]), CAST(:groups AS text[])) AS s (id, group_key)
    CROSS JOIN unnest(CAST(:measures AS text[])) AS m (measure)
    CROSS JOIN LATERAL (
        SELECT * FROM insight_count
        WHERE organization_id = :organization_id AND mode = :mode AND grain = 0
            AND measure = m.measure AND start = 'epoch' AND subject_id = s.id
        OFFSET 0
    ) c
    GROUP BY 1, 2, 3
""")
_SERIES = text("""
    SELECT date_bin(CAST(:step AS interval), c.start, 'epoch'), c.measure, sum(c.value)
    FROM unnest(CAST(:measures AS text[])) AS m (measure)
    CROSS JOIN LATERAL (
        SELECT * FROM insight_count
        WHERE organization_id = :organization_id AND mode = :mode AND grain = :grain
            AND measure = m.measure AND start >= :since AND start < :until
        OFFSET 0
    ) c
    WHERE c.subject_id = ANY (CAST(:subjects AS text[]))
    GROUP BY 1, 2
""")
_PRESENT = text(f"""
    WITH mine AS (
        SELECT * FROM line WHERE distribution_id = ANY (CAST(:subjects AS text[]))
            AND organization_id = :organization_id AND mode = :mode
    ),
    changed AS (
        SELECT l.distribution_id, coalesce(k.number, 0) AS number, coalesce(k.turn, 0) AS turn
        FROM mine l LEFT JOIN insight_mark k ON k.distribution_id = l.distribution_id
            AND k.organization_id = :organization_id AND k.mode = :mode
        WHERE l.version > 0 AND k.version IS DISTINCT FROM l.version
    )
    SELECT coalesce(sum(waiting), 0)::bigint, coalesce(sum(active), 0)::bigint,
        least(clock_timestamp(), {UNCOUNTED_SINCE}, (
            SELECT min(at) FROM insight_fact
            WHERE organization_id = :organization_id AND mode = :mode
        ))
    FROM mine
""")  # noqa: S608 - the fragment is ours


def _sums(
    session: Session, tenant: Tenant, groups: Mapping[str, str | None], statement: object
) -> list[Sum]:
    names = {"subjects": list(groups), "groups": list(groups.values())} | tenant._asdict()
    return [Sum._make(row) for row in session.execute(statement, names)]  # type: ignore[call-overload]
