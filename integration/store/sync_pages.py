"""What storing a page of a connected shop's records has in common, whatever they are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from integration.store.db import is_bad_value
from integration.store.many import plan_anew
from integration.store.sync_runs import Stored

BAD_VALUE = "It holds a value that cannot be stored."

MOST_SHOWN = 255

Record = Mapping[str, Any]
"""A record of ``connectors.records`` as a dict."""


class CannotStore(Exception):
    """A record that cannot be kept; the text says why."""


def keep(
    session: Session, upsert: Callable[[Sequence[Record]], Stored], records: Sequence[Record]
) -> Stored:
    """Store these records; where that cannot be done at once, one by one, each on its own."""
    plan_anew(session)
    return attempt(session, upsert, records)


def attempt(
    session: Session, upsert: Callable[[Sequence[Record]], Stored], records: Sequence[Record]
) -> Stored:
    """Do the same with statements that need no plan of their own."""
    try:
        with session.begin_nested():
            return upsert(records)
    except DBAPIError as error:
        if not is_bad_value(error):
            raise
        # One of them holds what the database refuses, or somebody else was faster.
        return sum((_keep_one(session, upsert, record) for record in records), Stored(0, 0))


def failure(record: Record, reason: str) -> dict[str, Any]:
    """Return what a run tells of a record that could not be kept."""
    return {"externalId": shown(record["external_id"]), "reason": reason}


def shown(external_id: str) -> str:
    """Return as much of a shop's id as helps to find the record there."""
    return external_id if len(external_id) <= MOST_SHOWN else f"{external_id[:MOST_SHOWN]}…"


def _keep_one(
    session: Session, upsert: Callable[[Sequence[Record]], Stored], record: Record
) -> Stored:
    try:
        with session.begin_nested():
            return upsert([record])
    except DBAPIError as error:
        if not is_bad_value(error):
            raise
        return Stored(0, 0, (failure(record, BAD_VALUE),))
