"""Journeys: which way through an experience is open to somebody, coming and going."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from integration.engine import routing as engine
from integration.engine.insight import Measure
from integration.engine.kinds import DistributionType
from integration.engine.routing import GateKind, Offered, Outcome, Visitor
from integration.kernel.bot_checks import Proof
from integration.kernel.errors import AuthenticationRequired, Conflict, NotFound
from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.store import distributions, experiences, gates, leaving, routing, visits
from integration.store.db import Transaction
from integration.store.experiences import Shown
from integration.store.insight import asked
from integration.store.insight.asked import Asked
from integration.store.limits import subject_of
from integration.store.models import Sequence as Path
from integration.store.routing import Known

SIGN_IN_METHODS = ["otp", "external"]
CODE_LIMIT = "access_code"
MEASURES = {
    Outcome.ROUTED: Measure.ROUTED,
    Outcome.GATED: Measure.GATED,
    Outcome.NO_ACCESS: Measure.NO_ACCESS,
}

Leave = Callable[[Runtime, Caller, str], Any]
"""Leaves a distribution of one kind."""


class Keys(NamedTuple):
    """What somebody holds out to be let in, and the network address it comes from."""

    code: str | None = None
    challenge: str | None = None
    address: str = "unknown"


class Ways(NamedTuple):
    """An experience's sequences with what they offer, and what is known of whoever asks."""

    paths: Mapping[str, tuple[Path, list[Shown]]]
    known: Known
    opened: frozenset[str]


def route(rt: Runtime, caller: Caller, experience_id: str, keys: Keys) -> dict[str, Any]:
    """Return where this consumer goes, and remember it for ``enter``.

    Without a consumer nothing can be remembered, and no challenge is looked at. A challenge
    is used up only where it opens the way. Raises ``NotFound`` and, beyond ten codes a minute
    from one consumer or address, ``RateLimited``.
    """
    if keys.code is not None:
        _count_code(rt, caller, keys.address)
    with rt.transaction() as tx:
        ways = _ways(rt, tx, caller, experience_id, keys.code)
        found = _decide(ways, checked=False)
        if found.outcome is Outcome.ROUTED:
            _remember(tx, caller, ways, found)
    better = _decide(ways, checked=True)
    if keys.challenge is not None and caller.consumer_id is not None and _opens(better, found):
        proof = rt.bot_check.verify(caller.tenant, keys.challenge, rt.clock.now())
        if proof is not None and _spend(rt, caller, ways, better, proof):
            found = better
    told = Asked(caller.tenant, found.sequence_id or experience_id, MEASURES[found.outcome])
    asked.tell(rt.asked, told, rt.clock.now())
    return _shown(rt, experience_id, ways, found)


def enter(rt: Runtime, caller: Caller, experience_id: str) -> tuple[datetime, bool]:
    """Enter an experience; return since when one is in it, and whether that is new."""
    with rt.transaction() as tx:
        if experiences.published(tx.session, caller.tenant, experience_id) is None:
            raise NotFound("Experience")
        return visits.enter(tx.session, caller.tenant, experience_id, _consumer(caller))


def leave(rt: Runtime, caller: Caller, experience_id: str, leaves: Mapping[str, Leave]) -> None:
    """Leave an experience and every live entry in it; admissions are given back.

    ``leaves`` has one way of leaving for each kind of distribution.
    """
    tenant, consumer_id = caller.tenant, _consumer(caller)
    with rt.transaction() as tx:
        if experiences.published(tx.session, tenant, experience_id) is None:
            raise NotFound("Experience")
        visits.leave(tx.session, tenant, experience_id, consumer_id)
        entered = leaving.entered(tx.session, tenant, experience_id, consumer_id)
    for each in entered:
        # It may have led to an order meanwhile: then there is nothing to leave.
        with suppress(Conflict):
            leaves[each.kind](rt, caller, each.distribution_id)


def _ways(
    rt: Runtime, tx: Transaction, caller: Caller, experience_id: str, code: str | None
) -> Ways:
    tenant = caller.tenant
    if experiences.published(tx.session, tenant, experience_id) is None:
        raise NotFound("Experience")
    offered = [each for each in experiences.paths(tx.session, tenant, experience_id) if each[1]]
    paths = [path for path, _ in offered]
    known = Known()
    if any(path.gated for path in paths):
        known = routing.known(tx.session, caller, paths)
    opened = frozenset(
        path.id
        for path in paths
        if code is not None and path.has_access_code and gates.opens(rt.vault, path, code)
    )
    return Ways({path.id: (path, shown) for path, shown in offered}, known, opened)


def _decide(ways: Ways, *, checked: bool) -> engine.Route:
    known = ways.known
    seen = [
        engine.Path(
            path.id,
            path.priority,
            included=path.audience_id is None or path.audience_id in known.included,
            code_missing=path.has_access_code and path.id not in known.granted | ways.opened,
            requires_authentication=path.require_authentication,
            requires_check=path.bot_check and path.id not in known.granted,
        )
        for path, _ in ways.paths.values()
    ]
    return engine.route(seen, Visitor(known.authenticated, checked))


def _opens(better: engine.Route, found: engine.Route) -> bool:
    return better.outcome is Outcome.ROUTED and better != found


def _spend(rt: Runtime, caller: Caller, ways: Ways, found: engine.Route, proof: Proof) -> bool:
    with rt.transaction() as tx:
        if not routing.spend(tx.session, caller.tenant, proof.hash, proof.expires_at):
            return False
        _remember(tx, caller, ways, found)
        return True


def _remember(tx: Transaction, caller: Caller, ways: Ways, found: engine.Route) -> None:
    path, _ = ways.paths[found.sequence_id or ""]
    if path.gated and path.id not in ways.known.granted and caller.consumer_id is not None:
        routing.grant(tx.session, caller.tenant, caller.consumer_id, path)


def _shown(rt: Runtime, experience_id: str, ways: Ways, found: engine.Route) -> dict[str, Any]:
    routed = found.outcome is Outcome.ROUTED
    return {
        "outcome": found.outcome.value,
        "experience_id": experience_id,
        "sequence_id": found.sequence_id,
        "offers": _offers(ways, found.sequence_id or "", rt.clock.now()) if routed else [],
        "gates": [_gate(rt, each) for each in found.gates],
    }


def _offers(ways: Ways, sequence_id: str, now: datetime) -> list[dict[str, str]]:
    _, shown = ways.paths[sequence_id]
    offered = [_offered(each) for each in shown]
    return [
        {"sequence_id": sequence_id, "mechanism": each.kind.value, "distribution_id": each.id}
        for each in engine.offers(offered, now)
    ]


def _offered(shown: Shown) -> Offered:
    row = shown.distribution
    return Offered(row.id, DistributionType(row.kind), distributions.window(row))


def _gate(rt: Runtime, kind: GateKind) -> dict[str, Any]:
    gate: dict[str, Any] = {"kind": kind.value}
    if kind is GateKind.AUTHENTICATION:
        gate["methods"] = SIGN_IN_METHODS
    if kind is GateKind.BOT_CHECK:
        gate["provider"] = rt.bot_check.provider
        if rt.bot_check.site_key is None:
            gate["challenge_url"] = f"{rt.settings.base_url()}/api/v1/challenges"
        else:
            gate["site_key"] = rt.bot_check.site_key
    return gate


def _count_code(rt: Runtime, caller: Caller, address: str) -> None:
    most = rt.per_minute(caller.tenant, CODE_LIMIT)
    for who in (caller.consumer_id, address):
        if who is not None:
            rt.limits.take(CODE_LIMIT, f"{subject_of(caller.tenant)}:{who}", most).check()


def _consumer(caller: Caller) -> str:
    if caller.consumer_id is None:
        raise AuthenticationRequired
    return caller.consumer_id
