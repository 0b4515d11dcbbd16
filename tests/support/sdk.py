"""The built SDKs, and what their tests run in Node."""

import fcntl
import json
import os
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import node_bin

ROOT = Path(__file__).parents[2]
SDK = ROOT / "sdk"
LOCK = ROOT / ".cache" / "sdk.lock"
FOLDERS = {
    "@fanfare/sdk": "server",
    "@fanfare/sdk-core": "core",
    "@fanfare/sdk-react": "react",
    "@fanfare/sdk-web-components": "web-components",
}


def built(package: str) -> Path:
    """Return the built files of a package, as they follow from the sources now."""
    build()
    return SDK / FOLDERS[package] / "dist"


@cache
def build() -> None:
    """Build what is older than its sources, one process at a time; a machine without npm skips."""
    with alone(LOCK):
        done = subprocess.run(
            ["make", "--no-print-directory", "sdk"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode and not (SDK / "node_modules" / ".installed").exists() and not ci():
        pytest.skip("the SDKs cannot be built here: npm's registry was not reached")
    assert done.returncode == 0, done.stdout + done.stderr


def ci() -> bool:
    return bool(os.environ.get("CI"))


@contextmanager
def alone(path: Path) -> Generator[None]:
    """Hold a lock that other processes wait for."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run_node(program: Path, *, node: Path | str | None = None, **environment: str) -> str:
    """Run a module in Node, and return what it prints."""
    done = subprocess.run(
        [node or node_bin() / "node", program],
        env={"PATH": os.defpath, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def project(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a project that has our packages, and Node's types, installed."""
    (folder / "node_modules").symlink_to(SDK / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}')
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


STRICT = {
    "target": "es2022",
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "types": ["node"],
    "outDir": "out",
}


def compiled(folder: Path, **options: Any) -> Path:
    """Compile a project as strictly as its users may, and return where its modules are."""
    config = {"compilerOptions": {**STRICT, **options}, "include": ["*.ts", "*.tsx"]}
    (folder / "tsconfig.json").write_text(json.dumps(config))
    tsc = SDK / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [node_bin() / "node", tsc, "-p", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return folder / "out"
