"""The life of an order: forward only, whatever is reported when (connectors.md, 0.5).

A shop's order that was cancelled before it completed anything may be placed or paid after all.
"""

from collections.abc import Mapping
from enum import StrEnum


class OrderState(StrEnum):
    """How far an order has come, as shops and merchants tell it."""

    PLACED = "placed"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Completion(StrEnum):
    """What an order has done for an admission."""

    PENDING = "pending"
    COMPLETED = "completed"
    REJECTED = "rejected"


class Rejection(StrEnum):
    """Why an order completes nothing, beside what ``Verdict`` and ``Refusal`` name."""

    NO_ADMISSION = "NO_ADMISSION"
    WRONG_PRODUCT = "WRONG_PRODUCT"
    CANCELLED = "CANCELLED"


REVIVED = "REVIVED"
"""What is said of an order that completed an admission, was cancelled, and lives again in its shop:
it stays cancelled here, since what it bought may be somebody else's by now."""

EDITED = "EDITED"
"""What is said of an order that completed an admission, and of which its shop tells by now that it
holds more than that admits, or something else: what is sold stays sold, and somebody should look.
"""

BUYS = frozenset({OrderState.PLACED, OrderState.PAID})
"""The states in which an order completes an admission."""

UNDONE = frozenset({OrderState.CANCELLED, OrderState.REFUNDED})
"""The states in which what was bought may go back."""

ORDER_SOURCES: Mapping[OrderState, frozenset[OrderState]] = {
    OrderState.PLACED: frozenset(),
    OrderState.PAID: frozenset({OrderState.PLACED}),
    OrderState.CANCELLED: BUYS,
    OrderState.REFUNDED: BUYS | {OrderState.CANCELLED},
}
"""Each state, and the states it may be reached from."""
