"""Admitting 10 000 in turn, by what the clock does."""

from collections.abc import Collection
from time import perf_counter

from benchmarks.options import Measured, Options
from benchmarks.report import Found, Row
from benchmarks.scene import Scene
from benchmarks.stage import Stage, say
from integration.services import admitting

TURNS = 10_000

ROWS = (Row("admit", "admitting 10 000 in turn", "", 2, 0.5, " s", at_most=True),)


def measure(stage: Stage, options: Options, wanted: Collection[str]) -> Measured:
    """Admit the next 10 000 of a longer line once a round; the first time is for warming up."""
    waiting = TURNS * (options.rounds + 2)
    say(f"Admitting, {waiting:,} waiting ...")
    scene = Scene(stage.world("turns"))
    queue = scene.queue(waiting, admissionRate=None, maxActiveAdmissions=TURNS)
    taken = []
    for turn in range(options.rounds + 1):
        taken.append(_admit(scene, queue))
        # They are all at the checkout at once: nobody else would be admitted.
        scene.write("UPDATE line SET active = 0 WHERE distribution_id = %(queue)s", queue=queue)
        say(f"  round {turn} of {options.rounds}" if turn else "  warmed up")
    return Measured([Found(row, taken[1:]) for row in ROWS if row.name in wanted])


def _admit(scene: Scene, queue: str) -> float:
    began = perf_counter()
    admitted = admitting.admit_due(scene.rt, queue)
    taken = perf_counter() - began
    if admitted != TURNS:
        raise AssertionError(f"{admitted} were admitted.")
    return taken
