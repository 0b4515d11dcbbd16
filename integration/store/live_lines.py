"""Statements on the lines that the clock looks after, whoever's they are."""

from collections.abc import Sequence

from sqlalchemy import Engine, Select, event, select
from sqlalchemy.orm import Session

from integration.engine.kinds import DistributionType
from integration.engine.windows import DistributionState
from integration.store.models import Distribution, Line

MOST = 1_000
IN_VALKEY = (DistributionType.QUEUE.value, DistributionType.DRAW.value)
"""The kinds that are entered in batches; who enters one by one is in Postgres alone."""
ENDED = DistributionState.ENDED
IDLE_LIMIT = " -c idle_in_transaction_session_timeout=2s"


def waited_in(session: Session) -> Sequence[str]:
    """Return the lines in which somebody waits, the longest first."""
    waiting = _lines().where(Line.waiting > 0)
    return session.scalars(waiting.order_by(Line.waiting.desc()).limit(MOST)).all()


def empty(session: Session) -> Sequence[str]:
    """Return the lines that are served and in which nobody waits."""
    return session.scalars(
        _lines()
        .where(Line.waiting == 0, Line.entered > 0, Distribution.state != ENDED.value)
        .where(Distribution.archived_at.is_(None))
        .order_by(Distribution.changed_at.desc())
        .limit(MOST)
    ).all()


def _lines() -> Select[str]:
    return (
        select(Line.distribution_id)
        .join(Distribution, Distribution.id == Line.distribution_id)
        .where(Distribution.kind.in_(IN_VALKEY))
    )


def let_go_soon(engine: Engine) -> None:
    """Have the database end a transaction of ours that stands still for two seconds.

    A clock that is frozen holds a line no longer than that (design.md, D10). For
    connections made from now on.
    """

    @event.listens_for(engine, "do_connect")
    def _shorten(_dialect: object, _record: object, _args: object, options: dict[str, str]) -> None:
        known = options.get("options", "")
        # The engine keeps these options from one connection to the next.
        if IDLE_LIMIT not in known:
            options["options"] = known + IDLE_LIMIT
