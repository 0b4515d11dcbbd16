"""What the tests fetch from a registry: kept in a folder that git ignores, for all runs."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from re import Pattern

import pytest

CACHE = Path(__file__).parents[2] / ".cache"


def kept(home: Path, fill: Callable[[Path], None]) -> Path:
    """Return a folder; the first time it is filled elsewhere, so that nobody meets half of it."""
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent, prefix="new-") as folder:
            fresh = Path(folder) / "new"
            fresh.mkdir()
            fill(fresh)
            try:
                fresh.rename(home)
            except OSError:
                assert home.exists(), "another run was to have filled it"
    return home


def fetch(
    what: str, command: Sequence[str | Path], away: Pattern[str], *, cwd: Path, seconds: int
) -> None:
    """Run a program that downloads; where it says ``away``, the test is skipped, never in CI."""
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=seconds, check=False
    )
    if done.returncode and away.search(done.stderr) and not os.environ.get("CI"):
        pytest.skip(f"{what.upper()} IS NOT TESTED: its packages cannot be reached from here.")
    assert done.returncode == 0, f"{what} could not be fetched:\n{done.stderr[-3000:]}"
