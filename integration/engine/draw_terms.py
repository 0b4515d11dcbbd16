"""A draw's own fields: free of contradictions, and as the text that it commits itself to."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from integration.engine import beacons, proofs
from integration.engine.beacons import QUICKNET
from integration.engine.kinds.draw import DrawRules, TicketRule
from integration.engine.proofs import BeaconTerms
from integration.engine.terms import BadTerms


class DrawTerms(NamedTuple):
    """What is committed to: the canonical text, and what the clock reads in it."""

    terms: str
    draw_at: datetime
    beacon_round: int | None


def rules_of(rules: Mapping[str, Any]) -> DrawRules:
    """Return the rules as their distribution keeps them."""
    tickets = rules.get("tickets")
    return DrawRules(
        draw_at=datetime.fromisoformat(rules["drawAt"]),
        winner_count=rules["winnerCount"],
        backup_count=rules.get("backupCount", 0),
        continue_selecting=rules.get("continueSelectingUntilCompleted", False),
        tickets=None if tickets is None else TicketRule(tickets["field"], tickets["max"]),
    )


def read_terms(text: str) -> DrawRules:
    """Return the rules that a draw has committed itself to."""
    return rules_of(json.loads(text))


def terms_of(
    rules: Mapping[str, Any], *, open_at: datetime | None, close_at: datetime
) -> DrawTerms:
    """Return what a draw of these rules and times commits itself to; raises ``BadTerms``."""
    read = rules_of(rules)
    if close_at > read.draw_at:
        raise BadTerms("drawAt", "Draw when entries have closed: at closeAt, or later.")
    beacon = _beacon(rules, close_at, read.draw_at)
    text = proofs.terms_text(read, open_at=open_at, close_at=close_at, beacon=beacon)
    return DrawTerms(text, read.draw_at, None if beacon is None else beacon.round)


def _beacon(rules: Mapping[str, Any], close_at: datetime, draw_at: datetime) -> BeaconTerms | None:
    wanted = rules.get("beacon") or {}
    if wanted.get("kind", "none") == "none":
        return None
    number = wanted.get("round")
    if number is None:
        number = beacons.round_for(QUICKNET, close_at, draw_at)
    earliest = beacons.round_for(QUICKNET, close_at, close_at)
    if number < earliest:
        said = (
            f"This round comes too soon after closing, or before: name {earliest} or a later one."
        )
        raise BadTerms("beacon.round", said)
    return BeaconTerms(QUICKNET.name, QUICKNET.hash, number)
