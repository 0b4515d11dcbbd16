"""Draws as everybody sees them, their proofs, and drawing by hand."""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from integration.engine import proofs
from integration.engine.draw_terms import rules_of
from integration.engine.kinds import DistributionType
from integration.engine.kinds.draw import draw_status
from integration.engine.proofs import MAX_ENTRIES
from integration.engine.windows import reached
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import distributions, draw_entries, draws, launching, public, rows
from integration.store.db import Transaction
from integration.store.distributions import DistributionFacts
from integration.store.models import Distribution, Draw

KIND = DistributionType.DRAW
PAGES_AT_ONCE = 16


class NotClosedYet(Conflict):
    """Entries go on."""

    code = "DRAW_NOT_CLOSED"
    message = "Entries are listed once the draw has closed: until then they come and go."


class AwaitsBeacon(Conflict):
    """Nobody knows yet what the draw has committed itself to."""

    code = "DRAW_AWAITS_BEACON"
    message = "The draw waits for its beacon's round, and is drawn when that is out."


class NotDrawable(Conflict):
    """Entries have not begun, or its merchant holds it up."""

    code = "NOT_DRAWABLE"
    message = "A draw is drawn once it has opened, and while it is not paused."


def show(rt: Runtime, tenant: Tenant, draw_id: str) -> dict[str, Any]:
    """Return the draw as anybody with a key may see it, or raise ``NotFound``."""
    facts, now = rt.distributions.of(tenant, KIND, draw_id), rt.clock.now()
    rules = rules_of(facts.rules)
    with rt.transaction() as tx:
        shown = public.common(tx.session, facts, now)
        drawn_at, count = draws.progress(tx.session, tenant, draw_id)
    return shown | {
        "status": draw_status(facts.window, now, drawn=drawn_at is not None),
        "draw_at": rules.draw_at,
        "winner_count": rules.winner_count,
        "entrant_count": shown["consumer_count"] if count is None else count,
        "proof": _proof_url(rt, facts.id),
    }


def proof(rt: Runtime, caller: Caller, draw_id: str) -> dict[str, Any]:
    """Return the proof as far as it has come; for a consumer with their own inclusion proof."""
    facts = rt.distributions.of(caller.tenant, KIND, draw_id)
    with rt.transaction() as tx:
        found = draws.find(tx.session, facts.tenant, facts.id)
        entries = None
        if found.entrant_count is not None and found.entrant_count <= MAX_ENTRIES:
            entries = list(draw_entries.read(tx.session, facts.tenant, facts.id))
        record = draws.record(tx.session, rt.vault, found)
        shown = proofs.document(record, entries, _entries_url(rt, facts.id))
        own = _inclusion(tx, found, caller)
    return shown if own is None else {**shown, "inclusion": own}


def entries(rt: Runtime, tenant: Tenant, draw_id: str) -> Iterator[list[str]]:
    """Yield the entries that were in at closing, as leaves ``id:tickets``, a page at a time.

    Raises ``NotFound`` and ``NotClosedYet`` at once.
    """
    facts = rt.distributions.of(tenant, KIND, draw_id)
    with rt.transaction() as tx:
        if draws.find(tx.session, facts.tenant, facts.id).frozen_at is None:
            raise NotClosedYet
    return _pages(rt, facts)


def run(rt: Runtime, tenant: Tenant, draw_id: str) -> SimpleNamespace:
    """End entries if they have not ended, and have the clock draw within a second.

    Repeating it changes nothing. Raises ``AwaitsBeacon`` and ``NotDrawable``.
    """
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, draw_id)
        row = launching.running(tx.session, tenant, KIND, draw_id)
        found = draws.find(tx.session, tenant, draw_id)
        if found.run_at is None and found.drawn_at is None:
            now = rows.now(tx.session)
            _check_drawable(row, found, now)
            draws.change(tx.session, tenant, draw_id, run_at=now)
            if not reached(row.close_at, now):
                row.close_at = now
                launching.touch(tx, rt.distributions, row)
        tx.session.flush()
        return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]


def _proof_url(rt: Runtime, draw_id: str) -> str:
    """Return where a draw's proof is."""
    return f"{rt.settings.base_url()}/api/v1/draws/{draw_id}/proof"


def _entries_url(rt: Runtime, draw_id: str) -> str:
    """Return where a draw's entries are, one line each."""
    return f"{rt.settings.base_url()}/api/v1/draws/{draw_id}/entries"


def _check_drawable(row: Distribution, found: Draw, now: datetime) -> None:
    if not distributions.window(row).serves(now):
        raise NotDrawable
    if found.beacon_round is not None and found.beacon_signature is None:
        raise AwaitsBeacon


def _inclusion(tx: Transaction, found: Draw, caller: Caller) -> dict[str, Any] | None:
    frozen, draw_id, who = draws.frozen(found), found.distribution_id, caller.consumer_id
    if frozen is None or who is None:
        return None
    entry_id = draw_entries.entry_of(tx.session, caller.tenant, draw_id, who)
    if entry_id is None:
        return None
    place = draw_entries.place_of(tx.session, caller.tenant, draw_id, entry_id)
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
