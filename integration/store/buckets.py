"""What all workers of one shop may ask of it together: a bucket in Valkey, by Valkey's clock."""

import math
from collections.abc import Sequence
from contextlib import suppress

from integration.store.valkey import Part, Valkey, ValkeyAway

MS = 1000
GRACE_MS = 15_000
"""So much later than it was told may somebody who was refused come back."""


class Bucket:
    """Points that come back with time, and the waits that the platform asks for.

    ``maximum`` and ``per_second`` hold until the platform has told its own. While Valkey is
    away everything passes: the platform counts for itself, and says so.
    """

    def __init__(
        self, valkey: Valkey, connection_id: str, *, maximum: float, per_second: float
    ) -> None:
        self._valkey, self._key = valkey, f"bucket:{connection_id}"
        self._beginning = (_text(maximum), _text(per_second))

    def take(self, cost: float = 1) -> float:
        """Spend ``cost``, or return the seconds to wait before there may be enough.

        Costs that were refused take turns: half of what comes in is saved for them, the longest
        waiting first. Whoever comes back as told waits about twice as long as all of these take
        together, whatever else is asked for; askers of the same cost are as one.
        """
        try:
            given = (_text(cost), *self._beginning, GRACE_MS)
            wait = self._valkey.script("spend", (self._key,), given)
        except ValkeyAway:
            return 0
        return int(wait) / MS

    def learn(
        self, *, available: float, maximum: float, per_second: float, refund: float = 0
    ) -> None:
        """Take over the platform's own figures; what an answer was cheaper comes back."""
        told = [_text(each) for each in (available, maximum, per_second, max(0, refund))]
        if maximum > 0 and per_second > 0:
            self._tell("told", told)

    def rest(self, seconds: float) -> None:
        """Let nobody take anything for so long."""
        self._tell("rest", [math.ceil(seconds * MS)])

    def _tell(self, name: str, figures: Sequence[Part]) -> None:
        with suppress(ValkeyAway):
            self._valkey.script(name, (self._key,), figures)


def _text(figure: float) -> str:
    return f"{figure:.3f}"
