"""The queue: whoever came first, as fast as rate, stock and checkout allow."""

from datetime import datetime

from integration.engine.kinds.base import ChoiceOrder, DistributionType
from integration.engine.pacing import Due, Limits, Pace, Taken, due
from integration.engine.windows import Window


class Queue:
    """Admits in turn from opening on, and still serves the line after closing."""

    name = DistributionType.QUEUE
    default_admission_seconds = 900
    order = ChoiceOrder.IN_TURN

    def may_choose(self, window: Window, now: datetime) -> bool:
        """Choose at any time while the queue is served."""
        return window.serves(now)

    def places(self, pace: Pace, limits: Limits, taken: Taken, waiting: int, now: datetime) -> Due:
        """Spend the rate's credit on the free places."""
        return due(pace, limits, taken, waiting, now)
