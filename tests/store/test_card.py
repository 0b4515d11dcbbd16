"""The line card: the same few bytes for everybody who waits (D6)."""

import random
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from integration.engine.marks import interpolate
from integration.kernel.errors import ServiceUnavailable
from integration.kernel.ids import new_id
from integration.store.line import ladder
from integration.store.line.card import CardCache
from integration.store.line.epochs import keys
from integration.store.line.waiting import place_of
from integration.store.valkey import open_valkey
from tests.store.silence import closed_port
from tests.store.stage import TENANT, Stage
from tests.support.envelopes import CARD

PATIENT = 30.0


@pytest.fixture
def cards(engine, valkey) -> CardCache:
    return CardCache(engine, valkey)


def later(cards: CardCache, line: str) -> None:
    """Let this process's card and the shared one be old enough for another."""
    if line in cards._slots:
        cards._slots[line].due = 0
    cards._valkey.client.delete(*keys(line, "building"))


def read(cards: CardCache, line: str) -> dict:
    later(cards, line)
    return orjson.loads(cards.get(line).body)


def crowd(stage: Stage, line: str, waiting: list[bool]) -> None:
    """Put a person for each of these, who waits or has left."""
    stage.run(
        "INSERT INTO participation (id, organization_id, mode, distribution_id, experience_id,"
        " sequence_id, consumer_id, number, state, current)"
        " SELECT 'ent_' || n || %s, 'org_a', 'live', %s, 'e', 's', 'cons_' || n, n,"
        " CASE WHEN w THEN 'QUEUED' ELSE 'LEFT' END, w"
        " FROM unnest(%s::boolean[]) WITH ORDINALITY AS t (w, n)",
        line,
        line,
        waiting,
    )
    stage.run(
        "UPDATE line SET entered = %s, waiting = %s WHERE distribution_id = %s",
        len(waiting),
        sum(waiting),
        line,
    )


def admit(stage: Stage, line: str, number: int, at: datetime, *, in_turn: bool = True) -> None:
    """What is left of an admission of this number."""
    stage.run(
        "UPDATE participation SET state = 'ADMITTED', admitted_at = %s"
        " WHERE distribution_id = %s AND number = %s",
        at,
        line,
        number,
    )
    stage.run(
        "INSERT INTO admission (id, organization_id, mode, participation_id, distribution_id,"
        " consumer_id, state, kid, units, in_turn, issued_at, expires_at)"
        " SELECT %s, 'org_a', 'live', id, distribution_id, consumer_id, 'ADMITTED', 'k', 1, %s,"
        " %s, now() + '1 hour' FROM participation WHERE distribution_id = %s AND number = %s",
        new_id("adm"),
        in_turn,
        at,
        line,
        number,
    )


def test_a_card_says_these_things_and_no_others(stage, cards, committer):
    line = stage.line(notice="Soon.", rules={"absenceSeconds": 0})
    people = stage.people(3)
    for person in people:
        committer.enter(person.asks(line), PATIENT)
    stage.leave(line, people[:1], state="ADMITTED")

    card = cards.get(line)

    shown = orjson.loads(card.body)
    moment = datetime.fromisoformat(shown.pop("serverTime"))
    assert abs(moment - stage.one("SELECT clock_timestamp()")) < timedelta(seconds=30)
    assert [*orjson.loads(card.body)] == CARD
    assert shown == {
        "queueId": line,
        "version": card.version,
        "status": "OPEN",
        "serving": 1,
        "tail": 3,
        "waiting": 2,
        "numbersServedPerMinute": None,
        "pollAfterMs": 1000,
        "presence": {"upTo": 1, "everyMs": 15000},
        "marks": [[2, 0], [3, 1]],
        "notice": "Soon.",
    }
    assert card.etag == f'"{card.version}"'


def test_an_empty_line_has_a_card_too(stage, cards):
    line = stage.line()

    shown = read(cards, line)

    assert (shown["serving"], shown["tail"], shown["waiting"], shown["marks"]) == (0, 0, 0, [])


def test_the_first_hundred_numbers_show_signs_of_life(stage, cards):
    line = stage.line()
    crowd(stage, line, [True] * 150)

    assert read(cards, line)["presence"]["upTo"] == 100


@pytest.mark.parametrize(
    ("given", "status", "poll"),
    [
        ({"state": "paused"}, "PAUSED", 5000),
        ({"open_at": datetime(2100, 1, 1, tzinfo=UTC)}, "PENDING", 5000),
        ({"close_at": datetime(2000, 1, 1, tzinfo=UTC)}, "CLOSED", 5000),
        ({"rules": {"admissionRate": 1}}, "OPEN", 3000),
    ],
)
def test_a_card_tells_how_the_queue_stands_and_how_often_to_look(stage, cards, given, status, poll):
    line = stage.line(**given)

    shown = read(cards, line)

    assert (shown["status"], shown["pollAfterMs"]) == (status, poll)


def test_a_qualitative_queue_shows_no_marks(stage, cards):
    line = stage.line(rules={"positionDisplay": "qualitative"})
    crowd(stage, line, [True] * 5)

    assert [*read(cards, line)] == [field for field in CARD if field != "marks"]


@pytest.mark.parametrize("given", [{"state": "draft"}, {"archived_at": datetime.now(UTC)}])
def test_what_consumers_may_not_know_of_has_no_card(stage, cards, given):
    assert cards.get(stage.line(**given)) is None
    assert cards.get("queue_none") is None
    assert cards._slots == {}


LINES = {
    "random": lambda number, chance: chance > 0.4 + number / 100_000,
    "front": lambda number, chance: number > 15_000 or chance > 0.7,
    "bursts": lambda number, chance: number % 2_000 > 700 or chance > 0.9,
}


@pytest.mark.parametrize("by", ["valkey", "postgres"])
@pytest.mark.parametrize("kind", LINES)
def test_from_the_real_card_everybody_knows_their_place_within_six_or_one_percent(
    stage, cards, mender, kind, by
):
    line, chance = stage.line(), random.Random(7)
    waiting = [LINES[kind](number, chance.random()) for number in range(30_000)]
    crowd(stage, line, waiting)
    if by == "valkey":
        mender.rebuild(line)

    marks = read(cards, line)["marks"]

    assert len(marks) <= 64
    numbers = [number for number, waits in enumerate(waiting, 1) if waits]
    wrong = [
        (number, place, seen)
        for place, number in enumerate(numbers)
        if abs((seen := interpolate([tuple(mark) for mark in marks], number)) - place)
        > max(6, place / 100)
    ]
    assert wrong == []


def test_while_no_more_than_64_wait_every_place_is_exact(stage, cards, mender):
    line = stage.line()
    waiting = [number % 3 == 0 for number in range(1, 190)]
    crowd(stage, line, waiting)
    mender.rebuild(line)

    marks = read(cards, line)["marks"]

    assert marks == [[number, place] for place, number in enumerate(range(3, 190, 3))]


def test_far_back_the_record_counts_as_exactly_as_near(stage, engine, monkeypatch):
    monkeypatch.setattr(ladder, "COUNTED", 500)
    line = stage.line()
    crowd(stage, line, [number % 7 != 0 for number in range(1, 8_001)])
    asked = [1, 300, 1_000, 2_346, 7_999]

    with Session(engine) as database:
        ahead = [place_of(database, TENANT, line, f"cons_{number}").ahead for number in asked]

    assert ahead == [number - 1 - (number - 1) // 7 for number in asked]


def test_whoever_is_served_while_the_ladder_stands_is_taken_off_it(stage, engine, monkeypatch):
    monkeypatch.setattr(ladder, "COUNTED", 500)
    line = stage.line()
    crowd(stage, line, [True] * 5_000)
    with Session(engine) as database:
        place_of(database, TENANT, line, "cons_4000")
    stage.run("UPDATE participation SET state = 'ADMITTED' WHERE number <= 700")

    with Session(engine) as database:
        standing = place_of(database, TENANT, line, "cons_4000")

    assert standing.ahead == 3_299


def test_the_rate_is_what_was_served_in_turn_lately(stage, cards):
    line = stage.line()
    crowd(stage, line, [True] * 400)
    now = stage.one("SELECT clock_timestamp()")
    for number in range(1, 121):
        admit(stage, line, number, now - timedelta(seconds=121 - number))
    admit(stage, line, 110 + 30, now - timedelta(seconds=1), in_turn=False)
    stage.run("UPDATE line SET serving = 120 WHERE distribution_id = %s", line)

    card = cards.get(line)

    assert orjson.loads(card.body)["numbersServedPerMinute"] == pytest.approx(60, rel=0.1)
    assert card.rate.seen >= 60


def test_what_was_served_long_ago_tells_no_rate(stage, cards):
    line = stage.line()
    crowd(stage, line, [True] * 10)
    now = stage.one("SELECT clock_timestamp()")
    for number in (1, 2, 3):
        admit(stage, line, number, now - timedelta(hours=1))
    stage.run("UPDATE line SET serving = 3 WHERE distribution_id = %s", line)

    assert read(cards, line)["numbersServedPerMinute"] is None


def test_two_processes_share_one_card_a_second(stage, cards, engine, redis_url):
    line = stage.line()
    elsewhere = CardCache(engine, open_valkey(redis_url))
    first = cards.get(line)

    same = elsewhere.get(line)
    later(cards, line)
    newer = cards.get(line)
    elsewhere._slots[line].due = 0

    assert (same.body, same.etag, same.rate) == (first.body, first.etag, first.rate)
    assert newer.version > first.version
    assert elsewhere.get(line).body == newer.body
    elsewhere._valkey.client.close()


def test_within_its_time_a_card_comes_from_memory(stage, cards, valkey):
    line = stage.line()
    card = cards.get(line)
    cards._slots[line].due = float("inf")
    valkey.client.flushdb()
    crowd(stage, line, [True])

    assert cards.get(line) is card


def test_versions_only_rise_even_over_a_wipe_and_a_clock_that_was_set_back(stage, cards, valkey):
    line = stage.line()
    ahead = int(datetime(2090, 1, 1, tzinfo=UTC).timestamp() * 1000)
    cards.get(line)
    held = cards._slots[line]
    held.card = held.card._replace(version=ahead)

    versions = [read(cards, line)["version"]]
    valkey.client.flushdb()
    versions.append(read(cards, line)["version"])
    elsewhere = CardCache(cards._engine, valkey)
    versions.append(read(elsewhere, line)["version"])

    assert versions == [ahead + 1, ahead + 2, ahead + 3]


def test_an_older_card_never_replaces_a_newer_one(stage, cards, engine, valkey):
    line = stage.line()
    newest = cards.get(line)
    later(cards, line)
    old = newest._replace(version=newest.version - 10, body=b"{}", etag="old")
    cards._share(line, old)

    assert CardCache(engine, valkey)._look(line)[1].body == newest.body
    slow = CardCache(engine, valkey)
    slow.get(line)
    slow._slots[line].card = newest._replace(version=newest.version + 10**9)
    slow._slots[line].due = 0
    valkey.client.set(keys(line, "building")[0], 1)
    assert slow.get(line).version == newest.version + 10**9


def test_without_valkey_each_process_builds_its_own(stage, engine):
    line = stage.line()
    crowd(stage, line, [True] * 3)
    cards = CardCache(engine, open_valkey(f"redis://127.0.0.1:{closed_port()}"))

    shown = orjson.loads(cards.get(line).body)

    assert shown["marks"] == [[1, 0], [2, 1], [3, 2]]


def test_without_the_database_the_last_card_is_shown(stage, engine, valkey):
    line = stage.line()
    lost = create_engine(f"postgresql+psycopg://x@127.0.0.1:{closed_port()}/x")
    cards = CardCache(engine, valkey)
    card = cards.get(line)
    cards._engine = lost
    later(cards, line)

    assert cards.get(line) is card
    with pytest.raises(ServiceUnavailable):
        CardCache(lost, open_valkey(f"redis://127.0.0.1:{closed_port()}")).get(line)


def test_a_process_remembers_so_many_cards_and_no_more(stage, cards, monkeypatch):
    monkeypatch.setattr("integration.store.line.card.MOST_QUEUES", 3)
    lines = [stage.line() for _ in range(5)]

    for line in lines:
        cards.get(line)

    assert [*cards._slots] == lines[2:]
