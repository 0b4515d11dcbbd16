"""Merkle trees as RFC 6962 builds them: one root for a list, short proofs for its members."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

CHUNK = 1024
"""Leaves under one kept node: with 32 bytes for each, any member's proof reads one chunk."""

_EMPTY = sha256().digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the node of one leaf."""
    return sha256(b"\0" + leaf).digest()


def fold(nodes: Iterable[bytes]) -> bytes:
    """Return the root over these nodes, reading them once; over none, the hash of nothing.

    Nodes are leaves' hashes, or the roots of equally large groups of leaves, of which
    only the last may be smaller.
    """
    peaks: list[tuple[int, bytes]] = []
    for node in nodes:
        size, root = 1, node
        while peaks and peaks[-1][0] == size:
            root = _join(peaks.pop()[1], root)
            size *= 2
        peaks.append((size, root))
    if not peaks:
        return _EMPTY
    root = peaks.pop()[1]
    while peaks:
        root = _join(peaks.pop()[1], root)
    return root


def chunk_roots(nodes: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the root of each ``CHUNK`` leaves; folding these gives the root of all."""
    rest = iter(nodes)
    while chunk := list(islice(rest, CHUNK)):
        yield fold(chunk)


def path(nodes: Sequence[bytes], index: int) -> list[bytes]:
    """Return what leads from the node at this index up to the root, its neighbor first.

    Within one chunk, continue with ``path(roots, index // CHUNK)`` over the chunks' roots.
    """
    if len(nodes) <= 1:
        return []
    half = _left(len(nodes))
    if index < half:
        return [*path(nodes[:half], index), fold(nodes[half:])]
    return [*path(nodes[half:], index - half), fold(nodes[:half])]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the tree of ``size`` leaves under this root has this leaf at this index."""
    if not 0 <= index < size:
        return False
    node, rest = leaf_hash(leaf), list(proof)
    # From the top: on which side of each split the leaf lies.
    sides = list(_sides(index, size))
    if len(rest) != len(sides):
        return False
    for neighbor, on_left in zip(rest, reversed(sides), strict=True):
        node = _join(node, neighbor) if on_left else _join(neighbor, node)
    return node == root


def _sides(index: int, size: int) -> Iterator[bool]:
    while size > 1:
        half = _left(size)
        yield index < half
        index, size = (index, half) if index < half else (index - half, size - half)


def _left(size: int) -> int:
    """Return the largest power of two below this size."""
    return 1 << (size - 1).bit_length() - 1


def _join(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
