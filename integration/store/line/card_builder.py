"""What a line card says: the counters, the rate, and the marks (design.md, D6)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import orjson
from sqlalchemy import Connection

from integration.engine.estimate import (
    ObservedRate,
    estimate_wait,
    observed_rate,
    poll_after_ms,
)
from integration.engine.lobby import Deal
from integration.engine.marks import Mark, choose_marks, sample_ranks
from integration.engine.presence import presence_window
from integration.engine.status import stamp
from integration.engine.windows import WindowStatus
from integration.store.line.epochs import keys
from integration.store.line.facts import LineFacts, history, line_facts, samples
from integration.store.valkey import Call, Valkey, ValkeyAway

RANKS_PER_CALL = 256
ABSENCE_SECONDS = 180
KEPT_TIMES = 4
IDLE_POLL_MS = 5_000
"""While nobody is being served there is little to see."""


class Cover(NamedTuple):
    """Who is asked for signs of life, by ticket; ``up_to`` 0 is nobody at all.

    A sign older than ``kept_ms`` is as good as none.
    """

    serving: int = 0
    up_to: int = 0
    every_ms: int = 0
    kept_ms: int = 0


NOBODY = Cover()


class Card(NamedTuple):
    """A card as it goes out, its quoted ETag, and what it was made with.

    ``deal`` is None in a lobby before opening.
    """

    body: bytes
    etag: str
    version: int
    rate: ObservedRate | None
    deal: Deal | None
    cover: Cover = NOBODY


def card_of(
    body: bytes,
    version: int,
    rate: ObservedRate | None,
    deal: Deal | None,
    cover: Cover = NOBODY,
) -> Card:
    """Return the card with this body."""
    return Card(body, f'"{version}"', version, rate, deal, cover)


def build(
    connection: Connection,
    valkey: Valkey,
    distribution_id: str,
    after: int,
    *,
    limits: Mapping[str, int],
) -> Card | None:
    """Return a new card with a version above ``after``, or None for no such line.

    ``limits`` are those of an organization that has set none.
    """
    facts = line_facts(connection, distribution_id, limits)
    if facts is None:
        return None
    rate = observed_rate(history(connection, facts), facts.now)
    version = max(after + 1, int(facts.now.timestamp() * 1_000))
    cover = _cover(facts, rate)
    shown = {
        "queueId": facts.id,
        "version": version,
        "status": facts.window.status(facts.now),
        "serverTime": stamp(facts.now),
        "serving": facts.serving,
        "tail": facts.entered,
        "waiting": facts.waiting,
        "numbersServedPerMinute": None if rate is None else round(rate.per_minute, 1),
        "pollAfterMs": _poll_after_ms(facts, rate),
        "presence": {"upTo": max(facts.serving, cover.up_to), "everyMs": cover.every_ms},
    }
    if facts.rules.get("positionDisplay") != "qualitative":
        shown["marks"] = choose_marks(_samples(connection, valkey, facts))
    shown["notice"] = facts.notice
    return card_of(orjson.dumps(shown), version, rate, facts.deal, cover)


def _poll_after_ms(facts: LineFacts, rate: ObservedRate | None) -> int:
    """Return the pace of the first in line; clients stretch it by their own distance."""
    if facts.window.status(facts.now) is not WindowStatus.OPEN:
        return IDLE_POLL_MS
    return poll_after_ms(
        estimate_wait(1, rate, facts.rules.get("admissionRate")),
        1,
        limit_per_minute=facts.status_limit,
    )


def _cover(facts: LineFacts, rate: ObservedRate | None) -> Cover:
    absence_seconds = facts.rules.get("absenceSeconds", ABSENCE_SECONDS)
    asked = absence_seconds > 0 and facts.deal is not None
    window = presence_window(
        serving=facts.serving,
        tail=facts.entered,
        numbers_per_minute=None if rate is None else rate.per_minute,
        absence_seconds=absence_seconds if asked else 0,
        limit_per_minute=facts.status_limit,
    )
    kept_ms = KEPT_TIMES * max(absence_seconds * 1_000, window.every_ms)
    return Cover(facts.serving, window.up_to if asked else 0, window.every_ms, kept_ms)


def _samples(connection: Connection, valkey: Valkey, facts: LineFacts) -> list[Mark]:
    ranks = sample_ranks(facts.waiting)
    if not ranks or facts.deal is None:
        return []
    try:
        answers = valkey.scripts(list(_calls(facts, ranks)))
    except ValkeyAway:
        answers = [b""]
    if not all(answers):
        return samples(connection, facts)
    numbers = b" ".join(answers).split()
    return [
        (int(number), rank) for rank, number in zip(ranks, numbers, strict=True) if number != b"-"
    ]


def _calls(facts: LineFacts, ranks: list[int]) -> Iterator[Call]:
    names, size = keys(facts.id, "epoch"), 0 if facts.deal is None else facts.deal.size
    for start in range(0, len(ranks), RANKS_PER_CALL):
        yield Call("ranks", names, [size, *ranks[start : start + RANKS_PER_CALL]])
