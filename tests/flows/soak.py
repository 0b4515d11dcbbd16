"""Who comes to a launch that everything happens to, and what the record says of them.

Places are counted from the line in Valkey, which hears of who went or came back just after
the commit, and from the mender where a killed process did not live to tell. From before the
commit until the line was told they are behind a fence, taken down in the same step. So those
who wait after somebody who is behind one may count them or not, and nobody else.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import Any

import psycopg
import redis
import requests

from integration.engine.lobby import IN_ORDER, Deal
from integration.kernel.engines import embedded_urls
from integration.store.line.epochs import keys
from tests.support.databases import plain
from tests.support.house import House

PATIENCE_SECONDS = 5
AGAIN_SECONDS = 0.1
LAG_SECONDS = 60
WAITING = """
    SELECT number, passed_at IS NOT NULL AND returned_at IS NULL AS away, passed_at
    FROM participation WHERE distribution_id = %s AND state = 'QUEUED'
"""
NUMBERS = """
    SELECT number FROM participation WHERE distribution_id = %s AND consumer_id = ANY(%s)
"""


@dataclass(frozen=True)
class Snapshot:
    """Who waits in a line at one moment, by ticket, and who was passed over and is away.

    ``here`` has when they were passed over last, if they were. ``fenced`` are those whom
    somebody was taking out or bringing back, a moment later.
    """

    deal: Deal | None
    here: Mapping[int, datetime | None]
    away: frozenset[int]
    fenced: frozenset[int]


class Truth:
    """The record, read by a connection of its own."""

    def __init__(self, running: House) -> None:
        urls = embedded_urls(running.data_dir)
        self._connection = psycopg.connect(plain(urls.database_url), autocommit=True)
        self._valkey = redis.Redis.from_url(urls.redis_url)

    def rows(self, statement: str, *values: object) -> list[tuple]:
        return self._connection.execute(statement, values).fetchall()

    def deal(self, line: str) -> Deal | None:
        """How a line's numbers were dealt; None for a lobby before opening."""
        ((size, seed, opens),) = self.rows(
            "SELECT l.lobby, l.seed, d.rules ->> 'lobbyOpensAt' FROM line l"
            " JOIN distribution d ON d.id = l.distribution_id WHERE d.id = %s",
            line,
        )
        if size is None and opens is not None:
            return None
        return Deal(bytes(seed), size) if size else IN_ORDER

    def look(self, line: str) -> Snapshot:
        deal, found = self.deal(line), self.rows(WAITING, line)
        fenced = self.rows(NUMBERS, line, self._fenced(line))
        ticket = (deal or IN_ORDER).ticket
        return Snapshot(
            deal,
            here={ticket(number): passed for number, away, passed in found if not away},
            away=frozenset(ticket(number) for number, away, _ in found if away),
            fenced=frozenset(ticket(number) for (number,) in fenced),
        )

    def _fenced(self, line: str) -> list[str]:
        (fence,) = keys(line, "fence")
        return [consumer.decode() for consumer in self._valkey.zrange(fence, 0, -1)]

    def passed(self, line: str) -> int:
        """How many of a line were passed over."""
        wanted = "SELECT count(passed_at) FROM participation WHERE distribution_id = %s"
        ((count,),) = self.rows(wanted, line)
        return int(count)

    def close(self) -> None:
        self._connection.close()
        self._valkey.close()


@dataclass
class Person:
    """Somebody in a line, and what they were told."""

    line: str
    id: str
    headers: dict[str, str]
    number: int | None
    silent: bool
    state: str = "QUEUED"
    lock: threading.Lock = field(default_factory=threading.Lock)


class Crowd:
    """Everybody who was told that they have a place."""

    def __init__(self, running: House, lines: list[str], stop: threading.Event) -> None:
        self.running, self.lines, self.stop = running, lines, stop
        self.people: list[Person] = []
        self.seen: Counter[str] = Counter()
        self.wrong: list[object] = []

    def write(self, number: int) -> None:
        """Come again and again: enter one of the lines; some leave at once."""
        chance, session = random.Random(number), new_session()
        while not self.stop.is_set():
            person = self.enter(chance, session)
            if person is None:
                return
            self.people.append(person)
            if chance.random() < 0.08:
                self.leave(person, session)
            self.stop.wait(chance.uniform(0, 0.1))

    def enter(self, chance: random.Random, session: requests.Session) -> Person | None:
        me = self.insist(session, "POST", "/api/v1/auth/guest", self.running.page)
        if me is None:
            return None
        headers = {**self.running.page, "Authorization": f"Bearer {me['accessToken']}"}
        headers["X-Fingerprint"] = f"fp_{me['session']['consumerId']}"
        line = chance.choice(self.lines)
        told = self.insist(session, "POST", f"/api/v1/queues/{line}/enter", headers)
        if told is None:
            return None
        self.seen["entered"] += 1
        silent = chance.random() < 0.25
        return Person(line, told["consumerId"], headers, told["number"], silent)

    def leave(self, person: Person, session: requests.Session) -> None:
        path = f"/api/v1/queues/{person.line}/leave"
        person.state = "LEAVING"
        if self.insist(session, "POST", path, person.headers) is not None:
            person.state = "LEFT"
            self.seen["left"] += 1

    def read(self, number: int) -> None:
        """Ask for places again and again, and compare them with the record."""
        chance, session, truth = random.Random(100 + number), new_session(), Truth(self.running)
        try:
            while not self.stop.is_set():
                waiting = [each for each in self.people[-600:] if each.state == "QUEUED"]
                waiting += [each for each in self.people[:-600] if each.state == "QUEUED"][:300]
                # Those who keep silent come to look now and then: they were passed over.
                asked = [each for each in waiting if not each.silent or chance.random() < 0.02]
                for person in chance.sample(asked, min(len(asked), 20)):
                    self.look(person, session, truth if chance.random() < 0.5 else None)
                self.look_at_card(chance.choice(self.lines), session)
                self.stop.wait(0.02)
        finally:
            truth.close()

    def look(self, person: Person, session: requests.Session, truth: Truth | None) -> None:
        """Ask for a place, again where the line lags behind the record: it must catch up."""
        until = monotonic() + LAG_SECONDS
        while self.lags(person, session, truth):
            self.seen["lagged"] += 1
            if monotonic() > until:
                self.wrong.append(("lags", person.id, person.number))
            self.stop.wait(AGAIN_SECONDS)

    def lags(self, person: Person, session: requests.Session, truth: Truth | None) -> bool:
        with person.lock:
            before = truth and truth.look(person.line)
            path = f"/api/v1/queues/{person.line}/status"
            told = self.insist(session, "GET", path, person.headers)
            after = truth and truth.look(person.line)
            if told is None or person.state not in {"QUEUED", "ADMITTED"}:
                return False
            self.seen["read"] += 1
            return self.compare(person, told, before, after)

    def compare(
        self,
        person: Person,
        told: dict[str, Any],
        before: Snapshot | None,
        after: Snapshot | None,
    ) -> bool:
        """Note what is wrong; return whether the place is right only for a line that lags."""
        number, position = told["number"], told["position"]
        if number is not None and person.number not in {None, number}:
            self.wrong.append(("another number", person.id, person.number, told))
        person.number = number if person.number is None else person.number
        person.state = told["status"] if told["status"] in {"ADMITTED", "QUEUED"} else "GONE"
        if person.state == "GONE":
            self.wrong.append(("gone", person.id, told))
        if not (before and after and position and number and before.deal == after.deal):
            return False
        self.seen["placed"] += 1
        fewest, most = bounds(number, before, after)
        if not fewest <= position <= most:
            self.wrong.append(("place", person.id, number, (fewest, position, most)))
            return False
        first, last = bounds(number, replace(before, fenced=frozenset()), after)
        return not first <= position <= last

    def look_at_card(self, line: str, session: requests.Session) -> None:
        card = self.insist(session, "GET", f"/api/v1/queues/{line}/line", {})
        if card is None:
            return
        self.seen["card"] += 1
        marks = card.get("marks") or []
        in_order = marks == sorted(marks) and all(rank >= 0 for _, rank in marks)
        if card["queueId"] != line or card["waiting"] < 0 or not in_order:
            self.wrong.append(("card", card))

    def insist(
        self, session: requests.Session, method: str, path: str, headers: dict[str, str]
    ) -> dict[str, Any] | None:
        """Repeat what a dying process left unanswered; None once it is time to stop."""
        while not self.stop.is_set():
            try:
                answer = session.request(
                    method, self.running.url + path, headers=headers, timeout=PATIENCE_SECONDS
                )
            except requests.RequestException:
                self.seen["broken"] += 1
                self.stop.wait(AGAIN_SECONDS)
                continue
            if answer.status_code < 300:
                return answer.json()
            self.seen[f"{answer.status_code}"] += 1
            if answer.status_code != 503:
                self.wrong.append((method, path, answer.text))
            self.stop.wait(AGAIN_SECONDS)
        return None


def bounds(ticket: int, before: Snapshot, after: Snapshot) -> tuple[int, int]:
    """Return the first and the last place that a ticket can have had between two moments.

    Ahead for certain are those who waited there at both, and were not passed over and back in
    between; at most those who did at one, and those who came back in between. Of who was behind
    a fence at the first moment, the line may not have been told yet that they went, or that
    they are back.
    """
    ahead = {each for each in [*before.here, *after.here] if each < ticket}
    certain = {each for each, _ in before.here.items() & after.here.items() if each < ticket}
    back = {each for each in before.away - after.away if each < ticket}
    untold = {each for each in before.fenced if each < ticket}
    return len(certain - untold) + 1, len(ahead | back | untold) + 1


def new_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


def inversions(turns: Iterable[tuple[int, bool]]) -> list[tuple[int, int]]:
    """Return who was admitted after somebody behind them; who was passed over may be."""
    found, last = [], 0
    for ticket, passed in turns:
        if passed:
            continue
        if ticket < last:
            found.append((last, ticket))
        last = max(last, ticket)
    return found


def together(*work: Callable[[], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    return threads
