"""What storing a page of an imported file has in common, whatever it is about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from integration.engine.imports import Problem
from integration.kernel.tenant import Tenant

CONFLICT = Problem(None, "It conflicts with another one, or holds what cannot be stored.")

Told = Mapping[int, Mapping[str, Any]]
"""What rows say, by their numbers; the names are the columns'."""


class Kept(NamedTuple):
    """How many are new, how many changed, what is wrong by row, and whom to wake."""

    created: int
    updated: int
    problems: Mapping[int, Problem]
    endpoints: Sequence[str]

    def and_(self, other: "Kept") -> "Kept":
        """Return both together."""
        return Kept(
            self.created + other.created,
            self.updated + other.updated,
            {**self.problems, **other.problems},
            [*self.endpoints, *other.endpoints],
        )


Upsert = Callable[[Session, Tenant, Told], Kept]


def keep(session: Session, tenant: Tenant, upsert: Upsert, told: Told) -> Kept:
    """Store these rows; where that cannot be done at once, one by one, each on its own."""
    try:
        with session.begin_nested():
            return upsert(session, tenant, told)
    except (DataError, IntegrityError):
        # Two of them change places, or somebody else was faster.
        total = Kept(0, 0, {}, [])
        for number, values in told.items():
            total = total.and_(_keep_one(session, tenant, upsert, number, values))
        return total


def external_ids(told: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the external ids that rows name: ``own`` without a source, ``refs`` of ``sources``."""
    refs = [each for each in told if "externalId" in each]
    foreign = [each for each in refs if "syncSource" in each]
    return {
        "own": [each["externalId"] for each in refs if "syncSource" not in each],
        "sources": [each["syncSource"] for each in foreign],
        "refs": [each["externalId"] for each in foreign],
    }


def _keep_one(
    session: Session, tenant: Tenant, upsert: Upsert, number: int, values: Mapping[str, Any]
) -> Kept:
    try:
        with session.begin_nested():
            return upsert(session, tenant, {number: values})
    except (DataError, IntegrityError):
        return Kept(0, 0, {number: CONFLICT}, [])
