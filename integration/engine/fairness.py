"""Kendall's tau between the order of entry and the order of admission, kept as people come.

Everybody who is admitted is compared with all who were admitted before them: a pair agrees
where the earlier admission went to the earlier entry. The sums of agreeing and disagreeing
pairs add up over time, and give tau exactly: nobody enters twice at once, so nothing is tied.
"""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import NamedTuple

BLOCK = 1024
"""How many entry numbers are counted together; only in a newcomer's own block do single
numbers matter."""


class Pairs(NamedTuple):
    """How many earlier admissions one agrees with, and how many it does not."""

    agreeing: int
    disagreeing: int


def block_of(number: int) -> int:
    """Return the block that counts an entry number."""
    return number // BLOCK


def tau(agreeing: int, disagreeing: int) -> float | None:
    """Return tau, from -1 to 1; None where fewer than two were admitted."""
    pairs = agreeing + disagreeing
    return (agreeing - disagreeing) / pairs if pairs else None


class Admitted:
    """The entry numbers of those admitted so far.

    ``blocks`` counts all of them; ``members`` names those in the blocks of the newcomers.
    """

    def __init__(self, blocks: Mapping[int, int], members: Iterable[int]) -> None:
        self._blocks = sorted(blocks)
        self._counts = [0, *accumulate(blocks[block] for block in self._blocks)]
        self._members = sorted(members)
        self._added: list[int] = []
        self.added: Counter[int] = Counter()

    def add(self, number: int) -> Pairs:
        """Admit one more, and return the pairs that this makes."""
        earlier = self._before(number)
        everybody = self._counts[-1] + len(self._added)
        insort(self._added, number)
        self.added[block_of(number)] += 1
        return Pairs(earlier, everybody - earlier)

    def _before(self, number: int) -> int:
        below = bisect_right(self._blocks, block_of(number) - 1)
        first = bisect_right(self._members, block_of(number) * BLOCK - 1)
        own = bisect_right(self._members, number) - first
        return self._counts[below] + own + bisect_right(self._added, number)
