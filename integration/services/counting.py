"""The clock's counting: rows become sums by the minute, each row once (docs/analytics.md).

Every step is one short transaction that moves a mark, deletes facts or notes on the order
what was counted, together with the sums: a crash loses none and counts none twice.
"""

from collections.abc import Callable, Sequence
from functools import partial

from integration.engine.fairness import Admitted, block_of
from integration.engine.histograms import class_of
from integration.engine.insight import Measure
from integration.runtime import Runtime
from integration.store import db
from integration.store.counters import LineOf
from integration.store.insight import asked, counts, facts, lines, revenue
from integration.store.insight.counts import Count
from integration.store.insight.lines import Given

MOST_LINES = 1_000
MOST_ENTRIES = 20_000
MOST_ADMISSIONS = 5_000
MOST_FACTS = 5_000
MOST_ROUNDS = 100


def count(rt: Runtime) -> None:
    """Count all that has happened and was not counted yet."""
    with rt.transaction() as tx:
        changed = lines.due(tx.session, MOST_LINES)
    for line in changed:
        _until_done(partial(_count_line, rt, line))
    for take in (facts.take, revenue.take):
        _until_done(partial(_count_some, rt, take))
    _count_asked(rt)


def _until_done(step: Callable[[], bool]) -> None:
    for _ in range(MOST_ROUNDS):
        if not step():
            return


def _count_line(rt: Runtime, line: LineOf) -> bool:
    """Count a line's next entries and admissions; tell whether there are more."""
    with rt.transaction() as tx:
        mark = lines.claim(tx.session, line)
        if mark is None:
            return False
        number, found = lines.entries(tx.session, line, mark, MOST_ENTRIES)
        given = lines.admissions(tx.session, line, mark, MOST_ADMISSIONS)
        found += _given(tx, line, mark.turn, given)
        more = number - mark.number >= MOST_ENTRIES or len(given) >= MOST_ADMISSIONS
        turn = given[-1].turn if given else mark.turn
        version = -1 if more else mark.version
        lines.move_on(tx.session, line, lines.Mark(number, turn, version))
        counts.add(tx.session, found)
    return more


def _given(tx: db.Transaction, line: LineOf, turn: int, given: Sequence[Given]) -> list[Count]:
    if not given:
        return []
    blocks = lines.blocks(tx.session, line)
    touched = {block_of(each.number) for each in given} & blocks.keys()
    members = lines.members(tx.session, line, turn, sorted(touched)) if touched else []
    admitted, found = Admitted(blocks, members), []
    for each in given:
        agreeing, disagreeing = admitted.add(each.number)
        waited = (each.admitted_at - each.entered_at).total_seconds() * 1_000
        one = Count(line.tenant, line.distribution_id, Measure.ADMITTED, each.admitted_at)
        found += [
            one,
            one._replace(measure=Measure.WAIT, label=str(class_of(waited))),
            one._replace(measure=Measure.AGREEING, value=agreeing),
            one._replace(measure=Measure.DISAGREEING, value=disagreeing),
        ]
    lines.add_blocks(tx.session, line, admitted.added)
    return found


def _count_some(rt: Runtime, take: Callable[[db.Database, int], list[Count]]) -> bool:
    with rt.transaction() as tx:
        found = take(tx.session, MOST_FACTS)
        counts.add(tx.session, found)
    return len(found) >= MOST_FACTS


def _count_asked(rt: Runtime) -> None:
    """Keep what processes have counted by themselves; a crash in between loses seconds of it."""
    found = rt.asked.take()
    try:
        with rt.transaction() as tx:
            counts.add(tx.session, asked.counts(found))
    except Exception:
        rt.asked.add(*found.items())
        raise
