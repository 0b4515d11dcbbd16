"""Sequences: the ways into an experience, the highest priority first."""

from collections.abc import Mapping, Sequence
from typing import Any

from integration.engine.changes import SEQUENCES, experience_stage, fixed, wire_name
from integration.kernel.errors import Conflict, required
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    db,
    distributions,
    editing,
    experiences,
    gates,
    references,
    rows,
    sequences,
)
from integration.store.models import Sequence as Path
from integration.store.rows import Slice

GATES = frozenset({"access_code", "audience_id", "require_authentication", "bot_check"})


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> Path:
    """Add a sequence to an experience that has not ended."""
    with rt.transaction() as tx:
        experience = required(
            experiences.lock(tx.session, tenant, body["experience_id"]), "Experience"
        )
        if experience.ended_at is not None:
            raise Conflict("The experience has ended.")
        row = Path(id=new_id("seq"), **tenant._asdict(), version=1)
        _apply(rt, tx, tenant, row, body)
        gates.renew(row, ())
        tx.session.add(row)
        tx.session.flush()
        return row


def get(rt: Runtime, tenant: Tenant, sequence_id: str) -> Path:
    """Return a sequence, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return required(sequences.find(tx.session, tenant, sequence_id), "Sequence")


def page(rt: Runtime, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]) -> Sequence[Path]:
    """Return a part of the list; ``wanted`` narrows it."""
    with rt.transaction() as tx:
        return sequences.page(tx.session, tenant, part, wanted)


def update(
    rt: Runtime, tenant: Tenant, sequence_id: str, changes: Mapping[str, Any], expected: int | None
) -> Path:
    """Change some fields. Once its gates have changed, everybody is routed again."""
    with rt.transaction() as tx:
        row, held = required(gates.lock(tx.session, tenant, sequence_id, expected), "Sequence")
        experience = experiences.find(tx.session, tenant, row.experience_id)
        ended = experience is not None and experience.ended_at is not None
        stage = experience_stage(published=True, ended=ended)
        editing.refuse(fixed(SEQUENCES, stage, map(wire_name, changes)))
        _apply(rt, tx, tenant, row, changes)
        row.version += 1
        if not GATES.isdisjoint(changes):
            gates.renew(row, held)
        return row


def archive(rt: Runtime, tenant: Tenant, sequence_id: str, expected: int | None) -> None:
    """Take a sequence out of sight once it holds nothing any more."""
    with rt.transaction() as tx:
        row = required(sequences.lock(tx.session, tenant, sequence_id, expected), "Sequence")
        if distributions.in_sequences(tx.session, tenant, [sequence_id]):
            raise Conflict("Archive the distributions of this sequence first.")
        row.archived_at = rows.now(tx.session)
        row.version += 1


def _apply(
    rt: Runtime, tx: db.Transaction, tenant: Tenant, row: Path, values: Mapping[str, Any]
) -> None:
    if values.get("audience_id") is not None:
        references.audience(tx.session, tenant, values["audience_id"])
    code = values.get("access_code")
    if code is not None:
        values = {**values, "access_code": gates.code_hash(rt.vault, row.id, code)}
        row.code_of = None
    for name, value in values.items():
        setattr(row, name, value)
