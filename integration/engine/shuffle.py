"""A lobby's shuffle: a seeded permutation of 1 to n, computed on read, for anyone to repeat.

A Feistel network of ten rounds over the two halves of the number's bits, walked until it
lands inside 1 to n. Its round function is the first 8 bytes of
HMAC-SHA-256(seed, "fanfare-shuffle-v1:{n}:{round}:{half}"), most significant first, cut to
the bits of a half. The seed is published at opening, its commitment before.

To check another reading of this: with the seed 00 01 .. 1f, those who came as 1 to 10 get
the places 5 2 3 6 10 7 9 1 4 8; of a million, the first to come gets 683948.
"""

import hmac
from functools import lru_cache
from hashlib import sha256

SEED_BYTES = 32

_ROUNDS = range(10)
_SHUFFLES_KNOWN = 16
_DOMAIN = "fanfare-shuffle-v1"


def shuffled(seed: bytes, size: int, number: int) -> int:
    """Return the place, 1 to ``size``, that the shuffle gives the one who came as ``number``."""
    _check(size, number)
    return _walk(seed, size, number - 1, forth=True) + 1


def unshuffled(seed: bytes, size: int, place: int) -> int:
    """Return who, by number of coming, the shuffle puts in this place."""
    _check(size, place)
    return _walk(seed, size, place - 1, forth=False) + 1


def commitment(distribution_id: str, seed: bytes) -> bytes:
    """Return what is published before opening: it fixes the seed without telling it."""
    return sha256(b"\0".join((_DOMAIN.encode(), distribution_id.encode(), seed))).digest()


def _check(size: int, number: int) -> None:
    if not 1 <= number <= size:
        raise ValueError(f"There is no {number} among 1 to {size}.")


def _walk(seed: bytes, size: int, value: int, *, forth: bool) -> int:
    """Permute until the value is one of the shuffle's own: fewer than four times on average."""
    bits = _half_bits(size)
    while True:
        value = (_forth if forth else _back)(seed, size, bits, value)
        if value < size:
            return value


def _half_bits(size: int) -> int:
    """Return how many bits each half has: as few as hold all numbers below ``size``."""
    return max(1, ((size - 1).bit_length() + 1) // 2)


def _forth(seed: bytes, size: int, bits: int, value: int) -> int:
    left, right, known = value >> bits, value & (1 << bits) - 1, _known(seed, size)
    for number in _ROUNDS:
        key = number << bits | right
        if key not in known:
            known[key] = _mixed(seed, size, number, right, bits)
        left, right = right, left ^ known[key]
    return left << bits | right


def _back(seed: bytes, size: int, bits: int, value: int) -> int:
    left, right, known = value >> bits, value & (1 << bits) - 1, _known(seed, size)
    for number in reversed(_ROUNDS):
        key = number << bits | left
        if key not in known:
            known[key] = _mixed(seed, size, number, left, bits)
        left, right = right ^ known[key], left
    return left << bits | right


@lru_cache(maxsize=_SHUFFLES_KNOWN)
def _known(_seed: bytes, _size: int) -> dict[int, int]:
    """Return the memory of a shuffle's round functions: ten times the square root of its size."""
    return {}


def _mixed(seed: bytes, size: int, number: int, half: int, bits: int) -> int:
    said = f"{_DOMAIN}:{size}:{number}:{half}".encode()
    return int.from_bytes(hmac.digest(seed, said, "sha256")[:8], "big") & (1 << bits) - 1
