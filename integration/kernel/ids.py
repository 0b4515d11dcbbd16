"""Prefixed ULIDs: sortable by time, and cheap enough for the hot path."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]
_RANDOM_BYTES = 10
_DRAW = 65_536 - 65_536 % _RANDOM_BYTES


class _Randomness(threading.local):
    """A slice of a large draw for each id: a system call an id costs a fifth of a request."""

    pool = b""
    used = 0

    def take(self) -> bytes:
        if self.used >= len(self.pool):
            self.pool, self.used = os.urandom(_DRAW), 0
        self.used += _RANDOM_BYTES
        return self.pool[self.used - _RANDOM_BYTES : self.used]


_randomness = _Randomness()


def _forget() -> None:
    _randomness.pool = b""
    _randomness.used = 0


# A forked child must not repeat its parent's ids.
os.register_at_fork(after_in_child=_forget)


def new_id(prefix: str) -> str:
    """Return ``prefix_`` and a new 26-character ULID, such as ``queue_01J...``."""
    value = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(_randomness.take())
    pairs = _PAIRS
    return f"{prefix}_" + "".join([pairs[value >> shift & 1023] for shift in _SHIFTS])


_SHIFTS = tuple(range(120, -1, -10))


def id_of(prefix: str, moment: datetime, number: int) -> str:
    """Return the id of what is counted: the same for the same moment and number."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    value = (since // timedelta(milliseconds=1) << 80) | number
    return f"{prefix}_" + "".join([_PAIRS[value >> shift & 1023] for shift in _SHIFTS])


def number_of(made: str) -> int:
    """Return the number that ``id_of`` made this id of."""
    value = 0
    for character in made.rpartition("_")[2]:
        value = value << 5 | _ALPHABET.index(character)
    return value & (1 << 80) - 1
