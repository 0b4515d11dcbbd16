"""What merchants, customers and operators do to a whole running service, from outside."""

import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg

from integration.kernel.engines import embedded_urls
from tests.support.databases import plain
from tests.support.house import ROOT, House
from tests.support.waiting import wait_until

ADMIN = "/admin/api/v1"
COMMAND_SECONDS = 60


def made(running: House, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
    """POST as the merchant, and return what was made."""
    answer = running.post(path, body, **{**running.server, **headers})
    assert answer.status_code < 300, answer.text
    return answer.json()


class Published(NamedTuple):
    """A published experience, its only sequence, and the only distribution in that."""

    experience_id: str
    sequence_id: str
    id: str


def publish(
    running: House,
    kinds: str,
    experience: dict[str, Any],
    sequence: dict[str, Any] | None = None,
    **distribution: Any,
) -> Published:
    """Publish an experience with one distribution; ``kinds`` is its word in the Admin API."""
    experience_id = made(running, f"{ADMIN}/experiences", experience)["id"]
    way = {"experienceId": experience_id, "name": "Everybody", **(sequence or {})}
    sequence_id = made(running, f"{ADMIN}/sequences", way)["id"]
    body = {"sequenceId": sequence_id, "name": "The drop", **distribution}
    made_id = made(running, f"{ADMIN}/{kinds}", body)["id"]
    made(running, f"{ADMIN}/experiences/{experience_id}/publish", {})
    return Published(experience_id, sequence_id, made_id)


@dataclass(frozen=True)
class Launch:
    """A published experience with one queue."""

    running: House
    experience_id: str
    queue_id: str

    @property
    def path(self) -> str:
        return f"/api/v1/queues/{self.queue_id}"

    @property
    def counters(self) -> dict[str, int]:
        """How many entered, wait, are admitted, hold stock, have bought."""
        found = self.running.get(f"{ADMIN}/queues/{self.queue_id}").json()["counters"]
        return {name: found[name] for name in ("entered", "waiting", "active", "held", "sold")}


def launch(running: House, *, checkout: dict[str, str], **queue: Any) -> Launch:
    """Publish an experience whose winners go to ``checkout``: a URL of its own or a shop."""
    asked = {"name": "Launch", **checkout}
    published = publish(running, "queues", asked, **{"name": "Line", **queue})
    return Launch(running, published.experience_id, published.id)


def shop_launch(running: House, connection: str, sku: str) -> Launch:
    """Publish a queue for five of a shop's product, once it is here; winners go to the shop."""

    def found() -> list[dict[str, Any]]:
        return running.get(f"/api/products?sku={sku}").json()["data"]

    [product] = wait_until(found, f"{sku} is here")
    return launch(
        running,
        checkout={"connectionId": connection},
        productId=product["id"],
        variantId=product["variants"][0]["id"],
        admissionRate=6000,
        inventoryBound=True,
        stock=5,
        restockOnCancel=True,
    )


def order_of(running: House, external_id: str) -> dict[str, Any]:
    """Return an order by the shop's own name for it; nothing where it is not here yet."""
    found = running.get(f"/api/orders?externalOrderId={external_id}").json()["data"]
    return found[0] if found else {}


class Customer:
    """Somebody with a guest session, in one browser."""

    def __init__(self, running: House) -> None:
        self.running = running
        self.headers = running.guest()
        self.id = self.headers["X-Fingerprint"].removeprefix("fp_")

    def enter(self, sold: Launch) -> dict[str, Any]:
        answer = self.running.call("POST", f"{sold.path}/enter", headers=self.headers)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    def status(self, sold: Launch) -> dict[str, Any]:
        answer = self.running.get(f"{sold.path}/status", **self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def admitted(self, sold: Launch) -> str:
        """Enter, wait for the clock, and return the admission token."""
        self.enter(sold)
        return wait_until(lambda: self.status(sold)["admissionToken"], f"{self.id} is admitted")

    def check_out(self, token: str, **more: Any) -> str:
        """Go through a handoff, and return the address that the browser is sent to."""
        body = {"admissionToken": token, "pattern": "external", **more}
        way = self.running.call("POST", "/api/v1/handoffs", json=body, headers=self.headers)
        assert way.status_code == 201, way.text
        path = way.json()["url"].removeprefix(self.running.url)
        redirect = self.running.call("GET", path, allow_redirects=False)
        assert redirect.status_code == 303, redirect.text
        return redirect.headers["Location"]


def rows(running: House, statement: str, *values: object) -> list[tuple]:
    """Look into the service's own database, or let time pass in it."""
    with psycopg.connect(plain(embedded_urls(running.data_dir).database_url)) as database:
        found = database.execute(statement, values)
        return found.fetchall() if found.description else []


def in_a_terminal(running: House, *arguments: str) -> tuple[int, str]:
    """Run ``fanfare`` as an operator does beside a running service; return code and screen."""
    screen, terminal = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "-m", "integration.cli", *arguments],
        cwd=ROOT,
        env=environment(running),
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    text = _all_of(screen)
    return command.wait(COMMAND_SECONDS), text


def environment(running: House) -> dict[str, str]:
    """Return the settings that a running service was started with."""
    ours = {
        "FANFARE_DATA_DIR": str(running.data_dir),
        "FANFARE_PORT": running.url.rpartition(":")[2],
        "TERM": "xterm",
    }
    return {name: text for name, text in os.environ.items() if not name.endswith("_URL")} | ours


def _all_of(screen: int) -> str:
    parts = []
    try:
        while part := os.read(screen, 4096):
            parts.append(part)
    except OSError:
        # What a terminal says when the last who held it has gone.
        pass
    finally:
        os.close(screen)
    return b"".join(parts).decode()
