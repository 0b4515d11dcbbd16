"""Sequences: the ways into an experience, the highest priority first."""

from collections.abc import Mapping, Sequence
from typing import Any

from integration.kernel.errors import Conflict, NotFound
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions, experiences, rows, sequences
from integration.store.models import Sequence as Path
from integration.store.rows import Slice


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> Path:
    """Add a sequence to an experience that has not ended."""
    with rt.transaction() as tx:
        experience = experiences.lock(tx.session, tenant, body["experience_id"])
        if experience is None:
            raise NotFound("Experience")
        if experience.ended_at is not None:
            raise Conflict("The experience has ended.")
        row = Path(id=new_id("seq"), **tenant._asdict(), version=1, **body)
        tx.session.add(row)
        tx.session.flush()
        return row


def get(rt: Runtime, tenant: Tenant, sequence_id: str) -> Path:
    """Return a sequence, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return _required(sequences.find(tx.session, tenant, sequence_id))


def page(rt: Runtime, tenant: Tenant, part: Slice, experience_id: str | None) -> Sequence[Path]:
    """Return a part of the list."""
    with rt.transaction() as tx:
        return sequences.page(tx.session, tenant, part, experience_id)


def update(
    rt: Runtime, tenant: Tenant, sequence_id: str, changes: Mapping[str, Any], expected: int | None
) -> Path:
    """Change some fields."""
    with rt.transaction() as tx:
        row = _required(sequences.lock(tx.session, tenant, sequence_id, expected))
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        return row


def archive(rt: Runtime, tenant: Tenant, sequence_id: str, expected: int | None) -> None:
    """Take a sequence out of sight once it holds nothing any more."""
    with rt.transaction() as tx:
        row = _required(sequences.lock(tx.session, tenant, sequence_id, expected))
        if distributions.in_sequences(tx.session, tenant, [sequence_id]):
            raise Conflict("Archive the distributions of this sequence first.")
        row.archived_at = rows.now(tx.session)
        row.version += 1


def _required(row: Path | None) -> Path:
    if row is None:
        raise NotFound("Sequence")
    return row
