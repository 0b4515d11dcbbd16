"""The whole service as an operator runs it: ``fanfare up`` in processes of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import requests

from tests.support.engines import short_folder
from tests.support.supervised import command_line
from tests.support.waiting import once_served, wait_until

ROOT = Path(__file__).parents[2]
READY_SECONDS = 60
STOP_SECONDS = 30
LAST_WORDS = 8_000
# Of this process alone: workers of one run are neighbours.
PORTS = iter(range(first := 10_000 + os.getpid() % 100 * 200, first + 200))
ALL_STARTED = "Ctrl-C stops."


class House:
    """A running ``fanfare up``, and everything it has started."""

    def __init__(self, process: "subprocess.Popen[bytes]", data_dir: Path, port: int) -> None:
        self.process = process
        self.data_dir = data_dir
        self.url = f"http://127.0.0.1:{port}"
        self.http = requests.Session()
        self.http.trust_env = False

    @property
    def demo(self) -> dict[str, Any]:
        return json.loads((self.data_dir / "demo.json").read_text())

    @property
    def log(self) -> str:
        return (self.data_dir / "log.txt").read_text()

    @property
    def page(self) -> dict[str, str]:
        return {"X-Publishable-Key": self.demo["publishableKey"]}

    @property
    def server(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.demo['secretKey']}"}

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.http.request(method, self.url + path, timeout=10, **more)

    def post(self, path: str, body: Any = None, **headers: str) -> requests.Response:
        """Call as the merchant's server, unless ``headers`` say otherwise."""
        return self.call("POST", path, json=body or {}, headers=headers or self.server)

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.call("GET", path, headers=headers or self.server)

    def ready(self) -> bool:
        try:
            return self.call("GET", "/readyz").status_code == 200
        except requests.RequestException:
            return False

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Fail with the end of its log if it does not become ready."""
        try:
            wait_until(self.ready, "ready", seconds)
        except AssertionError as late:
            raise AssertionError(f"{late}\n{self.log[-LAST_WORDS:]}") from None

    def guest(self) -> dict[str, str]:
        """Begin a session, and return its headers."""
        answer = once_served(lambda: self.call("POST", "/api/v1/auth/guest", headers=self.page))
        assert answer.status_code == 201, answer.text
        said = answer.json()
        return {
            **self.page,
            "Authorization": f"Bearer {said['accessToken']}",
            "X-Fingerprint": f"fp_{said['session']['consumerId']}",
        }

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, name: str) -> psutil.Process:
        """Return the process that runs ``fanfare <name>``."""
        ending = f" integration.cli {name}"
        return next(p for p in self.family() if command_line(p).endswith(ending))

    def kill(self, name: str) -> None:
        """End ``fanfare <name>`` as a crash would, with whatever it has started."""
        leader = self.child(name)
        for process in [*leader.children(recursive=True), leader]:
            process.send_signal(signal.SIGKILL)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(STOP_SECONDS)


def free_port() -> int:
    """Return a port below those that systems hand out, so that nobody is given it meanwhile."""
    return next(port for port in PORTS if is_free(port))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def house(**settings: str) -> Generator[House]:
    """Run ``fanfare up`` on embedded engines of its own until the block ends."""
    with short_folder() as folder:
        port = free_port()
        environment = {
            **os.environ,
            "FANFARE_DATA_DIR": str(folder),
            "FANFARE_PORT": str(port),
            **settings,
        }
        for name in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(name, None)
        with (folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "integration.cli", "up"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running = House(process, folder, port)
        try:
            running.wait_until_ready()
            # Until it has said so, it gives up where what it starts is killed.
            wait_until(lambda: ALL_STARTED in running.log, ALL_STARTED)
            yield running
        finally:
            if process.poll() is None:
                running.stop()
