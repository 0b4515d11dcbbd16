"""Lets go of a frozen Postgres: no thread waits for it longer than a moment (design.md, D18).

Time limits that the server keeps are of no use while the server does not run, and TCP
says that all is well. So whoever has waited too long is looked at: if the server does not
answer a new caller either, the waiting connections are cut, and their callers told 503.
"""

import os
import select
import socket
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

import psycopg
import structlog
from psycopg import pq
from sqlalchemy import Engine, event

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 1.0
PROBE_SECONDS = 0.5
LOOK_EVERY_SECONDS = 0.25


class Watchdog:
    """Watches the connections that this process has borrowed from its pool."""

    def __init__(self, engine: Engine, probe: Callable[[], bool]) -> None:
        self._probe = probe
        self._borrowed: dict[int, tuple[Any, float]] = {}
        self._lock = Lock()
        self._process: int | None = None
        self._stop = Event()
        event.listen(engine, "checkout", self._lent)
        event.listen(engine, "checkin", self._returned)

    def stop(self) -> None:
        """End the watch."""
        self._stop.set()

    def _lent(self, connection: Any, *_: object) -> None:
        self._borrowed[id(connection)] = connection, monotonic()
        if self._process != os.getpid():
            self._begin()

    def _returned(self, connection: Any, *_: object) -> None:
        self._borrowed.pop(id(connection), None)

    def _begin(self) -> None:
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                Thread(target=self._watch, name="watchdog", daemon=True).start()

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EVERY_SECONDS):
            overdue = self._overdue()
            if overdue and not self._probe():
                log.error("postgres_frozen", waiting=len(overdue))
                for connection in overdue:
                    _cut(connection)

    def _overdue(self) -> list[Any]:
        since = monotonic() - PATIENCE_SECONDS
        return [found for found, lent in list(self._borrowed.values()) if lent < since]


def answers(conninfo: str, seconds: float = PROBE_SECONDS) -> bool:
    """Tell whether the server takes a new connection within ``seconds``."""
    deadline = monotonic() + seconds
    connection = pq.PGconn.connect_start(conninfo.encode())
    try:
        while monotonic() < deadline:
            state = connection.connect_poll()
            if state == pq.PollingStatus.OK:
                return True
            if state == pq.PollingStatus.FAILED:
                # It refuses: whoever waits will be told so by the server itself.
                return True
            _wait_for(connection.socket, state, deadline)
        return False
    finally:
        connection.finish()


def _wait_for(descriptor: int, state: int, deadline: float) -> None:
    waiting = select.poll()
    reading = state == pq.PollingStatus.READING
    waiting.register(descriptor, select.POLLIN if reading else select.POLLOUT)
    waiting.poll(max(0, deadline - monotonic()) * 1000)


def _cut(connection: Any) -> None:
    """End a connection under whoever waits for it."""
    try:
        with socket.socket(fileno=os.dup(connection.fileno())) as shared:
            shared.shutdown(socket.SHUT_RDWR)
    except (OSError, psycopg.Error):
        # Whoever waits may have given up in this very moment.
        log.info("connection_gone_already")
