"""Entering, in the database: the two statements of ``enter_batch`` and their traps (D4)."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.line.committer import Ask, Verdict
from tests.store.stage import TENANT, Stage

CALL = (
    "SELECT * FROM enter_batch(%s::text[], %s::text[], %s::text[], %s::bytea[],"
    " %s::text[], %s::text[], %s::text[])"
)
LATER = datetime.now(UTC) + timedelta(hours=1)
EARLIER = datetime.now(UTC) - timedelta(hours=1)


def call(connection: psycopg.Connection, asks: list[Ask]) -> list[tuple]:
    """Ask as one batch: verdict, id, number, state, entered_at, place, opens_at."""
    values = [
        [ask.distribution_id for ask in asks],
        [ask.consumer_id for ask in asks],
        [ask.session_id for ask in asks],
        [ask.fingerprint for ask in asks],
        [ask.tenant.organization_id for ask in asks],
        [ask.tenant.mode for ask in asks],
        [new_id("ent") for _ in asks],
    ]
    return connection.execute(CALL, values, prepare=True).fetchall()


def enter(stage: Stage, *asks: Ask) -> list[tuple]:
    return call(stage.connection, list(asks))


def verdicts(stage: Stage, *asks: Ask) -> list[str]:
    return [row[0] for row in enter(stage, *asks)]


def parts(items: list, size: int) -> list[list]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def at_once(work: Callable[[Any], list], shares: Iterable) -> list:
    """Do the shares in eight threads; what they return, one after the other."""
    with ThreadPoolExecutor(8) as pool:
        return list(chain.from_iterable(pool.map(work, shares)))


def test_who_comes_at_once_enters_in_that_order_with_numbers_and_places(stage):
    line = stage.line()
    people = stage.people(5)
    enter(stage, *[person.asks(line) for person in people[:2]])

    rows = enter(stage, *[person.asks(line) for person in people[2:]])

    assert [(row[0], row[2], row[3], row[5]) for row in rows] == [
        ("ENTERED", number, "QUEUED", number) for number in (3, 4, 5)
    ]
    assert stage.counters(line) == (5, 5)


def test_places_count_who_waits_while_numbers_go_on(stage):
    line = stage.line()
    people = stage.people(4)
    enter(stage, *[person.asks(line) for person in people[:3]])
    stage.leave(line, people[:2])

    ((_, _, number, _, _, place, _),) = enter(stage, people[3].asks(line))

    assert (number, place) == (4, 2)


def test_eight_connections_never_fill_a_line_beyond_its_capacity(stage):
    """A single statement that waits for the counters keeps its old snapshot and overfills."""
    capacity, writers, size = 700, 8, 24
    line = stage.line(max_capacity=capacity)
    people = stage.people(1600)
    batches = parts([person.asks(line) for person in people], size)

    def write(mine: list[list[Ask]]) -> list[tuple]:
        with psycopg.connect(stage.plain, autocommit=True) as connection:
            return [row for batch in mine for row in call(connection, batch)]

    rows = at_once(write, [batches[place::writers] for place in range(writers)])

    said = [row[0] for row in rows]
    assert len(said) == len(people)
    assert (said.count("ENTERED"), said.count("FULL")) == (capacity, len(people) - capacity)
    assert sorted(row[2] for row in rows if row[0] == "ENTERED") == [*range(1, capacity + 1)]
    assert stage.numbers(line) == [*range(1, capacity + 1)]
    assert stage.counters(line) == (capacity, capacity)


def test_eight_connections_racing_for_the_same_people_enter_each_of_them_once(stage):
    line = stage.line()
    people = stage.people(60)

    def write(_: int) -> list[tuple]:
        with psycopg.connect(stage.plain, autocommit=True) as connection:
            asks = [person.asks(line) for person in people]
            return [row for batch in parts(asks, 7) for row in call(connection, batch)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, range(8)))

    assert len({tuple(row[1] for row in rows) for rows in answers}) == 1
    assert sum(row[0] == "ENTERED" for rows in answers for row in rows) == len(people)
    assert stage.numbers(line) == [*range(1, len(people) + 1)]


def test_a_batch_for_several_lines_locks_them_in_one_order(stage):
    """Batches that name the same lines the other way round must not wait for each other."""
    lines = [stage.line() for _ in range(4)]
    people = stage.people(160)

    def write(turn: int) -> list[str]:
        order = lines if turn % 2 else lines[::-1]
        mine = people[turn * 20 : turn * 20 + 20]
        with psycopg.connect(stage.plain, autocommit=True) as connection:
            return [
                row[0]
                for person in mine
                for row in call(connection, [person.asks(line) for line in order])
            ]

    said = at_once(write, range(8))

    assert set(said) == {"ENTERED"}
    assert [stage.numbers(line) for line in lines] == [[*range(1, 161)]] * 4


@pytest.mark.timeout(120)
def test_an_entry_reads_as_few_rows_in_a_long_line_as_in_an_empty_one(fresh_database):
    """A plan made on empty tables, and kept, read the whole line for every ask."""
    stage = Stage(fresh_database())
    with stage.connection:
        for table in ("participation", "session", "distribution", "line"):
            stage.run(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
        line, crowd, size = stage.line(), 165_000, 256
        people = stage.people(size * 20)
        asks = parts(
            [person.asks(line, b"%d" % place) for place, person in enumerate(people)], size
        )
        for batch in asks[:10]:
            assert {row[0] for row in enter(stage, *batch)} == {"ENTERED"}
        fill(stage, line, crowd)
        before = work(stage)

        for batch in asks[10:]:
            assert {row[0] for row in enter(stage, *batch)} == {"ENTERED"}

        scans, rows = (now - then for now, then in zip(work(stage), before, strict=True))
        entries = size * 10
        assert scans == 0
        assert rows < 20 * entries


def fill(stage: Stage, line: str, count: int) -> None:
    entered, _ = stage.counters(line)
    stage.run(
        "INSERT INTO participation (id, organization_id, mode, distribution_id, experience_id,"
        " sequence_id, consumer_id, number, state, fingerprint)"
        " SELECT 'ent_' || i, %s, %s, %s, 'exp', 'seq', 'cons_' || i, i, 'QUEUED',"
        " int8send(i) FROM generate_series(%s::bigint + 1, %s) AS i",
        *TENANT,
        line,
        entered,
        entered + count,
    )
    stage.run(
        "UPDATE line SET entered = entered + %s, waiting = waiting + %s WHERE distribution_id = %s",
        count,
        count,
        line,
    )


def work(stage: Stage) -> tuple[int, int]:
    """How often tables were scanned so far, and how many rows and index entries were read."""
    stage.run("SELECT pg_stat_force_next_flush()")
    ((scans, rows),) = stage.run(
        "SELECT sum(seq_scan)::bigint, sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint"
        " FROM pg_stat_user_tables"
    )
    return scans, rows + stage.one("SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes")


def test_a_device_holds_exactly_as_many_entries_as_it_may_within_a_batch(stage):
    line = stage.line(max_entries_per_fingerprint=3)
    people = stage.people(7)
    devices = [b"a", b"b", b"a", b"a", b"a", b"b", None]

    said = verdicts(
        stage, *[person.asks(line, device) for person, device in zip(people, devices, strict=True)]
    )

    assert said == [*["ENTERED"] * 4, "FINGERPRINT", "ENTERED", "ENTERED"]


def test_a_device_holds_exactly_as_many_entries_as_it_may_over_batches_that_race(stage):
    line = stage.line(max_entries_per_fingerprint=5)
    people = stage.people(64)

    def write(mine: list) -> list[str]:
        with psycopg.connect(stage.plain, autocommit=True) as connection:
            return [
                row[0]
                for batch in parts([person.asks(line, b"same") for person in mine], 3)
                for row in call(connection, batch)
            ]

    said = at_once(write, parts(people, 8))

    assert (said.count("ENTERED"), said.count("FINGERPRINT")) == (5, 59)
    assert stage.counters(line) == (5, 5)


def test_refused_asks_use_up_no_entries_of_a_device(stage):
    line = stage.line(max_entries_per_fingerprint=1)
    ended, good = stage.people(2)
    stage.run("UPDATE session SET revoked_at = now() WHERE id = %s", ended.session_id)

    said = verdicts(stage, ended.asks(line, b"same"), good.asks(line, b"same"))

    assert said == ["REVOKED", "ENTERED"]


def test_a_device_may_enter_again_for_whoever_left(stage):
    line = stage.line(max_entries_per_fingerprint=1)
    first, second = stage.people(2)
    enter(stage, first.asks(line, b"same"))
    stage.leave(line, [first])

    assert verdicts(stage, second.asks(line, b"same")) == ["ENTERED"]


def test_where_devices_are_not_told_apart_there_is_no_cap(stage):
    line = stage.line(fingerprint_policy="off", max_entries_per_fingerprint=1)
    people = stage.people(3)

    assert verdicts(stage, *[each.asks(line, b"same") for each in people]) == ["ENTERED"] * 3


def test_who_left_comes_again_at_the_end_of_the_line(stage):
    line = stage.line()
    people = stage.people(3)
    enter(stage, *[person.asks(line) for person in people])
    stage.leave(line, people[:1])

    ((verdict, _, number, state, _, place, _),) = enter(stage, people[0].asks(line))

    assert (verdict, number, state, place) == ("ENTERED", 4, "QUEUED", 3)


def test_who_is_in_is_answered_with_the_entry_as_it_stands(stage):
    line = stage.line(max_capacity=1)
    (person,) = stage.people(1)
    ((_, entry, *_),) = enter(stage, person.asks(line))
    stage.leave(line, [person], state="ADMITTED")
    stage.run("UPDATE distribution SET close_at = now() WHERE id = %s", line)

    ((verdict, again, number, state, *_),) = enter(stage, person.asks(line))

    assert (verdict, again, number, state) == ("CURRENT", entry, 1, "ADMITTED")


def test_a_session_that_was_ended_enters_nothing_and_sees_nothing(stage):
    line = stage.line()
    (person,) = stage.people(1)
    enter(stage, person.asks(line))
    stage.run("UPDATE session SET revoked_at = now() WHERE id = %s", person.session_id)

    ((verdict, entry, number, *_),) = enter(stage, person.asks(line))

    assert (verdict, entry, number) == ("REVOKED", None, None)


def test_a_session_of_somebody_else_is_none(stage):
    line = stage.line()
    one, other = stage.people(2)

    said = verdicts(stage, one._replace(session_id=other.session_id).asks(line))

    assert said == ["REVOKED"]


@pytest.mark.parametrize("other", [Tenant("org_b", "live"), Tenant("org_a", "test")])
def test_another_organizations_or_modes_line_does_not_exist(stage, other):
    line = stage.line(other)
    (person,) = stage.people(1)
    (own,) = stage.people(1, other)
    enter(stage, own.asks(line))

    rows = enter(stage, person.asks(line), person._replace(consumer_id=own.consumer_id).asks(line))

    assert [(row[0], row[1], row[6]) for row in rows] == [("UNKNOWN", None, None)] * 2
    assert stage.counters(line) == (1, 1)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"state": "draft"}, "UNKNOWN"),
        ({"archived_at": EARLIER}, "UNKNOWN"),
        ({"state": "ended"}, "CLOSED"),
        ({"close_at": EARLIER}, "CLOSED"),
        ({"open_at": LATER}, "NOT_OPEN"),
        ({"open_at": LATER, "close_at": EARLIER}, "CLOSED"),
        ({"max_capacity": 0}, "FULL"),
        ({"inventory_bound": True, "stock": 0}, "SOLD_OUT"),
        ({"inventory_bound": True, "stock": 1, "units_per_admission": 2}, "SOLD_OUT"),
        ({"inventory_bound": False, "stock": 0}, "ENTERED"),
        ({"state": "paused"}, "ENTERED"),
        ({"open_at": EARLIER, "close_at": LATER}, "ENTERED"),
    ],
)
def test_a_line_is_entered_while_it_takes_entries(stage, given, verdict):
    line = stage.line(**given)
    (person,) = stage.people(1)

    assert verdicts(stage, person.asks(line)) == [verdict]


def test_a_line_not_open_yet_says_when_it_will_be(stage):
    line = stage.line(open_at=LATER)
    (person,) = stage.people(1)

    ((*_, opens_at),) = enter(stage, person.asks(line))

    assert opens_at == LATER


def test_while_stock_may_come_back_one_may_still_enter(stage):
    line = stage.line(inventory_bound=True, stock=1)
    stage.run("UPDATE line SET held = 1 WHERE distribution_id = %s", line)
    (person,) = stage.people(1)

    assert verdicts(stage, person.asks(line)) == ["ENTERED"]


def test_a_full_line_takes_the_first_of_a_batch_and_one_more_for_each_that_leaves(stage):
    line = stage.line(max_capacity=2)
    people = stage.people(4)
    asks = [person.asks(line) for person in people]

    first = verdicts(stage, *asks[:3])
    stage.leave(line, people[:1])

    assert first == ["ENTERED", "ENTERED", "FULL"]
    assert verdicts(stage, asks[3], asks[2]) == ["ENTERED", "FULL"]


def test_ten_thousand_asks_for_nothing_change_no_counter(stage):
    line, draft = stage.line(), stage.line(state="draft")
    (person,) = stage.people(1)
    strange = person._replace(tenant=Tenant("org_z", "live"))
    junk = [
        *[person.asks(f"queue_{turn}") for turn in range(4_000)],
        *[strange.asks(line) for _ in range(2_000)],
        *[person.asks(draft) for _ in range(2_000)],
        *[Ask(TENANT, line, f"cons_{turn}", "sess_none") for turn in range(2_000)],
    ]

    said = {row[0] for batch in parts(junk, 250) for row in enter(stage, *batch)}

    assert said == {"UNKNOWN", "REVOKED"}
    assert stage.counters(line) == stage.counters(draft) == (0, 0)
    assert stage.one("SELECT count(*) FROM participation") == 0


def test_the_same_person_twice_in_one_batch_is_refused_whole(stage):
    """Better than a gap in the numbers; the committer merges, and asks again one by one."""
    line = stage.line()
    one, two = stage.people(2)

    with pytest.raises(psycopg.errors.UniqueViolation):
        enter(stage, two.asks(line), one.asks(line), one.asks(line))

    assert stage.counters(line) == (0, 0)


def test_every_entry_that_somebody_wants_to_hear_of_becomes_an_event_and_its_deliveries(stage):
    line = stage.line()
    people = stage.people(2)
    endpoints = [subscribe(stage, events) for events in (None, ["queue.consumer.entered"])]
    subscribe(stage, ["queue.consumer.left"])
    subscribe(stage, None, enabled=False)
    subscribe(stage, None, Tenant("org_b", "live"))

    rows = enter(stage, *[person.asks(line) for person in people])
    enter(stage, *[person.asks(line) for person in people])

    events = stage.run(
        "SELECT id, type, subject_id, sequence, data FROM outbox_event ORDER BY data->'number'"
    )
    assert [event[1:4] for event in events] == [
        ("queue.consumer.entered", row[1], 1) for row in rows
    ]
    assert events[1][4] == {
        "status": "QUEUED",
        "enteredAt": rows[1][4]
        .astimezone(UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z"),
        "admittedAt": None,
        "completedAt": None,
        "denyReason": None,
        "position": 2,
        "number": 2,
        "outcome": None,
        "expiresAt": None,
        "queueId": line,
        "consumerId": people[1].consumer_id,
        **parents(stage, line),
    }
    delivered = stage.run("SELECT event_id, endpoint_id, state FROM delivery")
    assert sorted(delivered) == sorted(
        (event[0], endpoint, "pending") for event in events for endpoint in endpoints
    )


def test_where_nobody_listens_there_are_no_events(stage):
    line = stage.line()
    (person,) = stage.people(1)

    enter(stage, person.asks(line))

    assert stage.one("SELECT count(*) FROM outbox_event") == 0


def subscribe(
    stage: Stage, events: list[str] | None, tenant: Tenant = TENANT, *, enabled: bool = True
) -> str:
    endpoint = new_id("whk")
    wanted = None if events is None else Jsonb(events)
    stage.run(
        "INSERT INTO webhook_endpoint (id, organization_id, mode, url, events, secret, enabled)"
        " VALUES (%s, %s, %s, 'https://shop.example', %s, 'x', %s)",
        endpoint,
        *tenant,
        wanted,
        enabled,
    )
    return endpoint


def parents(stage: Stage, line: str) -> dict[str, str]:
    ((experience, sequence),) = stage.run(
        "SELECT experience_id, sequence_id FROM distribution WHERE id = %s", line
    )
    return {"experienceId": experience, "sequenceId": sequence}


def test_every_verdict_of_the_function_has_a_name(stage):
    source = stage.one("SELECT prosrc FROM pg_proc WHERE proname = 'enter_batch'")

    assert all(f"'{verdict}'" in source for verdict in Verdict)
