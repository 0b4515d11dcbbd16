"""Statements on waitlists: who wants to be told, and who has been."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from integration.engine.kinds import DistributionType
from integration.engine.kinds.waitlist import WaitlistState
from integration.engine.status import stamp
from integration.engine.windows import DistributionState, Window
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import distributions, rows
from integration.store.distributions import DistributionFacts
from integration.store.models import Consumer, Distribution, Experience, WaitlistEntry
from integration.store.outbox import Event
from integration.store.rows import Slice

E = WaitlistEntry
KIND = DistributionType.WAITLIST

# A prepared statement cannot tell that a parameter fits a partial index.
_WAITS: Any = literal_column("waitlist_entry.state = 'waitlisted'")


class Told(NamedTuple):
    """Somebody who has just been told, their address if they gave one, and of what."""

    entry: WaitlistEntry
    email: str | None
    experience: str


def find(session: Session, tenant: Tenant, waitlist_id: str, consumer_id: str) -> E | None:
    """Return a consumer's place on a waitlist, left or not."""
    wanted = rows.of(E, tenant).where(E.distribution_id == waitlist_id)
    wanted = wanted.where(E.consumer_id == consumer_id)
    return session.scalar(wanted.execution_options(populate_existing=True))


def enter(
    session: Session, tenant: Tenant, to: DistributionFacts, consumer_id: str, state: WaitlistState
) -> E | None:
    """Put a consumer on a waitlist, or on it again; None where they are on it."""
    told = state is WaitlistState.NOTIFIED
    now = func.clock_timestamp()
    values = {
        "state": state.value,
        "entered_at": now,
        "notified_at": now if told else None,
    }
    # Joining and being told are two steps, and two events.
    steps = 2 if told else 1
    kept = insert(E).values(
        id=new_id("ent"),
        **tenant._asdict(),
        distribution_id=to.id,
        experience_id=to.experience_id,
        sequence_id=to.sequence_id,
        consumer_id=consumer_id,
        version=steps,
        **values,
    )
    again = kept.on_conflict_do_update(
        index_elements=["distribution_id", "consumer_id"],
        set_={**values, "version": E.version + steps},
        where=E.state == WaitlistState.LEFT.value,
    )
    found: E | None = session.scalar(again.returning(E).execution_options(populate_existing=True))
    return found


def leave(session: Session, tenant: Tenant, waitlist_id: str, consumer_id: str) -> None:
    """Take a consumer off a waitlist, if they are on it."""
    session.execute(
        update(E)
        .where(E.distribution_id == waitlist_id, E.consumer_id == consumer_id)
        .where(E.state != WaitlistState.LEFT.value)
        .where(E.organization_id == tenant.organization_id, E.mode == tenant.mode)
        .values(state=WaitlistState.LEFT.value, version=E.version + 1)
        .execution_options(synchronize_session=False)
    )


def windows(session: Session, tenant: Tenant, sequence_id: str) -> list[Window]:
    """Return when a sequence's other distributions are open."""
    held = distributions.in_sequences(session, tenant, [sequence_id])
    return [
        distributions.window(each)
        for each in held
        if each.kind != KIND and each.state != distributions.DRAFT
    ]


def due(session: Session, most: int) -> list[str]:
    """Return the waitlists, whoever's they are, on which somebody waits for what is open."""
    other = aliased(Distribution)
    is_open = exists().where(
        other.sequence_id == Distribution.sequence_id,
        other.kind != KIND.value,
        *_open(other),
    )
    waits = exists().where(E.distribution_id == Distribution.id, _WAITS)
    wanted = select(Distribution.id).where(
        Distribution.kind == KIND.value,
        Distribution.state == DistributionState.ACTIVE.value,
        Distribution.archived_at.is_(None),
        waits,
        is_open,
    )
    return list(session.scalars(wanted.order_by(Distribution.id).limit(most)))


def tell(session: Session, tenant: Tenant, waitlist_id: str, most: int) -> list[Told]:
    """Tell the first of those who wait, each of them once whoever else is at it."""
    first = (
        select(E.id)
        .where(E.distribution_id == waitlist_id, _WAITS)
        .where(E.organization_id == tenant.organization_id, E.mode == tenant.mode)
        .order_by(E.entered_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    told = session.scalars(
        update(E)
        .where(E.id.in_(first), _WAITS)
        .where(E.organization_id == tenant.organization_id, E.mode == tenant.mode)
        .values(
            state=WaitlistState.NOTIFIED.value,
            notified_at=func.clock_timestamp(),
            version=E.version + 1,
        )
        .returning(E)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    return [] if not told else _addressed(session, tenant, told)


def page(session: Session, tenant: Tenant, sequence_id: str, part: Slice) -> Sequence[E]:
    """Return who is or was on a sequence's waitlist, by id."""
    wanted = rows.of(E, tenant).where(E.sequence_id == sequence_id)
    found: Sequence[E] = session.scalars(rows.cut(wanted, E.id, part)).all()
    return found


def body(entry: E) -> dict[str, Any]:
    """Return a place on a waitlist as JSON goes: never a position, never access."""
    return {
        "waitlistId": entry.distribution_id,
        "consumerId": entry.consumer_id,
        "experienceId": entry.experience_id,
        "sequenceId": entry.sequence_id,
        "status": entry.state,
        "enteredAt": stamp(entry.entered_at),
        "notifiedAt": entry.notified_at and stamp(entry.notified_at),
    }


def entered(entry: E) -> list[Event]:
    """Return the events of somebody who has just joined; what is open tells at once."""
    if entry.state == WaitlistState.WAITLISTED:
        return [Event("waitlist.consumer.entered", entry.id, entry.version, body(entry))]
    before = body(entry) | {"status": WaitlistState.WAITLISTED.value, "notifiedAt": None}
    first = Event("waitlist.consumer.entered", entry.id, entry.version - 1, before)
    return [first, notified(entry)]


def notified(entry: E) -> Event:
    """Return the event of somebody who has just been told."""
    return Event("waitlist.consumer.notified", entry.id, entry.version, body(entry))


def _open(other: Any) -> tuple[ColumnElement[bool], ...]:
    now = func.clock_timestamp()
    return (
        other.archived_at.is_(None),
        other.state == DistributionState.ACTIVE.value,
        or_(other.open_at.is_(None), other.open_at <= now),
        or_(other.close_at.is_(None), other.close_at > now),
    )


def _addressed(session: Session, tenant: Tenant, told: Sequence[E]) -> list[Told]:
    known = (
        rows.of(Consumer, tenant)
        .where(Consumer.id.in_([each.consumer_id for each in told]))
        .with_only_columns(Consumer.id, Consumer.email)
    )
    emails = {row.id: row.email for row in session.execute(known)}
    name = rows.of(Experience, tenant).where(Experience.id == told[0].experience_id)
    experience = session.scalar(name.with_only_columns(Experience.name)) or ""
    return [Told(each, emails.get(each.consumer_id), experience) for each in told]
