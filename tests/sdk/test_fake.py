"""`@fanfare/sdk-core/testing` answers as the service does: the same scenarios, played to both."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import altcha
import psycopg
import pytest

from integration.kernel.engines import embedded_urls
from tests.support.house import House, house
from tests.support.node import node_bin
from tests.support.sdk import SDK, built, compiled, project

pytestmark = pytest.mark.slow

OURS = Path(__file__).parent / "programs" / "honest"
SCENARIOS = SDK / "core" / "tests" / "testing"
RUN_OUT = """
    UPDATE admission SET expires_at = clock_timestamp() - interval '1 second'
    WHERE distribution_id = %s AND consumer_id = %s AND state = 'ADMITTED'
"""


@pytest.fixture
def modules(tmp_path) -> Path:
    """The scenarios and who plays them, compiled against the built package."""
    built("@fanfare/sdk-core")
    parts = [*SCENARIOS.glob("*.ts"), *OURS.glob("*.ts")]
    files = {each.name: each.read_text() for each in parts if ".test." not in each.name}
    return compiled(project(tmp_path, files), lib=["es2023", "dom", "dom.iterable"])


class Player:
    """The program that plays, and what it cannot do for itself."""

    def __init__(self, modules: Path, service: House) -> None:
        self._service = service
        known = service.demo
        self._process = subprocess.Popen(
            [node_bin() / "node", modules / "main.js"],
            env={
                "PATH": os.defpath,
                "API_URL": service.url,
                "PUBLISHABLE_KEY": known["publishableKey"],
                "SECRET_KEY": known["secretKey"],
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def told(self) -> dict[str, list[str]]:
        """Play to the end; return what differed, by scenario."""
        with self._process as process:
            for line in process.stdout:
                asked = json.loads(line)
                if "told" in asked:
                    return asked["told"]
                process.stdin.write(json.dumps(self._do(asked)) + "\n")
                process.stdin.flush()
            raise AssertionError(process.stderr.read())

    def _do(self, asked: dict[str, Any]) -> Any:
        if "solve" in asked:
            challenge = altcha.Challenge.from_dict(asked["solve"])
            return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()
        url = embedded_urls(self._service.data_dir).database_url
        with psycopg.connect(url.replace("+psycopg", "")) as database:
            return database.execute(RUN_OUT, asked["expire"]).rowcount


def test_the_fake_answers_as_the_service_does(modules):
    with house(FANFARE_LOG_LEVEL="warning") as service:
        told = Player(modules, service).told()

    assert {name: found for name, found in told.items() if found} == {}
    assert len(told) >= 27
