"""What the tests have from npm."""

import hashlib
import re
import shutil
from pathlib import Path

from tests.support.downloads import CACHE, fetch, kept
from tests.support.node import OLDEST, node_bin

MANIFESTS = ("package.json", "package-lock.json")
INSTALL_SECONDS = 280
_AWAY = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED")


def installed(here: Path, *, oldest: int = OLDEST, seconds: int = INSTALL_SECONDS) -> Path:
    """Return the ``node_modules`` of what a folder pins, installing them the first time.

    Skips the test where npm's registry cannot be reached, but never in CI.
    """
    manifests = [here / name for name in MANIFESTS]
    pinned = b"".join(manifest.read_bytes() for manifest in manifests)

    def fill(folder: Path) -> None:
        for manifest in manifests:
            shutil.copy(manifest, folder)
        options = ("--ignore-scripts", "--no-fund", "--no-audit")
        npm(here.name, "ci", *options, cwd=folder, oldest=oldest, seconds=seconds)

    return kept(CACHE / here.name / hashlib.sha256(pinned).hexdigest()[:16], fill) / "node_modules"


def npm(what: str, *arguments: str, cwd: Path, oldest: int = OLDEST, seconds: int) -> None:
    """Have npm fetch something; skips the test where its registry cannot be reached."""
    program = node_bin(oldest) / "npm"
    fetch(what, [program, *arguments, "--fetch-retries=1"], _AWAY, cwd=cwd, seconds=seconds)
