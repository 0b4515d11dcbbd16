"""The status object: one shape for every kind, every call and every event (contract.md, 3)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from integration.engine.bands import Band
from integration.engine.estimate import Wait
from integration.engine.lobby import IN_ORDER, Deal
from integration.engine.participations import ParticipationState

_ADMITTED_ONCE = frozenset({ParticipationState.ADMITTED, ParticipationState.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One entry as the record has it, and the admission that it was given, if any.

    ``version`` counts the entry's changes; it is the ``sequence`` of its events. ``deal`` is
    None in a lobby before opening; ``away`` is who was passed over and has not come back.
    """

    id: str
    organization_id: str
    distribution_id: str
    kind: str
    experience_id: str
    sequence_id: str
    consumer_id: str
    number: int | None
    state: ParticipationState
    deny_reason: str | None = None
    outcome: str | None = None
    entered_at: datetime
    admitted_at: datetime | None = None
    completed_at: datetime | None = None
    version: int = 1
    admission_id: str | None = None
    kid: str | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    deal: Deal | None = IN_ORDER
    away: bool = False

    @property
    def ticket(self) -> int | None:
        """The number that people are told: none until the lobby's are dealt."""
        if self.number is None or self.deal is None:
            return None
        return self.deal.ticket(self.number)

    @property
    def admitted(self) -> bool:
        """Whether it holds an admission that can still be used, as far as the row knows."""
        return self.state == ParticipationState.ADMITTED


@dataclass(frozen=True, slots=True)
class Outlook:
    """What somebody who waits may expect: place (1 is next), wait, when to ask again.

    ``band`` stands in for a place that the merchant does not want told.
    """

    position: int | None = None
    wait: Wait | None = None
    poll_after_ms: int | None = None
    band: Band | None = None


UNKNOWN = Outlook()


def status_body(
    standing: Standing, token: str | None = None, outlook: Outlook = UNKNOWN
) -> dict[str, Any]:
    """Return the status object as JSON goes: what is not reached is null.

    ``token`` is the admission's, computed at the door; only whoever was admitted has one.
    """
    wait, band = outlook.wait, outlook.band
    return event_data(standing, outlook.position) | {
        "admissionToken": token if standing.admitted else None,
        "estimatedWaitSeconds": None if wait is None else wait.seconds,
        "estimatedWait": None if wait is None else {"low": wait.low, "high": wait.high},
        "pollAfterMs": outlook.poll_after_ms,
        **({} if band is None else {"band": band.value}),
    }


def event_data(standing: Standing, position: int | None = None) -> dict[str, Any]:
    """Return what an event tells of an entry: the status object without its token."""
    return {
        "status": standing.state.value,
        "enteredAt": stamp(standing.entered_at),
        "admittedAt": _stamp(standing.admitted_at),
        "completedAt": _stamp(standing.completed_at),
        "denyReason": standing.deny_reason,
        "position": 0 if standing.state in _ADMITTED_ONCE else position,
        "outcome": standing.outcome,
        "expiresAt": _stamp(standing.expires_at),
        "number": standing.ticket,
        id_key(standing.kind): standing.distribution_id,
        "consumerId": standing.consumer_id,
        "experienceId": standing.experience_id,
        "sequenceId": standing.sequence_id,
    }


@cache
def id_key(kind: str) -> str:
    """Return the name of a distribution's id: ``queueId``, ``timedReleaseId``."""
    head, *rest = kind.split("_")
    return head + "".join(part.capitalize() for part in rest) + "Id"


def stamp(moment: datetime) -> str:
    """Return a moment as the wire writes it: UTC, to the millisecond, with ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
