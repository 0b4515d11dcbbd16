"""Statements on kept answers."""

from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store.models import IdempotencyKey

KEPT_FOR = timedelta(hours=24)


class KeyedCall(Protocol):
    """What names a kept answer."""

    @property
    def tenant(self) -> Tenant: ...  # noqa: D102
    @property
    def route(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def body_hash(self) -> bytes: ...  # noqa: D102


def lock(session: Session, call: KeyedCall) -> bool:
    """Take this key until the transaction ends, or return False at once."""
    name = "\n".join([*call.tenant, call.route, call.key])
    return bool(
        session.scalar(select(func.pg_try_advisory_xact_lock(func.hashtextextended(name, 0))))
    )


def find(session: Session, call: KeyedCall) -> IdempotencyKey | None:
    """Return what is kept under this key, unless it is too old."""
    return session.scalar(
        select(IdempotencyKey).where(
            _named(call), IdempotencyKey.created_at > func.now() - KEPT_FOR
        )
    )


def claim(session: Session, call: KeyedCall, lease: timedelta) -> bool:
    """Take the key for ``lease``; False while another holds it."""
    until = func.clock_timestamp() + lease
    free = or_(
        IdempotencyKey.claimed_until.is_(None),
        IdempotencyKey.claimed_until < func.clock_timestamp(),
        IdempotencyKey.created_at <= func.now() - KEPT_FOR,
    )
    values = {"body_hash": call.body_hash, "claimed_until": until, "answer": None}
    statement = insert(IdempotencyKey).values(_names(call) | values)
    taken = statement.on_conflict_do_update(
        index_elements=[*_names(call)],
        set_=values | {"created_at": func.clock_timestamp()},
        where=free,
    ).returning(IdempotencyKey.key)
    return session.scalar(taken) is not None


def release(session: Session, call: KeyedCall) -> None:
    """Give the key back: nothing was answered that must be kept."""
    session.execute(delete(IdempotencyKey).where(_named(call)))


def keep(session: Session, call: KeyedCall, status: int, answer: bytes, about: str | None) -> None:
    """Remember the answer, which shows the object ``about``."""
    values = {"body_hash": call.body_hash, "status": status, "answer": answer, "about": about}
    statement = insert(IdempotencyKey).values(_names(call) | values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[*_names(call)],
            set_=values | {"claimed_until": None, "created_at": func.clock_timestamp()},
        )
    )


def forget_old(session: Session) -> None:
    """Delete what has been kept long enough."""
    session.execute(
        delete(IdempotencyKey).where(IdempotencyKey.created_at <= func.now() - KEPT_FOR)
    )


def _names(call: KeyedCall) -> dict[str, Any]:
    tenant = call.tenant._asdict()
    return {**tenant, "route": call.route, "key": call.key}


def _named(call: KeyedCall) -> ColumnElement[bool]:
    return and_(*(getattr(IdempotencyKey, name) == value for name, value in _names(call).items()))
