"""One connection, one prepared statement, one deadline: a frozen Postgres costs no more.

Drivers wait for as long as the socket does; a group of callers must not.
"""

import os
import select
from collections.abc import Callable, Sequence
from time import monotonic

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import error_from_result

from integration.kernel.errors import ServiceUnavailable

DEADLINE_SECONDS = 1.5
SERVER_OPTIONS = (
    "-c lock_timeout=1200ms -c statement_timeout=1400ms -c jit=off"
    " -c default_transaction_isolation=read\\ committed"
)
STATEMENT = b"batch"

LOST = ("08", "25006", "57P", "26", "0A000")
"""Connect again: no connection, a server that became a standby or shuts down, a statement
that it no longer has (a pooler's doing) or whose function a migration has replaced.
"""
PASSING = ("40", "53", "55P03", "57")
"""Serialization, resources, locks, cancelled: may well work in a moment."""

Parameter = bytes | None


class ConnectionLost(Exception):
    """The server went away while we waited, or was not there."""


class TooLate(Exception):
    """The server did not answer by the deadline."""


class Wire:
    """Runs one statement over its own connection, opened when first used.

    Parameters are text, results are binary. For one thread at a time.
    """

    def __init__(self, url: str, statement: str) -> None:
        self._conninfo = _conninfo(url)
        self._statement = statement.encode()
        self._connection: pq.abc.PGconn | None = None
        self._process = 0

    def run(
        self, parameters: Sequence[Parameter], meanwhile: Callable[[], None]
    ) -> pq.abc.PGresult:
        """Return the rows; ``meanwhile`` is called while the server works.

        After a lost connection the statement is sent once more, so it must be idempotent.
        Raises ``ServiceUnavailable``, or the database's own error.
        """
        if self._process != os.getpid():
            # A forked child must not speak over its parent's connection.
            self._connection = None
        deadline = monotonic() + DEADLINE_SECONDS
        try:
            try:
                return self._send(parameters, meanwhile, deadline)
            except ConnectionLost:
                return self._send(parameters, meanwhile, deadline)
        except (ConnectionLost, TooLate) as error:
            raise ServiceUnavailable from error

    def close(self) -> None:
        """Let go of the connection; the next run opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.finish()

    def _send(
        self, parameters: Sequence[Parameter], meanwhile: Callable[[], None], deadline: float
    ) -> pq.abc.PGresult:
        try:
            connection = self._connection or self._connect(deadline)
            connection.send_query_prepared(STATEMENT, parameters, result_format=1)
            _flush(connection, deadline)
            meanwhile()
            return self._checked(_result(connection, deadline))
        except psycopg.OperationalError as error:
            self.close()
            raise ConnectionLost from error
        except (ConnectionLost, TooLate):
            self.close()
            raise

    def _checked(self, result: pq.abc.PGresult) -> pq.abc.PGresult:
        if result.status == pq.ExecStatus.TUPLES_OK:
            return result
        state = (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
        if not state or state.startswith(LOST):
            raise ConnectionLost
        if state.startswith(PASSING):
            raise ServiceUnavailable
        raise error_from_result(result)

    def _connect(self, deadline: float) -> pq.abc.PGconn:
        connection = pq.PGconn.connect_start(self._conninfo)
        while (status := connection.connect_poll()) != pq.PollingStatus.OK:
            if status == pq.PollingStatus.FAILED:
                raise ConnectionLost
            _wait(connection, deadline, writing=status == pq.PollingStatus.WRITING)
        connection.nonblocking = 1
        connection.send_prepare(STATEMENT, self._statement)
        _flush(connection, deadline)
        prepared = _result(connection, deadline)
        if prepared.status != pq.ExecStatus.COMMAND_OK:
            connection.finish()
            raise error_from_result(prepared)
        self._connection, self._process = connection, os.getpid()
        return connection


def _flush(connection: pq.abc.PGconn, deadline: float) -> None:
    while connection.flush():
        _wait(connection, deadline, writing=True)
        connection.consume_input()


def _result(connection: pq.abc.PGconn, deadline: float) -> pq.abc.PGresult:
    """Return the last result of what was sent."""
    last = None
    while True:
        while connection.is_busy():
            _wait(connection, deadline)
            connection.consume_input()
        result = connection.get_result()
        if result is None:
            break
        last = result
    if last is None:
        raise ConnectionLost
    return last


def _wait(connection: pq.abc.PGconn, deadline: float, *, writing: bool = False) -> None:
    poll = select.poll()
    poll.register(connection.socket, select.POLLIN | (select.POLLOUT if writing else 0))
    left = deadline - monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TooLate


def _conninfo(url: str) -> bytes:
    plain = url.replace("+psycopg", "", 1)
    options = str(conninfo_to_dict(plain).get("options") or "")
    return make_conninfo(
        plain, options=f"{options} {SERVER_OPTIONS}".strip(), application_name="fanfare group"
    ).encode()
