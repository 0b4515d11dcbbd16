"""How a draw ranks its entries: from what was fixed before, by hashes anyone can repeat (D9)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import sha256
from heapq import nsmallest
from typing import NamedTuple

from integration.engine import merkle

MAX_TICKETS = 100


class Entry(NamedTuple):
    """One entry of a draw, and how many tickets it holds."""

    id: str
    tickets: int = 1


class Frozen(NamedTuple):
    """A list of entries as it was at closing: ``chunks`` are its tree's nodes that are kept."""

    root: bytes
    size: int
    chunks: bytes = b""


class BadEntries(ValueError):
    """The list cannot be that of a draw; the text says why."""


def leaf(entry: Entry) -> bytes:
    """Return what the tree has of an entry."""
    return f"{entry.id}:{entry.tickets}".encode()


def freeze(entries: Iterable[Entry]) -> Frozen:
    """Return the Merkle root, the count and the kept nodes of entries, reading them once.

    They come sorted by id, byte by byte. Raises ``BadEntries``.
    """
    counted = _Counted(entries)
    chunks = b"".join(merkle.chunk_roots(counted))
    size = sha256().digest_size
    nodes = (chunks[at : at + size] for at in range(0, len(chunks), size))
    return Frozen(merkle.fold(nodes), counted.count, chunks)


def final(seed: bytes, root: bytes, beacon: bytes = b"") -> bytes:
    """Return what decides a draw; nobody knew it before the last of these three was out."""
    return sha256(seed + root + beacon).digest()


def rank(key: bytes, entry: Entry) -> bytes:
    """Return an entry's rank under the ``final`` key: that of its luckiest ticket; lowest wins."""
    return _rank(_hmac(key), entry)


def first(
    entries: Iterable[Entry], key: bytes, count: int, withdrawn: Collection[str] = ()
) -> list[str]:
    """Return the ids that rank first, in rank order, without those who have withdrawn.

    Reads the entries once and keeps ``count`` of them.
    """
    gone, mac = frozenset(withdrawn), _hmac(key)
    ranked = ((_rank(mac, entry), entry.id) for entry in entries if entry.id not in gone)
    return [entry_id for _, entry_id in nsmallest(count, ranked)]


def _rank(mac: Callable[[bytes], bytes], entry: Entry) -> bytes:
    entry_id, tickets = entry
    if tickets == 1:
        return mac(f"{entry_id}:0".encode())
    return min(mac(f"{entry_id}:{ticket}".encode()) for ticket in range(tickets))


def _hmac(key: bytes) -> Callable[[bytes], bytes]:
    """Return HMAC-SHA-256 (RFC 2104) under one key.

    A million messages share the two hashes of the key: a third of the time of hmac.digest.
    """
    block = key.ljust(sha256().block_size, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in block))
    outer = sha256(bytes(byte ^ 0x5C for byte in block))

    def mac(message: bytes) -> bytes:
        inside, outside = inner.copy(), outer.copy()
        inside.update(message)
        outside.update(inside.digest())
        return outside.digest()

    return mac


class _Counted:
    """The leaves' hashes, counted and checked as they pass."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.count = 0
        self._entries = entries

    def __iter__(self) -> Iterator[bytes]:
        before = ""
        for entry in self._entries:
            # Text and its UTF-8 sort alike.
            if entry.id <= before:
                raise BadEntries(f"Entry {entry.id} is not after {before or 'nothing'}.")
            if not 1 <= entry.tickets <= MAX_TICKETS:
                raise BadEntries(f"Entry {entry.id} holds {entry.tickets} tickets.")
            before = entry.id
            self.count += 1
            yield merkle.leaf_hash(leaf(entry))
