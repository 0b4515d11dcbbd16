"""A shuffled lobby by the record: whose turn is next, and who waits before a ticket.

The next tickets are looked up one by one, those further back in a list that many who ask
share. Who has left of a lobby too long for that, the shuffle has spread evenly: behind the
list, places are a share of those who still wait.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import NamedTuple

from sqlalchemy import ARRAY, BigInteger, ColumnElement, any_, func, literal, select

from integration.engine.lobby import IN_ORDER, Deal
from integration.engine.marks import Mark, sample_ranks
from integration.kernel.tenant import Tenant
from integration.store.line.ladder import Database, waiting_in
from integration.store.models import Admission, Distribution, Line, Participation

P = Participation
DEAL = (Line.lobby, Line.seed, Distribution.rules["lobbyOpensAt"].astext)
"""What ``deal_of`` takes."""

NEAR = 512
LISTED = 50_000
"""Up to so many tickets are listed whole; of more, the first ``AHEAD``."""
AHEAD = 20_000
FRESH_SECONDS = 5.0
MOST_LINES = 64


class Lobby(NamedTuple):
    """A line whose first numbers were shuffled, and the ticket that is being served."""

    tenant: Tenant
    id: str
    deal: Deal
    serving: int


class Holder(NamedTuple):
    """Somebody of the lobby who waits."""

    id: str
    consumer_id: str
    number: int
    ticket: int


def deal_of(size: int | None, seed: bytes, opens_at: str | None) -> Deal | None:
    """Return how a line's numbers were dealt, or None for a lobby before opening."""
    if size is None and opens_at is not None:
        return None
    return Deal(seed, size) if size else IN_ORDER


def read(database: Database, tenant: Tenant, distribution_id: str) -> tuple[int, Deal | None]:
    """Return the ticket that a line serves, and how its numbers were dealt."""
    row = database.execute(
        select(Line.serving, *DEAL)
        .join(Distribution, Distribution.id == Line.distribution_id)
        .where(Line.distribution_id == distribution_id)
        .where(Line.organization_id == tenant.organization_id, Line.mode == tenant.mode)
    ).one()
    serving, *dealt = row
    return serving, deal_of(*dealt)


def first(database: Database, lobby: Lobby, most: int) -> list[Holder]:
    """Return the first in turn of those who wait, by ticket."""
    found = back(database, lobby)
    ticket = lobby.serving + 1
    while len(found) < most and ticket <= lobby.deal.size:
        ahead = max(NEAR, most - len(found))
        tickets = range(ticket, min(lobby.deal.size, ticket + ahead - 1) + 1)
        found += holders(database, lobby, tickets)
        ticket += ahead
    return found[:most]


def back(database: Database, lobby: Lobby) -> list[Holder]:
    """Return those who were passed over and have come back, by ticket."""
    wanted = select(P.id, P.consumer_id, P.number).where(
        *_waiting(lobby), P.passed_at.is_not(None), P.number <= lobby.deal.size
    )
    found = [Holder(*row, lobby.deal.ticket(row.number)) for row in database.execute(wanted)]
    return sorted(found, key=lambda each: each.ticket)


def holders(database: Database, lobby: Lobby, tickets: Sequence[int]) -> list[Holder]:
    """Return who of those with these tickets waits and was not passed over, by ticket."""
    if not tickets:
        return []
    numbers = {lobby.deal.number(ticket): ticket for ticket in tickets}
    wanted = select(P.id, P.consumer_id, P.number).where(
        *_waiting(lobby), P.passed_at.is_(None), _among(numbers)
    )
    found = [Holder(*row, numbers[row.number]) for row in database.execute(wanted)]
    return sorted(found, key=lambda each: each.ticket)


def count_before(database: Database, lobby: Lobby, ticket: int) -> int:
    """Return how many wait before a ticket of the lobby."""
    serving = lobby.serving
    returned = sum(each.ticket < ticket for each in back(database, lobby))
    if ticket <= serving:
        return returned
    near = min(ticket - 1, serving + NEAR)
    if near == ticket - 1:
        return returned + len(holders(database, lobby, range(serving + 1, ticket)))
    return returned + crowds.of(database, lobby).before(lobby, ticket)


def marks(database: Database, lobby: Lobby) -> list[Mark]:
    """Return some tickets of the lobby and how many wait before each: the next, and the last."""
    crowd, size = crowds.of(database, lobby), lobby.deal.size
    waiting = [each.ticket for each in back(database, lobby)]
    waiting += crowd.tickets[bisect_right(crowd.tickets, lobby.serving) :]
    found = [(waiting[rank], rank) for rank in sample_ranks(len(waiting))]
    if crowd.reach < size:
        found.append((size, count_before(database, lobby, size)))
    return found


def before_latecomers(database: Database, lobby: Lobby) -> int:
    """Return how many of the lobby wait, all of them before whoever came later."""
    before = crowds.of(database, lobby).before(lobby, lobby.deal.size + 1)
    return len(back(database, lobby)) + before


def history(database: Database, lobby: Lobby, tickets: Iterable[int]) -> list[tuple[datetime, int]]:
    """Return when which of these tickets were served in turn, ascending."""
    numbers = {lobby.deal.number(ticket): ticket for ticket in tickets}
    wanted = (
        select(Admission.issued_at, P.number)
        .join(Admission, Admission.participation_id == P.id)
        .where(*_of(lobby), _among(numbers), Admission.in_turn)
    )
    return sorted((at, numbers[number]) for at, number in database.execute(wanted))


class Crowd(NamedTuple):
    """The tickets up to ``reach`` that wait and were not passed over; how many do beyond."""

    tickets: list[int]
    reach: int
    beyond: int

    def before(self, lobby: Lobby, ticket: int) -> int:
        """Return how many of those whose turn is to come hold lower tickets."""
        served = bisect_right(self.tickets, lobby.serving)
        listed = max(0, bisect_left(self.tickets, ticket) - served)
        further = max(0, ticket - 1 - self.reach)
        return listed + self.beyond * further // max(1, lobby.deal.size - self.reach)


class Crowds:
    """Each process's own lists, made anew by one caller at a time, at most every 5 seconds."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[float, Crowd]] = {}
        self._making = Lock()

    def of(self, database: Database, lobby: Lobby) -> Crowd:
        """Return who of the lobby waits; some may have left meanwhile."""
        with self._making:
            made, crowd = self._made.get(lobby.id, (0.0, None))
            if crowd is None or monotonic() - made >= FRESH_SECONDS:
                crowd = _crowd(database, lobby)
                while len(self._made) >= MOST_LINES:
                    self._made.pop(next(iter(self._made)))
                self._made[lobby.id] = (monotonic(), crowd)
            return crowd


crowds = Crowds()
"""This process's."""


def _crowd(database: Database, lobby: Lobby) -> Crowd:
    size, serving = lobby.deal.size, lobby.serving
    ours = (*_waiting(lobby), P.passed_at.is_(None), P.number <= size)
    if size - serving <= LISTED:
        numbers = database.execute(select(P.number).where(*ours)).scalars()
        return Crowd(sorted(lobby.deal.ticket(number) for number in numbers), size, 0)
    reach = serving + AHEAD
    tickets = [each.ticket for each in holders(database, lobby, range(serving + 1, reach + 1))]
    everybody = database.execute(select(func.count()).where(*ours)).scalar_one()
    return Crowd(tickets, reach, max(0, everybody - len(tickets)))


def _waiting(lobby: Lobby) -> tuple[ColumnElement[bool], ...]:
    return (*waiting_in(lobby.id), *_of(lobby))


def _of(lobby: Lobby) -> tuple[ColumnElement[bool], ...]:
    organization_id, mode = lobby.tenant
    mine = (P.organization_id == organization_id, P.mode == mode)
    return (P.distribution_id == lobby.id, *mine)


def _among(numbers: Iterable[int]) -> ColumnElement[bool]:
    return P.number == any_(literal(list(numbers), ARRAY(BigInteger)))
