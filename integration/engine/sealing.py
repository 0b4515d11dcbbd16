"""Seals on the record: each segment's tree, chained to the segment before (docs/audit.md)."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from integration.engine.canonical import canonical
from integration.engine.merkle import fold

DOMAIN = b"fanfare-audit-v1\0"
BEGINNING = bytes(32)
"""What the first segment is chained to."""
LEAF_BYTES = 32


class Segment(NamedTuple):
    """What a seal says: the rows behind ``since``, up to and with ``through``."""

    organization_id: str
    mode: str
    number: int
    since: int
    through: int
    size: int
    root: bytes
    previous: bytes
    sealed_at: str

    def hash(self) -> bytes:
        """Return what the next segment is chained to, and what is signed."""
        text = canonical(
            {
                "organizationId": self.organization_id,
                "mode": self.mode,
                "number": self.number,
                "since": self.since,
                "through": self.through,
                "count": self.size,
                "root": self.root.hex(),
                "previous": self.previous.hex(),
                "sealedAt": self.sealed_at,
            }
        )
        return sha256(DOMAIN + text.encode()).digest()


class Kept(NamedTuple):
    """A segment as it was found, with the rows that it names and their leaves."""

    said: Segment
    hash: bytes
    ordinals: Sequence[int]
    leaves: Sequence[bytes]


def split(leaves: bytes) -> list[bytes]:
    """Return the leaves that were kept in one piece."""
    return [leaves[at : at + LEAF_BYTES] for at in range(0, len(leaves), LEAF_BYTES)]


def check_chain(found: Kept, before: Kept | None) -> Iterator[str]:
    """Yield what is wrong with a segment itself, and with its place behind another one."""
    said = found.said
    last = 0 if before is None else before.said.number
    if said.number != last + 1:
        missing = f"{last + 1}" if said.number == last + 2 else f"{last + 1} to {said.number - 1}"
        yield f"Segment {missing} is missing."
    elif said.previous != (BEGINNING if before is None else before.hash):
        yield f"Segment {said.number} is not chained to the one before it."
    elif said.since != (0 if before is None else before.said.through):
        yield f"Segment {said.number} does not begin where the one before it ends."
    if said.hash() != found.hash:
        yield f"Segment {said.number} was changed: it does not have its hash."
    if not len(found.ordinals) == len(found.leaves) == said.size:
        yield f"Segment {said.number} does not name as many rows as it counts."
    if fold(found.leaves) != said.root:
        yield f"Segment {said.number} names other rows than were sealed: they do not give its root."


class Difference(NamedTuple):
    """How a sealed row differs from what is there: ``changed``, ``removed`` or ``inserted``."""

    ordinal: int
    how: str


def compare(found: Kept, there: Mapping[int, bytes]) -> Iterator[Difference]:
    """Yield how the rows that are there differ from those that were sealed."""
    sealed = dict(zip(found.ordinals, found.leaves, strict=False))
    for ordinal in sorted(sealed.keys() | there.keys()):
        if ordinal not in there:
            yield Difference(ordinal, "removed")
        elif ordinal not in sealed:
            yield Difference(ordinal, "inserted")
        elif sealed[ordinal] != there[ordinal]:
            yield Difference(ordinal, "changed")
