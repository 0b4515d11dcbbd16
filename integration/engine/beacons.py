"""Public randomness: which round of a drand network decides a draw, and what it says.

https://docs.drand.love/docs/specification: rounds of unchained networks come at fixed
times and sign their own number; the hash of the signature is the randomness. The
signature itself is verified by ``integration.kernel.drand``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

AFTER_CLOSING = timedelta(seconds=10)
"""How long after closing a round must come, so that root and seed are surely out before."""


class Chain(NamedTuple):
    """A network of drand: its name, its hash, its key, and when its rounds come."""

    name: str
    hash: str
    public_key: bytes
    genesis: datetime
    period: timedelta


QUICKNET = Chain(
    name="quicknet",
    hash="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    public_key=bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
        "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
    genesis=datetime.fromtimestamp(1_692_803_367, UTC),
    period=timedelta(seconds=3),
)
"""The League of Entropy's, every 3 seconds since August 2023 (bls-unchained-g1-rfc9380)."""

CHAINS: Mapping[str, Chain] = {QUICKNET.hash: QUICKNET}
"""The networks whose rounds may decide a draw, by their hash."""


def time_of(chain: Chain, number: int) -> datetime:
    """Return when a round comes; the first, at genesis, is number 1."""
    return chain.genesis + (number - 1) * chain.period


def last_round(chain: Chain, moment: datetime) -> int:
    """Return the last round that exists at this moment; 0 before genesis."""
    return max(0, (moment - chain.genesis) // chain.period + 1)


def round_for(chain: Chain, close_at: datetime, draw_at: datetime) -> int:
    """Return the round that a draw must name: the first at ``draw_at`` or later.

    It comes at least ``AFTER_CLOSING`` after closing, however late entries may freeze.
    """
    earliest = max(draw_at, close_at + AFTER_CLOSING)
    number = max(1, last_round(chain, earliest))
    return number if time_of(chain, number) >= earliest else number + 1


def unknown_at(chain: Chain, number: int, moment: datetime) -> bool:
    """Whether nobody could know this round yet; else a draw that freezes now proves little."""
    return moment < time_of(chain, number)


def randomness(signature: bytes) -> bytes:
    """Return the randomness of the round that has this signature."""
    return sha256(signature).digest()


def message(number: int) -> bytes:
    """Return what an unchained network signs for a round: the hash of its number."""
    return sha256(number.to_bytes(8, "big")).digest()
