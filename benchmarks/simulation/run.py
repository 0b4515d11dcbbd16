"""Running a launch: simulated clients who do what the SDK does, beat by beat of the clock.

While they wait they read the line card, at its pace stretched by their own distance; they
ask for their own status when the card has passed them, and while it asks for signs of life.
"""

from collections.abc import Callable
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import NamedTuple

from benchmarks.simulation.client import Client, State
from benchmarks.simulation.launch import Launch
from benchmarks.simulation.service import Service, Told
from benchmarks.simulation.tally import Tally
from integration.engine.estimate import estimate_wait, poll_after_ms
from integration.engine.marks import interpolate

BEAT = 0.25
ADMISSION_SECONDS = 900
JITTER = 0.2
DAY = 86_400

Step = Callable[[Client, float], None]


class Outcome(NamedTuple):
    """What a launch came to; ``lasted`` in seconds."""

    launch: Launch
    service: Service
    clients: list[Client]
    tally: Tally
    lasted: float


def run(launch: Launch, service: Service | None = None) -> Outcome:
    """Simulate a launch until nobody waits and nobody checks out."""
    return _Run(launch, service or Service(launch)).finish()


class _Run:
    """The clock, what is to happen when, and the clients' habits."""

    def __init__(self, launch: Launch, service: Service) -> None:
        self.launch = launch
        self.service = service
        self.tally = Tally()
        self.clients: list[Client] = []
        self._random = Random(launch.seed)
        self._arrivals = launch.arrivals(self._random)[::-1]
        self._agenda: list[tuple[float, int, Step, Client]] = []
        self._order = count()

    def finish(self) -> Outcome:
        """Beat until all is over; a launch longer than a day is cut off."""
        now = 0.0
        while now < DAY and (self._arrivals or self._agenda):
            now += BEAT
            while self._arrivals and self._arrivals[-1] <= now:
                self._arrive(self._arrivals.pop())
            while self._agenda and self._agenda[0][0] <= now:
                at, _, step, client = heappop(self._agenda)
                step(client, at)
            for client in self.service.admit(now):
                self._at(now + ADMISSION_SECONDS, self._expire, client)
        return Outcome(self.launch, self.service, self.clients, self.tally, now)

    def _at(self, when: float, step: Step, client: Client) -> None:
        heappush(self._agenda, (when, next(self._order), step, client))

    def _arrive(self, now: float) -> None:
        client = self.service.enter(now)
        self.clients.append(client)
        self.tally.add("guest", now, self.launch.weight)
        self.tally.add("enter", now, self.launch.weight)
        self._at(now + self._random.random(), self._look, client)
        if self._random.random() < self.launch.away:
            whole = 60 * self.launch.people / self.launch.per_minute
            self._at(now + self._random.random() * whole, self._leave, client)

    def _leave(self, client: Client, now: float) -> None:
        if client.state is not State.WAITING:
            return
        client.away_since = now
        if self._random.random() < 0.5:
            self._at(now + self._random.uniform(30, 900), self._come_back, client)

    def _come_back(self, client: Client, now: float) -> None:
        client.away_since, client.sign_at, client.returned = None, None, now
        self._ask(client, now)
        self._look(client, now)

    def _look(self, client: Client, now: float) -> None:
        """Read the card, and act on it."""
        if not self._waits(client):
            return
        card = self.service.card(now)
        place = interpolate(card.marks, client.number) + 1
        wait = estimate_wait(place, card.rate)
        pause = max(card.poll_ms, poll_after_ms(wait, place)) / 1_000
        pause *= 1 + JITTER * self._random.random()
        self.tally.add("line", now, self.launch.weight, pause)
        if client.number <= card.serving or not card.waiting:
            ask = partial(self._ask, spread=pause)
            self._at(now + self._random.random(), ask, client)
        if client.number <= card.presence.up_to:
            every = card.presence.every_ms / 1_000
            first = client.sign_at is None
            self._sign_by(client, now + every * (self._random.random() if first else 1))
        self._at(now + pause, self._look, client)

    def _sign(self, client: Client, now: float) -> None:
        """Show a sign of life, and go on as often as the card asks."""
        if client.sign_at == now and self._waits(client):
            client.sign_at = None
            every = self.service.card(now).presence.every_ms / 1_000
            self._ask(client, now, every)
            self._sign_by(client, now + every * (1 - JITTER * self._random.random()))

    def _sign_by(self, client: Client, when: float) -> None:
        """Plan the next sign of life, or bring it forward: the card may ask for more of them."""
        if client.sign_at is None or when < client.sign_at:
            client.sign_at = when
            self._at(when, self._sign, client)

    def _ask(self, client: Client, now: float, spread: float = 1) -> None:
        """Ask for one's own status; who is refused asks again in the next minute."""
        if not self._waits(client):
            return
        self.tally.add("status", now, self.launch.weight, spread)
        match self.service.status(client, now):
            case Told.ADMITTED:
                self._check_out(client, now)
            case Told.OVER:
                client.told_at = now
            case Told.REFUSED if client.sign_at is None:
                wait = 60 - now % 60 + self._random.random() * 30
                self._at(now + wait, self._ask, client)

    def _check_out(self, client: Client, now: float) -> None:
        client.told_at = now
        if self._random.random() < self.launch.completes:
            takes = self._random.expovariate(1 / self.launch.checkout_seconds)
            self._at(now + takes, self._complete, client)

    def _complete(self, client: Client, _: float) -> None:
        if client.state is State.ADMITTED:
            self.service.end(client, State.COMPLETED)

    def _expire(self, client: Client, _: float) -> None:
        if client.state is State.ADMITTED:
            self.service.end(client, State.EXPIRED)

    def _waits(self, client: Client) -> bool:
        """Tell whether somebody still sits before the page and waits, as far as they know."""
        return client.told_at is None and client.away_since is None
