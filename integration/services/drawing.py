"""What the clock does to draws: entries freeze, somebody wins, the others are told (D9).

Any number of clocks may do it at once. Each step is one transaction that begins by taking
the draw or its line, and what was done is seen by the next: killed anywhere, a draw goes
on from there, and is drawn once.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from integration.engine import beacons
from integration.engine.beacons import QUICKNET
from integration.engine.draw_terms import read_terms
from integration.engine.kinds.draw import DrawRules, may_draw
from integration.engine.proofs import Assurance
from integration.engine.ranking import Entry, final, first
from integration.engine.windows import WindowStatus
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import distributions, draw_choices, draw_entries, draws, rows, turns
from integration.store.db import Transaction
from integration.store.models import Draw

MOST_DRAWS = 1_000
SPARE = 1_000
"""Ranked beyond what is wanted: so many may withdraw while the ranking is made."""

PUBLISHING = timedelta(seconds=1)
"""How long after the figures are written a commit may take to publish them."""


class Ranked(NamedTuple):
    """The first of a draw's entries; who had left before it closed, and who since.

    ``waiting`` is how many still waited when it began.
    """

    first: list[str]
    early: set[str]
    withdrawn: set[str]
    waiting: int


def due(rt: Runtime) -> Sequence[str]:
    """Return the draws that have a step to take now, small ones first."""
    with rt.transaction() as tx:
        return draws.due(tx.session, MOST_DRAWS)


def draw(rt: Runtime, draw_id: str) -> None:
    """Freeze a draw's entries, and draw among them, as far as it is time for that."""
    facts = rt.distributions.get(draw_id)
    if facts is None:
        return
    if _closed(rt, facts.tenant, draw_id):
        _freeze(rt, facts.tenant, draw_id)
    _draw(rt, facts.tenant, draw_id)


def _closed(rt: Runtime, tenant: Tenant, draw_id: str) -> bool:
    """Tell whether entries have ended, for good and for everybody.

    Who was entering while the line was awaited is in; who comes later is too late.
    """
    with rt.transaction() as tx:
        if draws.find(tx.session, tenant, draw_id).frozen_at is not None:
            return False
        distributions.lock_line(tx.session, tenant, draw_id)
        ground = turns.ground(tx.session, tenant, draw_id)
        return ground is not None and ground.window.status(ground.now) is WindowStatus.CLOSED


def _freeze(rt: Runtime, tenant: Tenant, draw_id: str) -> None:
    with rt.transaction() as tx:
        draw_entries.unhurried(tx.session)
        found = draws.claim(tx.session, tenant, draw_id)
        if found is None or found.frozen_at is not None:
            return
        rule = read_terms(found.terms).tickets
        frozen = draw_entries.keep(tx.session, tenant, draw_id, rule)
        found.entry_root, found.entrant_count, found.chunks = frozen
        found.frozen_at = rows.now(tx.session)
        found.assurance = _assurance(found).value


def _assurance(found: Draw) -> Assurance:
    """Return what the proof will be worth: it is out with this commit, or too late."""
    number, at = found.beacon_round, found.frozen_at
    if number is None or at is None or not beacons.unknown_at(QUICKNET, number, at + PUBLISHING):
        return Assurance.OPERATOR
    return Assurance.BEACON


def _draw(rt: Runtime, tenant: Tenant, draw_id: str) -> None:
    with rt.transaction() as tx:
        draw_entries.unhurried(tx.session)
        found = draws.claim(tx.session, tenant, draw_id)
        if found is None or found.drawn_at is not None or not _may_draw(tx, tenant, found):
            return
        rules = read_terms(found.terms)
        ranked = _rank(rt, tx, tenant, found, rules)
        # Only now, for a moment: the ranking of a million takes seconds.
        line = distributions.lock_line(tx.session, tenant, draw_id)
        _choose(tx, tenant, found, ranked, left=line is None or line.waiting != ranked.waiting)


def _may_draw(tx: Transaction, tenant: Tenant, found: Draw) -> bool:
    ground = turns.ground(tx.session, tenant, found.distribution_id)
    if found.frozen_at is None or ground is None:
        return False
    lacks_beacon = found.beacon_round is not None and found.beacon_signature is None
    by_hand = found.run_at is not None
    rules = read_terms(found.terms)
    return may_draw(ground.window, rules, ground.now, lacks_beacon=lacks_beacon, by_hand=by_hand)


def _rank(rt: Runtime, tx: Transaction, tenant: Tenant, found: Draw, rules: DrawRules) -> Ranked:
    record = draws.record(tx.session, rt.vault, found)
    assert record.frozen is not None  # noqa: S101 - may_draw looked
    draw_id = found.distribution_id
    waiting = distributions.counters(tx.session, tenant, draw_id).waiting
    early = draw_entries.gone(tx.session, tenant, draw_id)
    withdrawn: set[str] = set()

    def entries() -> Iterator[Entry]:
        for entry in draw_entries.read(tx.session, tenant, draw_id):
            if entry.id in early:
                withdrawn.add(entry.id)
            else:
                yield entry

    key = final(record.seed, record.frozen.root, record.beacon)
    wanted = rules.winner_count + rules.backup_count + SPARE
    ranked = first(entries(), key, wanted)
    return Ranked(ranked, early - withdrawn, withdrawn, waiting)


def _choose(tx: Transaction, tenant: Tenant, found: Draw, ranked: Ranked, *, left: bool) -> None:
    """Keep whom the ranking chose; not if too many of them have ``left`` meanwhile."""
    draw_id, rules, withdrawn = found.distribution_id, read_terms(found.terms), ranked.withdrawn
    if left:
        withdrawn = draw_entries.gone(tx.session, tenant, draw_id) - ranked.early
    count = rules.winner_count + rules.backup_count
    chosen = [entry_id for entry_id in ranked.first if entry_id not in withdrawn][:count]
    if len(chosen) < min(count, (found.entrant_count or 0) - len(withdrawn)):
        return
    draw_choices.keep(tx.session, tenant, draw_id, chosen)
    found.withdrawn = sorted(withdrawn)
    found.drawn_at = rows.now(tx.session)
