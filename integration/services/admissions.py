"""The ends that a merchant's server gives to admissions: completed, or denied."""

from decimal import Decimal
from typing import Any, NamedTuple

from integration.engine.completions import Verdict
from integration.engine.orders import OrderState
from integration.engine.participations import AdmissionState, ParticipationState
from integration.engine.status import Standing, status_body
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    completions,
    consumers,
    distributions,
    events,
    named,
    orders,
    outbox,
    participations,
)
from integration.store.admissions import Held
from integration.store.db import Transaction
from integration.store.named import Named, NotAdmitted


class AlreadyCompleted(Conflict):
    """The admission has been used, and not by this order."""

    code = "ADMISSION_ALREADY_COMPLETED"
    message = "This admission has been completed. It completes once."


class OrderTaken(Conflict):
    """The order of this id is not one that could complete this admission."""

    code = "ORDER_TAKEN"
    message = "This orderId is of another admission or consumer, or of a cancelled order."


class NotDeniable(Conflict):
    """The entry has ended otherwise."""

    code = "ENTRY_ENDED"
    message = "Only a consumer who waits or holds a live admission can be denied."


class Paid(NamedTuple):
    """The order behind a completion: its id in the shop, and what it came to."""

    order_id: str
    amount: Decimal | None = None


def complete(rt: Runtime, tenant: Tenant, which: Named, paid: Paid | None) -> dict[str, Any]:
    """Complete an admission, once; the same order again changes nothing.

    Raises ``AlreadyCompleted``, ``NotAdmitted`` and ``OrderTaken``.
    """
    keyring = rt.keyring
    with rt.transaction() as tx:
        held = named.required(tx.session, keyring, tenant, which)
        order_id = None if paid is None else paid.order_id
        done = completions.complete(tx.session, tenant, held, order_id)
        if not done.verdict.good:
            raise _refused(done.verdict)
        told = done.endpoints
        if paid is not None and done.verdict is not Verdict.SAME:
            told += _record_order(tx, tenant, held, paid, late=done.late)
        outbox.wake(tx, rt.jobs, told)
        return status_body(participations.standing(tx.session, tenant, held.participation_id))


def deny(rt: Runtime, tenant: Tenant, which: Named, reason: str) -> dict[str, Any]:
    """Turn away somebody who waits or holds an admission; what it held comes back.

    Repeating it changes nothing. Raises ``NotDeniable`` where the entry has ended otherwise.
    """
    if which.distribution is not None and which.consumer_id is not None:
        return _deny_consumer(rt, tenant, which, reason)
    keyring = rt.keyring
    with rt.transaction() as tx:
        held = named.required(tx.session, keyring, tenant, which)
        distributions.lock_line(tx.session, tenant, held.distribution_id)
        denied = admissions.end(
            tx.session,
            tenant,
            held.distribution_id,
            AdmissionState.DENIED,
            admission_id=held.id,
            reason=reason,
        )
        if denied is None:
            found = participations.standing(tx.session, tenant, held.participation_id)
            return _as_it_stands(found)
        return _denied(rt, tx, tenant, denied)


def _deny_consumer(rt: Runtime, tenant: Tenant, which: Named, reason: str) -> dict[str, Any]:
    queue, consumer_id = which.distribution, which.consumer_id
    assert queue is not None and consumer_id is not None  # noqa: S101, PT018 - deny looked
    with rt.transaction() as tx:
        consumer_id = consumers.known_as_now(tx.session, tenant, consumer_id)
    rt.lines.fence(queue.id, [consumer_id])
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, queue.id)
        denied = participations.deny_waiting(tx.session, tenant, queue.id, consumer_id, reason)
        if denied is not None:
            gone = [(denied.number or 0, consumer_id)]
            tx.then(lambda: rt.lines.remove(queue.id, gone))
            return _denied(rt, tx, tenant, denied)
        denied = admissions.end(
            tx.session,
            tenant,
            queue.id,
            AdmissionState.DENIED,
            consumer_id=consumer_id,
            reason=reason,
        )
        if denied is not None:
            return _denied(rt, tx, tenant, denied)
        found = participations.latest(tx.session, tenant, queue.id, consumer_id)
        if found is None:
            raise participations.never_entered(tx.session, tenant, queue.kind, consumer_id)
        return _as_it_stands(found)


def _denied(rt: Runtime, tx: Transaction, tenant: Tenant, denied: Standing) -> dict[str, Any]:
    told = events.of_entries(tx.session, tenant, denied.kind, "denied", [denied.id])
    outbox.wake(tx, rt.jobs, told)
    return status_body(denied)


def _as_it_stands(found: Standing) -> dict[str, Any]:
    if found.state is not ParticipationState.DENIED:
        raise NotDeniable
    return status_body(found)


def _refused(verdict: Verdict) -> Conflict:
    if verdict is Verdict.ALREADY_COMPLETED:
        return AlreadyCompleted()
    if verdict is Verdict.EXPIRED:
        return NotAdmitted("The admission has expired, and no stock is left for it.")
    return NotAdmitted(f"The admission was ended before: {verdict.value}.")


def _record_order(
    tx: Transaction, tenant: Tenant, held: Held, paid: Paid, *, late: bool
) -> list[str]:
    values = {
        "external_order_id": paid.order_id,
        "consumer_id": held.consumer_id,
        "distribution_id": held.distribution_id,
        "status": OrderState.PAID.value,
        **_amount(paid, orders.currency_of(tx.session, tenant, held.distribution_id)),
    }
    kept = orders.report(tx.session, tenant, values)
    told = orders.tell(tx.session, tenant, kept.order.id, "created") if kept.created else []
    if not orders.complete(tx.session, tenant, kept.order, held, late=late):
        raise OrderTaken
    return told + orders.tell(tx.session, tenant, kept.order.id, "completed")


def _amount(paid: Paid, currency: str | None) -> dict[str, Any]:
    if paid.amount is None or currency is None:
        return {}
    amount = orders.exact("orderAmount", paid.amount, currency)
    return {"total_amount": amount, "currency_code": currency}
