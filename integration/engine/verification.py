"""Checking a draw's proof, by nothing but the proof: what ``fanfare draw verify`` tells.

A proof is somebody else's file: whatever is in it, problems are told and nothing is raised.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from integration.engine import merkle
from integration.engine.beacons import CHAINS, Chain, message, randomness, unknown_at
from integration.engine.canonical import canonical
from integration.engine.proofs import SEED_BYTES, VERSION, Assurance, BeaconTerms, commitment
from integration.engine.ranking import BadEntries, Entry, final, first, freeze, leaf
from integration.kernel import drand

_SHAPE: Mapping[str, type] = {
    "drawId": str,
    "terms": str,
    "commitment": str,
    "entryRoot": str,
    "entrantCount": int,
    "beacon": str,
    "assurance": str,
    "seed": str,
    "withdrawn": list,
    "winners": list,
    "backups": list,
}


_LAST_ROUND = 10**10
_SIGNATURE_BYTES = 48


class _Terms(NamedTuple):
    winners: int
    backups: int
    most_tickets: int
    close_at: datetime
    beacon: BeaconTerms | None


class _Unreadable(ValueError):
    """This part of a proof is not of the form that it has to be; the text says how."""


def verify(
    proof: Mapping[str, Any],
    entries: Iterable[Entry] | None = None,
    chains: Mapping[str, Chain] = CHAINS,
) -> list[str]:
    """Return what is wrong with a proof, in sentences; nothing where it holds.

    ``entries`` are those of its ``entriesUrl``; ``chains`` are the networks, by hash, whose
    beacons are believed.
    """
    try:
        _check_shape(proof)
        terms, seed = _read_terms(proof["terms"]), _bytes(proof, "seed", SEED_BYTES)
        frozen = _read_entries(proof) if entries is None else list(entries)
        return [
            *_commitment_problems(proof, seed),
            *_beacon_problems(proof, terms, chains),
            *_entry_problems(proof, frozen, terms),
            *_result_problems(proof, frozen, terms, seed),
        ]
    except (_Unreadable, UnicodeEncodeError) as error:
        return [str(error)]


def verify_inclusion(inclusion: Mapping[str, Any], entry_root: str) -> bool:
    """Whether a consumer's inclusion proof leads to this root (hex)."""
    try:
        index, size = inclusion["index"], inclusion["entrantCount"]
        entry = Entry(inclusion["entryId"], inclusion["tickets"])
        nodes = [bytes.fromhex(node) for node in inclusion["path"]]
        return merkle.includes(leaf(entry), index, size, nodes, bytes.fromhex(entry_root))
    except (KeyError, TypeError, ValueError):
        return False


def _check_shape(proof: Mapping[str, Any]) -> None:
    version = proof.get("version")
    if type(version) is not int or version != VERSION:
        raise _Unreadable(f"This is not a proof of version {VERSION}.")
    if "entryRoot" not in proof:
        raise _Unreadable("Entries have not closed yet: there is nothing to verify.")
    if "winners" not in proof:
        raise _Unreadable("The draw has not been drawn yet: there is nothing to verify.")
    for name, form in _SHAPE.items():
        if not isinstance(proof.get(name), form):
            raise _Unreadable(f"The proof's {name} is missing or malformed.")
    for name in ("withdrawn", "winners", "backups"):
        if not all(isinstance(entry_id, str) for entry_id in proof[name]):
            raise _Unreadable(f"The proof's {name} are not all ids.")


def _read_terms(text: str) -> _Terms:
    try:
        said = json.loads(text)
        exact = canonical(said)
        rule = said["tickets"]
        terms = _Terms(
            winners=said["winnerCount"],
            backups=said["backupCount"],
            most_tickets=1 if rule is None else rule["max"],
            close_at=datetime.fromisoformat(said["closeAt"]),
            beacon=None if said["beacon"] is None else _beacon_terms(said["beacon"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _Unreadable("The terms cannot be read.") from None
    if any(type(count) is not int or count < 0 for count in terms[:3]):
        raise _Unreadable("The terms' counts cannot be read.")
    if terms.close_at.tzinfo is None:
        raise _Unreadable("The terms' closing time has no zone.")
    if exact != text:
        raise _Unreadable("The terms are not canonical JSON.")
    return terms


def _beacon_terms(said: Mapping[str, Any]) -> BeaconTerms:
    named = BeaconTerms(said["name"], said["chain"], said["round"])
    if type(named.round) is not int or not 1 <= named.round <= _LAST_ROUND:
        raise ValueError(named.round)
    return named


def _read_entries(proof: Mapping[str, Any]) -> list[Entry]:
    if "entries" not in proof:
        raise _Unreadable("Fetch the entries from the proof's entriesUrl, and pass them too.")
    try:
        found = [Entry(entry["id"], entry["tickets"]) for entry in proof["entries"]]
    except (KeyError, TypeError):
        raise _Unreadable("The entries cannot be read.") from None
    if any(type(id_) is not str or type(tickets) is not int for id_, tickets in found):
        raise _Unreadable("The entries cannot be read.")
    return found


def _bytes(proof: Mapping[str, Any], name: str, size: int) -> bytes:
    try:
        found = bytes.fromhex(proof[name])
    except (KeyError, TypeError, ValueError):
        found = b""
    if len(found) != size or proof.get(name) != found.hex():
        raise _Unreadable(f"The proof's {name} is not {size} bytes in lower-case hex.")
    return found


def _commitment_problems(proof: Mapping[str, Any], seed: bytes) -> Iterator[str]:
    if commitment(proof["drawId"], proof["terms"], seed).hex() != proof["commitment"]:
        yield "Terms and seed are not those that were committed to before opening."


def _beacon_problems(
    proof: Mapping[str, Any], terms: _Terms, chains: Mapping[str, Chain]
) -> Iterator[str]:
    if (terms.beacon is None) != (not proof["beacon"]):
        yield "The terms name a beacon and the proof has none, or the other way round."
        return
    if proof["assurance"] not in set(Assurance):
        yield "The proof's assurance is unknown."
    if terms.beacon is not None:
        yield from _round_problems(proof, terms, chains.get(terms.beacon.chain), terms.beacon)
    elif proof["assurance"] == Assurance.BEACON:
        yield "The proof claims the assurance of a beacon and has none."


def _round_problems(
    proof: Mapping[str, Any], terms: _Terms, chain: Chain | None, named: BeaconTerms
) -> Iterator[str]:
    if chain is None:
        yield "The terms name a beacon of a network that is not known."
        return
    signed = _bytes(proof, "beaconSignature", _SIGNATURE_BYTES)
    if not drand.verify(chain.public_key, message(named.round), signed):
        yield "The beacon's signature is not that of its round."
    if randomness(signed).hex() != proof["beacon"]:
        yield "The beacon is not the hash of its signature."
    known = not unknown_at(chain, named.round, terms.close_at)
    if known and proof["assurance"] == Assurance.BEACON:
        yield "The beacon was known before entries closed."


def _entry_problems(
    proof: Mapping[str, Any], entries: Sequence[Entry], terms: _Terms
) -> Iterator[str]:
    try:
        frozen = freeze(entries)
    except BadEntries as error:
        yield f"The entries are not in order: {error}"
        return
    if frozen.size != proof["entrantCount"]:
        yield f"There are {frozen.size} entries, not {proof['entrantCount']}."
    if frozen.root.hex() != proof["entryRoot"]:
        yield "The entries are not those that were published at closing."
    if any(entry.tickets > terms.most_tickets for entry in entries):
        yield "An entry holds more tickets than the terms allow."
    if not {entry.id for entry in entries}.issuperset(proof["withdrawn"]):
        yield "Somebody is said to have withdrawn who had not entered."


def _result_problems(
    proof: Mapping[str, Any], entries: Sequence[Entry], terms: _Terms, seed: bytes
) -> Iterator[str]:
    root = _bytes(proof, "entryRoot", 32)
    beacon = _bytes(proof, "beacon", 32) if proof["beacon"] else b""
    key, count = final(seed, root, beacon), terms.winners + terms.backups
    ranked = first(entries, key, count, proof["withdrawn"])
    if ranked[: terms.winners] != proof["winners"]:
        yield "The winners are not those that the entries, the seed and the beacon make."
    if ranked[terms.winners :] != proof["backups"]:
        yield "The backups are not those that the entries, the seed and the beacon make."
