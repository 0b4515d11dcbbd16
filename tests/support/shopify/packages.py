"""Shopify's published schemas from npm: checked by hash, kept in a folder that git ignores."""

import hashlib
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

from tests.support.vendure.npm import AWAY, Node, find_node, installed

HERE = Path(__file__).parent
CACHE = Path(__file__).parents[3] / ".cache" / "shopify"
NAME, VERSION = "@shopify/dev-mcp", "1.16.0"
SHA256 = "4663c79229028e98f825a09d5f04ec6c3736331b740ce50260f9ffac10709474"
DATA = "package/dist/data/"
DOWNLOAD_SECONDS = 240


OLDEST_NODE = 22
"""Shopify's own library asks for it."""


def library() -> tuple[Node, Path]:
    """Return a Node.js, and the ``node_modules`` with Shopify's own library for it."""
    node = find_node(OLDEST_NODE)
    return node, installed(node, HERE, CACHE)


def schemas() -> Path:
    """Return the folder with the schema files, fetching them the first time.

    Skips the test where npm's registry cannot be reached, but never in CI.
    """
    home = CACHE / SHA256[:16]
    if not home.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE, prefix="new-") as folder:
            fresh = _unpacked(_packed(Path(folder)), Path(folder) / "data")
            try:
                fresh.rename(home)
            except OSError:
                assert home.exists(), "another run was to have fetched them"
    return home


def _packed(folder: Path) -> Path:
    node = find_node()
    done = subprocess.run(
        [*node.npm, "pack", f"{NAME}@{VERSION}", "--fetch-retries=1"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=DOWNLOAD_SECONDS,
        check=False,
    )
    if done.returncode and AWAY.search(done.stderr) and not os.environ.get("CI"):
        pytest.skip("SHOPIFY IS NOT TESTED: npm's registry cannot be reached from here.")
    assert done.returncode == 0, f"npm could not fetch the schemas:\n{done.stderr[-3000:]}"
    [archive] = folder.glob("*.tgz")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert digest == SHA256, f"{NAME}@{VERSION} is not the file that was checked: {digest}"
    return archive


def _unpacked(archive: Path, into: Path) -> Path:
    into.mkdir()
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.name.startswith(DATA) and member.name.endswith(".json.gz"):
                (into / Path(member.name).name).write_bytes(packed.extractfile(member).read())
    return into
