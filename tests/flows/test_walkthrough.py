"""What the README promises a newcomer, as printed."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.house import house

pytestmark = pytest.mark.slow
README = Path(__file__).parents[2] / "README.md"


def shell_block(after: str) -> str:
    """Return the first shell block of the README below a heading."""
    found = re.search(r"```sh\n(.*?)```", README.read_text().split(after)[1], re.DOTALL)
    assert found
    return found.group(1)


def test_the_walk_through_works_as_printed():
    with house() as running:
        done = subprocess.run(
            ["bash", "-eu", "-c", shell_block("## The main job, by hand")],
            env={**os.environ, "FANFARE_DATA_DIR": str(running.data_dir)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode == 0, done.stdout + done.stderr
    assert '"valid":true' in done.stdout
    assert "location: " in done.stdout.lower()
    assert '"status":"COMPLETED"' in done.stdout
    assert '"completion":"pending"' in done.stdout


def test_the_demo_is_complete_before_the_first_ready():
    with house() as running:
        known = running.demo

        for name in ("organizationId", "publishableKey", "secretKey", "experienceId", "queueId"):
            assert known[name]
        assert known["apiUrl"] == running.url
        assert known["experiences"]["queue"] == known["experienceId"]
        assert (running.data_dir / "demo.json").stat().st_mode & 0o077 == 0


def test_nothing_is_left_after_ctrl_c_and_a_second_start_finds_the_same_demo():
    with house() as running:
        family = running.family()
        running.stop()

        left = [process for process in family if process.is_running()]

    assert left == []
