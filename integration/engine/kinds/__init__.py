"""Every kind of distribution: one file and one line each."""

from collections.abc import Mapping

from integration.engine.kinds.base import ChoiceOrder, DistributionType, Kind
from integration.engine.kinds.queue import Queue

__all__ = ["KINDS", "ChoiceOrder", "DistributionType", "Kind"]

_ALL: tuple[Kind, ...] = (Queue(),)

KINDS: Mapping[DistributionType, Kind] = {kind.name: kind for kind in _ALL}
"""The kinds that are built, by the type their distributions carry."""
