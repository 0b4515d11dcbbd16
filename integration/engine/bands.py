"""How near somebody's turn is, where the merchant does not want places told."""

from enum import StrEnum

from integration.engine.estimate import Wait

_NEXT_SECONDS = 60
_NEAR_SECONDS = 600
_NEXT_PLACES = 10
_NEAR_PLACES = 100


class Band(StrEnum):
    """A place, told roughly."""

    FAR = "far"
    NEAR = "near"
    NEXT = "next"


def band(position: int, wait: Wait | None) -> Band:
    """Return the band of a place (1 is next): by its wait, or by itself where that is unknown.

    Next is up to a minute or 10 places, near up to ten minutes or 100 places.
    """
    far, next_up, near = (
        (position, _NEXT_PLACES, _NEAR_PLACES)
        if wait is None
        else (wait.seconds, _NEXT_SECONDS, _NEAR_SECONDS)
    )
    if far <= next_up or position == 1:
        return Band.NEXT
    return Band.NEAR if far <= near else Band.FAR
