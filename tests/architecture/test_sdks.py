"""Rules about the SDKs: who imports whom, and how large modules grow."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.architecture.test_code import LONGEST_MODULE, LONGEST_TEST_MODULE

SDK = ROOT / "sdk"
BELOW = {
    "core": {"nanostores"},
    "web-components": {"@fanfare/sdk-core", "lit"},
    "react": {"@fanfare/sdk-core", "@fanfare/sdk-web-components", "nanostores", "react"},
    "server": {"node:crypto"},
}
"""What each package may import."""
ROOMS = ["init", "journey|distribution|checkout", "auth", "ground", "config", "errors|stores|wire"]
"""The floors in core, the highest first: an import goes downwards or stays on its own."""
IMPORT = re.compile(r'^(?:import|export)\s(?:[^"\';]*?\sfrom\s+)?"([^"]+)"', re.MULTILINE)
LAZY = re.compile(r'\bimport\("([^"]+)"\)')
RUNTIME = re.compile(r'^(?:import|export)\s(?!type\b)[^"\';]*?\sfrom\s+"([^"]+)"', re.MULTILINE)


def sources(package: str, *folders: str) -> Iterator[Path]:
    for folder in folders:
        found = (SDK / package / folder).rglob("*.ts*")
        yield from (path for path in found if path.name != "openapi.ts")


def imported(path: Path) -> list[str]:
    text = path.read_text()
    return [*IMPORT.findall(text), *LAZY.findall(text)]


@pytest.mark.parametrize("package", BELOW)
def test_a_package_imports_only_from_packages_below(package):
    home = SDK / package / "src"
    upwards = [
        f"{path.relative_to(SDK)}: {name}"
        for path in sources(package, "src")
        for name in imported(path)
        if not _below(package, name, path, home)
    ]

    assert upwards == []


@pytest.mark.parametrize("package", BELOW)
def test_a_manifest_names_what_its_package_imports(package):
    manifest = json.loads((SDK / package / "package.json").read_text())
    named = {*manifest.get("dependencies", {}), *manifest.get("peerDependencies", {})}
    used = {
        _library(name)
        for path in sources(package, "src")
        for name in imported(path)
        if not name.startswith((".", "node:"))
    }

    assert used == named


def test_in_core_an_import_goes_downwards():
    floors = {name: level for level, room in enumerate(ROOMS) for name in room.split("|")}
    home = SDK / "core" / "src"
    upwards = []
    for path in sources("core", "src"):
        here = _room(path, home)
        for name in RUNTIME.findall(path.read_text()):
            there = _room((path.parent / name).resolve(), home) if name.startswith(".") else ""
            if here in floors and there in floors and floors[there] < floors[here]:
                upwards.append(f"{path.relative_to(SDK)}: {name}")

    assert upwards == []


@pytest.mark.parametrize("package", BELOW)
def test_modules_stay_small(package):
    large = [
        f"{path.relative_to(SDK)}: {lines}"
        for folder, longest in (("src", LONGEST_MODULE), ("tests", LONGEST_TEST_MODULE))
        for path in sources(package, folder)
        # view.ts is the public contract, which is read in one piece.
        if (lines := path.read_text().count("\n")) > longest and path.name != "view.ts"
    ]

    assert large == []


def _below(package: str, name: str, path: Path, home: Path) -> bool:
    if name.startswith("."):
        return (path.parent / name).resolve().is_relative_to(home)
    return _library(name) in BELOW[package]


def _library(name: str) -> str:
    if name.startswith("node:"):
        return name
    return "/".join(name.split("/")[: 2 if name.startswith("@") else 1])


def _room(path: Path, home: Path) -> str:
    return path.relative_to(home).parts[0].split(".")[0]
