"""Counts of all processes, gathered in Valkey for whoever asks one of them.

Workers and clocks answer no HTTP, and a web server has several processes: each adds what it
has counted every few seconds. A wiped Valkey begins at zero, as Prometheus expects of a restart.
"""

from collections import defaultdict
from threading import Lock
from time import monotonic
from typing import Any

from redis import Redis

from integration.store.valkey import Valkey, ValkeyAway

KEY = "metrics"
EVERY_SECONDS = 5.0


class Tally:
    """Sums by name, kept under ``key``; adding costs a microsecond, now and then a round trip."""

    def __init__(self, valkey: Valkey, key: str = KEY) -> None:
        self._valkey = valkey
        self._key = key
        self._lock = Lock()
        self._own: defaultdict[str, float] = defaultdict(float)
        self._flush_at = 0.0

    def add(self, *counts: tuple[str, float]) -> None:
        """Add to the sums of these names."""
        self.note(*counts)
        if monotonic() > self._flush_at:
            self.flush()

    def note(self, *counts: tuple[str, float]) -> None:
        """Add, and leave it to others to hand over: for who may not wait for a round trip."""
        with self._lock:
            for name, value in counts:
                self._own[name] += value

    def flush(self) -> None:
        """Hand over what this process has counted; kept for later while Valkey is away."""
        with self._lock:
            self._flush_at = monotonic() + EVERY_SECONDS
            own, self._own = self._own, defaultdict(float)
        if not own:
            return
        try:
            self._valkey.run(lambda client: _hand_over(client, self._key, own))
        except ValkeyAway:
            self.add(*own.items())

    def read(self) -> dict[str, float]:
        """Return the sums of all processes; of this one alone while Valkey is away."""
        self.flush()
        try:
            found: Any = self._valkey.run(lambda client: client.hgetall(self._key))
        except ValkeyAway:
            with self._lock:
                return dict(self._own)
        return {name.decode(): float(value) for name, value in found.items()}

    def take(self) -> dict[str, float]:
        """Return the sums of all processes, and begin at zero; nothing while Valkey is away."""
        self.flush()
        try:
            found: Any = self._valkey.run(lambda client: _take(client, self._key))
        except ValkeyAway:
            return {}
        return {name.decode(): float(value) for name, value in found.items()}


def _hand_over(client: Redis, key: str, counts: dict[str, float]) -> None:
    pipeline = client.pipeline(transaction=True)
    for name, value in counts.items():
        pipeline.hincrbyfloat(key, name, value)
    pipeline.execute()


def _take(client: Redis, key: str) -> Any:
    pipeline = client.pipeline(transaction=True)
    pipeline.hgetall(key)
    pipeline.delete(key)
    return pipeline.execute()[0]
