"""What an operator watches: requests, lines, and what waits for the workers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from redis import Redis

from integration.kernel.errors import ServiceUnavailable
from integration.runtime import Runtime
from integration.store import installation
from integration.store.installation import Backlog, Lines
from integration.store.job_queue import QUEUES
from integration.store.valkey import ValkeyAway


class Figures(NamedTuple):
    """All that is known at this moment; None where what would know it is away."""

    tally: Mapping[str, float]
    backlog: Backlog | None
    lines: Sequence[Lines]
    jobs: Mapping[str, int] | None


def gather(rt: Runtime) -> Figures:
    """Return the figures of the whole installation."""
    try:
        with rt.transaction() as tx:
            backlog, lines = installation.backlog(tx.session), installation.lines(tx.session)
    except ServiceUnavailable:
        backlog, lines = None, []
    return Figures(rt.tally.read(), backlog, lines, _jobs(rt))


def _jobs(rt: Runtime) -> Mapping[str, int] | None:
    def count(client: Redis) -> dict[str, int]:
        return {name: client.llen(f"rq:queue:{name}") for name in QUEUES}

    try:
        return rt.valkey.run(count)
    except ValkeyAway:
        return None
