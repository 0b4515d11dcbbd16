"""Drawing among 1 000 000: freezing the entries, ranking them, keeping who won."""

import os
import resource
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from time import perf_counter

from benchmarks.options import Measured, Options
from benchmarks.report import Found, Row
from benchmarks.scene import Scene
from benchmarks.stage import Stage, say
from integration.app import create_app
from integration.kernel.settings import Settings
from integration.runtime import build
from integration.services import drawing
from tests.support.backoffice import post
from tests.support.draws import running_draw

ENTRANTS = 1_000_000
WINNERS = 1_000
MIB = 1 << 20

ROWS = (
    Row("draw", "drawing among 1 000 000", "", 30, 6, " s", at_most=True),
    Row("draw-memory", "its process's memory at most", "", 1_024, 400, " MiB", at_most=True),
)
UNDO = (
    """UPDATE draw SET frozen_at = NULL, entry_root = NULL, entrant_count = NULL, chunks = NULL,
        drawn_at = NULL, withdrawn = NULL WHERE distribution_id = %(draw)s""",
    "DELETE FROM draw_page WHERE distribution_id = %(draw)s",
    "DELETE FROM draw_choice WHERE distribution_id = %(draw)s",
)


def measure(stage: Stage, options: Options, wanted: Collection[str]) -> Measured:
    """Draw once a round, in a process that does nothing else."""
    say(f"Drawing, {ENTRANTS:,} entered ...")
    scene = Scene(stage.world("draw"))
    draw_id = _closed_draw(scene)
    rounds = []
    for turn in range(options.rounds):
        rounds.append(_draw_apart(scene, draw_id))
        scene.write(*UNDO, draw=draw_id)
        say(f"  round {turn + 1} of {options.rounds}")
    scene.rt.close()
    taken = dict(zip(("draw", "draw-memory"), zip(*rounds, strict=True), strict=True))
    return Measured([Found(row, taken[row.name]) for row in ROWS if row.name in wanted])


def _closed_draw(scene: Scene) -> str:
    client = create_app(scene.rt).test_client()
    given = {"winnerCount": WINNERS, "backupCount": WINNERS}
    draw_id = running_draw(client, scene.merchant, **given)["id"]
    scene.fill(draw_id, ENTRANTS)
    post(client, scene.merchant, f"/draws/{draw_id}/run", 200)
    return draw_id


def _draw_apart(scene: Scene, draw_id: str) -> tuple[float, float]:
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.drawing", draw_id],
        env=scene.world.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    seconds, peak = map(float, said.split())
    return seconds, peak


def main() -> None:
    """Print the seconds that a draw takes, and the most MiB that this process has had."""
    rt, (draw_id,) = build(Settings.from_env()), sys.argv[1:]
    began = perf_counter()
    drawing.draw(rt, draw_id)
    taken = perf_counter() - began
    if len(drawing.due(rt)) != 1:
        raise AssertionError("Nothing was drawn.")
    print(taken, _peak_mib())
    sys.stdout.flush()
    # Its threads have nothing to finish.
    os._exit(0)


def _peak_mib() -> float:
    """Return the peak; Linux tells its own one apart from that of the process it came from."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1_024


if __name__ == "__main__":
    main()
