"""Messages to people: each is a row first, and sent by whatever way there is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from integration.kernel.errors import NotFound
from integration.kernel.heartbeat import beating
from integration.kernel.mail import CannotSend, Channel
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import messages
from integration.store.messages import MessageState
from integration.store.models import Message
from integration.store.rows import Slice

PAUSES = (2, 10, 30, 60, 120)
"""Seconds to the next attempt; the last one again and again, until the message is over."""

LEASE = timedelta(seconds=10)
BEAT_SECONDS = 3
"""A worker that dies is noticed after a lease; one that lives renews it."""

NO_WAY = "No way to send it is set up."


class Shown(NamedTuple):
    """A message as its merchant may read it in development."""

    id: str
    channel: str
    status: str
    recipient: str | None
    subject: str | None
    text: str | None
    attempts: int
    problem: str | None
    created_at: datetime
    sent_at: datetime | None


def send(rt: Runtime, message_id: str) -> None:
    """Attempt a message that is to be sent, at least once and by one worker at a time."""
    with rt.transaction() as tx:
        message = messages.claim(tx.session, message_id, LEASE)
    letter = None if message is None else messages.letter(rt.vault, message)
    if message is None or letter is None:
        return
    sender = rt.senders.get(Channel(message.channel))
    if sender is None:
        _record(rt, message, MessageState.UNSENDABLE, NO_WAY)
        return
    try:
        with beating(BEAT_SECONDS, lambda: _renew(rt, message)):
            sender(letter)
    except CannotSend as problem:
        state = MessageState.PENDING if problem.again else MessageState.FAILED
        _record(rt, message, state, str(problem))
        return
    with rt.transaction() as tx:
        messages.sent(tx.session, message, keep=rt.settings.development)


def outbox(rt: Runtime, tenant: Tenant, part: Slice) -> Sequence[Shown]:
    """Return what was sent to people, or would have been; raises ``NotFound`` in production."""
    if not rt.settings.development:
        raise NotFound
    with rt.transaction() as tx:
        found = messages.page(tx.session, tenant, part)
    return [_shown(rt, each) for each in found]


def _renew(rt: Runtime, message: Message) -> None:
    with rt.transaction() as tx:
        messages.renew(tx.session, message, LEASE)


def _record(rt: Runtime, message: Message, state: MessageState, problem: str) -> None:
    again = PAUSES[min(message.attempts, len(PAUSES)) - 1]
    with rt.transaction() as tx:
        messages.failed(tx.session, message, state, problem, again)


def _shown(rt: Runtime, message: Message) -> Shown:
    letter = messages.letter(rt.vault, message)
    return Shown(
        id=message.id,
        channel=message.channel,
        status=message.state,
        recipient=letter and letter.recipient,
        subject=letter and letter.subject,
        text=letter and letter.text,
        attempts=message.attempts,
        problem=message.problem,
        created_at=message.created_at,
        sent_at=message.sent_at,
    )
