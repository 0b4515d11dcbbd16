"""Whether a shop itself refuses a checkout without an admission, said honestly per connection."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple


class ShopGate(NamedTuple):
    """Soft or hard, and a sentence for the merchant about what that means in this shop."""

    kind: Literal["soft", "hard"]
    message: str


GateOf = Callable[[Mapping[str, str]], ShopGate]
"""Tells the gate of a connection from its settings, without asking the shop."""

SOFT = (
    "The shop also sells to somebody without an admission: such an order is rejected and listed "
    "here, not prevented there."
)


def soft(*more: str) -> GateOf:
    """Return the gate of a platform that detects, with what a merchant can do about it."""
    gate = ShopGate("soft", " ".join([SOFT, *more]))
    return lambda _: gate


def hard(message: str) -> GateOf:
    """Return the gate of a platform that refuses by itself, and on what terms."""
    gate = ShopGate("hard", message)
    return lambda _: gate
