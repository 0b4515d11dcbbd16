"""A Node program that answers lines of JSON with lines of JSON, for as long as a test runs."""

import json
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.node import stop

HERE = Path(__file__).parent


class Bridge:
    """A running program."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def ask(self, verb: str, *given: Any) -> Any:
        """Have something done; raises what goes wrong there."""
        self._process.stdin.write(json.dumps([verb, *given]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the Node program has ended"
        answer = json.loads(line)
        assert "problem" not in answer, answer["problem"]
        return answer["answer"]


@contextmanager
def running(node: Path, program: str, *arguments: str, **environment: str) -> Generator[Bridge]:
    """Run a program of this folder until the block ends."""
    process = subprocess.Popen(
        [node, HERE / program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        yield Bridge(process)
    finally:
        stop(process)
