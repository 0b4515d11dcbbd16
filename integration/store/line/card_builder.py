"""What a line card says: the counters, the rate, and the marks (design.md, D6)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection

from integration.engine.estimate import (
    ObservedRate,
    estimate_wait,
    observed_rate,
    poll_after_ms,
)
from integration.engine.marks import Mark, choose_marks, sample_ranks
from integration.engine.presence import presence_window
from integration.engine.status import stamp
from integration.engine.windows import WindowStatus
from integration.store.line.epochs import keys
from integration.store.line.facts import LineFacts, history, line_facts, samples
from integration.store.valkey import Call, Valkey, ValkeyAway

RANKS_PER_CALL = 256
ABSENCE_SECONDS = 180
IDLE_POLL_MS = 5_000
"""While nobody is being served there is little to see."""


class Card(NamedTuple):
    """A card as it goes out, its quoted ETag, and the rate that it was made with."""

    body: bytes
    etag: str
    version: int
    rate: ObservedRate | None


def card_of(body: bytes, version: int, rate: ObservedRate | None) -> Card:
    """Return the card with this body."""
    return Card(body, f'"{version}"', version, rate)


def build(connection: Connection, valkey: Valkey, distribution_id: str, after: int) -> Card | None:
    """Return a new card with a version above ``after``, or None for no such line."""
    facts = line_facts(connection, distribution_id)
    if facts is None:
        return None
    rate = observed_rate(history(connection, facts), facts.now)
    version = max(after + 1, int(facts.now.timestamp() * 1_000))
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
        "presence": _presence(facts, rate),
    }
    if facts.rules.get("positionDisplay") != "qualitative":
        shown["marks"] = choose_marks(_samples(connection, valkey, facts))
    shown["notice"] = facts.notice
    return card_of(orjson.dumps(shown), version, rate)


def _poll_after_ms(facts: LineFacts, rate: ObservedRate | None) -> int:
    """Return the pace of the first in line; clients stretch it by their own distance."""
    if facts.window.status(facts.now) is not WindowStatus.OPEN:
        return IDLE_POLL_MS
    return poll_after_ms(estimate_wait(1, rate, facts.rules.get("admissionRate")), 1)


def _presence(facts: LineFacts, rate: ObservedRate | None) -> dict[str, Any]:
    window = presence_window(
        serving=facts.serving,
        tail=facts.entered,
        numbers_per_minute=None if rate is None else rate.per_minute,
        absence_seconds=facts.rules.get("absenceSeconds", ABSENCE_SECONDS),
    )
    return {"upTo": window.up_to, "everyMs": window.every_ms}


def _samples(connection: Connection, valkey: Valkey, facts: LineFacts) -> list[Mark]:
    ranks = sample_ranks(facts.waiting)
    if not ranks:
        return []
    try:
        answers = valkey.scripts(list(_calls(facts.id, ranks)))
    except ValkeyAway:
        answers = [b""]
    if not all(answers):
        return samples(connection, facts)
    numbers = b" ".join(answers).split()
    return [
        (int(number), rank) for rank, number in zip(ranks, numbers, strict=True) if number != b"-"
    ]


def _calls(distribution_id: str, ranks: list[int]) -> Iterator[Call]:
    names = keys(distribution_id, "epoch")
    for start in range(0, len(ranks), RANKS_PER_CALL):
        yield Call("ranks", names, ranks[start : start + RANKS_PER_CALL])
