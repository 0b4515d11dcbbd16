"""The SDKs' types of the wire are what the service says today."""

import subprocess
import sys

import pytest

from tests.support.sdk import ROOT, build


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    build()
    path = tmp_path_factory.mktemp("wire") / "openapi.json"
    command = [sys.executable, "-m", "integration.cli", "openapi"]
    with path.open("w") as out:
        subprocess.run(command, cwd=ROOT, stdout=out, check=True)
    return path


def checked(document):
    command = [ROOT / "scripts/sdk", "run", "--silent", "wire", "--", str(document), "--check"]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_types_of_the_wire_are_fresh(document):
    answer = checked(document)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_service_that_says_something_else_is_told(document, tmp_path):
    other = tmp_path / "other.json"
    other.write_text(document.read_text().replace('"consumerCount"', '"howMany"'))

    answer = checked(other)

    assert answer.returncode == 1
    assert "sdk/core/src/wire/openapi.ts is not what the service says now" in answer.stderr
