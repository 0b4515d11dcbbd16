"""`fanfare clock`: what happens by itself, each step on its own beat.

Any number of clocks may run: what is due is claimed by its row, on the database's time
(design.md, D10). A step that fails or hangs holds up no other.
"""

import signal
import threading
from collections.abc import Callable, Iterable
from typing import NamedTuple

from integration.kernel.acting import Actor, act_as
from integration.kernel.logging import logger
from integration.runtime import Runtime
from integration.services import (
    admitting,
    appointments,
    beacons,
    connections,
    counting,
    drawing,
    openings,
    reconciling,
    sealing,
    selecting,
    settling,
    waitlists,
)
from integration.store import live_lines
from jobs import sweeper

log = logger(__name__)

STOP_SECONDS = 5
ROUNDS = 100
"""Through all draws with something to do, without a pause while one of them has more."""


class Step(NamedTuple):
    """Something to do every so many seconds."""

    name: str
    seconds: float
    run: Callable[[Runtime], object]


def _each(ids: Iterable[str], work: Callable[[str], object]) -> None:
    """Do ``work`` for every one, whatever happens to the others; raise the last failure."""
    failure: Exception | None = None
    for each in ids:
        try:
            work(each)
        except Exception as error:  # noqa: BLE001 - raised below, once all had their turn
            failure = error
    if failure is not None:
        raise failure


def _admit(rt: Runtime) -> None:
    _each(admitting.due_queues(rt), lambda queue_id: admitting.admit_due(rt, queue_id))


def _draw(rt: Runtime) -> None:
    def move_on(draw_id: str) -> None:
        drawing.draw(rt, draw_id)
        if selecting.settle(rt, draw_id):
            unfinished.append(draw_id)

    for _ in range(ROUNDS):
        unfinished: list[str] = []
        _each(drawing.due(rt), move_on)
        if not unfinished:
            return


def _auctions(rt: Runtime) -> None:
    _each(settling.due(rt), lambda auction_id: settling.move_on(rt, auction_id))


def _begin_slots(rt: Runtime) -> None:
    _each(appointments.due(rt), lambda each: appointments.admit_due(rt, each))


def _tell_waitlists(rt: Runtime) -> None:
    _each(waitlists.due(rt), lambda each: waitlists.tell_due(rt, each))


def _mend(rt: Runtime) -> None:
    with rt.transaction() as tx:
        lines = live_lines.waited_in(tx.session)
    _each(lines, rt.mender.mend)


def _mend_empty(rt: Runtime) -> None:
    with rt.transaction() as tx:
        lines = live_lines.empty(tx.session)
    _each(lines, rt.mender.mend)


STEPS = (
    Step("admit", 0.25, _admit),
    Step("expire", 1, admitting.expire_due),
    Step("settle", 1, admitting.settle_waiting),
    Step("draw", 0.5, _draw),
    Step("beacons", 1, beacons.fetch_due),
    Step("auctions", 0.5, _auctions),
    Step("slots", 0.5, _begin_slots),
    Step("waitlists", 0.5, _tell_waitlists),
    Step("mend", 1, _mend),
    Step("mend_empty", 30, _mend_empty),
    Step("connections", 60, connections.check_due),
    Step("sweep", 1, sweeper.sweep),
    Step("wake", 1, lambda rt: rt.jobs.wake()),
    Step("sync", 5, reconciling.start_due),
    Step("count", 2, counting.count),
    Step("openings", 1, openings.tell_due),
    Step("seal", 2, sealing.seal),
    Step("tidy", 600, sweeper.tidy),
)


def keep_time(rt: Runtime) -> None:
    """Do every step on its beat until SIGTERM or SIGINT, then finish those under way."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    run(rt, stopping)


def run(rt: Runtime, stopping: threading.Event) -> None:
    """Do every step on its beat until ``stopping``."""
    live_lines.let_go_soon(rt.engine)
    rt.ticker.start()
    threads = [
        threading.Thread(target=_beat, args=(rt, step, stopping), name=step.name, daemon=True)
        for step in STEPS
    ]
    for thread in threads:
        thread.start()
    log.info("clock_started", steps=len(STEPS))
    stopping.wait()
    for thread in threads:
        thread.join(STOP_SECONDS)
    rt.tally.flush()
    log.info("clock_stopped")


def tick(rt: Runtime) -> None:
    """Do every step once, now."""
    for step in STEPS:
        attempt(rt, step)


def attempt(rt: Runtime, step: Step, *, quietly: bool = False) -> bool:
    """Do one step, and tell whether that went well; what goes wrong is counted."""
    try:
        with act_as(Actor("system:clock", f"clock {step.name}")):
            step.run(rt)
    except Exception as error:
        rt.tally.add((f"count:clock_failures:step={step.name}", 1))
        if not quietly:
            log.warning("step_failed", step=step.name, problem=type(error).__name__, exc_info=error)
        return False
    rt.tally.add((f"count:clock_steps:step={step.name}", 1))
    return True


def _beat(rt: Runtime, step: Step, stopping: threading.Event) -> None:
    went_well = True
    while not stopping.wait(step.seconds):
        # While a database is away, one line tells it as well as four a second.
        went_well = attempt(rt, step, quietly=not went_well)
