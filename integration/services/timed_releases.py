"""Timed releases: what everybody sees, and an admission for whoever comes in time."""

from typing import Any, NamedTuple

from integration.engine.entering import title
from integration.engine.kinds import DistributionType
from integration.engine.kinds.timed_release import Verdict, next_wave
from integration.engine.status import Standing, status_body
from integration.kernel.errors import AuthenticationRequired, required
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    distributions,
    doors,
    outbox,
    participations,
    public,
    releases,
    routing,
)
from integration.store.db import Transaction
from integration.store.doors import Comer, Door

KIND = DistributionType.TIMED_RELEASE


class Entered(NamedTuple):
    """A status object, and whether the entry is new."""

    body: dict[str, Any]
    created: bool


def show(rt: Runtime, tenant: Tenant, release_id: str) -> dict[str, Any]:
    """Return the release as anybody with a key may see it."""
    release, now = rt.distributions.of(tenant, KIND, release_id), rt.clock.now()
    with rt.transaction() as tx:
        shown = public.common(tx.session, release, now)
    waves = releases.waves(release.rules)
    return {
        **shown,
        "per_consumer_limit": release.rules.get("perConsumerLimit", 1),
        "next_wave_at": next_wave(waves, now),
    }


def enter(rt: Runtime, caller: Caller, release_id: str, fingerprint: str | None) -> Entered:
    """Admit the consumer at once, or show the entry that they have.

    Only who may well get in waits for the line's row: a release that is sold out says so
    without holding up anybody. Raises what the contract says against entering.
    """
    release = rt.distributions.of(caller.tenant, KIND, release_id)
    if caller.consumer_id is None:
        raise AuthenticationRequired
    device = doors.device(rt.vault, release.fingerprint_policy, fingerprint)
    who, keyring = Comer(release_id, caller.consumer_id, device), rt.keyring
    with rt.transaction() as tx:
        door = _judge(tx, caller.tenant, who)
        if door is not None:
            distributions.lock_line(tx.session, caller.tenant, release_id)
            door = _judge(tx, caller.tenant, who)
        if door is None:
            entry = _latest(tx, caller.tenant, who)
        else:
            entry, told = releases.admit(tx.session, caller.tenant, door, who, keyring.active_kid)
            outbox.wake(tx, rt.jobs, told)
    return Entered(status_body(entry, admissions.token_of(keyring, entry)), door is not None)


def _judge(tx: Transaction, tenant: Tenant, who: Comer) -> Door | None:
    """Return what the consumer may go through now; None keeps the entry that they have."""
    door = required(doors.look(tx.session, tenant, who), title(KIND))
    if door.state is None:
        # Whoever has an entry is told of it first, however they came.
        routing.require(tx.session, tenant, who.distribution_id, who.consumer_id)
    if releases.decide(door) is Verdict.KEEP:
        return None
    if door.state is not None:
        routing.require(tx.session, tenant, who.distribution_id, who.consumer_id)
    door.check_device()
    return door


def _latest(tx: Transaction, tenant: Tenant, who: Comer) -> Standing:
    found = participations.latest(tx.session, tenant, who.distribution_id, who.consumer_id)
    assert found is not None  # noqa: S101 - it is kept because it is there
    return found
