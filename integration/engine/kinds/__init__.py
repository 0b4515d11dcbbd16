"""Every kind of distribution: one file and one line each."""

from collections.abc import Mapping

from integration.engine.kinds.appointment import Appointment
from integration.engine.kinds.auction import Auction
from integration.engine.kinds.base import ChoiceOrder, DistributionType, Kind
from integration.engine.kinds.draw import Draw
from integration.engine.kinds.queue import Queue
from integration.engine.kinds.timed_release import TimedRelease
from integration.engine.kinds.waitlist import Waitlist

__all__ = ["KINDS", "SERVED_IN_TURN", "ChoiceOrder", "DistributionType", "Kind"]

_ALL: tuple[Kind, ...] = (Queue(), Draw(), Auction(), TimedRelease(), Appointment(), Waitlist())

KINDS: Mapping[DistributionType, Kind] = {kind.name: kind for kind in _ALL}
"""The kinds by the type that their distributions carry."""

SERVED_IN_TURN = tuple(kind.name for kind in _ALL if kind.order == ChoiceOrder.IN_TURN)
"""The types whose lines a clock serves by number."""
