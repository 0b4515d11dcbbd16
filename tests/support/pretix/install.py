"""pretix from its wheels: installed once into a folder that git ignores, then shared."""

import hashlib
import re
import sys
from pathlib import Path

from tests.support.downloads import CACHE, fetch, kept

HERE = Path(__file__).parent
LOCK = HERE / "requirements.lock"
UV = Path(sys.executable).with_name("uv")
INSTALL_SECONDS = 600
_AWAY = re.compile(r"error sending request|dns error|connect|timed out", re.IGNORECASE)


def installed() -> Path:
    """Return the Python of an environment with the pinned pretix, made the first time.

    Skips the test where the packages cannot be reached, but never in CI.
    """
    home = CACHE / HERE.name / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    return kept(home, _install) / "bin" / "python"


def _install(folder: Path) -> None:
    for command in (
        ("venv", "--relocatable", "--python", sys.executable, "."),
        ("pip", "install", "--python", ".", "--require-hashes", "-r", str(LOCK)),
    ):
        wanted = [UV, *command, "--quiet"]
        fetch(HERE.name, wanted, _AWAY, cwd=folder, seconds=INSTALL_SECONDS)
