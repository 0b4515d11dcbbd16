"""Sealing the record: what is in a segment cannot change unseen (docs/audit.md)."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from itertools import groupby
from types import SimpleNamespace

from integration.engine.merkle import fold
from integration.engine.sealing import BEGINNING, Segment
from integration.kernel.tenant import Tenant
from integration.kernel.tokens import Keyring
from integration.runtime import Runtime
from integration.store import audit_segments, db, rows
from integration.store.audit_segments import Leaf
from integration.store.models import AuditSegment
from integration.store.rows import Slice

BATCH = 20_000
ROUNDS = 20


def seal(rt: Runtime) -> int:
    """Seal what has been recorded, up to 400 000 rows; return how many.

    Any number of clocks may do it: one holds the mark, the others go on. Rows are sealed once
    every transaction that might still add some before them is over.
    """
    keyring = rt.keyring
    with rt.transaction() as tx:
        audit_segments.mark(tx.session)
    total = 0
    for _ in range(ROUNDS):
        with rt.transaction() as tx:
            count = _seal(keyring, tx)
        total += count
        if count < BATCH:
            break
    return total


def page(rt: Runtime, tenant: Tenant, part: Slice) -> Sequence[SimpleNamespace]:
    """Return a part of the tenant's segments."""
    with rt.transaction() as tx:
        found = audit_segments.page(tx.session, tenant, part)
    return [SimpleNamespace(id=str(each.number), **vars(each)) for each in found]


def _seal(keyring: Keyring, tx: db.Transaction) -> int:
    reach = audit_segments.hold(tx.session)
    if reach is None or reach.sealed >= reach.marked:
        return 0
    found = audit_segments.leaves(tx.session, reach, BATCH)
    through = found[-1].ordinal if len(found) == BATCH else reach.marked
    by_tenant = sorted(found, key=lambda leaf: leaf.tenant)
    for tenant, theirs in groupby(by_tenant, key=lambda leaf: leaf.tenant):
        _add(keyring, tx, tenant, through, theirs)
    audit_segments.advance(tx.session, through)
    return len(found)


def _add(
    keyring: Keyring, tx: db.Transaction, tenant: Tenant, through: int, theirs: Iterable[Leaf]
) -> None:
    head = audit_segments.head(tx.session, tenant)
    since = 0 if head is None else head.through
    fresh = [leaf for leaf in theirs if leaf.ordinal > since]
    if not fresh:
        return
    sealed_at = rows.now(tx.session)
    said = Segment(
        *tenant,
        number=1 if head is None else head.number + 1,
        since=since,
        through=through,
        size=len(fresh),
        root=fold(leaf.leaf for leaf in fresh),
        previous=BEGINNING if head is None else head.hash,
        sealed_at=sealed_at.astimezone(UTC).isoformat(),
    )
    kid, signature = keyring.attest(said.hash())
    tx.session.add(
        AuditSegment(
            **tenant._asdict(),
            number=said.number,
            since=since,
            through=through,
            count=said.size,
            root=said.root,
            previous=said.previous,
            hash=said.hash(),
            sealed_at=sealed_at,
            kid=kid,
            signature=signature,
            ordinals=[leaf.ordinal for leaf in fresh],
            leaves=b"".join(leaf.leaf for leaf in fresh),
        )
    )
