"""Draws as everybody sees them, their proofs, and drawing by hand."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from integration.engine import proofs
from integration.engine.draw_terms import rules_of
from integration.engine.kinds import DistributionType
from integration.engine.kinds.draw import draw_status
from integration.engine.proofs import MAX_ENTRIES
from integration.engine.windows import DistributionState, WindowStatus
from integration.kernel.errors import Conflict, NotFound
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions, draw_entries, draws, public, rows, turns
from integration.store.db import Transaction
from integration.store.distributions import DistributionFacts
from integration.store.models import Draw

KIND = DistributionType.DRAW
PAGES_AT_ONCE = 16


class NotClosedYet(Conflict):
    """Entries go on."""

    code = "DRAW_NOT_CLOSED"
    message = "Close the draw first: who may still enter cannot have lost."


class AwaitsBeacon(Conflict):
    """Nobody knows yet what the draw has committed itself to."""

    code = "DRAW_AWAITS_BEACON"
    message = "The draw waits for its beacon's round, and is drawn when that is out."


class NotServed(Conflict):
    """Nobody may be chosen at this moment."""

    code = "DRAW_NOT_SERVED"
    message = "The draw is paused, or has ended: resume it first."


def show(rt: Runtime, facts: DistributionFacts) -> dict[str, Any]:
    """Return the draw as anybody with a key may see it."""
    now, rules = rt.clock.now(), rules_of(facts.rules)
    with rt.transaction() as tx:
        shown = public.common(tx.session, facts, now)
        found = draws.find(tx.session, facts.tenant, facts.id)
        waiting = distributions.counters(tx.session, facts.tenant, facts.id).waiting
    drawn = found.drawn_at is not None
    return shown | {
        "status": draw_status(facts.window, now, drawn=drawn),
        "draw_at": rules.draw_at,
        "winner_count": rules.winner_count,
        "entrant_count": waiting if found.entrant_count is None else found.entrant_count,
        "proof": proof_url(rt, facts.id),
    }


def proof(rt: Runtime, facts: DistributionFacts, consumer_id: str | None) -> dict[str, Any]:
    """Return the proof as far as it has come; for a consumer with their own inclusion proof."""
    with rt.transaction() as tx:
        found = draws.find(tx.session, facts.tenant, facts.id)
        entries = None
        if found.entrant_count is not None and found.entrant_count <= MAX_ENTRIES:
            entries = list(draw_entries.read(tx.session, facts.tenant, facts.id))
        record = draws.record(tx.session, rt.vault, found)
        shown = proofs.document(record, entries, entries_url(rt, facts.id))
        own = None if consumer_id is None else _inclusion(tx, facts.tenant, found, consumer_id)
    return shown if own is None else {**shown, "inclusion": own}


def entries(rt: Runtime, facts: DistributionFacts) -> Iterator[list[str]]:
    """Yield the entries that were in at closing, as leaves ``id:tickets``, a page at a time.

    Raises ``NotClosedYet`` at once.
    """
    with rt.transaction() as tx:
        if draws.find(tx.session, facts.tenant, facts.id).frozen_at is None:
            raise NotClosedYet
    return _pages(rt, facts)


def run(rt: Runtime, tenant: Tenant, draw_id: str) -> SimpleNamespace:
    """Have a closed draw drawn at once, before its time; the clock does it within a second.

    Repeating it changes nothing. Raises ``NotClosedYet``, ``AwaitsBeacon``, ``NotServed``.
    """
    with rt.transaction() as tx:
        row = distributions.find(tx.session, tenant, draw_id, KIND)
        if row is None:
            raise NotFound("Draw")
        found = draws.find(tx.session, tenant, draw_id)
        if found.run_at is None and found.drawn_at is None:
            _check_runnable(tx, tenant, found)
            draws.change(tx.session, tenant, draw_id, run_at=rows.now(tx.session))
        return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]


def proof_url(rt: Runtime, draw_id: str) -> str:
    """Return where a draw's proof is."""
    return f"{rt.settings.base_url()}/api/v1/draws/{draw_id}/proof"


def entries_url(rt: Runtime, draw_id: str) -> str:
    """Return where a draw's entries are, one line each."""
    return f"{rt.settings.base_url()}/api/v1/draws/{draw_id}/entries"


def _check_runnable(tx: Transaction, tenant: Tenant, found: Draw) -> None:
    ground = turns.ground(tx.session, tenant, found.distribution_id)
    if ground is None or ground.window.state is DistributionState.ENDED:
        raise NotServed
    if ground.window.status(ground.now) is not WindowStatus.CLOSED:
        raise NotClosedYet
    if not ground.window.serves(ground.now):
        raise NotServed
    if found.beacon_round is not None and found.beacon_signature is None:
        raise AwaitsBeacon


def _inclusion(
    tx: Transaction, tenant: Tenant, found: Draw, consumer_id: str
) -> dict[str, Any] | None:
    frozen = draws.frozen(found)
    entry_id = draw_entries.entry_of(tx.session, tenant, found.distribution_id, consumer_id)
    if frozen is None or entry_id is None:
        return None
    place = draw_entries.place_of(tx.session, tenant, found.distribution_id, entry_id)
    return None if place is None else proofs.inclusion(place.page, frozen, place.at)


def _pages(rt: Runtime, facts: DistributionFacts) -> Iterator[list[str]]:
    first = 0
    while True:
        # A transaction each: whoever reads slowly holds none open.
        with rt.transaction() as tx:
            pages = draw_entries.texts(tx.session, facts.tenant, facts.id, first, PAGES_AT_ONCE)
        if not pages:
            return
        for page in pages:
            yield page.split("\n")
        first += PAGES_AT_ONCE
