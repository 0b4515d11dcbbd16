"""One process of races: an application of its own, and a thread for each call."""

import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

from flask import Flask

from integration.app import create_app
from integration.runtime import build
from tests.api.conftest import make_settings

BUSY = 503
TRIES = 20
PAUSE_SECONDS = 0.1


def main(database_url: str, redis_url: str, data_dir: str) -> None:
    """For each line of calls: say that all is ready, wait for the word, make them at once."""
    # What a log says goes elsewhere: this is read as answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    rt = build(make_settings(database_url, redis_url, Path(data_dir)))
    app = create_app(rt)
    for line in sys.stdin:
        found = race(app, json.loads(line), lambda: say(answers, "ready"))
        say(answers, json.dumps(found))
    rt.close()


def say(where: TextIO, line: str) -> None:
    where.write(f"{line}\n")
    where.flush()


def race(app: Flask, calls: list[dict], ready: Callable[[], None]) -> list[list]:
    start = threading.Barrier(len(calls) + 1)

    def make(call: dict) -> list:
        client = app.test_client()
        start.wait()
        for _ in range(TRIES):
            answer = client.open(**call)
            if answer.status_code != BUSY:
                break
            time.sleep(PAUSE_SECONDS)
        return [answer.status_code, answer.json]

    with ThreadPoolExecutor(max(1, len(calls))) as pool:
        answers = [pool.submit(make, call) for call in calls]
        ready()
        sys.stdin.readline()
        start.wait()
        return [each.result() for each in answers]


if __name__ == "__main__":
    main(*sys.argv[1:])
