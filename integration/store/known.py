"""The facts that every request needs, together."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from sqlalchemy.orm import Session, sessionmaker

from integration.kernel.quotas import per_minute, per_second
from integration.kernel.tenant import Tenant
from integration.store import distributions, keys, organizations
from integration.store.db import transaction
from integration.store.distributions import Published
from integration.store.facts import Facts
from integration.store.keys import KeyFacts
from integration.store.limits import Limits, Taken, subject_of
from integration.store.organizations import OrganizationFacts

V = TypeVar("V")
Load = Callable[[Session, str], V | None]
Changes = Callable[[Session, datetime], Iterable[tuple[str, V | None]]]


class Known(NamedTuple):
    """Keys by their hash in hex, organizations and distributions by id."""

    keys: Facts[KeyFacts]
    organizations: Facts[OrganizationFacts]
    distributions: Published


def know(sessions: sessionmaker[Session], limits: Mapping[str, int]) -> Known:
    """Return facts that are read when somebody asks for them.

    ``limits`` are the installation's own, of organizations that have set none.
    """
    load, changes = partial(organizations.load, limits), partial(organizations.changes, limits)
    return Known(
        Facts(*_asking(sessions, keys.load, keys.changes)),
        Facts(*_asking(sessions, load, changes)),
        Published(*_asking(sessions, distributions.load, distributions.changes)),
    )


def own_limits(known: Facts[OrganizationFacts], tenant: Tenant) -> Mapping[str, int]:
    """Return the rate limits that were set for an organization, calls a minute by name."""
    found = known.get(tenant.organization_id)
    return {} if found is None else found.limits


def take_entries(
    limits: Limits, known: Facts[OrganizationFacts], name: str, tenant: Tenant, cost: int
) -> Taken:
    """Count ``cost`` entries at once against the organization's windows of this name."""
    own = own_limits(known, tenant)
    most, burst = per_minute(own, name), per_second(own, name)
    return limits.take(name, subject_of(tenant), most, cost, burst=burst)


def _asking(
    sessions: sessionmaker[Session], load: Load[V], changes: Changes[V]
) -> tuple[Callable[[str], V | None], Callable[[datetime], Iterable[tuple[str, V | None]]]]:
    """Give both a transaction of their own."""

    def one(key: str) -> V | None:
        with transaction(sessions) as tx:
            return load(tx.session, key)

    def changed(since: datetime) -> list[tuple[str, V | None]]:
        with transaction(sessions) as tx:
            return list(changes(tx.session, since))

    return one, changed
