"""Statements on who may go where: what a route has granted, and what it needs to know."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Database

from integration.engine import audiences as rules
from integration.engine.audiences import Operator, Rule
from integration.engine.entering import NotRouted
from integration.kernel.tenant import Caller, Tenant
from integration.store import audiences, rows, sessions
from integration.store.arrays import among
from integration.store.audiences import STATIC
from integration.store.models import Audience, Consumer, Distribution, RoutingGrant, SpentChallenge
from integration.store.models import Sequence as Path

G = RoutingGrant
AUTHENTICATED = "authenticated"


class Known(NamedTuple):
    """What the record says of whoever asks for the way."""

    authenticated: bool = False
    granted: frozenset[str] = frozenset()
    included: frozenset[str] = frozenset()


def require(session: Database, tenant: Tenant, distribution_id: str, consumer_id: str) -> None:
    """Raise ``NotRouted`` where this distribution has gates that no route has opened to them.

    In the transaction of the entry, as ``enter_batch`` does it in its own.
    """
    D = Distribution  # noqa: N806 - a table
    granted = exists().where(
        G.consumer_id == consumer_id,
        G.sequence_id == D.sequence_id,
        G.gate_version == D.gate_version,
        G.organization_id == tenant.organization_id,
        G.mode == tenant.mode,
    )
    open_to_them = rows.of(D, tenant).where(
        D.id == distribution_id, D.gate_version.is_(None) | granted
    )
    if session.scalar(open_to_them.with_only_columns(D.id)) is None:
        raise NotRouted


def known(session: Database, caller: Caller, paths: Sequence[Path]) -> Known:
    """Return what decides about these sequences, of somebody who may be nobody yet."""
    mine = caller.session_id and sessions.find(session, caller.tenant, caller.session_id)
    if not mine:
        return Known()
    its_session, consumer = mine
    authenticated = its_session.type == AUTHENTICATED
    return Known(
        authenticated,
        _granted(session, caller.tenant, consumer.id, paths),
        _included(session, caller.tenant, consumer, paths, authenticated=authenticated),
    )


def grant(session: Database, tenant: Tenant, consumer_id: str, path: Path) -> None:
    """Let a consumer in, past the gates as they stood when ``path`` was read."""
    values = {"consumer_id": consumer_id, "sequence_id": path.id, **tenant._asdict()}
    made = insert(G).values(values | {"gate_version": path.gate_version})
    renewed = {"gate_version": made.excluded.gate_version, "granted_at": text("clock_timestamp()")}
    session.execute(
        made.on_conflict_do_update(
            index_elements=[G.consumer_id, G.sequence_id],
            set_=renewed,
            where=G.gate_version < made.excluded.gate_version,
        )
    )


def spend(session: Database, tenant: Tenant, proof_hash: bytes, until: Any) -> bool:
    """Use up a solved challenge; False where it has been used before.

    Those that have expired meanwhile are forgotten, two for each that comes.
    """
    old = (
        select(SpentChallenge.hash)
        .where(SpentChallenge.expires_at < text("clock_timestamp()"))
        .where(SpentChallenge.organization_id == tenant.organization_id)
        .where(SpentChallenge.mode == tenant.mode)
        .limit(2)
        .with_for_update(skip_locked=True)
    )
    session.execute(
        delete(SpentChallenge)
        .where(SpentChallenge.hash.in_(old))
        .where(SpentChallenge.organization_id == tenant.organization_id)
        .where(SpentChallenge.mode == tenant.mode)
        .execution_options(synchronize_session=False)
    )
    new = insert(SpentChallenge).values(hash=proof_hash, expires_at=until, **tenant._asdict())
    kept = new.on_conflict_do_nothing().returning(SpentChallenge.hash)
    return session.scalar(kept) is not None


def carry(session: Database, tenant: Tenant, guest_id: str, consumer_id: str) -> None:
    """Give a consumer what the guest had that they turned out to be.

    That is: the sequences opened, the audiences they are in, the experiences entered.
    """
    names = {"guest_id": guest_id, "consumer_id": consumer_id, **tenant._asdict()}
    for statement in _CARRY:
        session.execute(statement, names)


_CARRY = [
    text(f"""
        WITH gone AS (
            DELETE FROM {table} WHERE consumer_id = :guest_id
                AND organization_id = :organization_id AND mode = :mode
            RETURNING *
        )
        INSERT INTO {table} (consumer_id, organization_id, mode, {columns})
        SELECT :consumer_id, organization_id, mode, {columns} FROM gone
        ON CONFLICT {conflict}
    """)  # noqa: S608 - the names are ours
    for table, columns, conflict in (
        (
            "routing_grant",
            "sequence_id, gate_version, granted_at",
            """(consumer_id, sequence_id) DO UPDATE
            SET gate_version = greatest(routing_grant.gate_version, excluded.gate_version)""",
        ),
        ("audience_member", "audience_id, added_at", "DO NOTHING"),
        (
            "visit",
            "experience_id, entered_at",
            """(consumer_id, experience_id) DO UPDATE
            SET entered_at = least(visit.entered_at, excluded.entered_at)""",
        ),
    )
]


def _granted(
    session: Database, tenant: Tenant, consumer_id: str, paths: Sequence[Path]
) -> frozenset[str]:
    wanted = rows.of(G, tenant).where(
        G.consumer_id == consumer_id, among(G.sequence_id, [path.id for path in paths])
    )
    as_they_stand = {(path.id, path.gate_version) for path in paths}
    return frozenset(
        each.sequence_id
        for each in session.scalars(wanted)
        if (each.sequence_id, each.gate_version) in as_they_stand
    )


def _included(
    session: Database,
    tenant: Tenant,
    consumer: Consumer,
    paths: Iterable[Path],
    *,
    authenticated: bool,
) -> frozenset[str]:
    """Return which of the sequences' audiences the consumer is in."""
    wanted = {path.audience_id for path in paths if path.audience_id is not None}
    if not wanted:
        return frozenset()
    found = audiences.of(session, tenant, wanted)
    static = [each.id for each in found if each.type == STATIC]
    facts = rules.facts(
        email=consumer.email,
        phone=consumer.phone,
        full_name=consumer.full_name,
        external_id=consumer.external_id,
        created_at=consumer.created_at,
        authenticated=authenticated,
        metadata=consumer.details,
    )
    described = {each.id for each in found if each.type != STATIC and _describes(each, facts)}
    return audiences.memberships(session, tenant, consumer.id, static) | described


def _describes(audience: Audience, facts: Mapping[str, object]) -> bool:
    return rules.included([rule_of(each) for each in audience.rules], facts)


def rule_of(kept: Mapping[str, Any]) -> Rule:
    """Return a rule as its merchant wrote it."""
    operator = Operator(kept["operator"])
    return Rule(kept["field"], operator, kept["values"], kept.get("group_id"))
