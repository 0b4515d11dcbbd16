"""The web server's traps (design.md, D3), and starts that cannot succeed."""

import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest
import requests

from tests.support.engines import short_folder
from tests.support.house import ROOT, House, free_port, house
from tests.support.supervised import is_alive
from tests.support.waiting import wait_until

# One house for all of it, however many run the tests.
pytestmark = pytest.mark.slow
START_SECONDS = 60
# The very command, but another application.
SERVE_ENVIRON = """
from integration.cli import run
granian = run.Granian
run.Granian = lambda _, **options: granian("tests.support.environ_app:app", **options)
run.web.callback()
"""


@pytest.fixture
def web(running) -> psutil.Process:
    """The process that leads the web server, newly started: it counts its workers' deaths."""
    old = running.child("web")
    running.kill("web")
    wait_until(lambda: not is_alive(old), "the old server's end")
    running.wait_until_ready()
    return running.child("web")


def workers(web: psutil.Process) -> list[psutil.Process]:
    return wait_until(web.children, "a worker")


def test_a_killed_web_worker_does_not_end_the_service(running, web):
    [worker] = workers(web)

    worker.kill()
    wait_until(lambda: not is_alive(worker), "the worker's end")
    running.wait_until_ready()

    assert running.child("web") == web
    assert worker not in workers(web)


def test_two_web_workers_killed_in_a_moment_do_not_end_the_service(running, web):
    [first] = workers(web)
    first.kill()
    second = wait_until(lambda: set(workers(web)) - {first}, "another worker").pop()
    second.kill()
    wait_until(lambda: not is_alive(second), "the second worker's end")

    running.wait_until_ready()

    assert not {first, second} & set(workers(running.child("web")))


def test_no_worker_goes_on_serving_when_the_one_who_leads_them_is_killed(running, web):
    old = [web, *workers(web)]

    web.kill()
    wait_until(lambda: not any(map(is_alive, old)), "the end of all")
    running.wait_until_ready()

    new = [running.child("web"), *workers(running.child("web"))]
    assert not set(old) & set(new)


def test_no_secret_of_the_environment_is_in_a_requests_environ(fresh_database, redis_url):
    port, secret = free_port(), "s" * 40
    secrets = {
        "DATABASE_URL": fresh_database(),
        "REDIS_URL": redis_url,
        "FANFARE_SECRET": secret,
        "FANFARE_PREVIOUS_SECRETS": "p" * 40,
        "FANFARE_METRICS_TOKEN": "metrics-token",
    }
    environment = {**os.environ, **secrets, "FANFARE_PORT": str(port)}
    command = [sys.executable, "-c", SERVE_ENVIRON]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        try:
            environ = wait_until(lambda: asked(port), "an answer", START_SECONDS)
        finally:
            # Its worker follows it.
            server.kill()

    assert environ["FANFARE_PORT"] == str(port), "Granian passes the environment on no more"
    assert not secrets.keys() & environ.keys()
    assert not [value for value in secrets.values() if value in str(environ)]


def asked(port: int) -> dict[str, str] | None:
    with requests.Session() as direct:
        direct.trust_env = False
        try:
            return direct.get(f"http://127.0.0.1:{port}/", timeout=10).json()
        except requests.ConnectionError:
            return None


def refused(**settings: str) -> tuple[int, str]:
    """Try to start, and return the exit code and what stands on stderr."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("FANFARE_")}
    for name in ("DATABASE_URL", "REDIS_URL"):
        kept.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "integration.cli", "up"],
        cwd=ROOT,
        env={**kept, **settings},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_port_that_is_taken_is_refused_in_one_line(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])

        code, said = refused(FANFARE_DATA_DIR=str(tmp_path / "data"), FANFARE_PORT=port)

    advice = "Stop what uses it, or set FANFARE_PORT to another."
    assert code == 2
    assert said == f"fanfare: Port {port} on 127.0.0.1 is taken. {advice}\n"
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_written_is_refused_in_one_line(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    folder = str(in_the_way / "data")

    code, said = refused(FANFARE_DATA_DIR=folder, FANFARE_PORT=str(free_port()))

    start = f"fanfare: The data folder {folder} cannot be written (Not a directory)"
    assert code == 2
    assert said == f"{start}: choose another with FANFARE_DATA_DIR.\n"


def test_a_data_folder_in_use_is_refused_in_one_line(running):
    folder = str(running.data_dir)

    code, said = refused(FANFARE_DATA_DIR=folder, FANFARE_PORT=str(free_port()))

    assert code == 2
    start = f"fanfare: The data folder {folder} is in use by process {running.process.pid}."
    assert said.startswith(start)
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "missing"), [("DATABASE_URL", "REDIS_URL"), ("REDIS_URL", "DATABASE_URL")]
)
def test_half_an_environment_is_refused_in_one_line(given, missing):
    url = {
        "DATABASE_URL": "postgresql://u:pass-word@127.0.0.1/f",
        "REDIS_URL": "redis://:pass-word@h",
    }

    code, said = refused(**{given: url[given]})

    assert code == 2
    advice = "set DATABASE_URL and REDIS_URL both, or neither."
    assert said == f"fanfare: {missing}: is missing: {advice}\n"


def test_production_on_the_known_secret_is_refused_in_one_line():
    code, said = refused(FANFARE_ENV="production", FANFARE_PUBLIC_URL="https://fanfare.example")

    assert code == 2
    advice = "must be set to at least 32 random characters in production."
    assert said == f"fanfare: FANFARE_SECRET: {advice}\n"


def test_every_bad_setting_is_named_in_a_line_of_its_own():
    code, said = refused(FANFARE_ENV="production", FANFARE_PORT="many", FANFARE_LOG_LEVEL="loud")

    names = [line.split(": ")[1] for line in said.splitlines()]
    assert code == 2
    assert names == ["FANFARE_LOG_LEVEL", "FANFARE_PORT", "FANFARE_PUBLIC_URL", "FANFARE_SECRET"]
    assert "loud" not in said


def test_two_copies_run_side_by_side_and_know_nothing_of_each_other(running):
    with house() as beside:
        own = beside.get(f"/api/v1/queues/{beside.demo['queueId']}")
        foreign = beside.get("/api/products", **running.server)

        assert running.ready()
    assert (own.status_code, foreign.status_code) == (200, 401)


def test_a_second_start_finds_everything_again():
    with short_folder() as folder:
        keep = {"FANFARE_DATA_DIR": str(folder)}
        with house(**keep) as first:
            before = demo_of(first, folder)
        with house(**keep) as second:
            after = demo_of(second, folder)

    moved = {"apiUrl": "", "storefrontUrl": ""}
    assert {**after, **moved} == {**before, **moved}


def demo_of(running: House, folder: Path) -> dict[str, str]:
    """Return the demo of a folder of its own, after its keys were seen to serve."""
    known = json.loads((folder / "demo.json").read_text())
    queue = f"/api/v1/queues/{known['queueId']}"
    answer = running.get(queue, Authorization=f"Bearer {known['secretKey']}")
    assert answer.status_code == 200, answer.text
    return known
