"""When an admission may complete: once, and late only while stock allows (contract.md, 3)."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from integration.engine.participations import AdmissionState, late


class Verdict(StrEnum):
    """What is to become of a completion that was asked for."""

    COMPLETE = "COMPLETE"
    LATE = "LATE"
    """Complete, although its time is over: the money has moved."""
    ATTACH = "ATTACH"
    """Completed before, without an order: this is its order."""
    SAME = "SAME"
    """Completed before, by this very order."""
    ALREADY_COMPLETED = "ALREADY_COMPLETED"
    EXPIRED = "EXPIRED"
    """Its time is over, and what it held has gone to somebody else."""
    DENIED = "DENIED"
    LEFT = "LEFT"

    @property
    def counts(self) -> bool:
        """Whether the admission changes with it."""
        return self in {Verdict.COMPLETE, Verdict.LATE}

    @property
    def final(self) -> bool:
        """Whether nothing that happens later could change it."""
        return self in _FINAL

    @property
    def good(self) -> bool:
        """Whether the admission stands completed, by this order where one was named."""
        return self.counts or self in {Verdict.ATTACH, Verdict.SAME}


_FINAL = frozenset({Verdict.SAME, Verdict.ALREADY_COMPLETED, Verdict.DENIED, Verdict.LEFT})


class Found(NamedTuple):
    """An admission as the record has it, with the id of the order that completed it.

    ``room`` says whether stock would take one that no longer holds its place.
    """

    state: AdmissionState
    expires_at: datetime
    order_id: str | None
    room: bool


def judge(found: Found, order_id: str | None, now: datetime) -> Verdict:
    """Return what to do with a completion by the order ``order_id``, or by none."""
    if found.state is AdmissionState.COMPLETED:
        return _again(found.order_id, order_id)
    if found.state is AdmissionState.DENIED:
        return Verdict.DENIED
    if found.state is AdmissionState.LEFT:
        return Verdict.LEFT
    if not late(found.state, found.expires_at, now):
        return Verdict.COMPLETE
    # One that the clock has not ended yet still holds its units.
    holds = found.state is AdmissionState.ADMITTED
    return Verdict.LATE if holds or found.room else Verdict.EXPIRED


def _again(completed_by: str | None, order_id: str | None) -> Verdict:
    if order_id is None:
        return Verdict.ALREADY_COMPLETED
    if completed_by is None:
        return Verdict.ATTACH
    return Verdict.SAME if completed_by == order_id else Verdict.ALREADY_COMPLETED
