"""Somebody's place as the record has it, for when the line in Valkey cannot tell."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from integration.kernel.tenant import Tenant
from integration.store.line import lobbies
from integration.store.line.ladder import QUEUED, Database, count_before
from integration.store.line.lobbies import DEAL, Lobby, deal_of
from integration.store.models import Distribution, Line, Participation


class Standing(NamedTuple):
    """A consumer's current entry, else their latest; while it waits, how many are ``ahead``.

    In a lobby before opening, nobody has a number or a place.
    """

    participation_id: str
    number: int | None
    state: str
    entered_at: datetime
    ahead: int | None


def place_of(
    database: Database, tenant: Tenant, distribution_id: str, consumer_id: str
) -> Standing | None:
    """Return where a consumer stands, or None for one who never entered.

    The place is counted from the index of those waiting: dearer than asking Valkey.
    """
    wanted = (
        select(
            Participation.id,
            Participation.number,
            Participation.state,
            Participation.entered_at,
            Line.serving,
            *DEAL,
        )
        .join(Line, Line.distribution_id == Participation.distribution_id)
        .join(Distribution, Distribution.id == Participation.distribution_id)
        .where(Participation.organization_id == tenant.organization_id)
        .where(Participation.mode == tenant.mode)
        .where(Participation.consumer_id == consumer_id)
        .where(Participation.distribution_id == distribution_id)
        .order_by(Participation.current.desc(), Participation.number.desc())
        .limit(1)
    )
    found = database.execute(wanted).one_or_none()
    if found is None:
        return None
    entry_id, number, state, entered_at, serving, *dealt = found
    deal = deal_of(*dealt)
    if deal is None:
        return Standing(entry_id, None, state, entered_at, None)
    ticket, ahead = deal.ticket(number), None
    if state == QUEUED and number <= deal.size:
        lobby = Lobby(tenant, distribution_id, deal, serving)
        ahead = lobbies.count_before(database, lobby, ticket)
    elif state == QUEUED:
        ahead = count_before(database, distribution_id, number)
    return Standing(entry_id, ticket, state, entered_at, ahead)
