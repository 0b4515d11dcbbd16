"""What an operator watches: requests, lines, and what waits for the workers."""

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any, NamedTuple

from redis import Redis

from integration.kernel.errors import ServiceUnavailable
from integration.runtime import Runtime
from integration.store import installation, operating, rows
from integration.store.db import Transaction
from integration.store.installation import Backlog, Lines
from integration.store.job_queue import QUEUES
from integration.store.operating import Busy, Health, Step
from integration.store.valkey import ValkeyAway


class Operating(NamedTuple):
    """How the lines, the clock and the database do; ``seconds``: how long an answer takes."""

    steps: Sequence[Step]
    busiest: Sequence[Busy]
    health: Health
    seconds: float


class Memory(NamedTuple):
    """How Valkey does: how long an answer takes, and how many bytes it uses."""

    seconds: float
    used: int


class Figures(NamedTuple):
    """All that is known at this moment; None where what would know it is away."""

    tally: Mapping[str, float]
    backlog: Backlog | None
    lines: Sequence[Lines]
    jobs: Mapping[str, int] | None
    operating: Operating | None
    memory: Memory | None


def gather(rt: Runtime) -> Figures:
    """Return the figures of the whole installation."""
    try:
        with rt.transaction() as tx:
            backlog, lines = installation.backlog(tx.session), installation.lines(tx.session)
            how = _operating(tx)
    except ServiceUnavailable:
        backlog, lines, how = None, [], None
    return Figures(rt.tally.read(), backlog, lines, _jobs(rt), how, _memory(rt))


def _operating(tx: Transaction) -> Operating:
    began = perf_counter()
    rows.now(tx.session)
    seconds = perf_counter() - began
    steps, busiest = operating.steps(tx.session), operating.busiest(tx.session)
    return Operating(steps, busiest, operating.health(tx.session), seconds)


def _memory(rt: Runtime) -> Memory | None:
    def ask(client: Redis) -> Memory:
        began = perf_counter()
        client.ping()
        seconds = perf_counter() - began
        found: Any = client.info("memory")
        return Memory(seconds, found["used_memory"])

    try:
        return rt.valkey.run(ask)
    except ValkeyAway:
        return None


def _jobs(rt: Runtime) -> Mapping[str, int] | None:
    def count(client: Redis) -> dict[str, int]:
        return {name: client.llen(f"rq:queue:{name}") for name in QUEUES}

    try:
        return rt.valkey.run(count)
    except ValkeyAway:
        return None
