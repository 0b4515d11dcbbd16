"""Draws: checking that a result is the one that had to come."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import requests

from integration.cli.group import main
from integration.engine.ranking import Entry
from integration.engine.verification import verify
from integration.kernel.outbound import guarded_session

LARGEST_BYTES = 1024**3
LONGEST_SECONDS = 600


@main.group()
def draw() -> None:
    """Draws."""


@draw.command("verify")
@click.argument("proof")
@click.option("--key", envvar="FANFARE_PUBLISHABLE_KEY", help="Publishable key, for addresses.")
@click.option("--entries", help="File or address of the entries; else the proof says where.")
def verify_draw(proof: str, key: str | None, entries: str | None) -> None:
    """Check the proof of a draw: a FILE, or the address /api/v1/draws/ID/proof.

    Recomputes everything from the proof alone. Ends with 1 where it does not hold.
    """
    try:
        found = _read_proof(proof, key)
        listed = _entries(found, proof, key, entries)
        problems = verify(found, listed)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo(_summary(found))


def _read_proof(where: str, key: str | None) -> dict[str, Any]:
    found = json.loads(_read(where, key))
    if not isinstance(found, dict):
        raise ValueError("This is not the proof of a draw.")  # noqa: TRY004 - it is their file's fault
    return found


def _entries(
    proof: dict[str, Any], origin: str, key: str | None, given: str | None
) -> list[Entry] | None:
    where = given or ("" if "entries" in proof else str(proof.get("entriesUrl", "")))
    if not where:
        return None
    if given is None and urlsplit(where)[:2] != urlsplit(origin)[:2]:
        # The proof is somebody else's file: it sends nobody elsewhere.
        raise ValueError(f"The entries are at {where}. Pass that as --entries, if you trust it.")
    return list(_read_entries(_read(where, key)))


def _read_entries(text: bytes) -> Iterator[Entry]:
    for line in text.splitlines():
        said = json.loads(line)
        try:
            yield Entry(str(said["id"]), int(said["tickets"]))
        except (KeyError, TypeError) as error:
            raise ValueError("The entries cannot be read.") from error


def _read(where: str, key: str | None) -> bytes:
    if not where.startswith(("http://", "https://")):
        return Path(where).read_bytes()
    session = guarded_session(allow_loopback=True, total=LONGEST_SECONDS, max_bytes=LARGEST_BYTES)
    answer = session.get(where, headers={"X-Publishable-Key": key} if key else {})
    if answer.status_code != requests.codes.ok:
        raise ValueError(f"{where} answers {answer.status_code}.")
    return answer.content


def _summary(proof: dict[str, Any]) -> str:
    counts = {name: len(proof[name]) for name in ("winners", "backups", "withdrawn")}
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    worth = {
        "beacon": "Provable: its beacon was unknown when entries closed.",
        "operator": "Consistent; without a beacon in time, its operator could have steered it.",
    }[proof["assurance"]]
    return f"The proof holds: {proof['entrantCount']} entries, {told}. {worth}"
