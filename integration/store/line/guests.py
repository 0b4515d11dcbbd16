"""Guests, made in groups like the entries that follow them (design.md, D4)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from integration.kernel.errors import RateLimited
from integration.kernel.tenant import Tenant
from integration.store.limits import GroupLimit, Taken, share
from integration.store.line.arrays import bytea_array, read_time, text_array
from integration.store.line.batcher import Batcher
from integration.store.line.watching import Watch, nobody
from integration.store.line.wire import Wire

STATEMENT = (
    "SELECT make_guests($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::interval)"
)


class Guest(NamedTuple):
    """A consumer nobody knows yet, with a session and the hash of its refresh token."""

    tenant: Tenant
    consumer_id: str
    session_id: str
    token_hash: bytes


class MadeGuest(NamedTuple):
    """When the session ends, and the limit's figures."""

    expires_at: datetime
    taken: Taken


Answer = MadeGuest | BaseException


class GuestMaker:
    """Commits the guests that arrive at the same time in one transaction."""

    def __init__(
        self, database_url: str, limit: GroupLimit, lifetime: timedelta, watch: Watch = nobody
    ) -> None:
        self._wire = Wire(database_url, STATEMENT)
        self._limit = limit
        self._lifetime = f"{int(lifetime.total_seconds())} seconds".encode()
        self._batcher: Batcher[Guest, MadeGuest] = Batcher(self._run, name="guests", watch=watch)

    def make(self, guest: Guest, timeout: float = 1.0) -> MadeGuest:
        """Commit a guest; raises ``RateLimited`` or ``ServiceUnavailable``.

        One that was not acknowledged may exist; its ids are new each time, so nobody minds.
        """
        return self._batcher.submit(guest, timeout)

    def close(self) -> None:
        """End the thread and the connection; the next guest begins others."""
        self._batcher.close()
        self._wire.close()

    def _run(self, guests: Sequence[Guest], meanwhile: Callable[[], None]) -> list[Answer]:
        shares = share(self._limit, [guest.tenant for guest in guests])
        granted = [
            guest for guest, taken in zip(guests, shares, strict=True) if isinstance(taken, Taken)
        ]
        if not granted:
            return [share for share in shares if isinstance(share, RateLimited)]
        end = self._commit(granted, meanwhile)
        return [MadeGuest(end, taken) if isinstance(taken, Taken) else taken for taken in shares]

    def _commit(self, guests: Sequence[Guest], meanwhile: Callable[[], None]) -> datetime:
        rows = self._wire.run(
            [
                text_array([guest.tenant.organization_id for guest in guests]),
                text_array([guest.tenant.mode for guest in guests]),
                text_array([guest.consumer_id for guest in guests]),
                text_array([guest.session_id for guest in guests]),
                bytea_array([guest.token_hash for guest in guests]),
                self._lifetime,
            ],
            meanwhile,
        )
        return read_time(rows.get_value(0, 0) or b"")
