"""The service of a simulated launch: the engine's rules, without its databases."""

from bisect import bisect_left, insort
from collections import deque
from datetime import datetime
from enum import Enum, auto
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from benchmarks.simulation.client import Client, State
from benchmarks.simulation.launch import Launch, moment
from integration.engine.estimate import (
    OBSERVED_OVER,
    ObservedRate,
    estimate_wait,
    observed_rate,
    poll_after_ms,
)
from integration.engine.marks import Mark, choose_marks, sample_ranks
from integration.engine.pacing import Limits, Pace, Taken, due, sold_out
from integration.engine.presence import RETURN_WITHIN, Presence, passed_over, presence_window
from integration.engine.turns import share_out

SIGN_EVERY = 15.0
"""A sign of life is written down at most so often, in seconds."""

BY_NUMBER = attrgetter("number")
MINUTE = 60


class Told(Enum):
    """What a status call answers."""

    WAIT = auto()
    ADMITTED = auto()
    OVER = auto()
    REFUSED = auto()


class Card(NamedTuple):
    """The line card, as far as clients act on it."""

    serving: int
    waiting: int
    rate: ObservedRate | None
    poll_ms: int
    presence: Presence
    marks: list[Mark]


class Service:
    """One queue. Every method is told the time, in seconds from opening on."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self.limits = Limits(launch.per_minute, launch.stock)
        self.waiting: list[Client] = []
        self.entered = self.serving = self.refused = 0
        self.inversions = self.passed = self.unjust = 0
        self._held = self._sold = 0
        self._pace = Pace(at=moment(0))
        self._history: deque[tuple[float, int]] = deque()
        self._passed: deque[tuple[float, Client]] = deque()
        self._cover: list[tuple[int, float]] = []
        self._card: tuple[int, Card] | None = None
        self._window = (-1, 0)

    def enter(self, now: float) -> Client:
        """Give somebody the next number."""
        self.entered += self.launch.weight
        client = Client(now, self.entered)
        self.waiting.append(client)
        return client

    def status(self, client: Client, now: float) -> Told:
        """Answer where somebody stands; asking is a sign of life, and brings back who was away."""
        if client.last_sign is None or now - client.last_sign >= SIGN_EVERY:
            client.last_sign = now
        if not self._granted(now):
            self.refused += self.launch.weight
            return Told.REFUSED
        if client.passed:
            client.passed, client.back = False, True
            insort(self.waiting, client, key=BY_NUMBER)
        if client.state is State.ADMITTED:
            return Told.ADMITTED
        return Told.WAIT if client.state is State.WAITING else Told.OVER

    def card(self, now: float) -> Card:
        """Return the card of this second, the same for everybody."""
        second = int(now)
        if self._card is None or self._card[0] != second:
            self._card = (second, self._build(float(second)))
        return self._card[1]

    def admit(self, now: float) -> list[Client]:
        """Do what the clock does: admit those whose turn it is, pass over who is away."""
        self._give_up(now)
        weight, taken = self.launch.weight, Taken(self._held, self._sold, self._held)
        if sold_out(self.limits, taken):
            self._deny()
            return []
        wanted = len(self.waiting) * weight
        places = due(self._pace, self.limits, taken, wanted, moment(now)).places // weight
        first = islice(self.waiting, places + max(1, 100 // weight))
        chosen, passed = share_out(first, lambda each: self._absent(each, now), places)
        gone = {id(each) for each in (*chosen, *passed)}
        for each in passed:
            self._pass_over(each, now)
        for each in chosen:
            self._admit(each, now)
        reach = len(gone)
        self.waiting[:reach] = [each for each in self.waiting[:reach] if id(each) not in gone]
        if chosen:
            admitted = len(chosen) * weight
            self._pace = due(self._pace, self.limits, taken, admitted, moment(now)).pace
            self._held += admitted
        self.serving = max([self.serving, *(each.number for each in (*chosen, *passed))])
        self._history.append((now, self.serving))
        return chosen

    def end(self, client: Client, to: State) -> None:
        """End an admission: completed, or given back."""
        client.state = to
        self._held -= self.launch.weight
        self._sold += self.launch.weight if to is State.COMPLETED else 0

    def _admit(self, client: Client, now: float) -> None:
        ordered = client.number > self.serving or client.back
        self.inversions += 0 if ordered else self.launch.weight
        client.state, client.admitted_at = State.ADMITTED, now

    def _pass_over(self, client: Client, now: float) -> None:
        client.passed = True
        self._passed.append((now, client))
        self.passed += self.launch.weight
        asked = max(client.returned, self._covered_since(client) or now)
        here = client.away_since is None and now - asked >= self.launch.absence_seconds
        self.unjust += self.launch.weight if here else 0

    def _give_up(self, now: float) -> None:
        """End the waiting of who was passed over and did not come back in time."""
        while self._passed and now - self._passed[0][0] >= RETURN_WITHIN.total_seconds():
            _, client = self._passed.popleft()
            if client.passed and client.state is State.WAITING:
                client.passed, client.state = False, State.LEFT

    def _deny(self) -> None:
        for each in self.waiting:
            each.state = State.DENIED
        self.waiting.clear()

    def _absent(self, client: Client, now: float) -> bool:
        since, sign = self._covered_since(client), client.last_sign
        return passed_over(
            covered_since=None if since is None else moment(since),
            last_sign=None if sign is None else moment(sign),
            now=moment(now),
            absence_seconds=self.launch.absence_seconds,
            every_ms=self.card(now).presence.every_ms,
        )

    def _build(self, now: float) -> Card:
        at = moment(now)
        rate = observed_rate(self._recent(at), at)
        presence = presence_window(
            serving=self.serving,
            tail=self.entered,
            numbers_per_minute=None if rate is None else rate.per_minute,
            absence_seconds=self.launch.absence_seconds,
            limit_per_minute=self.launch.status_limit,
        )
        self._cover_up_to(presence.up_to, now)
        wait = estimate_wait(1, rate, self.launch.per_minute)
        poll_ms = poll_after_ms(wait, 1, limit_per_minute=self.launch.status_limit)
        waiting = len(self.waiting) * self.launch.weight
        return Card(self.serving, waiting, rate, poll_ms, presence, self._marks(waiting))

    def _recent(self, at: datetime) -> list[tuple[datetime, int]]:
        """Return the first and the last of what was served lately: a rate needs no more."""
        while self._history and moment(self._history[0][0]) < at - OBSERVED_OVER:
            self._history.popleft()
        ends = [self._history[0], self._history[-1]] if self._history else []
        return [(moment(when), count) for when, count in ends]

    def _marks(self, waiting: int) -> list[Mark]:
        weight = self.launch.weight
        samples = [
            (self.waiting[rank // weight].number - weight + 1 + rank % weight, rank)
            for rank in sample_ranks(waiting)
        ]
        return choose_marks(samples)

    def _cover_up_to(self, up_to: int, now: float) -> None:
        """Remember from when on whom is asked for signs of life, as the line in Valkey does."""
        above = next((since for covered, since in self._cover if covered >= up_to), now)
        self._cover = [pair for pair in self._cover if self.serving <= pair[0] < up_to]
        self._cover.append((up_to, above))

    def _covered_since(self, client: Client) -> float | None:
        at = bisect_left(self._cover, client.number, key=lambda pair: pair[0])
        return self._cover[at][1] if at < len(self._cover) else None

    def _granted(self, now: float) -> bool:
        window, used = self._window
        minute = int(now // MINUTE)
        used = (used if window == minute else 0) + self.launch.weight
        self._window = (minute, used)
        return used <= self.launch.status_limit
