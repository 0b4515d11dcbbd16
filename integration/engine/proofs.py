"""The proof of a draw: what it shows before closing, after closing, once drawn (design.md, D9)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

from integration.engine import merkle
from integration.engine.canonical import canonical
from integration.engine.kinds.draw import DrawRules
from integration.engine.ranking import Entry, Frozen, leaf
from integration.engine.status import stamp

VERSION = 1
SEED_BYTES = 32
MAX_ENTRIES = 10_000
"""With more, the proof says where they are instead."""

_DOMAIN = b"fanfare-draw-v1"


class Assurance(StrEnum):
    """What a proof proves; only a beacon's may be called provable.

    Without one, an operator who knows the seed can steer a draw by one invented entry.
    """

    OPERATOR = "operator"
    BEACON = "beacon"


class BeaconTerms(NamedTuple):
    """The public randomness that a draw will use: the network's name and chain, the round."""

    name: str
    chain: str
    round: int


class Result(NamedTuple):
    """Who won and who backs them up, in rank order, and who had withdrawn after closing."""

    winners: Sequence[str]
    backups: Sequence[str]
    withdrawn: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A draw as far as it has come: ``frozen`` from closing, ``result`` from drawing on.

    ``beacon`` is its round's randomness, ``beacon_signature`` what that is the hash of.
    """

    draw_id: str
    terms: str
    seed: bytes
    frozen: Frozen | None = None
    beacon: bytes = b""
    beacon_signature: bytes = b""
    assurance: Assurance = Assurance.OPERATOR
    result: Result | None = None


def terms_text(
    rules: DrawRules,
    *,
    open_at: datetime | None,
    close_at: datetime,
    beacon: BeaconTerms | None = None,
) -> str:
    """Return what a draw commits itself to, as canonical JSON."""
    return canonical(
        {
            "openAt": None if open_at is None else stamp(open_at),
            "closeAt": stamp(close_at),
            "drawAt": stamp(rules.draw_at),
            "winnerCount": rules.winner_count,
            "backupCount": rules.backup_count,
            "continueSelectingUntilCompleted": rules.continue_selecting,
            "tickets": None if rules.tickets is None else rules.tickets._asdict(),
            "beacon": None if beacon is None else beacon._asdict(),
        }
    )


def commitment(draw_id: str, terms: str, seed: bytes) -> bytes:
    """Return what is published before opening: it fixes terms and seed without telling the seed."""
    parts = (_DOMAIN, draw_id.encode(), sha256(terms.encode()).digest() + seed)
    return sha256(b"\0".join(parts)).digest()


def document(
    record: Record, entries: Sequence[Entry] | None = None, entries_url: str | None = None
) -> dict[str, Any]:
    """Return the proof as everybody may see it now; bytes are lower-case hex.

    ``entries`` are all that were frozen, or None for more than ``MAX_ENTRIES``: then
    ``entries_url`` says where they are.
    """
    committed = commitment(record.draw_id, record.terms, record.seed)
    shown: dict[str, Any] = {
        "version": VERSION,
        "drawId": record.draw_id,
        "terms": record.terms,
        "commitment": committed.hex(),
    }
    if record.frozen is not None:
        shown |= _closed(record, record.frozen, entries, entries_url)
    if record.result is not None:
        shown |= {name: list(ids) for name, ids in record.result._asdict().items()}
    return shown


def inclusion(chunk: Sequence[Entry], frozen: Frozen, index: int) -> dict[str, Any]:
    """Return one consumer's proof that their entry was among those frozen.

    ``index`` counts all entries from 0 in order of id; ``chunk`` are those from
    ``index // CHUNK * CHUNK`` on, at most ``CHUNK`` (engine/merkle.py).
    """
    within, size = index % merkle.CHUNK, len(frozen.root)
    roots = [frozen.chunks[at : at + size] for at in range(0, len(frozen.chunks), size)]
    near = merkle.path([merkle.leaf_hash(leaf(entry)) for entry in chunk], within)
    far = merkle.path(roots, index // merkle.CHUNK)
    return {
        "entryId": chunk[within].id,
        "tickets": chunk[within].tickets,
        "index": index,
        "entrantCount": frozen.size,
        "path": [node.hex() for node in (*near, *far)],
    }


def _closed(
    record: Record,
    frozen: Frozen,
    entries: Sequence[Entry] | None,
    entries_url: str | None,
) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "entryRoot": frozen.root.hex(),
        "entrantCount": frozen.size,
        "beacon": record.beacon.hex(),
        "assurance": record.assurance.value,
    }
    # With a beacon the seed is out before the round exists: nobody can withhold it then.
    if record.result is not None or json.loads(record.terms)["beacon"] is not None:
        shown["seed"] = record.seed.hex()
    if record.beacon_signature:
        shown["beaconSignature"] = record.beacon_signature.hex()
    if entries is None:
        shown["entriesUrl"] = entries_url
    else:
        shown["entries"] = [entry._asdict() for entry in entries]
    return shown
