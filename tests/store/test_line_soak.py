"""Four writers, a mender, leavers, readers, killed at random, and Valkey wiped (D4, D5)."""

import itertools
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic

import orjson
import psutil
import pytest
import redis
from alembic import command
from sqlalchemy import create_engine

from integration.kernel.engines import EngineUrls
from integration.store import schema
from integration.store.line.epochs import Epochs, keys
from integration.store.line.mender import Mender
from integration.store.valkey import open_valkey
from tests.store.stage import Stage
from tests.support.engines import FORGETFUL, RunningEngines, running_engines, short_folder
from tests.support.waiting import wait_until

ROOT = Path(__file__).parents[2]
AT_LEAST_SECONDS = 10
AT_MOST_SECONDS = 120
KILL_EVERY = 150
WIPE_EVERY = 1_000
WRITERS = 4
CAPACITY = 400


@pytest.fixture
def own_engines() -> Generator[RunningEngines]:
    """A pair of engines that nobody else uses, so that it may be wiped."""
    with short_folder() as folder, running_engines(folder, FORGETFUL) as running:
        yield running


class Crew:
    """The processes; whoever dies is replaced by somebody with other consumers."""

    def __init__(self, urls: EngineUrls, log: Path, lines: list[str]) -> None:
        command = [sys.executable, "-m", "tests.store.soak", urls.database_url, urls.redis_url]
        self._names = itertools.count()
        self._mother = subprocess.Popen(
            [*command, str(log), *lines],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.died = 0
        self.members = [self._start(place) for place in range(WRITERS + 1)]

    def look_after(self) -> None:
        for place, member in enumerate(self.members):
            if not psutil.pid_exists(member):
                self.died += 1
                self.members[place] = self._start(place)

    def kill_one(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(random.choice(self.members), signal.SIGKILL)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._mother.pid, signal.SIGKILL)
        self._mother.communicate()
        wait_until(lambda: not any(map(psutil.pid_exists, self.members)), "all are dead")

    def _start(self, place: int) -> int:
        role = "write" if place < WRITERS else "mend"
        self._mother.stdin.write(f"{role} c{next(self._names)}\n")
        self._mother.stdin.flush()
        return int(self._mother.stdout.readline())


class Log:
    """What the crew has said so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.touch()
        self.said: list[list] = []

    def read(self) -> list[list]:
        """All of it; the last line may not be whole yet."""
        *whole, _ = self.path.read_bytes().split(b"\n")
        self.said += [orjson.loads(line) for line in whole[len(self.said) :]]
        return self.said

    def seen(self) -> Counter[str]:
        """How often each thing was seen: reads from Valkey apart from the others."""
        return Counter(
            "placed" if what == "read" and rest[0] else what for what, *rest in self.read()
        )


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_killed_and_wiped_nothing_acknowledged_is_lost_and_no_read_is_wrong(own_engines, tmp_path):
    urls, log = own_engines.urls, Log(tmp_path / "log")
    command.upgrade(schema.config(urls.database_url), "head")
    stage = Stage(urls.database_url)
    lines = [stage.line(), stage.line(), stage.line(max_capacity=CAPACITY)]
    with stage.connection, redis.Redis.from_url(urls.redis_url) as client:
        crew = Crew(urls, log.path, lines)
        try:
            live_through(crew, client, log)
        finally:
            crew.end()

        assert [each for each in log.read() if each[0].startswith("BAD")] == []
        for line in lines:
            check_record(stage, line, log.said)
        mend_all(stage, urls, lines)
        for line in lines:
            assert in_valkey(client, line) == stage.waiting(line)


def live_through(crew: Crew, client: redis.Redis, log: Log) -> None:
    """Kill and wipe at random until enough has happened, however slow the machine is."""
    pause, wiped, begun = Event(), 0, monotonic()
    kill, wipe = KILL_EVERY, WIPE_EVERY
    while monotonic() < begun + AT_LEAST_SECONDS or not enough(log.seen(), crew.died, wiped):
        assert monotonic() < begun + AT_MOST_SECONDS, (log.seen(), crew.died, wiped)
        pause.wait(0.05)
        crew.look_after()
        if len(log.read()) > kill:
            crew.kill_one()
            kill = len(log.said) + random.randint(1, 2 * KILL_EVERY)
        if len(log.said) > wipe:
            client.flushall()
            wiped += 1
            wipe = len(log.said) + random.randint(1, 2 * WIPE_EVERY)


def enough(seen: Counter[str], died: int, wiped: int) -> bool:
    wanted = {"enter": 3_000, "gone": 500, "read": 500, "placed": 300, "mend": 100}
    return wiped >= 3 and died >= 15 and all(seen[what] >= some for what, some in wanted.items())


def check_record(stage: Stage, line: str, said: list) -> None:
    entered, waiting = stage.counters(line)
    rows = {
        (consumer, number): state
        for consumer, number, state in stage.run(
            "SELECT consumer_id, number, state FROM participation WHERE distribution_id = %s", line
        )
    }
    acknowledged = {
        (consumer, number)
        for what, where, *rest in said
        if what == "enter" and where == line
        for consumer, number, verdict in [rest]
        if number is not None
    }
    gone = {
        (consumer, number)
        for what, *rest in said
        if what == "gone" and rest[0] == line
        for number, consumer in rest[1]
    }
    served = [
        number
        for (number,) in stage.run(
            "SELECT p.number FROM admission a JOIN participation p ON p.id = a.participation_id"
            " WHERE a.distribution_id = %s ORDER BY a.turn",
            line,
        )
    ]
    live = sum(state in ("QUEUED", "ADMITTED") for state in rows.values())
    current = stage.one(
        "SELECT count(*) - count(DISTINCT consumer_id) FROM participation"
        " WHERE distribution_id = %s AND current",
        line,
    )

    assert acknowledged <= rows.keys()
    assert gone <= {key for key, state in rows.items() if state in ("LEFT", "ADMITTED")}
    assert stage.numbers(line) == [*range(1, entered + 1)]
    assert waiting == len(stage.waiting(line))
    assert current == 0
    assert served == sorted(set(served))
    assert live <= CAPACITY or stage.one(
        "SELECT max_capacity IS NULL FROM distribution WHERE id = %s", line
    )


def mend_all(stage: Stage, urls, lines: list[str]) -> None:
    """Mend as the clock does, until all lines have stood still long enough to be sure."""
    engine = create_engine(urls.database_url)
    valkey = open_valkey(urls.redis_url)
    mender = Mender(engine, Epochs(valkey))

    def mended() -> bool:
        for line in lines:
            mender.mend(line)
        return all(in_valkey(valkey.client, line) == stage.waiting(line) for line in lines)

    wait_until(mended, "Valkey agrees with Postgres", 20)
    engine.dispose()
    valkey.client.close()


def in_valkey(client: redis.Redis, line: str) -> dict[str, int]:
    epoch = client.get(keys(line)[0])
    if epoch is None:
        return {}
    (waiting,) = keys(line, f"waiting:{epoch.decode()}")
    return {
        member.decode(): int(number)
        for member, number in client.zrange(waiting, 0, -1, withscores=True)
    }
