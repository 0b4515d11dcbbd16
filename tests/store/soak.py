"""Processes that enter, leave, read, admit and mend, until they are killed.

``python -m tests.store.soak DATABASE_URL REDIS_URL LOG LINE...``; what was acknowledged
goes to the log, a line each, before anything else is done.
"""

import os
import random
import signal
import sys
from collections.abc import Sequence
from threading import Event, Thread

import orjson
import psycopg
from sqlalchemy import create_engine

from integration.kernel.errors import ServiceUnavailable
from integration.store.line.committer import Ask, Committer, Verdict
from integration.store.line.epochs import Epochs
from integration.store.line.mender import Mender
from integration.store.valkey import open_valkey
from tests.store.stage import TENANT, unlimited

THREADS = 4
PEOPLE = 40
DEATH = 0.001
LOOK_SECONDS = 0.05
AT_ONCE = 5

LEAVE = """
    WITH moved AS (
        UPDATE participation SET state = 'LEFT', current = false
        WHERE distribution_id = %(line)s AND consumer_id = %(consumer)s AND current
            AND state = 'QUEUED'
        RETURNING number, consumer_id
    ), counted AS (
        UPDATE line SET waiting = waiting - 1, version = version + 1
        WHERE distribution_id = %(line)s AND EXISTS (SELECT FROM moved)
    )
    SELECT number, consumer_id FROM moved
"""
FIRST = """
    SELECT consumer_id FROM participation
    WHERE distribution_id = %(line)s AND state = 'QUEUED' ORDER BY number LIMIT %(count)s
"""
ADMIT = """
    WITH first AS (
        SELECT id FROM participation
        WHERE distribution_id = %(line)s AND state = 'QUEUED' AND consumer_id = ANY(%(whom)s)
        ORDER BY number LIMIT %(count)s
    ), moved AS (
        UPDATE participation p SET state = 'ADMITTED', admitted_at = clock_timestamp()
        FROM first WHERE p.id = first.id RETURNING p.*
    ), given AS (
        INSERT INTO admission (id, organization_id, mode, participation_id, distribution_id,
            consumer_id, state, kid, units, in_turn, issued_at, expires_at)
        SELECT 'adm' || substr(id, 4), organization_id, mode, id, distribution_id, consumer_id,
            'ADMITTED', 'k', 1, true, admitted_at, admitted_at FROM moved ORDER BY number
    ), counted AS (
        UPDATE line SET waiting = waiting - m.count, active = active + m.count,
            serving = m.last, version = version + 1
        FROM (SELECT count(*) AS count, max(number) AS last FROM moved) m
        WHERE distribution_id = %(line)s AND m.count > 0
    )
    SELECT number, consumer_id FROM moved
"""
PEOPLE_OF = """
    WITH people AS (
        INSERT INTO consumer (id, organization_id, mode)
        SELECT unnest(%(names)s::text[]), %(org)s, %(mode)s
    )
    INSERT INTO session (id, consumer_id, organization_id, mode, type, expires_at)
    SELECT 'sess_' || name, name, %(org)s, %(mode)s, 'guest', 'infinity'
    FROM unnest(%(names)s::text[]) AS name
"""
STATE = """
    SELECT state, number FROM participation
    WHERE distribution_id = %s AND consumer_id = %s ORDER BY number DESC LIMIT 1
"""


class Mortal(Epochs):
    """Epochs whose process may die just before it tells the line."""

    def _tell(self, calls) -> bool:
        if random.random() < DEATH:
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._tell(calls)


class World:
    """What all of them share: the engines, and the log."""

    def __init__(self, name: str, url: str, redis_url: str, log: str, *lines: str) -> None:
        self.name, self.url, self.lines = name, url, lines
        self.epochs = Mortal(open_valkey(redis_url))
        self._log = os.open(log, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    def say(self, *what: object) -> None:
        os.write(self._log, orjson.dumps(what) + b"\n")

    def connect(self) -> psycopg.Connection:
        plain = self.url.replace("+psycopg", "", 1)
        return psycopg.connect(plain, autocommit=True, options="-c lock_timeout=5s")

    def take_out(
        self, connection: psycopg.Connection, whom: Sequence[str], statement: str, given: dict
    ) -> list[tuple[int, str]]:
        """Fence, commit, remove: who of these wait no more, with their numbers."""
        line = given["line"]
        self.epochs.fence(line, whom)
        with connection.transaction():
            connection.execute("SELECT FROM line WHERE distribution_id = %s FOR UPDATE", [line])
            gone = connection.execute(statement, given).fetchall()
        if gone:
            self.say("gone", line, gone)
        self.epochs.remove(line, gone)
        left = {consumer for _, consumer in gone}
        self.epochs.unfence(line, [consumer for consumer in whom if consumer not in left])
        return gone


class Consumer:
    """One thread's people, and what each of them was told last."""

    def __init__(self, world: World, committer: Committer, name: str) -> None:
        self.world, self.committer = world, committer
        self.names = [f"{name}-{place}" for place in range(PEOPLE)]
        self.told: dict[tuple[str, str], int] = {}
        self.connection = world.connect()
        tenant = {"org": TENANT.organization_id, "mode": TENANT.mode}
        self.connection.execute(PEOPLE_OF, {"names": self.names} | tenant)

    def run(self) -> None:
        while True:
            line, consumer = random.choice(self.world.lines), random.choice(self.names)
            act = random.choices([self.enter, self.leave, self.read], [5, 2, 3])[0]
            try:
                act(line, consumer)
            except ServiceUnavailable:
                self.world.say("busy")

    def enter(self, line: str, consumer: str) -> None:
        entered = self.committer.enter(Ask(TENANT, line, consumer, f"sess_{consumer}"), 5)
        told = self.told.get((line, consumer))
        if entered.verdict is Verdict.ENTERED:
            self.told[line, consumer] = entered.number
        self.world.say("enter", line, consumer, entered.number, entered.verdict)
        if told is not None and entered.number != told:
            self.world.say("BAD entered twice", line, consumer, told, entered)

    def leave(self, line: str, consumer: str) -> None:
        given = {"line": line, "consumer": consumer}
        if self.world.take_out(self.connection, [consumer], LEAVE, given):
            del self.told[line, consumer]
            if place := self.world.epochs.read(line, consumer):
                self.world.say("BAD left and yet in line", line, consumer, place)

    def read(self, line: str, consumer: str) -> None:
        found = self.connection.execute(STATE, [line, consumer]).fetchone()
        place = self.world.epochs.read(line, consumer)
        self.world.say("read", place is not None)
        if place and (found is None or found[0] != "QUEUED" or found[1] != place.number):
            self.world.say("BAD read", line, consumer, found, place)
        told = self.told.get((line, consumer))
        if told is not None and (found is None or found[1] != told):
            self.world.say("BAD lost", line, consumer, told, found)


def write(world: World) -> None:
    committer = Committer(world.url, world.epochs, unlimited)
    people = [Consumer(world, committer, f"{world.name}-{place}") for place in range(THREADS)]
    for each in people:
        Thread(target=each.run, daemon=True).start()
    Event().wait()


def mend(world: World) -> None:
    mender = Mender(create_engine(world.url), world.epochs)
    connection, pause = world.connect(), Event()
    while not pause.wait(LOOK_SECONDS):
        for line in world.lines:
            world.say("mend", mender.mend(line))
            given = {"line": line, "count": AT_ONCE}
            whom = [name for (name,) in connection.execute(FIRST, given)]
            world.take_out(connection, whom, ADMIT, given | {"whom": whom})


def be_born(arguments: list[str]) -> None:
    """Fork a child for each "ROLE NAME" that is read, and say its process id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for asked in sys.stdin:
        role, name = asked.split()
        child = os.fork()
        if child == 0:
            random.seed()
            {"write": write, "mend": mend}[role](World(name, *arguments))
            os._exit(0)
        print(child, flush=True)  # noqa: T201 - its answer


if __name__ == "__main__":
    be_born(sys.argv[1:])
