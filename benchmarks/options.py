"""What a run is told, and what each part of it hands back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.report import Found, Run


class Options(NamedTuple):
    """How often everything is measured, and how long each load of a round takes."""

    rounds: int
    seconds: int


@dataclass(frozen=True)
class Measured:
    """The rows, and the loads behind them: what they did by themselves."""

    found: Sequence[Found]
    loads: Mapping[str, Sequence[Run]] = field(default_factory=dict)
