"""How many calls are granted: exact over all processes, by Valkey's clock (design.md, D12)."""

import math
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import NamedTuple, TypeVar

from limits.storage import MemoryStorage

from integration.kernel.errors import RateLimited
from integration.kernel.tenant import Tenant
from integration.store.valkey import Call, Valkey, ValkeyAway

MINUTE = 60


class Taken(NamedTuple):
    """How many calls were granted, and the window's figures (contract.md, section 1).

    ``reset`` is in Unix seconds; ``retry_after`` in whole seconds, 0 when all were granted.
    """

    granted: int
    limit: int
    remaining: int
    reset: int
    retry_after: int

    def headers(self) -> dict[str, str]:
        """Return what every answer that a limit counted tells about it."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }

    def check(self) -> None:
        """Raise ``RateLimited`` when nothing was granted."""
        if not self.granted:
            raise refusal(self)


W = TypeVar("W", bound=Hashable)

GroupLimit = Callable[[Tenant, int], Taken]
"""Takes that many calls from an organization's windows."""


def refusal(taken: Taken) -> RateLimited:
    """Return the error for a call that this window had no room for."""
    return RateLimited(retry_after=max(1, taken.retry_after), headers=taken.headers())


def share(limit: Callable[[W, int], Taken], wanted: Sequence[W]) -> list[Taken | RateLimited]:
    """Take for a group of calls, once for each window they want; who came first is granted."""
    windows = {window: limit(window, cost) for window, cost in Counter(wanted).items()}
    left = {window: taken.granted for window, taken in windows.items()}
    shares: list[Taken | RateLimited] = []
    for window in wanted:
        left[window] -= 1
        taken = windows[window]
        shares.append(taken if left[window] >= 0 else refusal(taken))
    return shares


def subject_of(tenant: Tenant) -> str:
    """Return whom a limit counts: an organization in one mode."""
    return ":".join(tenant)


def counting(name: str, subject: str, limit: int, cost: int, burst: int | None = None) -> Call:
    """Return the script call that counts, for a caller with more to ask in the same trip."""
    tag = f"limit:{{{name}:{subject}}}"
    return Call("take", (f"{tag}:minute", f"{tag}:second"), (cost, limit, burst or 0))


def counted(answer: list[int], limit: int, cost: int) -> Taken:
    """Return what that call's answer means."""
    granted, remaining, reset, wait = answer
    retry_after = max(1, math.ceil(wait / 1000)) if granted < cost else 0
    return Taken(granted, limit, remaining, math.ceil(reset / 1000), retry_after)


class Limits:
    """Fixed windows of a minute, and of a second where a burst is bounded.

    They begin with their first call. While Valkey is away each process counts for itself.
    """

    def __init__(self, valkey: Valkey) -> None:
        self._valkey = valkey
        self._own: MemoryStorage | None = None
        self._lock = Lock()

    def take(
        self,
        name: str,
        subject: str,
        limit_per_minute: int,
        cost: int = 1,
        burst: int | None = None,
    ) -> Taken:
        """Take as many of ``cost`` calls as the limits allow."""
        call = counting(name, subject, limit_per_minute, cost, burst)
        try:
            return counted(self._valkey.scripts([call])[0], limit_per_minute, cost)
        except ValkeyAway:
            return self.take_here(name, subject, limit_per_minute, cost, burst)

    def take_here(
        self,
        name: str,
        subject: str,
        limit_per_minute: int,
        cost: int = 1,
        burst: int | None = None,
    ) -> Taken:
        """Take from what this process counts by itself."""
        key = f"{name}:{subject}"
        fitting = cost
        if burst is not None:
            fitting, _, _ = self._count(f"{key}:second", 1, burst, cost)
        granted, remaining, reset = self._count(f"{key}:minute", MINUTE, limit_per_minute, fitting)
        wait = 0
        if granted < cost:
            wait = 1 if granted == fitting else max(1, math.ceil(reset - time.time()))
        return Taken(granted, limit_per_minute, remaining, math.ceil(reset), wait)

    def _count(self, key: str, length: int, most: int, cost: int) -> tuple[int, int, float]:
        storage = self._storage()
        used = storage.incr(key, length, cost)
        granted = max(0, min(cost, most - (used - cost)))
        return granted, max(0, most - used), storage.get_expiry(key)

    def _storage(self) -> MemoryStorage:
        # It starts a thread, so not before there is need, and never before a fork.
        with self._lock:
            if self._own is None:
                self._own = MemoryStorage()
            return self._own
