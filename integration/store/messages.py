"""Statements on messages to people: kept sealed, claimed, sent, written down."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.kernel.crypto import Vault
from integration.kernel.ids import new_id
from integration.kernel.mail import Channel, Letter
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.contacts import Contact, contact_hash
from integration.store.models import Message
from integration.store.rows import Slice

KEPT = timedelta(days=1)


class MessageState(StrEnum):
    """How far a message has come; unsendable is what had no way to go, kept for development."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    UNSENDABLE = "unsendable"


def add(
    session: Session,
    vault: Vault,
    tenant: Tenant,
    channel: Channel,
    *,
    recipient: str,
    subject: str,
    text: str,
    lasts: timedelta,
) -> str:
    """Keep a message to be sent within this time; return its id."""
    content = orjson.dumps({"recipient": recipient, "subject": subject, "text": text})
    found_by = contact_hash(vault, Contact(channel, recipient))
    message_id = new_id("msg")
    session.execute(
        insert(Message).values(
            id=message_id,
            channel=channel.value,
            recipient=found_by,
            content=vault.seal(content),
            expires_at=func.clock_timestamp() + lasts,
            **tenant._asdict(),
        )
    )
    return message_id


def letter(vault: Vault, message: Message) -> Letter | None:
    """Return what a message says to whom; None once that is gone."""
    if message.content is None:
        return None
    return Letter(id=message.id, **orjson.loads(vault.open(message.content)))


def claim(session: Session, message_id: str, lease: timedelta) -> Message | None:
    """Lease a message, whoever's it is, that is to be sent and that nobody is sending."""
    claiming = (
        update(Message)
        .where(Message.id == message_id, _open(), Message.expires_at > func.clock_timestamp())
        .values(claimed_until=func.clock_timestamp() + lease, attempts=Message.attempts + 1)
        .returning(Message)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalar(claiming)


def renew(session: Session, message: Message, lease: timedelta) -> None:
    """Keep a message that is still being sent."""
    until = func.clock_timestamp() + lease
    _change(session, message, {"claimed_until": until})


def ask_again(session: Session, tenant: Tenant, message_id: str) -> bool:
    """Make a message due now that is still worth sending; False where there is none."""
    unsent = Message.state.in_([MessageState.PENDING.value, MessageState.FAILED.value])
    asked = (
        update(Message)
        .where(Message.id == message_id, unsent, Message.content.is_not(None))
        .where(Message.expires_at > func.clock_timestamp())
        .where(Message.organization_id == tenant.organization_id, Message.mode == tenant.mode)
        .values(state=MessageState.PENDING.value, due_at=func.clock_timestamp())
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(asked) is not None


def sent(session: Session, message: Message, *, keep: bool) -> None:
    """Say that a message was taken; what it says is forgotten, unless it is to be kept."""
    values: dict[str, Any] = {"sent_at": func.clock_timestamp()}
    if not keep:
        values["content"] = None
    _end(session, message, MessageState.SENT, values)


def failed(
    session: Session, message: Message, state: MessageState, problem: str | None, again: int
) -> None:
    """Say why a message was not taken, and in how many seconds to try again if it is pending."""
    due_at = func.clock_timestamp() + timedelta(seconds=again)
    _end(session, message, state, {"problem": problem, "due_at": due_at})


def page(session: Session, tenant: Tenant, part: Slice) -> Sequence[Message]:
    """Return a part of this tenant's messages."""
    found: Sequence[Message] = session.scalars(
        rows.cut(rows.of(Message, tenant), Message.id, part)
    ).all()
    return found


def due(session: Session, most: int) -> Sequence[str]:
    """Return the messages, whoever's they are, that are to be sent now."""
    wanted = select(Message.id).where(_open(), Message.due_at <= func.clock_timestamp())
    live = Message.expires_at > func.clock_timestamp()
    return session.scalars(wanted.where(live).order_by(Message.due_at).limit(most)).all()


def expire(session: Session) -> None:
    """Give up the messages of all tenants whose time is over."""
    over = and_(_open(), Message.expires_at <= func.clock_timestamp())
    session.execute(
        update(Message)
        .where(over)
        .values(state=MessageState.EXPIRED.value, content=None)
        .execution_options(synchronize_session=False)
    )


def forget_old(session: Session) -> None:
    """Delete the messages of all tenants that were kept long enough."""
    session.execute(delete(Message).where(Message.created_at <= func.now() - KEPT))


def _open() -> ColumnElement[bool]:
    free = or_(Message.claimed_until.is_(None), Message.claimed_until <= func.clock_timestamp())
    # In words, so that the partial index is seen to fit.
    return and_(Message.state == MessageState.PENDING.value, free)


def _end(session: Session, message: Message, to: MessageState, values: dict[str, Any]) -> None:
    _change(session, message, {"state": to.value, "claimed_until": None, **values})


def _change(session: Session, message: Message, values: dict[str, Any]) -> None:
    session.execute(
        update(Message)
        .where(Message.id == message.id, Message.state == MessageState.PENDING.value)
        .where(Message.organization_id == message.organization_id, Message.mode == message.mode)
        .values(values)
        .execution_options(synchronize_session=False)
    )
