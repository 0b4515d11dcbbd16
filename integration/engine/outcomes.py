"""What became of an entry, in the words of kinds that choose (contract.md, section 3)."""

from integration.engine.kinds.base import DistributionType
from integration.engine.participations import DenyReason

CHOOSING = frozenset({DistributionType.DRAW, DistributionType.AUCTION})


def of_admission(kind: str) -> str | None:
    """Return what an admission makes of an entry; None leaves it as it is."""
    return "WON" if kind in CHOOSING else None


def of_denial(reason: str | None) -> str | None:
    """Return what a denial makes of an entry; None leaves it as it is."""
    return "LOST" if reason == DenyReason.NOT_SELECTED else None
