"""The leaky bucket that Shopify keeps for an app in a shop."""

import threading
import time


class ServedBucket:
    """Points that come back with time; whoever lacks them is told how many there are."""

    def __init__(self, maximum: float = 2000, per_second: float = 100) -> None:
        self.maximum, self.per_second = maximum, per_second
        self.throttled = 0
        self._level, self._at = maximum, time.monotonic()
        self._lock = threading.Lock()

    def take(self, cost: float) -> bool:
        """Take the points that a call asks for; False where there are not so many."""
        with self._lock:
            self._refill()
            if self._level < cost:
                self.throttled += 1
                return False
            self._level -= cost
            return True

    def give_back(self, points: float) -> None:
        """Return what a call turned out not to need."""
        with self._lock:
            self._level = min(self.maximum, self._level + points)

    def set(self, *, maximum: float, per_second: float) -> None:
        """Change the shop's plan; the bucket is full then."""
        with self._lock:
            self.maximum, self.per_second, self._level = maximum, per_second, maximum

    def status(self) -> dict[str, float]:
        with self._lock:
            self._refill()
            return {
                "maximumAvailable": self.maximum,
                "currentlyAvailable": int(self._level),
                "restoreRate": self.per_second,
            }

    def _refill(self) -> None:
        now = time.monotonic()
        self._level = min(self.maximum, self._level + (now - self._at) * self.per_second)
        self._at = now
