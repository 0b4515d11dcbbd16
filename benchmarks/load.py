"""Load by wrk: many callers, each with headers of their own."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 64
SCRIPT = Path(__file__).with_name("callers.lua")
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True)
class Load:
    """What is asked: a method, an address, a file with a caller's headers in each line."""

    method: str
    url: str
    callers: Path | None = None


def find_wrk() -> str:
    """Return the path of wrk, or say how to get it."""
    found = shutil.which("wrk")
    if found is None:
        sys.exit(
            "make bench needs wrk: install it with 'apt-get install wrk' or 'brew install wrk'."
        )
    return found


def run(load: Load, seconds: int, skip: int = 0) -> float:
    """Return successful requests a second; every caller from ``skip`` on is used in turn.

    Fails when anything but success is answered: a refusal is quick, and no result.
    """
    command = [find_wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT), load.url]
    arguments = ["--", load.method, str(load.callers or ""), str(skip)]
    said = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True).stdout
    refused = BAD.search(said)
    if refused:
        sys.exit(f"{load.method} {load.url}: {refused.group(1)} requests were refused.\n{said}")
    rate = RATE.search(said)
    if rate is None:
        sys.exit(f"wrk said nothing about {load.url}:\n{said}")
    return float(rate.group(1))
