"""Is this admission good? Asked as often as anybody likes, until it completes."""

from dataclasses import dataclass
from datetime import datetime

from integration.engine.entering import FingerprintRequired
from integration.engine.participations import (
    AdmissionFacts,
    ParticipationState,
    Refusal,
    Shown,
    refusal,
)
from integration.engine.status import Standing
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import admissions, consumers, participations
from integration.store.admissions import Held
from integration.store.named import Named, admission_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The answer; ``reason`` where it is no, and whatever else the record knows."""

    valid: bool
    reason: Refusal | None
    status: ParticipationState | None = None
    admission_id: str | None = None
    consumer_id: str | None = None
    distribution_id: str | None = None
    distribution_type: str | None = None
    experience_id: str | None = None
    sequence_id: str | None = None
    admitted_at: datetime | None = None
    expires_at: datetime | None = None
    remaining_seconds: int | None = None


def validate(
    rt: Runtime, tenant: Tenant, named: Named, consumer_id: str | None, fingerprint: str | None
) -> Validity:
    """Say whether an admission is live and good for what is shown beside it.

    Raises ``FingerprintRequired`` where its distribution wants to see the device's fingerprint.
    """
    wanted = admission_id(rt.keyring, tenant, named)
    if wanted is None:
        return Validity(valid=False, reason=Refusal.BAD_SIGNATURE)
    with rt.transaction() as tx:
        held = admissions.find(tx.session, tenant, wanted)
        if held is None:
            return Validity(valid=False, reason=Refusal.UNKNOWN)
        standing = participations.standing(tx.session, tenant, held.participation_id)
        if consumer_id is not None:
            consumer_id = consumers.known_as_now(tx.session, tenant, consumer_id)
    if held.fingerprint_at_validation and fingerprint is None:
        raise FingerprintRequired
    shown = Shown(
        distribution_id=named.distribution.id if named.distribution else None,
        consumer_id=consumer_id,
        fingerprint=None if fingerprint is None else rt.vault.fingerprint(fingerprint),
    )
    return _answer(held, standing, refusal(_facts(held), shown, held.now))


def _facts(held: Held) -> AdmissionFacts:
    return AdmissionFacts(
        held.state, held.distribution_id, held.consumer_id, held.expires_at, held.fingerprint
    )


def _answer(held: Held, standing: Standing, reason: Refusal | None) -> Validity:
    left = int((held.expires_at - held.now).total_seconds())
    return Validity(
        valid=reason is None,
        reason=reason,
        status=standing.state,
        admission_id=held.id,
        consumer_id=held.consumer_id,
        distribution_id=held.distribution_id,
        distribution_type=standing.kind,
        experience_id=standing.experience_id,
        sequence_id=standing.sequence_id,
        admitted_at=standing.admitted_at,
        expires_at=held.expires_at,
        remaining_seconds=max(0, left) if standing.admitted else 0,
    )
