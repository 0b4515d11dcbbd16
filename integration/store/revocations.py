"""Sessions that ended before their access tokens did."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Database

from integration.store.models import Session

REMEMBERED = timedelta(hours=1, minutes=5)
"""Longer than any access token lives."""


class Revocations:
    """The ended sessions that a process knows of: its own at once, others within a tick."""

    def __init__(self) -> None:
        self._ended: dict[str, datetime] = {}

    def __contains__(self, session_id: object) -> bool:
        return session_id in self._ended

    def add(self, session_id: str, at: datetime) -> None:
        """Refuse this session's tokens from now on."""
        self._ended[session_id] = at

    def refresh(self, database: Database, now: datetime) -> None:
        """Take over what ended anywhere, and forget what no token can name any more."""
        wanted = select(Session.id, Session.revoked_at).where(
            Session.revoked_at > func.clock_timestamp() - REMEMBERED
        )
        found = {row[0]: row[1] for row in database.execute(wanted) if row[1] is not None}
        recent = {name: at for name, at in self._ended.items() if now - at < REMEMBERED}
        self._ended = recent | found
