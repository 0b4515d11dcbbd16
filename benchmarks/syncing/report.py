"""What a sync took, as tables in Markdown."""

from collections import Counter
from collections.abc import Sequence

from benchmarks.syncing.watching import Synced

MOST_SECONDS = 600
"""For the products and customers of one shop together, the first time."""

MOST_GROWTH = 16
"""MiB from the first tenth of a run to its end."""

TOLD = (
    "shop",
    "subject",
    "time",
    "records",
    "pages",
    "took",
    "records a second",
    "CPU, worker",
    "CPU, engines",
)


def table(found: Sequence[Synced]) -> str:
    """Return what each run took, a line each."""
    lines = [
        f"| {' | '.join(TOLD)} |",
        f"| {' | '.join(['---'] * len(TOLD))} |",
    ]
    for each in found:
        run = each.run
        ended = "" if run.status == "completed" else f" ({run.status}: {run.problem})"
        lines.append(
            f"| {each.shop} | {run.subject} | {each.time} | {run.records:,}{ended} "
            f"| {run.pages:,} | {each.seconds:.1f} s | {run.records / each.seconds:,.0f} "
            f"| {each.worker_cpu:.1f} s | {each.engines_cpu:.1f} s |"
        )
    return "\n".join(lines)


def memory(found: Sequence[Synced]) -> str:
    """Return the worker's memory before each first run, at each of its tenths, and after it."""
    tenths = [f"{number}0 %" for number in range(1, 10)]
    lines = [
        f"| worker's memory in MiB | before | {' | '.join(tenths)} | after |",
        f"| {' | '.join(['---'] * 12)} |",
    ]
    for each in found:
        if each.run.records:
            told = " | ".join(f"{mebibytes:.0f}" for mebibytes in each.mebibytes)
            lines.append(f"| {each.shop}, {each.run.subject}, {each.time} | {told} |")
    return "\n".join(lines)


def passed(found: Sequence[Synced]) -> bool:
    """Tell whether all runs ended well, in time, and without growing."""
    took: Counter[tuple[str, str]] = Counter()
    for each in found:
        took[each.shop, each.time] += each.seconds
    return (
        all(each.run.status == "completed" and not each.run.failed for each in found)
        and max(took.values()) < MOST_SECONDS
        and max(each.growth for each in found) < MOST_GROWTH
    )
