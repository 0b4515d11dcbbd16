"""What a process reads again every half second: keys, lines, the keyring, revocations."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from integration.kernel.clock import Clock
from integration.store import keys
from integration.store.db import transaction
from integration.store.facts import Facts
from integration.store.keyring import StoredKeyring
from integration.store.revocations import Revocations

OVERLAP = timedelta(seconds=15)
"""Longer than a transaction may take: what committed late is still seen."""
FLUSH_USES = timedelta(seconds=10)


class Freshness:
    """Knows since when to read; one short transaction a refresh."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        clock: Clock,
        facts: Sequence[Facts[Any]],
        *,
        keyring: StoredKeyring,
        revoked: Revocations,
        keys_used: set[str],
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._facts = facts
        self._keyring = keyring
        self._revoked = revoked
        self._keys_used = keys_used
        self._since = datetime.min.replace(tzinfo=UTC)
        self._flushed = clock.now()

    def refresh(self) -> None:
        """Take over whatever changed since the last time that this succeeded."""
        with transaction(self._sessions) as tx:
            now = tx.session.scalar(select(func.clock_timestamp())) or self._clock.now()
            for facts in self._facts:
                facts.refresh(self._since)
            self._revoked.refresh(tx.session, now)
            self._keyring.refresh()
            self._flush_uses(tx.session)
        self._since = now - OVERLAP

    def _flush_uses(self, session: Session) -> None:
        now = self._clock.now()
        if not self._keys_used or now - self._flushed < FLUSH_USES:
            return
        used = set(self._keys_used)
        self._keys_used -= used
        self._flushed = now
        keys.mark_used(session, used, now)
