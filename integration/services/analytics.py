"""What launches came to, for their merchant: read from what the clock counts."""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from integration.engine.figures import Sums, figures
from integration.engine.insight import MOST_STEPS, Interval, Period, period
from integration.kernel.errors import Detail, NotFound, ValidationFailed
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import db
from integration.store.insight import reading
from integration.store.insight.reading import Present, Scope, Subject, Sum

NAMED = ("distribution", "sequence", "experience")
"""What a group may be by; or by mechanism."""


class Question(NamedTuple):
    """What is asked: of which lines, of which time, and in which groups."""

    scope: Scope
    since: datetime
    until: datetime
    interval: Interval | None = None
    group_by: str | None = None


def analyze(rt: Runtime, tenant: Tenant, asked: Question) -> dict[str, Any]:
    """Return the figures of a period, widened to whole intervals, with its series.

    Raises ``NotFound`` for a scope that names nothing of this tenant, ``ValidationFailed``
    where the period is empty or has too many intervals.
    """
    found = _period(asked)
    with rt.transaction() as tx:
        subjects = _subjects(tx, tenant, asked.scope)
        groups = {each.id: _key(each, asked.group_by) for each in subjects}
        sums = reading.sums(tx.session, tenant, groups, found.segments())
        points = reading.series(tx.session, tenant, groups, found)
        now = reading.present(tx.session, tenant, groups)
    blank = dict.fromkeys((each.value for each in reading.SERIES), 0)
    return {
        "since": found.since,
        "until": found.until,
        "interval": found.interval.value,
        "series": [{"at": at, **blank, **points.get(at, {})} for at in found.moments()],
        **_told(subjects, sums, now, asked.group_by),
    }


def metrics(rt: Runtime, tenant: Tenant, scope: Scope, group_by: str) -> dict[str, Any]:
    """Return the figures of all that was ever counted; raises ``NotFound`` as above."""
    with rt.transaction() as tx:
        subjects = _subjects(tx, tenant, scope)
        groups = {each.id: _key(each, group_by) for each in subjects}
        sums = reading.sums_ever(tx.session, tenant, groups)
        now = reading.present(tx.session, tenant, groups)
    return _told(subjects, sums, now, group_by)


def _period(asked: Question) -> Period:
    if asked.since >= asked.until:
        raise ValidationFailed(details=[Detail("from", "Must be before 'to'.")])
    found = period(asked.since, asked.until, asked.interval)
    if found.steps > MOST_STEPS:
        said = f"At most {MOST_STEPS} intervals: ask for a shorter time or longer intervals."
        raise ValidationFailed(details=[Detail("interval", said)])
    return found


def _subjects(tx: db.Transaction, tenant: Tenant, scope: Scope) -> list[Subject]:
    kind = reading.unknown(tx.session, tenant, scope)
    if kind is not None:
        raise NotFound(kind)
    return reading.subjects(tx.session, tenant, scope)


def _key(subject: Subject, group_by: str | None) -> str | None:
    if group_by in NAMED:
        key: str | None = getattr(subject, f"{group_by}_id")
        return key
    return subject.mechanism if group_by else None


def _told(
    subjects: list[Subject], sums: list[Sum], now: Present, group_by: str | None
) -> dict[str, Any]:
    groups: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for each in subjects:
        groups.setdefault(_key(each, group_by) or "", [])
    for group, *value in sums:
        groups[group or ""].append(tuple(value))
    names = {each.id: each.name for each in subjects}
    return {
        "as_of": now.as_of,
        "now": {"waiting": now.waiting, "admitted": now.admitted},
        "total": figures(Sums(each for some in groups.values() for each in some)),
        "group_by": group_by,
        "groups": [
            {"id": key, "name": names.get(key), **figures(Sums(values))}
            for key, values in sorted(groups.items())
            if key
        ],
    }
