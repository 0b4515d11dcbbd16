"""Statements that list who is in a distribution, for its merchant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from integration.engine.journeys import Waitlisted
from integration.engine.participations import LIVE
from integration.kernel.tenant import Tenant
from integration.store import consumers, rows
from integration.store.line import lobbies
from integration.store.models import Admission, Participation, WaitlistEntry
from integration.store.rows import Slice

P = Participation

MOST_LIVE = 100
WAITING_TO_BE_TOLD = "waitlisted"


class Filter(NamedTuple):
    """Which entries of a list are wanted."""

    consumer_id: str | None = None
    email: str | None = None
    external_id: str | None = None
    status: str | None = None
    number: int | None = None


class Entry(NamedTuple):
    """One entry, and the admission that it was given, if any; no number in a lobby."""

    id: str
    consumer_id: str
    number: int | None
    status: str
    deny_reason: str | None
    entered_at: datetime
    admitted_at: datetime | None
    completed_at: datetime | None
    admission_id: str | None
    expires_at: datetime | None


def page(
    session: Session, tenant: Tenant, distribution_id: str, part: Slice, wanted: Filter
) -> Sequence[Entry]:
    """Return the entries of a distribution in the order that they came, with their tickets."""
    _, deal = lobbies.read(session, tenant, distribution_id)
    number = wanted.number if wanted.number is None or deal is None else deal.number(wanted.number)
    found: Any = (
        rows.of(P, tenant)
        .where(P.distribution_id == distribution_id)
        .outerjoin(Admission, Admission.participation_id == P.id)
        .with_only_columns(
            P.id,
            P.consumer_id,
            P.number,
            P.state,
            P.deny_reason,
            P.entered_at,
            P.admitted_at,
            P.completed_at,
            Admission.id,
            Admission.expires_at,
        )
        .order_by(P.number.desc() if part.newest_first else P.number)
        .limit(part.limit)
    )
    equal = {P.state: wanted.status, P.number: number}
    found = found.where(*(key == value for key, value in equal.items() if value is not None))
    found = _of_people(session, tenant, found, P.consumer_id, wanted)
    if part.after is not None:
        last = select(P.number).where(P.id == part.after).scalar_subquery()
        found = found.where(P.number < last if part.newest_first else P.number > last)
    return [
        entry._replace(number=None if deal is None else deal.ticket(entry.number or 0))
        for entry in map(Entry._make, session.execute(found))
    ]


def waitlist_page(
    session: Session, tenant: Tenant, distribution_id: str, part: Slice, wanted: Filter
) -> Sequence[Entry]:
    """Return who is or was on a waitlist, in the order that they came."""
    on = WaitlistEntry
    found = rows.of(on, tenant).where(on.distribution_id == distribution_id)
    if wanted.status is not None:
        found = found.where(on.state == wanted.status)
    found = _of_people(session, tenant, found, on.consumer_id, wanted)
    return [
        Entry(each.id, each.consumer_id, None, each.state, None, each.entered_at, *[None] * 4)
        for each in session.scalars(rows.cut(found, on.id, part))
    ]


def _of_people(
    session: Session, tenant: Tenant, found: Any, consumer_id: Any, wanted: Filter
) -> Any:
    """Keep the entries of whoever is meant: by id, also a former one, or by other names."""
    if wanted.consumer_id is not None:
        now = consumers.known_as_now(session, tenant, wanted.consumer_id)
        found = found.where(consumer_id == now)
    if wanted.email is not None or wanted.external_id is not None:
        named = consumers.Filter(wanted.email, wanted.external_id, None)
        found = found.where(consumer_id.in_(consumers.ids(tenant, named)))
    return found


def live_ids(session: Session, tenant: Tenant, consumer_id: str) -> Sequence[str]:
    """Return the ids of the entries that a consumer waits or is admitted by."""
    wanted = (
        rows.of(P, tenant)
        .where(P.consumer_id == consumer_id, P.current)
        .where(P.state.in_([state.value for state in LIVE]))
        .with_only_columns(P.id)
        .order_by(P.id)
        .limit(MOST_LIVE)
    )
    return session.scalars(wanted).all()


def waitlisted(session: Session, tenant: Tenant, consumer_id: str) -> list[Waitlisted]:
    """Return the waitlists on which a consumer still waits to be told."""
    entry = WaitlistEntry
    wanted = (
        rows.of(entry, tenant)
        .where(entry.consumer_id == consumer_id, entry.state == WAITING_TO_BE_TOLD)
        .order_by(entry.id)
        .limit(MOST_LIVE)
    )
    return [
        Waitlisted(
            each.distribution_id,
            each.consumer_id,
            each.experience_id,
            each.sequence_id,
            each.state,
            each.entered_at,
            each.notified_at,
        )
        for each in session.scalars(wanted)
    ]
