"""Statements that give a guest's entries to whom the guest turned out to be."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from integration.engine import merging
from integration.engine.merging import Entry
from integration.engine.participations import AdmissionState, ParticipationState
from integration.kernel.tenant import Tenant
from integration.store import admissions, participations, routing, rows
from integration.store.arrays import among
from integration.store.counters import LINE, LineOf, line_of
from integration.store.line.epochs import Waiting
from integration.store.models import Admission, Consumer, Distribution, Order, Participation

P = Participation
FOLLOWED_MINUTES = 10
"""How long after a merge an entry may still come in that was on its way."""


class Joined(NamedTuple):
    """What became of one line: who left it, by entry and by place, and who stays in it."""

    left: list[str]
    gone: list[tuple[int, str]]
    stays: Waiting | None


def guest(session: Session, consumer_id: str) -> Consumer | None:
    """Return a guest, whoever's it is, who was merged into somebody known."""
    wanted = select(Consumer).where(Consumer.id == consumer_id, Consumer.merged_into.is_not(None))
    return session.scalar(wanted)


def lines_of(session: Session, tenant: Tenant, guest_id: str) -> list[LineOf]:
    """Return the lines that hold entries of a guest."""
    mine = (
        select(*LINE)
        .join(P, P.distribution_id == Distribution.id)
        .where(P.consumer_id == guest_id)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .distinct()
    )
    return [line_of(row) for row in session.execute(mine.order_by(Distribution.id))]


def join(
    session: Session, tenant: Tenant, distribution_id: str, guest_id: str, consumer_id: str
) -> Joined:
    """Make the guest's entries in one line the consumer's; the better live one stays.

    The caller holds the line's row and has fenced both, and tells the line after the commit.
    """
    found = _entries(session, tenant, distribution_id, [guest_id, consumer_id])
    if not any(each.consumer_id == guest_id for each in found):
        return Joined([], [], None)
    choice = merging.choose(_ranked(session, tenant, found))
    leaving = [each for each in found if each.id in choice.leaving]
    for each in leaving:
        _leave(session, tenant, each)
    _hand_over(session, tenant, distribution_id, guest_id, consumer_id)
    if choice.current is not None:
        _set(session, tenant, [choice.current], current=True)
    stays = next((each for each in found if each.id == choice.current), None)
    renamed = stays is not None and stays.consumer_id == guest_id and _waits(stays)
    return Joined(
        [each.id for each in leaving],
        [(each.number, each.consumer_id) for each in leaving if _waits(each)],
        Waiting(stays.number, consumer_id, stays.entered_at) if renamed and stays else None,
    )


def rest(session: Session, tenant: Tenant, guest_id: str, consumer_id: str) -> None:
    """Make the consumer's what belongs to no line; their own entry in a waitlist stays."""
    routing.carry(session, tenant, guest_id, consumer_id)
    session.execute(_WAITLISTS, {"guest": guest_id, "person": consumer_id} | tenant._asdict())
    theirs = (Order.consumer_id == guest_id) & Order.distribution_id.is_(None)
    _give(session, tenant, Order, theirs, consumer_id)


_WAITLISTS = text("""
    WITH mine AS (
        SELECT distribution_id, state FROM waitlist_entry WHERE consumer_id = :person
            AND organization_id = :organization_id AND mode = :mode
    ),
    over AS (
        DELETE FROM waitlist_entry WHERE consumer_id = :guest
            AND organization_id = :organization_id AND mode = :mode
            AND distribution_id IN (SELECT distribution_id FROM mine)
        RETURNING distribution_id, state, entered_at, notified_at
    ),
    again AS (
        -- Who left as one and waits as the other waits.
        UPDATE waitlist_entry w SET state = o.state, entered_at = o.entered_at,
            notified_at = o.notified_at, version = w.version + 1
        FROM over o
        WHERE w.consumer_id = :person AND w.distribution_id = o.distribution_id
            AND w.state = 'left' AND o.state <> 'left'
            AND w.organization_id = :organization_id AND w.mode = :mode
    )
    UPDATE waitlist_entry SET consumer_id = :person, version = version + 1
    WHERE consumer_id = :guest AND organization_id = :organization_id AND mode = :mode
        AND distribution_id NOT IN (SELECT distribution_id FROM mine)
""")


def due(session: Session, most: int) -> Sequence[str]:
    """Return the guests, whoever's they are, who were merged and still have entries."""
    recent = func.now() - func.make_interval(0, 0, 0, 0, 0, FOLLOWED_MINUTES)
    left = select(P.id).where(P.consumer_id == Consumer.id).exists()
    wanted = select(Consumer.id).where(Consumer.merged_at > recent, left)
    return session.scalars(wanted.limit(most)).all()


def _entries(session: Session, tenant: Tenant, line: str, whose: Sequence[str]) -> Sequence[Any]:
    wanted = (
        rows.of(P, tenant)
        .where(P.distribution_id == line, among(P.consumer_id, whose))
        .with_only_columns(
            P.id, P.consumer_id, P.state, P.number, P.current, P.outcome, P.entered_at
        )
        .order_by(P.number)
    )
    return session.execute(wanted.add_columns(P.distribution_id)).all()


def _ranked(session: Session, tenant: Tenant, found: Sequence[Any]) -> list[Entry]:
    """Return entries as they compare: in a lobby that was dealt, by their tickets."""
    ids = [each.id for each in found]
    tickets = {each.id: each.ticket for each in participations.standings(session, tenant, ids)}
    return [
        Entry(
            each.id,
            ParticipationState(each.state),
            tickets.get(each.id) or each.number,
            each.current,
            each.outcome,
        )
        for each in found
    ]


def _waits(row: Any) -> bool:
    return bool(row.state == ParticipationState.QUEUED)


def _leave(session: Session, tenant: Tenant, entry: Any) -> None:
    line, left = entry.distribution_id, ParticipationState.LEFT
    if _waits(entry):
        participations.end_waiting(session, tenant, line, [entry.id], left)
    else:
        mine = entry.consumer_id
        admissions.end(session, tenant, line, AdmissionState.LEFT, consumer_id=mine)


def _hand_over(
    session: Session, tenant: Tenant, line: str, guest_id: str, consumer_id: str
) -> None:
    # Nobody is current for a moment: the index allows one, and looks at each row.
    both = [each.id for each in _entries(session, tenant, line, [guest_id, consumer_id])]
    _set(session, tenant, both, current=False)
    theirs = (P.consumer_id == guest_id) & (P.distribution_id == line)
    _give(session, tenant, P, theirs, consumer_id)
    theirs = (Admission.consumer_id == guest_id) & (Admission.distribution_id == line)
    _give(session, tenant, Admission, theirs, consumer_id)
    theirs = (Order.consumer_id == guest_id) & (Order.distribution_id == line)
    _give(session, tenant, Order, theirs, consumer_id)


def _set(session: Session, tenant: Tenant, ids: Sequence[str], *, current: bool) -> None:
    session.execute(
        update(P)
        .where(among(P.id, ids), P.current != current)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .values(current=current)
        .execution_options(synchronize_session=False)
    )


def _give(session: Session, tenant: Tenant, model: Any, which: Any, consumer_id: str) -> None:
    values = {"consumer_id": consumer_id}
    if hasattr(model, "version"):
        values["version"] = model.version + 1
    session.execute(
        update(model)
        .where(which, model.organization_id == tenant.organization_id, model.mode == tenant.mode)
        .values(values)
        .execution_options(synchronize_session=False)
    )
