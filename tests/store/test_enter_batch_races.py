"""Entering in many connections at once, and in a line that is long: the traps of D4."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from integration.store.line.committer import Ask
from tests.store.batches import at_once, call, enter, parts
from tests.store.stage import TENANT, Stage


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
