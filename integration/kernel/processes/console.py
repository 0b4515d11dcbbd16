"""One log for several programs: each line behind the name of the one that said it."""

import contextlib
import os
import sys
import threading
from typing import IO

_COLOURS = (36, 35, 33, 32, 34, 96, 95, 93, 92, 94)
_LONGEST_LINE = 65_536


class Console:
    """Writes whole lines to standard output, in colour on a terminal without ``NO_COLOR``."""

    def __init__(self, names: list[str], out: IO[bytes] | None = None) -> None:
        self._out = out or sys.stdout.buffer
        self._lock = threading.Lock()
        self._width = max(map(len, names), default=0)
        self._colours = self._choose_colours(names)
        self._readers: list[threading.Thread] = []

    def say(self, name: str, line: str) -> None:
        """Write one line of our own about the program ``name``."""
        self._write(name, line.encode())

    def follow(self, name: str, pipe: IO[bytes]) -> None:
        """Copy what the program writes, from a thread, until it closes its end."""
        reader = threading.Thread(target=self._copy, args=(name, pipe), daemon=True)
        self._readers = [it for it in self._readers if it.is_alive()] + [reader]
        reader.start()

    def close(self, seconds: float = 1) -> None:
        """Wait for the last words of programs that have ended."""
        for reader in self._readers:
            reader.join(seconds)

    def _copy(self, name: str, pipe: IO[bytes]) -> None:
        with pipe:
            while line := pipe.readline(_LONGEST_LINE):
                self._write(name, line.rstrip(b"\r\n"))

    def _write(self, name: str, line: bytes) -> None:
        # Whoever read our output may be gone; the programs' pipes are drained all the same.
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._out.write(self._prefix(name) + line + b"\n")
            self._out.flush()

    def _prefix(self, name: str) -> bytes:
        text = f"{name:<{self._width}} │ "
        colour = self._colours.get(name)
        return (f"\x1b[{colour}m{text}\x1b[0m" if colour else text).encode()

    def _choose_colours(self, names: list[str]) -> dict[str, int]:
        if os.environ.get("NO_COLOR") or not self._out.isatty():
            return {}
        return {name: _COLOURS[i % len(_COLOURS)] for i, name in enumerate(names)}
