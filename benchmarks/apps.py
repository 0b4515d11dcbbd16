"""The servers that are compared: each is Granian on the same settings, one process or more."""

import sys
from dataclasses import replace
from threading import BoundedSemaphore
from typing import Any

import psycopg
from flask import Flask
from granian import Granian

from integration.app import create_app
from integration.kernel import logging
from integration.kernel.ids import new_id
from integration.kernel.settings import Settings
from integration.runtime import Runtime, build
from integration.store.db import POOL_SIZE
from integration.store.line.committer import Ask, Entered, Verdict
from integration.store.line.epochs import Waiting

THREADS = 64
ONE = """
SELECT verdict, participation_id, number, state, entered_at, place, opens_at
FROM enter_batch(ARRAY[%s], ARRAY[%s], ARRAY[%s], ARRAY[%s]::bytea[], ARRAY[%s], ARRAY[%s],
                 ARRAY[%s])
"""


def constant() -> Flask:
    """The baseline: Flask as it comes, and a view that does nothing."""
    app = Flask("constant")

    @app.get("/")
    def nothing() -> dict[str, str]:
        return {"status": "QUEUED"}

    return app


def fanfare() -> Flask:
    """The service as it is."""
    return create_app(build(Settings.from_env()))


def one_by_one() -> Flask:
    """The service, but for a transaction per entry instead of one per group."""
    rt = build(Settings.from_env())
    return create_app(replace(rt, committer=OneByOne(rt)))


class OneByOne:
    """Enters one consumer a transaction, each thread on a connection from the pool."""

    def __init__(self, rt: Runtime) -> None:
        self._rt = rt
        # The pool would refuse whoever waits a second: on a busy machine, most of them.
        self._turns = BoundedSemaphore(POOL_SIZE)

    def enter(self, ask: Ask) -> Entered:
        """Take a place; see the committer that this stands in for."""
        taken = self._rt.committer._limit(ask.tenant, 1)
        with self._turns:
            verdict, *entry = self._write(ask, new_id("ent"))
        entered = Entered(Verdict(verdict), taken, *entry)
        if entered.verdict is Verdict.ENTERED:
            waiting = Waiting(entered.number, ask.consumer_id, entered.entered_at)
            self._rt.lines.put(ask.distribution_id, [waiting])
        return entered

    def _write(self, ask: Ask, entry_id: str) -> tuple[Any, ...]:
        connection = self._rt.engine.raw_connection()
        try:
            driver: psycopg.Connection = connection.driver_connection
            row = driver.execute(
                ONE,
                [
                    ask.distribution_id,
                    ask.consumer_id,
                    ask.session_id,
                    ask.fingerprint,
                    *ask.tenant,
                    entry_id,
                ],
            ).fetchone()
            driver.commit()
        finally:
            connection.close()
        return row


def main() -> None:
    """Serve one of them: ``python -m benchmarks.apps NAME PORT PROCESSES``."""
    name, port, processes = sys.argv[1:]
    logging.configure("warning")
    Granian(
        f"benchmarks.apps:{name}",
        factory=True,
        address="127.0.0.1",
        port=int(port),
        interface="wsgi",
        workers=int(processes),
        blocking_threads=THREADS,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
