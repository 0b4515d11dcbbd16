"""Gathered status reads: place, revocation and limit in one round trip (D11 to D13)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from integration.kernel.errors import RateLimited
from integration.kernel.tenant import Tenant
from integration.store.limits import Limits
from integration.store.line.reader import ENDED, LineReader, Reading, StatusAsk, revoke
from integration.store.valkey import Valkey, open_valkey
from tests.store.silence import closed_port, frozen_port
from tests.store.stage import TENANT
from tests.support.waiting import within

PATIENT = 30.0
OTHER = Tenant("org_b", "live")


@pytest.fixture
def reader(valkey):
    made = LineReader(valkey, Limits(valkey))
    yield made
    made.close()


@pytest.fixture
def lines(stage, committer, mender):
    """Two lines with three people each, the same in both."""
    people = stage.people(3)
    made = [stage.line(), stage.line()]
    for line, order in zip(made, (people, people[::-1]), strict=True):
        for person in order:
            committer.enter(person.asks(line), PATIENT)
        mender.rebuild(line)
    return made, people


def ask(line: str, person, limit: int = 1000, tenant: Tenant = TENANT) -> StatusAsk:
    return StatusAsk(tenant, line, person.consumer_id, person.session_id, limit)


def run(reader: LineReader, *asks: StatusAsk) -> list:
    return reader._run(asks, lambda: None)


def test_each_of_a_batch_learns_its_own_place(reader, lines):
    (one, two), people = lines
    asks = [ask(line, person) for person in people for line in (one, two)]

    readings = run(reader, *asks, ask("queue_none", people[0]), ask(one, people[2]))

    assert [reading.place and reading.place[:2] for reading in readings] == [
        (1, 0), (3, 2), (2, 1), (2, 1), (3, 2), (1, 0), None, (3, 2)
    ]  # fmt: skip
    assert not any(reading.revoked for reading in readings)


def test_a_batch_is_one_round_trip(reader, lines, valkey):
    (one, two), people = lines
    run(reader, ask(one, people[0]))
    sent = []
    pool = valkey.client.connection_pool
    connection = pool.get_connection()
    send = connection.send_packed_command
    connection.send_packed_command = lambda *given, **named: sent.append(1) or send(*given, **named)
    pool.release(connection)

    run(reader, *[ask(line, person) for person in people for line in (one, two)])

    assert len(sent) == 1


def test_many_threads_read_at_once_and_every_call_is_counted(reader, lines):
    (line, _), people = lines

    with ThreadPoolExecutor(32) as pool:
        readings = list(
            pool.map(lambda turn: reader.read(ask(line, people[turn % 3]), PATIENT), range(600))
        )

    assert [reading.place.number for reading in readings] == [1, 2, 3] * 200
    assert min(reading.taken.remaining for reading in readings) == 400


def test_an_organization_that_used_up_its_limit_does_not_take_from_another(reader, lines):
    (line, _), people = lines

    readings = run(
        reader,
        *[ask(line, people[0], limit=2) for _ in range(3)],
        ask(line, people[0], limit=5, tenant=OTHER),
        ask(line, people[1], limit=2),
    )

    assert [isinstance(each, RateLimited) for each in readings] == [False, False, True, False, True]
    assert readings[3].taken.remaining == 4
    assert readings[3].place.number == 1
    with pytest.raises(RateLimited) as refused:
        reader.read(ask(line, people[0], limit=2), PATIENT)
    assert refused.value.headers["X-RateLimit-Remaining"] == "0"


def test_a_session_that_was_ended_is_known_in_every_process_at_once(reader, lines, redis_url):
    (line, _), people = lines
    elsewhere = open_valkey(redis_url)

    revoke(elsewhere, [people[1].session_id])

    readings = run(reader, *[ask(line, person) for person in people])
    assert [reading.revoked for reading in readings] == [False, True, False]
    elsewhere.client.close()


def test_ended_sessions_are_forgotten_once_no_token_can_name_them(valkey):
    valkey.client.zadd(ENDED, {"sess_old": 1})

    revoke(valkey, ["sess_new"])

    assert valkey.client.zrange(ENDED, 0, -1) == [b"sess_new"]
    assert 3_600_000 < valkey.client.pttl(ENDED) <= 65 * 60_000


@pytest.mark.parametrize("kind", ["closed", "frozen"])
def test_with_valkey_away_postgres_is_asked_within_a_quarter_second(kind):
    with frozen_port() as frozen, ThreadPoolExecutor(32) as pool:
        address = f"redis://127.0.0.1:{frozen if kind == 'frozen' else closed_port()}"
        asked = StatusAsk(TENANT, "queue_x", "cons_x", "sess_x", 1000)

        def read() -> tuple[Valkey, LineReader, list[Reading]]:
            valkey = open_valkey(address)
            reader = LineReader(valkey, Limits(valkey))
            return valkey, reader, list(pool.map(lambda _: reader.read(asked), range(64)))

        valkey, reader, readings = within(0.5, read)
        again = within(0.1, lambda: reader.read(asked))

        assert {(each.place, each.revoked) for each in [*readings, again]} == {(None, False)}
        revoke(valkey, ["sess_x"])
        reader.close()


def test_after_a_wipe_postgres_is_asked(reader, lines, valkey):
    (line, _), people = lines
    valkey.client.flushdb()

    assert reader.read(ask(line, people[0]), PATIENT).place is None


def test_with_valkey_away_the_limit_still_holds_for_the_process():
    valkey = open_valkey(f"redis://127.0.0.1:{closed_port()}")
    reader = LineReader(valkey, Limits(valkey))
    asked = StatusAsk(TENANT, "queue_x", "cons_x", "sess_x", 2)
    for _ in range(2):
        reader.read(asked)

    with pytest.raises(RateLimited):
        reader.read(asked)

    reader.close()
