import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.engine.beacons import QUICKNET
from integration.engine.canonical import canonical
from integration.engine.kinds.draw import DrawRules, TicketRule
from integration.engine.merkle import CHUNK
from integration.engine.proofs import (
    Assurance,
    BeaconTerms,
    Record,
    Result,
    commitment,
    document,
    inclusion,
    terms_text,
)
from integration.engine.ranking import BadEntries, Entry, final, first, freeze, rank
from integration.engine.verification import verify, verify_inclusion

# Four hours before the round that is recorded here.
NOON = datetime(2023, 8, 23, 12, tzinfo=UTC)
SEED = bytes(range(32))
SIGNATURE = bytes.fromhex(
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39"
)
RANDOMNESS = sha256(SIGNATURE).digest()
RULES = DrawRules(NOON, winner_count=3, backup_count=2, tickets=TicketRule("points", 5))
BEACON = BeaconTerms("quicknet", QUICKNET.hash, 1000)
ENTRIES = st.dictionaries(
    st.text("abcXYZ0189_", min_size=1, max_size=6), st.integers(1, 5), min_size=1, max_size=20
).map(lambda found: [Entry(name, found[name]) for name in sorted(found)])


def entries_of(count):
    return [Entry(f"ent_{number:06}", 1 + number % 5) for number in range(count)]


def drawn(entries, rules=RULES, beacon=None, withdrawn=()):
    """Take a draw through all its stages; returns its record."""
    terms = terms_text(rules, open_at=None, close_at=NOON, beacon=beacon)
    frozen = freeze(entries)
    random = RANDOMNESS if beacon else b""
    key = final(SEED, frozen.root, random)
    ranked = first(entries, key, rules.winner_count + rules.backup_count, withdrawn)
    return Record(
        draw_id="draw_1",
        terms=terms,
        seed=SEED,
        frozen=frozen,
        beacon=random,
        beacon_signature=SIGNATURE if beacon else b"",
        assurance=Assurance.BEACON if beacon else Assurance.OPERATOR,
        result=Result(ranked[: rules.winner_count], ranked[rules.winner_count :], withdrawn),
    )


def proof_of(entries=None, **options):
    """Return a proof as somebody gets it: through JSON."""
    entries = entries_of(20) if entries is None else entries
    return json.loads(json.dumps(document(drawn(entries, **options), entries)))


def model(entries, seed, beacon, winners, withdrawn=()):
    """Design D9, word by word, for a handful of entries."""

    def root(leaves):
        if len(leaves) == 1:
            return sha256(b"\0" + leaves[0]).digest()
        half = 1 << (len(leaves) - 1).bit_length() - 1
        return sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()

    leaves = [f"{name}:{tickets}".encode() for name, tickets in sorted(entries)]
    key = sha256(seed + root(leaves) + beacon).digest()
    ranks = {
        name: min(
            hmac.new(key, f"{name}:{ticket}".encode(), "sha256").digest()
            for ticket in range(tickets)
        )
        for name, tickets in entries
        if name not in withdrawn
    }
    return sorted(ranks, key=ranks.__getitem__)[:winners]


@settings(max_examples=50)
@given(entries=ENTRIES, seed=st.binary(min_size=32, max_size=32), data=st.data())
def test_the_order_is_the_one_that_the_design_defines(entries, seed, data):
    withdrawn = data.draw(st.sets(st.sampled_from([entry.id for entry in entries])))
    count = data.draw(st.integers(0, 45))
    beacon = data.draw(st.sampled_from([b"", RANDOMNESS]))

    ranked = first(entries, final(seed, freeze(entries).root, beacon), count, withdrawn)

    assert ranked == model(entries, seed, beacon, count, withdrawn)


@given(key=st.binary(min_size=32, max_size=32), entry=ENTRIES.map(lambda found: found[0]))
def test_a_rank_is_that_of_the_luckiest_ticket(key, entry):
    tickets = [f"{entry.id}:{ticket}".encode() for ticket in range(entry.tickets)]

    assert rank(key, entry) == min(hmac.digest(key, ticket, "sha256") for ticket in tickets)


def test_more_tickets_win_more_often():
    entries = [Entry("one", 1), Entry("three", 3)]
    keys = [sha256(str(number).encode()).digest() for number in range(2000)]

    wins = sum(first(entries, key, 1) == ["three"] for key in keys)

    assert 1400 < wins < 1600


@pytest.mark.parametrize(
    "entries",
    [
        [Entry("b"), Entry("a")],
        [Entry("a"), Entry("a")],
        [Entry("")],
        [Entry("a", 0)],
        [Entry("a", 101)],
    ],
)
def test_entries_out_of_order_or_with_unlawful_tickets_are_not_frozen(entries):
    with pytest.raises(BadEntries):
        freeze(entries)


def test_a_commitment_is_to_these_very_bytes():
    terms = terms_text(RULES, open_at=NOON - timedelta(hours=1), close_at=NOON, beacon=BEACON)

    assert terms == (
        '{"backupCount":2,"beacon":{"chain":"' + QUICKNET.hash + '","name":"quicknet",'
        '"round":1000},"closeAt":"2023-08-23T12:00:00.000Z",'
        '"continueSelectingUntilCompleted":false,"drawAt":"2023-08-23T12:00:00.000Z",'
        '"openAt":"2023-08-23T11:00:00.000Z","tickets":{"field":"points","max":5},'
        '"winnerCount":3}'
    )
    said = b"fanfare-draw-v1\0draw_1\0" + sha256(terms.encode()).digest() + SEED
    assert commitment("draw_1", terms, SEED) == sha256(said).digest()


def test_before_closing_a_proof_shows_what_it_is_committed_to_and_no_seed():
    record = drawn(entries_of(3))
    open_ = Record(draw_id=record.draw_id, terms=record.terms, seed=SEED)

    shown = document(open_)

    assert list(shown) == ["version", "drawId", "terms", "commitment"]
    assert SEED.hex() not in json.dumps(shown)


@pytest.mark.parametrize(("beacon", "seed_is_out"), [(None, False), (BEACON, True)])
def test_after_closing_the_root_is_out_and_with_a_beacon_the_seed(beacon, seed_is_out):
    entries = entries_of(3)
    terms = terms_text(RULES, open_at=None, close_at=NOON, beacon=beacon)
    closed = Record(draw_id="draw_1", terms=terms, seed=SEED, frozen=freeze(entries))

    shown = document(closed, entries)

    assert shown["entryRoot"] == freeze(entries).root.hex()
    assert shown["entrantCount"] == 3
    assert shown["entries"][0] == {"id": "ent_000000", "tickets": 1}
    assert ("seed" in shown) is seed_is_out
    assert not {"winners", "backups", "withdrawn"} & set(shown)


def test_a_proof_without_a_beacon_has_the_fields_of_the_design():
    proof = proof_of()

    announced = {"version", "drawId", "terms", "commitment"}
    closed = {"entryRoot", "entrantCount", "beacon", "assurance", "seed", "entries"}
    assert set(proof) == announced | closed | {"withdrawn", "winners", "backups"}
    assert (proof["beacon"], proof["assurance"], proof["seed"]) == ("", "operator", SEED.hex())
    assert len(proof["winners"]) == 3
    assert len(proof["backups"]) == 2


def test_with_very_many_entries_a_proof_says_where_they_are():
    record = drawn(entries_of(20))

    proof = document(record, entries_url="https://example.com/entries")

    assert proof["entriesUrl"] == "https://example.com/entries"
    assert "entries" not in proof
    assert verify(proof) == ["Fetch the entries from the proof's entriesUrl, and pass them too."]
    assert verify(proof, iter(entries_of(20))) == []


@settings(max_examples=40)
@given(entries=ENTRIES, data=st.data(), beacon=st.sampled_from([None, BEACON]))
def test_an_honest_proof_holds(entries, data, beacon):
    withdrawn = sorted(data.draw(st.sets(st.sampled_from([entry.id for entry in entries]))))

    assert verify(proof_of(entries, withdrawn=withdrawn, beacon=beacon)) == []


def test_nobody_entered_is_a_proof_too():
    assert verify(proof_of([])) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": "00" * 32}, "committed to before opening"),
        ({"drawId": "draw_2"}, "committed to before opening"),
        ({"commitment": "00" * 32}, "committed to before opening"),
        ({"entryRoot": "00" * 32}, "published at closing"),
        ({"entrantCount": 21}, "There are 20 entries, not 21"),
        ({"winners": ["ent_000001", "ent_000002", "ent_000003"]}, "The winners are not"),
        ({"backups": []}, "The backups are not"),
        ({"withdrawn": ["ent_999999"]}, "had not entered"),
        ({"assurance": "certain"}, "assurance is unknown"),
        ({"assurance": "beacon"}, "has none"),
        ({"beacon": "00" * 32}, "the other way round"),
        ({"version": 2}, "not a proof of version 1"),
        ({"terms": "{}"}, "cannot be read"),
        ({"terms": "[" * 20_000}, "cannot be read"),
        ({"seed": SEED.hex().upper()}, "lower-case hex"),
        ({"seed": 7}, "seed is missing or malformed"),
        ({"entries": [{"id": 1, "tickets": 1}]}, "cannot be read"),
        ({"entries": [{"id": "a", "tickets": True}]}, "cannot be read"),
        ({"entries": "abc"}, "cannot be read"),
        ({"winners": [["a"]]}, "not all ids"),
    ],
)
def test_a_proof_that_was_changed_is_found_out(change, said):
    problems = verify(proof_of() | change)

    assert said in " ".join(problems)


def test_a_ticket_too_many_and_an_order_that_was_changed_are_found_out():
    entries = [Entry("a", 6), Entry("b", 1)]

    assert "more tickets" in verify(proof_of(entries))[0]
    swapped = proof_of()
    swapped["entries"].reverse()
    assert "not in order" in verify(swapped)[0]


def test_one_entry_smuggled_in_after_closing_is_found_out():
    proof = proof_of()
    proof["entries"].append({"id": "ent_999999", "tickets": 5})
    proof["entrantCount"] += 1

    assert "The entries are not those that were published at closing." in verify(proof)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"winnerCount": -1}, "counts cannot be read"),
        ({"backupCount": True}, "counts cannot be read"),
        ({"winnerCount": "3"}, "counts cannot be read"),
        ({"tickets": {}}, "cannot be read"),
    ],
)
def test_terms_that_make_no_sense_are_found_out(changes, said):
    assert said in " ".join(verify(changed_terms(proof_of(), **changes)))


def test_terms_in_another_spelling_are_found_out():
    proof = proof_of()

    spaced = proof["terms"].replace(",", ", ", 1)
    fraction = proof["terms"].replace('"winnerCount":3', '"winnerCount":3.0')
    assert verify(proof | {"terms": spaced}) == ["The terms are not canonical JSON."]
    assert verify(proof | {"terms": fraction}) == ["The terms cannot be read."]


def changed_terms(proof, **changes):
    """Return a proof that is honest but for its terms."""
    terms = canonical(json.loads(proof["terms"]) | changes)
    committed = commitment("draw_1", terms, SEED).hex()
    return proof | {"terms": terms, "commitment": committed}


def test_a_beacon_is_verified_by_its_network_s_signature():
    proof = proof_of(beacon=BEACON)

    assert proof["assurance"] == "beacon"
    assert proof["beaconSignature"] == SIGNATURE.hex()
    assert verify(proof) == []
    assert verify(proof | {"assurance": "operator"}) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"beaconSignature": "zz"}, "not 48 bytes"),
        ({"beaconSignature": None}, "not 48 bytes"),
        ({"beaconSignature": "ab" * 48}, "not that of its round"),
        ({"beacon": "ab" * 32}, "not the hash of its signature"),
        ({"beacon": ""}, "the other way round"),
        ({"beacon": "abcd"}, "not 32 bytes"),
    ],
)
def test_a_beacon_that_was_made_up_is_found_out(change, said):
    assert said in " ".join(verify(proof_of(beacon=BEACON) | change))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"beacon": BEACON._replace(round=1001)._asdict()}, "not that of its round"),
        ({"beacon": BEACON._replace(chain="ab" * 32)._asdict()}, "not known"),
        ({"beacon": BEACON._replace(round=0)._asdict()}, "cannot be read"),
        ({"beacon": BEACON._replace(round=10**11)._asdict()}, "cannot be read"),
        ({"beacon": {}}, "cannot be read"),
        ({"beacon": None}, "the other way round"),
        ({"closeAt": "2023-08-23T15:59:24.000Z"}, "known before entries closed"),
        ({"closeAt": "2023-08-23T12:00:00"}, "no zone"),
        ({"closeAt": "later"}, "cannot be read"),
    ],
)
def test_terms_that_a_beacon_does_not_fit_are_found_out(changes, said):
    problems = verify(changed_terms(proof_of(beacon=BEACON), **changes))

    assert said in " ".join(problems)


def test_whoever_does_not_believe_a_network_says_so():
    assert verify(proof_of(beacon=BEACON), chains={}) == [
        "The terms name a beacon of a network that is not known."
    ]


def test_what_is_not_drawn_yet_says_so():
    proof = proof_of()
    announced = {name: proof[name] for name in ("version", "drawId", "terms", "commitment")}
    closed = {name: value for name, value in proof.items() if name != "winners"}

    assert verify(announced) == ["Entries have not closed yet: there is nothing to verify."]
    assert verify(closed) == ["The draw has not been drawn yet: there is nothing to verify."]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@settings(max_examples=200)
@given(field=st.sampled_from(sorted(proof_of())), junk=JUNK)
def test_junk_in_any_field_is_told_and_never_raised(field, junk):
    proof = proof_of()
    unchanged = proof[field] == junk and type(proof[field]) is type(junk)

    problems = verify(proof | {field: junk})

    assert unchanged or problems


@given(st.dictionaries(st.sampled_from(sorted(proof_of())), JUNK))
def test_a_heap_of_junk_is_no_proof(proof):
    assert verify(proof)


@pytest.mark.parametrize("count", [1, 2, CHUNK, CHUNK + 1, 2 * CHUNK + 5])
def test_every_consumer_can_prove_that_they_were_among_the_entries(count):
    entries = entries_of(count)
    frozen = freeze(entries)

    for index in {0, count // 2, count - 1}:
        begin = index // CHUNK * CHUNK
        proof = inclusion(entries[begin : begin + CHUNK], frozen, index)
        assert proof["entryId"] == entries[index].id
        assert verify_inclusion(proof, frozen.root.hex())
        assert not verify_inclusion(proof | {"tickets": 9}, frozen.root.hex())
        assert not verify_inclusion(proof | {"index": index + 1}, frozen.root.hex())


@given(JUNK, JUNK, JUNK)
def test_junk_proves_nothing(index, path, tickets):
    said = {"entryId": "a", "tickets": tickets, "index": index, "entrantCount": 3, "path": path}

    assert not verify_inclusion(said, "00" * 32)
    assert not verify_inclusion(said, "not hex")
    assert not verify_inclusion({}, "00")
