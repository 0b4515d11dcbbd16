"""Somebody's place as the record has it, for when the line in Valkey cannot tell."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from integration.kernel.tenant import Tenant
from integration.store.line.ladder import QUEUED, Database, count_before
from integration.store.models import Participation


class Standing(NamedTuple):
    """A consumer's latest entry; ``ahead`` is how many wait before it, while it waits."""

    participation_id: str
    number: int
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
        )
        .where(Participation.organization_id == tenant.organization_id)
        .where(Participation.mode == tenant.mode)
        .where(Participation.consumer_id == consumer_id)
        .where(Participation.distribution_id == distribution_id)
        .order_by(Participation.number.desc())
        .limit(1)
    )
    found = database.execute(wanted).one_or_none()
    if found is None:
        return None
    entry_id, number, state, entered_at = found
    ahead = None
    if state == QUEUED:
        ahead = count_before(database, distribution_id, number)
    return Standing(entry_id, number, state, entered_at, ahead)
