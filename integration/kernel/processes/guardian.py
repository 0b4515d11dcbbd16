"""The guardian: a small process that ends the children of a parent that was killed.

It reads ``+ pid signal`` and ``- pid`` lines from a pipe that only the parent holds open.
The end of that pipe is the parent's death, however it died and on every Unix; then each
process still on the list gets its signal, and after a grace period its group is killed.
It runs as a bare script, so it may import nothing of ours.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable

GRACE_SECONDS = 3.0
_LOOK_EVERY_SECONDS = 0.05


def send(pid: int, number: int) -> None:
    """Signal one process, if it is still there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def kill_group(leader: int) -> None:
    """Kill what is left of the process group that ``leader`` started."""
    # macOS answers "not permitted" for a group of nothing but zombies.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        # The number may belong to somebody else's process by now.
        return False
    return True


def _end_all(wards: dict[int, int]) -> None:
    for pid, number in wards.items():
        send(pid, number)
    deadline = time.monotonic() + GRACE_SECONDS
    pause = threading.Event()
    while time.monotonic() < deadline and any(map(_is_there, wards)):
        pause.wait(_LOOK_EVERY_SECONDS)
    for pid in wards:
        kill_group(pid)


def watch(lines: Iterable[str]) -> None:
    """Keep the list of wards until the lines end, then end the wards."""
    wards: dict[int, int] = {}
    for line in lines:
        match line.split():
            case ["+", pid, number]:
                wards[int(pid)] = int(number)
            case ["-", pid]:
                wards.pop(int(pid), None)
    _end_all(wards)


if __name__ == "__main__":
    # Only the parent's end ends it: Ctrl-C is the parent's to answer.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watch(sys.stdin)
