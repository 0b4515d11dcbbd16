"""Audiences: whom sequences are for, by name or by description."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from integration.engine.member_lists import MemberList
from integration.kernel.errors import Conflict, Detail, NotFound, ValidationFailed, required
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import audiences, db, gates, rows
from integration.store.audiences import DYNAMIC, STATIC, Member
from integration.store.models import Audience
from integration.store.rows import Slice

MOST_LINES_TOLD = 100


class Added(NamedTuple):
    """What became of a list of members; the lines of those whom nobody knows, the first 100."""

    added: int
    unchanged: int
    not_found: int
    not_found_lines: list[int]


def create(rt: Runtime, tenant: Tenant, body: Mapping[str, Any]) -> Audience:
    """Make an audience; a DYNAMIC one has rules, a STATIC one has members."""
    _check(body["type"], body["rules"])
    with rt.transaction() as tx:
        row = Audience(id=new_id("audience"), **tenant._asdict(), version=1, **body)
        tx.session.add(row)
        tx.session.flush()
        return row


def get(rt: Runtime, tenant: Tenant, audience_id: str) -> Audience:
    """Return an audience, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return required(audiences.find(tx.session, tenant, audience_id), "Audience")


def page(rt: Runtime, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]) -> Sequence[Audience]:
    """Return a part of the list; ``wanted`` narrows it."""
    with rt.transaction() as tx:
        return audiences.page(tx.session, tenant, part, wanted)


def update(
    rt: Runtime, tenant: Tenant, audience_id: str, changes: Mapping[str, Any], expected: int | None
) -> Audience:
    """Change the name or the rules; with other rules, everybody is routed again."""
    with rt.transaction() as tx:
        row = required(audiences.lock(tx.session, tenant, audience_id, expected), "Audience")
        if "rules" in changes:
            _check(row.type, changes["rules"])
            gates.renew_for_audience(tx.session, tenant, audience_id)
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        return row


def archive(rt: Runtime, tenant: Tenant, audience_id: str, expected: int | None) -> None:
    """Take an audience out of sight that no sequence is for any more."""
    with rt.transaction() as tx:
        row = required(audiences.lock(tx.session, tenant, audience_id, expected), "Audience")
        if gates.behind(tx.session, tenant, audience_id):
            raise Conflict("A sequence is for this audience. Give it another one first.")
        row.archived_at = rows.now(tx.session)
        row.version += 1


def members(rt: Runtime, tenant: Tenant, audience_id: str, part: Slice) -> Sequence[Member]:
    """Return a part of a STATIC audience's members."""
    with rt.transaction() as tx:
        required(audiences.find(tx.session, tenant, audience_id), "Audience")
        return audiences.members(tx.session, tenant, audience_id, part)


def add_members(
    rt: Runtime, tenant: Tenant, audience_id: str, consumer_ids: Sequence[str]
) -> Added:
    """Add consumers, all or none; raises ``NotFound`` where one does not exist."""
    with rt.transaction() as tx:
        _static(tx, tenant, audience_id)
        known = audiences.consumers_called(tx.session, tenant, "consumerId", consumer_ids)
        if len(known) < len(set(consumer_ids)):
            raise NotFound("Consumer")
        return _add(tx, tenant, audience_id, known, [])


def import_members(rt: Runtime, tenant: Tenant, audience_id: str, given: MemberList) -> Added:
    """Add the consumers of a list that exist; tell the lines of the others."""
    with rt.transaction() as tx:
        _static(tx, tenant, audience_id)
        names = given.lines.values()
        known = audiences.consumers_called(tx.session, tenant, given.column, names)
        unknown = [line for line, name in given.lines.items() if name not in known]
        return _add(tx, tenant, audience_id, known, unknown)


def remove_member(rt: Runtime, tenant: Tenant, audience_id: str, consumer_id: str) -> None:
    """Take a consumer out; what the audience had opened to them is closed again."""
    with rt.transaction() as tx:
        _static(tx, tenant, audience_id)
        if not audiences.remove(tx.session, tenant, audience_id, consumer_id):
            raise NotFound("Consumer")


def _add(
    tx: db.Transaction,
    tenant: Tenant,
    audience_id: str,
    known: Mapping[str, str],
    unknown: Sequence[int],
) -> Added:
    found = sorted(set(known.values()))
    added = audiences.add(tx.session, tenant, audience_id, found)
    return Added(added, len(found) - added, len(unknown), list(unknown[:MOST_LINES_TOLD]))


def _static(tx: db.Transaction, tenant: Tenant, audience_id: str) -> None:
    if required(audiences.find(tx.session, tenant, audience_id), "Audience").type != STATIC:
        raise Conflict("A DYNAMIC audience has rules instead of members.")


def _check(kind: str, rules: Sequence[Any]) -> None:
    if kind == DYNAMIC and not rules:
        raise ValidationFailed(details=[Detail("rules", "A DYNAMIC audience needs a rule.")])
    if kind == STATIC and rules:
        raise ValidationFailed(details=[Detail("rules", "A STATIC audience has members instead.")])
