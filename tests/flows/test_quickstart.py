"""What the quickstart promises, as printed."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.flows.storefront import environment
from tests.flows.test_walkthrough import shell_block
from tests.support.house import ROOT, House, free_port, house

pytestmark = pytest.mark.slow
QUICKSTART = (ROOT / "docs" / "quickstart.md").read_text()
SECONDS = 180
PRINTED = "printed.txt"


def blocks(language: str) -> list[str]:
    """Return the quickstart's blocks in one language."""
    return re.findall(rf"```{language}\n(.*?)```", QUICKSTART, re.DOTALL)


def script() -> str:
    """Return what a newcomer pastes, who waits for the event before the last block."""
    *steps, last = blocks("sh")
    walk = shell_block("## The main job, by hand").split("\n", 1)[1]
    wait = f"until grep -q order.completed {PRINTED}; do sleep 0.2; done\n"
    return "".join([*steps, walk, wait, last])


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder as ``make run`` leaves it, with the file that is to be saved in it."""
    [receiver] = blocks("python")
    (tmp_path / "receiver.py").write_text(receiver)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return tmp_path


def paste(text: str, folder: Path, running: House) -> tuple[int, str]:
    """Run it in a shell; return the exit code, and everything that was printed."""
    settings = {**environment(running), "RECEIVER_PORT": str(free_port())}
    printed = folder / PRINTED
    with printed.open("wb") as output:
        shell = subprocess.Popen(
            ["bash", "-eu", "-o", "pipefail", "-c", text],
            cwd=folder,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return shell.wait(SECONDS), printed.read_text()
    finally:
        # What a shell that failed left in the background.
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)
        shell.wait()


def test_a_launch_of_ones_own_works_as_printed(folder):
    with house() as running:
        code, printed = paste(script(), folder, running)

    assert code == 0, printed
    for told in (
        '"warnings":[]',
        "webhook.test {",
        "queue.consumer.admitted {",
        "order.completed {",
        '"valid":true',
        "ocation: https://shop.example/checkout?token=eyJ",
        '"status":"COMPLETED"',
        "'sold': 1",
    ):
        assert told in printed, printed
