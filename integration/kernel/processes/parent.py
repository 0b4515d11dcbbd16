"""Dying with the parent, for processes that somebody else's code started."""

import multiprocessing
import os
import threading

_LOOK_EVERY_SECONDS = 0.5


def die_with_parent(parent: int | None = None) -> None:
    """End this process within a second of its parent's death, even a ``kill -9``.

    For Granian's workers and the job worker's forks, which would go on without their
    master. ``parent`` is its process id as known before the fork; without it, the one
    that ``multiprocessing`` knows, else the present one.
    """
    # Looking works everywhere; PR_SET_PDEATHSIG is Linux only, and fires as well when
    # just the thread that forked us ends.
    known = multiprocessing.parent_process()
    expected = parent or (known.pid if known else None) or os.getppid()
    threading.Thread(target=_watch, args=(expected,), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(_LOOK_EVERY_SECONDS)
    os._exit(1)
