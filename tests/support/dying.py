"""A process that makes one keyed call and is killed in the middle of it."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from integration.app import create_app
from integration.runtime import build
from tests.api.conftest import make_settings

KEPT = "INSERT INTO idempotency_key"


def main(database_url: str, redis_url: str, data_dir: str, moment: str) -> None:
    """Make the call that stdin says, and die ``before`` or ``after`` the commit of its answer."""
    rt = build(make_settings(database_url, redis_url, Path(data_dir)))
    die(rt.engine, moment)
    answer = create_app(rt).test_client().open(**json.load(sys.stdin))
    raise AssertionError(f"It lived to answer {answer.status_code}.")


def die(engine: Engine, moment: str) -> None:
    kept = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(KEPT):
            kept.append(statement)

    def end(*_: Any) -> None:
        if kept:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "after_cursor_execute", hear)
    # An engine says so before it commits, a session after.
    event.listen(*((engine, "commit") if moment == "before" else (Session, "after_commit")), end)


if __name__ == "__main__":
    main(*sys.argv[1:])
