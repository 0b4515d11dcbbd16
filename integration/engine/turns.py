"""Whose turn it is where some do not show themselves (design.md, D6)."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def share_out(
    first: Iterable[T], away: Callable[[T], bool], places: int
) -> tuple[list[T], list[T]]:
    """Return who of the first in turn gets one of the places, and who is passed over for them.

    Nobody is passed over for a place that nobody was to get.
    """
    chosen: list[T] = []
    passed: list[T] = []
    for each in first:
        if len(chosen) >= places:
            break
        (passed if away(each) else chosen).append(each)
    return chosen, passed
