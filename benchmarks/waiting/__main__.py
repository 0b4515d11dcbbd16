"""Measure what 200 waiting browsers ask of the origin, far from the front; print Markdown.

They are the SDK as it is built, in Node, each with a storage of its own, against a whole service.
Ends with 1 where they call more than 0.02 times a second each beside the line card, which a CDN
answers for them.
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.stage import say
from tests.browser.launches import Launch, launch
from tests.support.house import House, house
from tests.support.node import node_bin
from tests.support.sdk import built

CARD = "/api/v1/queues/:id/line"
BROWSERS = Path(__file__).with_name("browsers.mjs")
MOST_A_SECOND = 0.02
NODE = 22


class Crowd:
    """Waiting browsers, and what they have called since they were last asked."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def count(self) -> dict[str, Any]:
        """Return the calls so far by route, and how many browsers wait."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write("\n")
        stdin.flush()
        return dict(json.loads(stdout.readline()))


def main() -> None:
    """Let them wait, and print what they called."""
    told = _told()
    with house() as running:
        drop = launch(running, "queue", admissionRate=60)
        say(f"{told.ahead} people go ahead ...")
        _go_ahead(running, drop, told.ahead)
        with _crowd(running, drop, told.browsers) as crowd:
            say(f"{told.browsers} browsers wait for {told.seconds} s ...")
            before = crowd.count()
            began = time.monotonic()
            threading.Event().wait(told.seconds)
            after = crowd.count()
            seconds = time.monotonic() - began
    sys.exit(_report(before, after, seconds, told.browsers))


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.waiting", description=__doc__)
    parser.add_argument("--browsers", type=int, default=200, help="how many wait (200)")
    parser.add_argument("--ahead", type=int, default=1500, help="people ahead of them (1500)")
    parser.add_argument("--seconds", type=int, default=120, help="how long (120)")
    return parser.parse_args()


def _go_ahead(running: House, drop: Launch, count: int) -> None:
    def enter(_: int) -> None:
        headers = running.guest()
        answer = running.call("POST", f"{drop.public}/enter", headers=headers)
        assert answer.status_code == 201, answer.text

    with ThreadPoolExecutor(8) as people:
        list(people.map(enter, range(count)))


@contextmanager
def _crowd(running: House, drop: Launch, count: int) -> Generator[Crowd]:
    core = (built("@fanfare/sdk-core") / "index.js").as_uri()
    config = {
        "apiUrl": running.url,
        "organizationId": running.demo["organizationId"],
        "publishableKey": running.demo["publishableKey"],
        "experienceId": drop.experience_id,
    }
    process = subprocess.Popen(
        [node_bin(NODE) / "node", BROWSERS, core, json.dumps(config), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Crowd(process)
    finally:
        process.kill()
        process.wait()


def _report(before: dict[str, Any], after: dict[str, Any], seconds: float, count: int) -> int:
    each = {
        path: (calls - before["calls"].get(path, 0)) / seconds / count
        for path, calls in after["calls"].items()
    }
    say("\n| route | calls a second, each browser |\n| --- | --- |")
    for path, rate in sorted(each.items()):
        say(f"| `{path}` | {rate:.4f} |")
    beside = sum(rate for path, rate in each.items() if path != CARD)
    say(f"\n{after['waiting']} of {count} still wait after {seconds:.0f} s. Beside the line card:")
    say(f"{beside:.4f} calls a second, each browser; {MOST_A_SECOND} are allowed.")
    return 0 if beside <= MOST_A_SECOND and after["waiting"] == count else 1


if __name__ == "__main__":
    main()
