"""Waitlists: joined, left, and told when their sequence opens."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from integration.engine.entering import Closed, NeverEntered
from integration.engine.kinds import DistributionType
from integration.engine.kinds.waitlist import WaitlistState, joined, sequence_open
from integration.engine.windows import WindowStatus
from integration.kernel.errors import AuthenticationRequired, NotFound
from integration.kernel.mail import Channel
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import messages, outbox, routing, rows, sequences, waitlists
from integration.store.db import Transaction
from integration.store.distributions import DistributionFacts
from integration.store.job_queue import Job
from integration.store.models import WaitlistEntry
from integration.store.rows import Slice
from integration.store.waitlists import Told

KIND = DistributionType.WAITLIST
MOST_LISTS = 1_000
BATCH = 500
"""How many are told in one transaction."""
BATCHES = 20
"""Of one waitlist at a time, before the next one's turn."""
NEWS_LASTS = timedelta(days=1)


class Entered(NamedTuple):
    """A place on the waitlist as JSON goes, and whether it is new."""

    body: dict[str, Any]
    created: bool


def show(rt: Runtime, tenant: Tenant, waitlist_id: str) -> dict[str, Any]:
    """Return the waitlist as the page of its experience shows it."""
    waitlist = rt.distributions.of(tenant, KIND, waitlist_id)
    return {
        "id": waitlist.id,
        "name": waitlist.name,
        "sequence_id": waitlist.sequence_id,
        "status": waitlist.window.status(rt.clock.now()),
    }


def enter(rt: Runtime, caller: Caller, waitlist_id: str) -> Entered:
    """Put the consumer on the waitlist; where its sequence is open they are told at once.

    Raises ``Closed`` once it has ended.
    """
    waitlist, consumer_id = _both(rt, caller, waitlist_id)
    tenant = caller.tenant
    with rt.transaction() as tx:
        known = waitlists.find(tx.session, tenant, waitlist_id, consumer_id)
        if known is not None and known.state != WaitlistState.LEFT:
            return Entered(waitlists.body(known), created=False)
        routing.require(tx.session, tenant, waitlist_id, consumer_id)
        now = rows.now(tx.session)
        if waitlist.window.status(now) is WindowStatus.CLOSED:
            raise Closed(KIND)
        windows = waitlists.windows(tx.session, tenant, waitlist.sequence_id)
        state = joined(None, is_open=sequence_open(windows, now))
        entry = waitlists.enter(tx.session, tenant, waitlist, consumer_id, state)
        if entry is None:
            return Entered(_body(tx, tenant, waitlist_id, consumer_id), created=False)
        told = outbox.emit_many(tx.session, tenant, waitlists.entered(entry))
        outbox.wake(tx, rt.jobs, told)
        return Entered(waitlists.body(entry), created=True)


def leave(rt: Runtime, caller: Caller, waitlist_id: str) -> dict[str, Any]:
    """Take the consumer off the waitlist; repeating it changes nothing."""
    _, consumer_id = _both(rt, caller, waitlist_id)
    with rt.transaction() as tx:
        waitlists.leave(tx.session, caller.tenant, waitlist_id, consumer_id)
        return _body(tx, caller.tenant, waitlist_id, consumer_id)


def status(rt: Runtime, caller: Caller, waitlist_id: str) -> dict[str, Any]:
    """Tell whether the consumer is on the waitlist, and whether they have been told."""
    _, consumer_id = _both(rt, caller, waitlist_id)
    with rt.transaction() as tx:
        return _body(tx, caller.tenant, waitlist_id, consumer_id)


def of_sequence(
    rt: Runtime, tenant: Tenant, sequence_id: str, part: Slice
) -> Sequence[WaitlistEntry]:
    """Return a part of a sequence's waitlist, or raise ``NotFound``."""
    with rt.transaction() as tx:
        if sequences.find(tx.session, tenant, sequence_id) is None:
            raise NotFound("Sequence")
        return waitlists.page(tx.session, tenant, sequence_id, part)


def due(rt: Runtime) -> list[str]:
    """Return the waitlists on which somebody waits for what is open now."""
    with rt.transaction() as tx:
        return waitlists.due(tx.session, MOST_LISTS)


def tell_due(rt: Runtime, waitlist_id: str) -> int:
    """Tell those who wait that their sequence is open, each of them once; return how many."""
    waitlist = rt.distributions.get(waitlist_id)
    if waitlist is None:
        return 0
    total = 0
    for _ in range(BATCHES):
        told = _tell(rt, waitlist)
        total += told
        if told < BATCH:
            break
    return total


def _tell(rt: Runtime, waitlist: DistributionFacts) -> int:
    tenant = waitlist.tenant
    with rt.transaction() as tx:
        told = waitlists.tell(tx.session, tenant, waitlist.id, BATCH)
        if told and outbox.subscribed(tx.session, tenant, "waitlist.consumer.notified"):
            happened = [waitlists.notified(each.entry) for each in told]
            outbox.wake(tx, rt.jobs, outbox.emit_many(tx.session, tenant, happened))
        _write(rt, tx, tenant, told)
    return len(told)


def _write(rt: Runtime, tx: Transaction, tenant: Tenant, told: Sequence[Told]) -> None:
    """Send a message to everybody whose address is known, where there is a way to send it."""
    if Channel.EMAIL not in rt.senders and not rt.settings.development:
        return
    for each in told:
        if each.email is not None:
            message_id = messages.add(
                tx.session,
                rt.vault,
                tenant,
                Channel.EMAIL,
                recipient=each.email,
                subject=f"{each.experience} is open",
                text=f"You asked us to tell you: {each.experience} is open now.",
                lasts=NEWS_LASTS,
            )
            tx.then(partial(rt.jobs.enqueue, Job.SEND_MESSAGE, message_id=message_id))


def _both(rt: Runtime, caller: Caller, waitlist_id: str) -> tuple[DistributionFacts, str]:
    waitlist = rt.distributions.of(caller.tenant, KIND, waitlist_id)
    if caller.consumer_id is None:
        raise AuthenticationRequired
    return waitlist, caller.consumer_id


def _body(tx: Transaction, tenant: Tenant, waitlist_id: str, consumer_id: str) -> dict[str, Any]:
    entry = waitlists.find(tx.session, tenant, waitlist_id, consumer_id)
    if entry is None:
        raise NeverEntered(KIND)
    return waitlists.body(entry)
