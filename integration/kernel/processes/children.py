"""Starting and stopping programs that must not outlive us."""

import contextlib
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from integration.kernel.processes import guardian
from integration.kernel.processes.service import Service

# The child puts itself on the guardian's list, through the pipe it is given as its input,
# before it becomes the program: there is no moment in which it runs and nobody knows.
_REGISTERED = 'echo "+ $$ $0" >&0; exec "$@" </dev/null'
_GUARDIAN = (sys.executable, "-I", "-S", str(Path(guardian.__file__)))


@dataclass(slots=True)
class Child:
    """A started service; it leads a session and a process group of its own."""

    service: Service
    process: "subprocess.Popen[bytes]"
    started_at: float = field(default_factory=time.monotonic)

    @property
    def alive(self) -> bool:
        """Whether the program itself still runs."""
        return self.process.poll() is None

    def lived(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started_at


class Children:
    """Our programs. They end with us: at ``close``, and just as surely at a ``kill -9``."""

    def __init__(self) -> None:
        self._running: dict[int, Child] = {}
        self._guardian = self._start_guardian()

    def start(self, service: Service, output: int | IO[bytes] | None = None) -> Child:
        """Start ``service``; its output and errors go to ``output`` (None: to ours)."""
        self.keep_guardian()
        # Popen's own session and descriptors only: a `preexec_fn` may hang a threaded parent.
        process = subprocess.Popen(  # noqa: S603 - the commands are ours
            ["/bin/sh", "-c", _REGISTERED, str(int(service.stop_signal)), *service.command],
            stdin=self._guardian.stdin,
            stdout=output,
            stderr=subprocess.STDOUT if output is not None else None,
            env=service.environment,
            pass_fds=service.keep_open,
            start_new_session=True,
        )
        child = Child(service, process)
        self._running[process.pid] = child
        return child

    def stop(self, child: Child) -> bool:
        """Ask the service to end, and kill it when its time is up; say whether it obeyed."""
        asked = child.alive
        if asked:
            guardian.send(child.process.pid, child.service.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(child.service.stop_seconds)
        self.clear(child)
        return not asked or child.process.returncode != -signal.SIGKILL

    def clear(self, child: Child) -> None:
        """Kill what is left of a service: its program, and the workers it left behind."""
        guardian.kill_group(child.process.pid)
        child.process.wait()
        self._running.pop(child.process.pid, None)
        self._tell(f"- {child.process.pid}")

    def kill_all(self) -> None:
        """Kill everything at once; safe in a signal handler."""
        for pid in list(self._running):
            guardian.kill_group(pid)

    def close(self) -> None:
        """Stop all of them, the youngest first, and the guardian."""
        for child in reversed(list(self._running.values())):
            self.stop(child)
        if self._guardian.stdin:
            self._guardian.stdin.close()
        self._guardian.wait()

    def keep_guardian(self) -> None:
        """Replace a guardian that died; look at every start and after every death."""
        if self._guardian.poll() is not None:
            with contextlib.suppress(OSError):
                self._guardian = self._start_guardian()
            for pid, child in self._running.items():
                self._tell(f"+ {pid} {int(child.service.stop_signal)}")

    def _start_guardian(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - the command is ours
            _GUARDIAN, stdin=subprocess.PIPE, start_new_session=True, bufsize=0
        )

    def _tell(self, line: str) -> None:
        # A guardian that died is replaced, and told the whole list, by `keep_guardian`.
        with contextlib.suppress(BrokenPipeError):
            if self._guardian.stdin:
                self._guardian.stdin.write(f"{line}\n".encode())
