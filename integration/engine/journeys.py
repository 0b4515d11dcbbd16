"""All that a consumer takes part in, so that a page that was closed finds its way back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from integration.engine.status import Standing, id_key, stamp

COLLECTIONS = {
    "queue": "queues",
    "draw": "draws",
    "auction": "auctions",
    "timed_release": "timedReleases",
    "appointment": "appointments",
}
"""Where the entries of each kind are listed."""


class Part(NamedTuple):
    """One live entry, and its status object with the token, if there is one."""

    standing: Standing
    status: dict[str, Any]


class Waitlisted(NamedTuple):
    """One place on a waitlist: a promise to tell, never a position."""

    waitlist_id: str
    consumer_id: str
    experience_id: str
    sequence_id: str
    status: str
    entered_at: datetime
    notified_at: datetime | None


def active(parts: Iterable[Part], waitlisted: Iterable[Waitlisted] = ()) -> dict[str, Any]:
    """Return a consumer's live entries in the shape of ``active`` of ``/consumers/me``."""
    found: dict[str, Any] = {"experiences": {}, **{name: {} for name in COLLECTIONS.values()}}
    found |= {"admissions": {}, "journeys": []}
    for part in parts:
        standing = part.standing
        node = _node(found, standing.experience_id, standing.sequence_id)
        node[id_key(standing.kind).removesuffix("Id")] = part.status
        found[COLLECTIONS[standing.kind]][standing.distribution_id] = part.status
        admission = _admission(part)
        if admission is not None:
            found["admissions"][admission["id"]] = admission
        found["journeys"].append(_journey(part, admission))
    for each in waitlisted:
        _node(found, each.experience_id, each.sequence_id)["waitlist"] = _waitlist(each)
        found["journeys"].append(_wait(each))
    return found


def _node(found: dict[str, Any], experience_id: str, sequence_id: str) -> dict[str, Any]:
    """Return where the entries of a sequence are gathered."""
    experience = found["experiences"].setdefault(experience_id, {"sequences": {}})
    node: dict[str, Any] = experience["sequences"].setdefault(sequence_id, {})
    return node


def _waitlist(each: Waitlisted) -> dict[str, Any]:
    return {
        "waitlistId": each.waitlist_id,
        "consumerId": each.consumer_id,
        "experienceId": each.experience_id,
        "sequenceId": each.sequence_id,
        "status": each.status,
        "enteredAt": stamp(each.entered_at),
        "notifiedAt": each.notified_at and stamp(each.notified_at),
    }


def _wait(each: Waitlisted) -> dict[str, Any]:
    return {
        "experienceId": each.experience_id,
        "sequenceId": each.sequence_id,
        "journeyStage": "routed",
        "sequenceStage": "waitlist_entered",
        "participation": {"type": "waitlist", "id": each.waitlist_id, "status": each.status},
    }


def _journey(part: Part, admission: dict[str, Any] | None) -> dict[str, Any]:
    standing = part.standing
    participation = {
        "type": standing.kind,
        "id": standing.distribution_id,
        "status": standing.state.value,
    }
    journey = {
        "experienceId": standing.experience_id,
        "sequenceId": standing.sequence_id,
        "journeyStage": "routed" if admission is None else "admitted",
        "sequenceStage": "participating" if admission is None else "admitted",
        "participation": participation,
    }
    if admission is not None:
        participation["admissionToken"] = admission["admissionToken"]
        journey["admission"] = {name: each for name, each in admission.items() if name != "id"}
    return journey


def _admission(part: Part) -> dict[str, Any] | None:
    standing, token = part.standing, part.status["admissionToken"]
    if token is None:
        return None
    return {
        "id": standing.admission_id,
        "distributionType": standing.kind,
        "distributionId": standing.distribution_id,
        "experienceId": standing.experience_id,
        "sequenceId": standing.sequence_id,
        "admissionToken": token,
        "admittedAt": standing.admitted_at and stamp(standing.admitted_at),
        "expiresAt": standing.expires_at and stamp(standing.expires_at),
    }
