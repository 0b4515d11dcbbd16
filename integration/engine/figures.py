"""What a merchant is told of a launch: worked out from sums that add up over time and lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from integration.engine.fairness import tau
from integration.engine.histograms import quantile
from integration.engine.insight import FUNNEL, Measure, refused_shares, share

QUANTILES = (("p50", 0.5), ("p90", 0.9), ("p99", 0.99))

Sum = tuple[str, str, Decimal]
"""A measure, its label, and how much of it."""


class Sums:
    """The sums of some lines over some time."""

    def __init__(self, sums: Iterable[Sum]) -> None:
        self._sums: defaultdict[str, defaultdict[str, Decimal]]
        self._sums = defaultdict(lambda: defaultdict(Decimal))
        for measure, label, value in sums:
            self._sums[measure][label] += value

    def of(self, measure: Measure) -> int:
        """Return how often it happened."""
        return int(sum(self._sums[measure].values()))

    def by_label(self, measure: Measure) -> Mapping[str, Decimal]:
        """Return the same for each label."""
        return self._sums[measure]

    def counts(self, measure: Measure) -> dict[str, int]:
        """Return the same in whole numbers, those that are zero left out."""
        return {label: int(value) for label, value in sorted(self._sums[measure].items()) if value}


def figures(sums: Sums) -> dict[str, Any]:
    """Return everything that is told; what nothing was counted of is null."""
    funnel = {step.value: sums.of(step) for step in FUNNEL}
    completed = sums.of(Measure.COMPLETED)
    return {
        "funnel": funnel,
        "conversion": {
            "of_entered": share(completed, sums.of(Measure.ENTERED)),
            "of_admitted": share(completed, sums.of(Measure.ADMITTED)),
        },
        "wait": _quantiles(sums.counts(Measure.WAIT)),
        "time_to_complete": _quantiles(sums.counts(Measure.CHECKOUT_TIME)),
        "revenue": _revenue(sums),
        "refused": _refused(sums),
        "fairness": _fairness(sums),
    }


def _quantiles(counts: Mapping[str, int]) -> dict[str, Any]:
    """Return durations in seconds."""
    classes = {int(label): count for label, count in counts.items()}
    found = {name: quantile(classes, part) for name, part in QUANTILES}
    seconds = {name: None if ms is None else round(ms / 1_000, 3) for name, ms in found.items()}
    return {"count": sum(classes.values()), **seconds}


def _revenue(sums: Sums) -> list[dict[str, Any]]:
    orders = sums.counts(Measure.ORDERS)
    return [
        {
            "currency_code": currency,
            "amount": sums.by_label(Measure.REVENUE)[currency],
            "refunded": sums.by_label(Measure.REFUNDED)[currency],
            "orders": count,
        }
        for currency, count in orders.items()
    ]


def _refused(sums: Sums) -> dict[str, Any]:
    codes = sums.counts(Measure.REFUSED)
    limits, gates = refused_shares(sums.of(Measure.ENTERED), codes)
    routed, gated = sums.of(Measure.ROUTED), sums.of(Measure.GATED) + sums.of(Measure.NO_ACCESS)
    routing = share(gated, routed + gated)
    return {"limits": limits, "gates": gates, "routing": routing, "codes": codes}


def _fairness(sums: Sums) -> dict[str, Any]:
    agreeing, disagreeing = sums.of(Measure.AGREEING), sums.of(Measure.DISAGREEING)
    found = tau(agreeing, disagreeing)
    rounded = None if found is None else round(found, 6)
    return {"tau": rounded, "pairs": agreeing + disagreeing}
