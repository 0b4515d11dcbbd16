"""Leaving: the waiting ends, or the admission is given back with its stock."""

from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from integration.engine.kinds import DistributionType
from integration.engine.participations import LIVE, AdmissionState
from integration.engine.status import event_data
from integration.kernel.tenant import Tenant
from integration.store import (
    admissions,
    bookings,
    distributions,
    entries,
    outbox,
    participations,
    rows,
)
from integration.store.db import Transaction
from integration.store.job_queue import JobQueue
from integration.store.line.epochs import Epochs
from integration.store.models import Participation
from integration.store.outbox import Event

P = Participation

BINDING = frozenset({DistributionType.AUCTION.value})
"""Where somebody who waits cannot take it back: a bid is a promise."""


class Place(NamedTuple):
    """What is left: a distribution, of this kind, by this consumer."""

    kind: str
    distribution_id: str
    consumer_id: str


def entered(session: Session, tenant: Tenant, experience_id: str, consumer_id: str) -> list[Place]:
    """Return what a consumer has entered in an experience and can leave, in a steady order."""
    mine = (
        rows.of(P, tenant)
        .where(P.consumer_id == consumer_id, P.experience_id == experience_id)
        .where(P.state.in_([state.value for state in LIVE]))
    )
    ids = session.scalars(mine.with_only_columns(P.id)).all()
    held = {
        Place(each.kind, each.distribution_id, consumer_id)
        for each in participations.standings(session, tenant, ids)
        if each.admitted or each.kind not in BINDING
    }
    waiting = {
        Place(DistributionType.WAITLIST.value, each.waitlist_id, consumer_id)
        for each in entries.waitlisted(session, tenant, consumer_id)
        if each.experience_id == experience_id
    }
    return sorted(held | waiting)


def leave(tx: Transaction, lines: Epochs, jobs: JobQueue, tenant: Tenant, place: Place) -> None:
    """End an entry as LEFT, if it still lives. The caller has fenced the consumer.

    Who was waiting is taken off the line after the commit.
    """
    kind, line_id, consumer_id = place
    distributions.lock_line(tx.session, tenant, line_id)
    left = participations.leave_waiting(tx.session, tenant, line_id, consumer_id)
    if left is not None:
        tx.then(partial(lines.remove, line_id, [(left.number or 0, consumer_id)]))
    else:
        # The fence stays: a clock may stand between its commit and its own removal.
        left = admissions.end(
            tx.session, tenant, line_id, AdmissionState.LEFT, consumer_id=consumer_id
        )
    if left is not None:
        happened = [Event(f"{kind}.consumer.left", left.id, left.version, event_data(left))]
        if kind == DistributionType.APPOINTMENT:
            booking = bookings.of_entry(tx.session, tenant, left.id)
            booking = bookings.give_up(tx.session, tenant, booking)
            happened.append(bookings.event("cancelled", left, booking))
        outbox.wake(tx, jobs, outbox.emit_many(tx.session, tenant, happened))
