"""Verifying the record: recompute every seal, and say exactly what does not hold."""

from collections.abc import Callable, Iterator
from datetime import UTC
from typing import NamedTuple

from integration.engine.sealing import Difference, Kept, Segment, check_chain, compare, split
from integration.kernel.ids import id_of
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import audit_segments
from integration.store.models import AuditSegment

MOST_NAMED = 100
"""How many rows of one segment are named one by one."""


class Found(NamedTuple):
    """What one tenant's record came to; no ``problems``, and it holds."""

    tenant: Tenant
    segments: int
    rows: int
    unsealed: int
    head: str | None
    hashes: frozenset[str]
    problems: list[str]


def tenants(rt: Runtime) -> list[Tenant]:
    """Return whoever has a record."""
    with rt.transaction() as tx:
        return audit_segments.tenants(tx.session)


def size(rt: Runtime, tenant: Tenant) -> int:
    """Return how many rows are sealed."""
    with rt.transaction() as tx:
        return sum(count for _, count in audit_segments.counts(tx.session, tenant))


def verify(rt: Runtime, tenant: Tenant, progress: Callable[[int], object]) -> Found:
    """Recompute a tenant's record from its rows; ``progress`` hears of rows as they are done.

    Reads a segment at a time, each in a transaction of its own.
    """
    with rt.transaction() as tx:
        # In this order: a clock may seal in between, and its segment is not among ours.
        bound = audit_segments.sealed(tx.session)
        numbers = [number for number, _ in audit_segments.counts(tx.session, tenant)]
    walk = _Walk(rt, tenant)
    for number in numbers:
        progress(walk.step(number))
    return walk.end(bound)


class _Walk:
    """A way along one tenant's chain, and what did not hold on it."""

    def __init__(self, rt: Runtime, tenant: Tenant) -> None:
        self._rt = rt
        self._tenant = tenant
        self._before: Kept | None = None
        self._trusted = True
        self._problems: list[str] = []
        self._hashes: list[str] = []
        self._rows = 0

    def step(self, number: int) -> int:
        """Check the segment of this number; return how many rows it says it has."""
        with self._rt.transaction() as tx:
            row = audit_segments.one(tx.session, self._tenant, number)
        if row is None:
            return 0
        kept = _kept(row)
        self._problems += check_chain(kept, self._before)
        signed = self._rt.keyring.attested(row.kid, kept.said.hash(), row.signature)
        if signed is False:
            self._problems.append(f"Segment {number} was changed: its signature does not hold.")
        # A later good signature covers, by the chain, what was signed by a key that is gone.
        self._trusted = signed is not None
        self._problems += _differences(self._rt, self._tenant, kept)
        self._rows += len(kept.ordinals)
        self._hashes.append(kept.hash.hex())
        self._before = kept
        return kept.said.size

    def end(self, bound: int) -> Found:
        """Check what lies behind the last segment; rows up to ``bound`` should be in one."""
        if not self._trusted:
            said = "The last segment is signed by a key that this installation has not got."
            self._problems.append(said)
        since = 0 if self._before is None else self._before.said.through
        late, unsealed = _tail(self._rt, self._tenant, since, bound)
        return Found(
            self._tenant,
            segments=len(self._hashes),
            rows=self._rows,
            unsealed=unsealed,
            head=self._hashes[-1] if self._hashes else None,
            hashes=frozenset(self._hashes),
            problems=self._problems + late,
        )


def _kept(row: AuditSegment) -> Kept:
    said = Segment(
        row.organization_id,
        row.mode,
        row.number,
        row.since,
        row.through,
        row.count,
        row.root,
        row.previous,
        row.sealed_at.astimezone(UTC).isoformat(),
    )
    return Kept(said, row.hash, row.ordinals, split(row.leaves))


def _differences(rt: Runtime, tenant: Tenant, kept: Kept) -> Iterator[str]:
    said = kept.said
    with rt.transaction() as tx:
        there = audit_segments.leaves_of(tx.session, tenant, said.since, said.through)
    found = list(compare(kept, there))
    named = _names(rt, tenant, found[:MOST_NAMED])
    for each in found[:MOST_NAMED]:
        yield f"Segment {said.number}: {named[each.ordinal]} was {each.how} after it was sealed."
    if len(found) > MOST_NAMED:
        yield f"Segment {said.number}: {len(found) - MOST_NAMED} more rows differ."


def _tail(rt: Runtime, tenant: Tenant, since: int, bound: int) -> tuple[list[str], int]:
    """Return what is wrong behind the last segment, and how many rows wait for a seal."""
    with rt.transaction() as tx:
        behind = audit_segments.leaves_of(tx.session, tenant, since, 2**63 - 1)
    late = [Difference(each, "inserted") for each in sorted(behind) if each <= bound]
    named = _names(rt, tenant, late[:MOST_NAMED])
    said = [
        f"Behind the last segment: {named[each.ordinal]} is in no segment, though later rows are:"
        " it was inserted, or its segment was removed."
        for each in late[:MOST_NAMED]
    ]
    if len(late) > MOST_NAMED:
        said.append(f"Behind the last segment: {len(late) - MOST_NAMED} more rows.")
    return said, len(behind) - len(late)


def _names(rt: Runtime, tenant: Tenant, found: list[Difference]) -> dict[int, str]:
    with rt.transaction() as tx:
        known = audit_segments.subjects(tx.session, tenant, [each.ordinal for each in found])
    named = {each.ordinal: f"row {each.ordinal}" for each in found}
    for ordinal, row in known.items():
        row_id = id_of("log", row.at, ordinal)
        named[ordinal] = f"row {ordinal} ({row_id}, {row.action} of {row.subject_id})"
    return named
