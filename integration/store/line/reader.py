"""Status reads of many threads in one round trip: place, revocation, limit (D11 to D13)."""

import contextlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from integration.kernel.errors import RateLimited, ServiceUnavailable
from integration.kernel.tenant import Tenant
from integration.store.limits import Limits, Taken, counted, counting, share, subject_of
from integration.store.line.batcher import Batcher
from integration.store.line.epochs import Place, keys, read_places, reading
from integration.store.valkey import Call, Valkey, ValkeyAway

LIMIT = "status"
ENDED = "sessions:ended"
ENDED_DIGIT = ord("1")
REMEMBERED_MS = 65 * 60 * 1_000
"""Longer than any access token lives."""


class StatusAsk(NamedTuple):
    """Somebody asks where they stand; so many numbers of the line were shuffled."""

    tenant: Tenant
    distribution_id: str
    consumer_id: str
    session_id: str
    limit_per_minute: int
    lobby: int = 0


class Reading(NamedTuple):
    """What Valkey knows: ``place`` is None where Postgres must be asked.

    ``revoked`` is a sure no to this session's tokens; False may mean not known here.
    """

    place: Place | None
    revoked: bool
    taken: Taken


Answer = Reading | BaseException
Costs = dict[Tenant, tuple[int, int]]
"""For each tenant the limit, and how many calls there are."""


class LineReader:
    """Reads for all threads of a process at once, and counts each call exactly."""

    def __init__(self, valkey: Valkey, limits: Limits) -> None:
        self._valkey = valkey
        self._limits = limits
        self._batcher: Batcher[StatusAsk, Reading] = Batcher(self._run, name="reader")

    def read(self, ask: StatusAsk, timeout: float = 0.25) -> Reading:
        """Return what can be told without Postgres; raises ``RateLimited``.

        With Valkey away the answer is to ask Postgres, and the limit is this process's own.
        """
        try:
            return self._batcher.submit(ask, timeout)
        except ServiceUnavailable:
            taken = self._limits.take_here(LIMIT, subject_of(ask.tenant), ask.limit_per_minute)
            taken.check()
            return Reading(None, revoked=False, taken=taken)

    def close(self) -> None:
        """End the thread; the next read begins another."""
        self._batcher.close()

    def _run(self, asks: Sequence[StatusAsk], meanwhile: Callable[[], None]) -> list[Answer]:
        meanwhile()
        costs = _costs(asks)
        lines: dict[tuple[str, int], list[str]] = {}
        for ask in asks:
            lines.setdefault((ask.distribution_id, ask.lobby), []).append(ask.consumer_id)
        calls = [Call("ended", [ENDED], [ask.session_id for ask in asks])]
        calls += [
            counting(LIMIT, subject_of(tenant), *figures) for tenant, figures in costs.items()
        ]
        calls += [reading(line, consumers, lobby) for (line, lobby), consumers in lines.items()]
        try:
            ended, *answers = self._valkey.scripts(calls)
        except ValkeyAway:
            for line, _ in lines:
                # Nobody is to be passed over for signs that could not be written.
                call = Call("uncover", keys(line, "presence", "cover"))
                self._valkey.owe(f"signs:{line}", call)
            return self._without(asks, costs)
        windows = {
            tenant: counted(answer, *figures)
            for (tenant, figures), answer in zip(costs.items(), answers, strict=False)
        }
        found = {
            line: iter(read_places(answer))
            for line, answer in zip(lines, answers[len(costs) :], strict=True)
        }
        places = [next(found[ask.distribution_id, ask.lobby]) for ask in asks]
        return [
            Reading(place, digit == ENDED_DIGIT, taken) if isinstance(taken, Taken) else taken
            for place, digit, taken in zip(places, ended, _shares(asks, windows), strict=True)
        ]

    def _without(self, asks: Sequence[StatusAsk], costs: Costs) -> list[Answer]:
        windows = {
            tenant: self._limits.take_here(LIMIT, subject_of(tenant), limit, cost)
            for tenant, (limit, cost) in costs.items()
        }
        return [
            Reading(None, revoked=False, taken=taken) if isinstance(taken, Taken) else taken
            for taken in _shares(asks, windows)
        ]


def revoke(valkey: Valkey, session_ids: Sequence[str]) -> None:
    """Have every process refuse these sessions at once; after the commit (design.md, D13)."""
    with contextlib.suppress(ValkeyAway):
        valkey.script("end", [ENDED], [REMEMBERED_MS, *session_ids])


def _costs(asks: Sequence[StatusAsk]) -> Costs:
    costs: Costs = {}
    for ask in asks:
        _, cost = costs.get(ask.tenant, (0, 0))
        costs[ask.tenant] = (ask.limit_per_minute, cost + 1)
    return costs


def _shares(asks: Sequence[StatusAsk], windows: dict[Tenant, Taken]) -> list[Taken | RateLimited]:
    return share(lambda tenant, _: windows[tenant], [ask.tenant for ask in asks])
