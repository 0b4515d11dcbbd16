"""Statements on the seals of the record."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import AuditSegment
from integration.store.rows import Slice

S = AuditSegment


class Leaf(NamedTuple):
    """One row of the record as its tree takes it."""

    ordinal: int
    tenant: Tenant
    leaf: bytes


class Reach(NamedTuple):
    """What may be sealed now: the rows behind ``sealed`` up to ``marked``."""

    sealed: int
    marked: int


_HOLD = text(
    "SELECT sealed, marked, running FROM audit_mark WHERE name = 'log' FOR UPDATE SKIP LOCKED"
)
_BEGIN = text("INSERT INTO audit_mark (name) VALUES ('log') ON CONFLICT DO NOTHING")
_LAST = text("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_log_ordinal_seq")
# In a statement after _LAST: whoever drew an ordinal up to that one had a number by then.
_MARK = text("""
    UPDATE audit_mark SET marked = :last,
        running = pg_snapshot_xmax(pg_current_snapshot())::text
    WHERE name = 'log'
""")
# A number from the future is another cluster's: this database was restored from a copy.
_RIPE = text("""
    SELECT pg_snapshot_xmin(s) >= CAST(:running AS xid8)
        OR pg_snapshot_xmax(s) < CAST(:running AS xid8)
    FROM pg_current_snapshot() AS s
""")
_SEALED = text("UPDATE audit_mark SET sealed = :sealed WHERE name = 'log'")
_LEAVES = text("""
    SELECT l.ordinal, l.organization_id, l.mode, audit_leaf(l) FROM audit_log l
    WHERE l.ordinal > :since AND l.ordinal <= :through ORDER BY l.ordinal LIMIT :most
    /* of the whole installation */
""")
_LEAVES_OF = text("""
    SELECT l.ordinal, audit_leaf(l) FROM audit_log l
    WHERE l.ordinal > :since AND l.ordinal <= :through
        AND l.organization_id = :organization_id AND l.mode = :mode
""")
_SUBJECTS = text("""
    SELECT l.ordinal, l.at, l.action, l.subject_id FROM audit_log l
    WHERE l.ordinal = ANY (:ordinals) AND l.organization_id = :organization_id AND l.mode = :mode
""")
_TENANTS = text("""
    SELECT organization_id, mode FROM audit_log UNION SELECT organization_id, mode
    FROM audit_segment ORDER BY organization_id, mode /* of the whole installation */
""")


def mark(session: Session) -> None:
    """Note up to where rows may be sealed, once all has been sealed that was noted before."""
    session.execute(_BEGIN)
    held = session.execute(_HOLD).one_or_none()
    if held is None or held.sealed < held.marked:
        return
    last = session.scalar(_LAST)
    if last != held.marked:
        session.execute(_MARK, {"last": last})


def hold(session: Session) -> Reach | None:
    """Take the seal for this transaction; None where another clock has it, or it is too early.

    Too early is while a transaction that was running at the mark still does: it may yet add
    rows before it.
    """
    held = session.execute(_HOLD).one_or_none()
    if held is None or not session.scalar(_RIPE, {"running": held.running}):
        return None
    return Reach(held.sealed, held.marked)


def leaves(session: Session, reach: Reach, most: int) -> list[Leaf]:
    """Return the first rows that are to be sealed, whoever's they are."""
    values = {"since": reach.sealed, "through": reach.marked, "most": most}
    return [
        Leaf(ordinal, Tenant(organization_id, mode), bytes(leaf))
        for ordinal, organization_id, mode, leaf in session.execute(_LEAVES, values)
    ]


def advance(session: Session, sealed: int) -> None:
    """Count rows up to here as sealed."""
    session.execute(_SEALED, {"sealed": sealed})


def sealed(session: Session) -> int:
    """Return up to where rows count as sealed."""
    return session.scalar(text("SELECT sealed FROM audit_mark WHERE name = 'log'")) or 0


@dataclass(frozen=True)
class Seal:
    """A segment without the rows that it names, which may be many."""

    number: int
    since: int
    through: int
    count: int
    root: bytes
    previous: bytes
    hash: bytes
    kid: str
    signature: bytes
    sealed_at: datetime


SEAL = tuple(getattr(S, field.name) for field in fields(Seal))


def head(session: Session, tenant: Tenant) -> Seal | None:
    """Return the tenant's last segment."""
    found = rows.of(S, tenant).with_only_columns(*SEAL).order_by(S.number.desc()).limit(1)
    row = session.execute(found).first()
    return None if row is None else Seal(*row)


def page(session: Session, tenant: Tenant, part: Slice) -> list[Seal]:
    """Return a part of the tenant's segments, in the order of their numbers."""
    found = rows.of(S, tenant).with_only_columns(*SEAL)
    if part.after is not None:
        after = int(part.after)
        found = found.where(S.number < after if part.newest_first else S.number > after)
    order = S.number.desc() if part.newest_first else S.number
    return [Seal(*row) for row in session.execute(found.order_by(order).limit(part.limit))]


def tenants(session: Session) -> list[Tenant]:
    """Return whoever has a record."""
    return [Tenant(*row) for row in session.execute(_TENANTS)]


def counts(session: Session, tenant: Tenant) -> list[tuple[int, int]]:
    """Return the numbers of the tenant's segments, and how many rows each says it has."""
    found = select(S.number, S.count).where(
        S.organization_id == tenant.organization_id, S.mode == tenant.mode
    )
    return [(number, count) for number, count in session.execute(found.order_by(S.number))]


def one(session: Session, tenant: Tenant, number: int) -> AuditSegment | None:
    """Return a segment by its number."""
    return session.scalar(rows.of(S, tenant).where(S.number == number))


def leaves_of(session: Session, tenant: Tenant, since: int, through: int) -> dict[int, bytes]:
    """Return a tenant's rows behind ``since``, up to and with ``through``, as they are now."""
    values = {"since": since, "through": through, **tenant._asdict()}
    return {row[0]: bytes(row[1]) for row in session.execute(_LEAVES_OF, values)}


class Subject(NamedTuple):
    """What a row is about, to name it to a person."""

    ordinal: int
    at: datetime
    action: str
    subject_id: str


def subjects(session: Session, tenant: Tenant, ordinals: Sequence[int]) -> dict[int, Subject]:
    """Return what these rows are about, of those that are there."""
    values = {"ordinals": list(ordinals), **tenant._asdict()}
    return {row[0]: Subject(*row) for row in session.execute(_SUBJECTS, values)}
