"""The life of a participation and of its admission, as tables (contract.md, section 3)."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class ParticipationState(StrEnum):
    """Where one entry of one consumer stands; the ``status`` on the wire."""

    QUEUED = "QUEUED"
    ADMITTED = "ADMITTED"
    COMPLETED = "COMPLETED"
    DENIED = "DENIED"
    LEFT = "LEFT"


class AdmissionState(StrEnum):
    """Where one right to check out stands."""

    ADMITTED = "ADMITTED"
    COMPLETED = "COMPLETED"
    DENIED = "DENIED"
    LEFT = "LEFT"
    EXPIRED = "EXPIRED"


class DenyReason(StrEnum):
    """The denials that have a name; merchants may write others in their own words."""

    QUEUE_CLOSED = "QUEUE_CLOSED"
    BOT_DETECTED = "BOT_DETECTED"
    VALIDATION_LIMIT_REACHED = "VALIDATION_LIMIT_REACHED"
    ORDER_LIMIT_EXCEEDED = "ORDER_LIMIT_EXCEEDED"
    ADMISSION_EXPIRED = "ADMISSION_EXPIRED"
    NOT_SELECTED = "NOT_SELECTED"
    SOLD_OUT = "SOLD_OUT"


class Refusal(StrEnum):
    """Why ``validate`` says no; where several hold, the first of these is told."""

    BAD_SIGNATURE = "BAD_SIGNATURE"
    UNKNOWN = "UNKNOWN"
    WRONG_DISTRIBUTION = "WRONG_DISTRIBUTION"
    WRONG_CONSUMER = "WRONG_CONSUMER"
    COMPLETED = "COMPLETED"
    DENIED = "DENIED"
    LEFT = "LEFT"
    EXPIRED = "EXPIRED"
    FINGERPRINT_MISMATCH = "FINGERPRINT_MISMATCH"


LIVE = frozenset({ParticipationState.QUEUED, ParticipationState.ADMITTED})
"""The states that count for capacity, for fingerprints, and as a consumer's one entry."""

SOURCES: Mapping[ParticipationState, frozenset[ParticipationState]] = {
    ParticipationState.QUEUED: frozenset(),
    ParticipationState.ADMITTED: frozenset({ParticipationState.QUEUED}),
    # DENIED only where the admission had expired: the money has moved (ADMISSION_SOURCES).
    ParticipationState.COMPLETED: frozenset(
        {ParticipationState.ADMITTED, ParticipationState.DENIED}
    ),
    ParticipationState.DENIED: LIVE,
    ParticipationState.LEFT: LIVE,
}
"""Each state, and the states it may be reached from."""

ADMISSION_SOURCES: Mapping[AdmissionState, frozenset[AdmissionState]] = {
    AdmissionState.ADMITTED: frozenset(),
    # A payment counts from wherever it finds the admission, unless that was taken back.
    AdmissionState.COMPLETED: frozenset({AdmissionState.ADMITTED, AdmissionState.EXPIRED}),
    AdmissionState.DENIED: frozenset({AdmissionState.ADMITTED}),
    AdmissionState.LEFT: frozenset({AdmissionState.ADMITTED}),
    AdmissionState.EXPIRED: frozenset({AdmissionState.ADMITTED}),
}
"""Each state of an admission, and the states it may be reached from."""

ENDINGS: Mapping[AdmissionState, ParticipationState] = {
    AdmissionState.COMPLETED: ParticipationState.COMPLETED,
    AdmissionState.DENIED: ParticipationState.DENIED,
    AdmissionState.LEFT: ParticipationState.LEFT,
    AdmissionState.EXPIRED: ParticipationState.DENIED,
}
"""What the end of an admission makes of its participation."""

_OVER = {
    AdmissionState.COMPLETED: Refusal.COMPLETED,
    AdmissionState.DENIED: Refusal.DENIED,
    AdmissionState.LEFT: Refusal.LEFT,
    AdmissionState.EXPIRED: Refusal.EXPIRED,
}


class AdmissionFacts(NamedTuple):
    """What the record says of an admission; ``fingerprint`` is its entry's, hashed."""

    state: AdmissionState
    distribution_id: str
    consumer_id: str
    expires_at: datetime
    fingerprint: bytes | None = None


class Shown(NamedTuple):
    """What the caller of ``validate`` says of it; None is not said and not compared."""

    distribution_id: str | None = None
    consumer_id: str | None = None
    fingerprint: bytes | None = None


def may_enter_again(state: ParticipationState, deny_reason: str | None) -> bool:
    """Whether a new entry starts after this one; otherwise entering answers the old one."""
    if state == ParticipationState.DENIED:
        return deny_reason == DenyReason.ADMISSION_EXPIRED
    return state == ParticipationState.LEFT


def late(state: AdmissionState, expires_at: datetime, now: datetime) -> bool:
    """Whether a completion now comes after the admission's time: stock must still allow it."""
    return state == AdmissionState.EXPIRED or (
        state == AdmissionState.ADMITTED and now >= expires_at
    )


def refusal(admission: AdmissionFacts | None, shown: Shown, now: datetime) -> Refusal | None:
    """Return why this admission is not good for what is shown, or None if it is.

    ``admission`` None is one that the record does not know.
    """
    if admission is None:
        return Refusal.UNKNOWN
    return (
        _wrong_hands(admission, shown)
        or _OVER.get(admission.state)
        # The clock may have yet to pass by: the row's time is ahead of its state.
        or (Refusal.EXPIRED if now >= admission.expires_at else None)
        or _wrong_device(admission, shown)
    )


def _wrong_hands(admission: AdmissionFacts, shown: Shown) -> Refusal | None:
    if shown.distribution_id not in {None, admission.distribution_id}:
        return Refusal.WRONG_DISTRIBUTION
    if shown.consumer_id not in {None, admission.consumer_id}:
        return Refusal.WRONG_CONSUMER
    return None


def _wrong_device(admission: AdmissionFacts, shown: Shown) -> Refusal | None:
    if shown.fingerprint is None or admission.fingerprint is None:
        return None
    if hmac.compare_digest(shown.fingerprint, admission.fingerprint):
        return None
    return Refusal.FINGERPRINT_MISMATCH
