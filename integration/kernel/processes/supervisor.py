"""What ``fanfare up`` does: start in order, keep alive, stop in reverse order."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from integration.kernel.processes.alarm import Alarm, Stopped
from integration.kernel.processes.children import Child, Children
from integration.kernel.processes.console import Console
from integration.kernel.processes.service import CannotStart, Service, Step

_OURS = "fanfare"
_PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0)
_STEADY_SECONDS = 10.0
_LOOK_EVERY_SECONDS = 0.03


def run(plan: Sequence[Service | Step]) -> int:
    """Carry out ``plan`` in order, then keep its services alive until a signal.

    A service's successor waits until it is ready; a step is called in between. Ctrl-C,
    SIGTERM and SIGHUP stop everything in reverse order; a second one kills what is left.
    Returns 0, or 1 where something had to be killed. Raises ``CannotStart`` for a service
    that does not become ready, and whatever a step raises, after stopping the rest.
    Call it from the main thread.
    """
    return _Supervisor(plan).run()


@dataclass(slots=True)
class _Watched:
    child: Child
    failures: int = 0
    restart_at: float | None = None


class _Supervisor:
    def __init__(self, plan: Sequence[Service | Step]) -> None:
        self._plan = plan
        self._children = Children()
        self._alarm = Alarm(on_second=self._children.kill_all)
        names = [item.name for item in plan if isinstance(item, Service)]
        self._console = Console([_OURS, *names])
        self._watched: list[_Watched] = []

    def run(self) -> int:
        with self._alarm.armed():
            try:
                self._start_all()
                self._keep_alive()
            except Stopped:
                pass
            finally:
                clean = self._stop_all()
        return 0 if clean else 1

    def _start_all(self) -> None:
        for item in self._plan:
            if isinstance(item, Service):
                child = self._start(item)
                self._watched.append(_Watched(child))
                self._wait_until_ready(child)
            else:
                with self._alarm.interrupting():
                    item()

    def _start(self, service: Service) -> Child:
        child = self._children.start(service, subprocess.PIPE)
        if child.process.stdout:
            self._console.follow(service.name, child.process.stdout)
        return child

    def _wait_until_ready(self, child: Child) -> None:
        service = child.service
        while service.ready and not service.ready():
            if not child.alive:
                raise CannotStart(f"{service.name} did not start: {_how(child)}. Its log says why.")
            if child.lived() > service.ready_seconds:
                raise CannotStart(f"{service.name} was not ready in {service.ready_seconds:g} s.")
            self._alarm.wait(_LOOK_EVERY_SECONDS)
            if self._alarm.requests:
                raise Stopped

    def _keep_alive(self) -> None:
        while not self._alarm.requests:
            self._children.keep_guardian()
            now = time.monotonic()
            for watched in self._watched:
                self._look_after(watched, now)
            due = [it.restart_at for it in self._watched if it.restart_at is not None]
            self._alarm.wait(max(0, min(due) - now) if due else None)

    def _look_after(self, watched: _Watched, now: float) -> None:
        if watched.restart_at is None:
            if not watched.child.alive:
                self._plan_restart(watched, now)
        elif watched.restart_at <= now:
            try:
                watched.child, watched.restart_at = self._start(watched.child.service), None
            except OSError as error:
                # The machine is out of processes or memory: that passes, and we are still here.
                watched.restart_at = now + _PAUSES[-1]
                self._console.say(_OURS, f"{watched.child.service.name} cannot start: {error}.")

    def _plan_restart(self, watched: _Watched, now: float) -> None:
        child = watched.child
        self._children.clear(child)
        steady = child.lived() >= _STEADY_SECONDS
        pause = _PAUSES[0 if steady else min(watched.failures, len(_PAUSES) - 1)]
        watched.failures = 1 if steady else watched.failures + 1
        watched.restart_at = now + pause
        self._console.say(
            _OURS, f"{child.service.name} {_how(child)}; starting it again in {pause:g} s."
        )

    def _stop_all(self) -> bool:
        clean = True
        self._console.say(_OURS, "Stopping.")
        for watched in reversed(self._watched):
            if watched.restart_at is None and not self._children.stop(watched.child):
                service = watched.child.service
                self._console.say(_OURS, f"{service.name} had to be killed.")
                clean = False
        self._children.close()
        self._console.close()
        return clean


def _how(child: Child) -> str:
    code = child.process.returncode
    return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
