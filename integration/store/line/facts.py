"""What the record says of a whole line."""

from collections.abc import Mapping
from datetime import datetime
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, text

from integration.engine.lobby import Deal
from integration.engine.marks import Mark
from integration.engine.windows import DistributionState, Window
from integration.kernel.quotas import per_minute
from integration.kernel.tenant import Tenant, whose
from integration.store.line import lobbies
from integration.store.line.ladder import away_from, ladders, waiting_in
from integration.store.line.lobbies import DEAL, Lobby, deal_of
from integration.store.models import Distribution, Line, Organization, Participation

DRAFT = "draft"
FRONT = 2_048
LOBBY_STEP = 16

# From the number being served back in doubling steps: the time of each is the history.
_HISTORY = text("""
    SELECT found.issued_at, found.number
    FROM unnest(CAST(:steps AS bigint[])) AS step
    CROSS JOIN LATERAL (
        SELECT a.issued_at, p.number
        FROM participation p JOIN admission a ON a.participation_id = p.id AND a.in_turn
        WHERE p.distribution_id = :line
            AND p.number <= :serving - step AND p.number > :serving - step - 64
        ORDER BY p.number DESC LIMIT 1
    ) AS found
    ORDER BY found.issued_at, found.number
""")
_STEPS = [0, *(2**power for power in range(21))]


class LineFacts(NamedTuple):
    """A published distribution and its counters, at one moment of the database's clock.

    ``waiting`` leaves out who is away. ``deal`` is None in a lobby before opening.
    """

    id: str
    now: datetime
    window: Window
    rules: dict[str, Any]
    notice: str | None
    entered: int
    waiting: int
    serving: int
    deal: Deal | None
    status_limit: int
    tenant: Tenant

    @property
    def lobby(self) -> Lobby | None:
        """The line as a shuffled lobby, if it is one."""
        if self.deal is None or not self.deal.size:
            return None
        return Lobby(self.tenant, self.id, self.deal, self.serving)


_FACTS = (
    select(
        func.clock_timestamp(),
        Distribution.state,
        Distribution.open_at,
        Distribution.close_at,
        Distribution.rules,
        Distribution.notice,
        Line.entered,
        Line.waiting - away_from(Line.distribution_id),
        Line.serving,
        Organization.limits,
        Organization.id,
        Distribution.mode,
        *DEAL,
    )
    .join(Line, Line.distribution_id == Distribution.id)
    .join(Organization, Organization.id == Distribution.organization_id)
    .where(Distribution.state != DRAFT, Distribution.archived_at.is_(None))
)


def line_facts(
    connection: Connection, distribution_id: str, usual: Mapping[str, int]
) -> LineFacts | None:
    """Return the facts, or None for what consumers may not know of.

    ``usual`` are the rate limits of an organization that has set none.
    """
    wanted = _FACTS.where(Distribution.id == distribution_id)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    now, state, open_at, close_at, rules, notice, *rest = row
    entered, waiting, serving, limits, organization_id, mode, *dealt = rest
    window = Window(DistributionState(state), open_at, close_at)
    return LineFacts(
        distribution_id,
        now,
        window,
        rules,
        notice,
        entered,
        waiting,
        serving,
        deal_of(*dealt),
        per_minute({**usual, **limits}, "status"),
        whose(organization_id, mode),
    )


def history(connection: Connection, facts: LineFacts) -> list[tuple[datetime, int]]:
    """Return when which ticket was served, a few of them, both ascending."""
    lobby = facts.lobby
    if lobby is not None:
        tickets = {facts.serving - step - back for step in _STEPS for back in range(LOBBY_STEP)}
        known = [ticket for ticket in tickets if ticket > 0]
        found = lobbies.history(connection, lobby, known)
    else:
        given = {"line": facts.id, "serving": facts.serving, "steps": _STEPS}
        found = [(at, number) for at, number in connection.execute(_HISTORY, given)]
    # Who was passed over and came back is served after higher numbers.
    highest = accumulate((number for _, number in found), max)
    return [each for each, most in zip(found, highest, strict=True) if each[1] == most]


def samples(connection: Connection, facts: LineFacts) -> list[Mark]:
    """Return some of those waiting with their ranks: the first, some between, the last."""
    if facts.deal is None:
        return []
    waiting = select(Participation.number).where(*waiting_in(facts.id))
    ascending = waiting.order_by(Participation.number)
    marks, before = [], 0
    if facts.lobby is not None:
        marks = lobbies.marks(connection, facts.lobby)
        ascending = ascending.where(Participation.number > facts.lobby.deal.size)
        before = lobbies.before_latecomers(connection, facts.lobby)
    first = connection.scalars(ascending.limit(FRONT)).all()
    marks += [(number, before + rank) for rank, number in enumerate(first)]
    if len(first) < FRONT:
        return marks
    last = connection.scalars(waiting.order_by(Participation.number.desc()).limit(1)).all()
    further = [
        *ladders.rungs(connection, facts.id),
        *((number, facts.waiting - 1) for number in last),
    ]
    for number, rank in further:
        if number > marks[-1][0] and rank > marks[-1][1]:
            marks.append((number, rank))
    return marks
