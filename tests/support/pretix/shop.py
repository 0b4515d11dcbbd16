"""A real pretix, bound to loopback, for as long as the tests run."""

import itertools
import json
import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.support.pretix.install import HERE, installed

SECONDS = 60
ORGANIZER = "/api/v1/organizers/org"
EVENT = f"{ORGANIZER}/events/launch"


class PretixShop:
    """The running shop, and what its merchant and its shoppers do in it."""

    def __init__(self, port: int, token: str) -> None:
        self.url, self.token = f"http://127.0.0.1:{port}", token
        self._numbers = itertools.count(1)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Call the REST API as the merchant."""
        answer = requests.request(
            method,
            f"{self.url}{path}",
            json=body,
            headers={"Authorization": f"Token {self.token}"},
            timeout=SECONDS,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def add_item(self, name: str, price: str, *, size: int = 100, sku: str | None = None) -> int:
        """Put a ticket on sale that only a voucher shows; return its id."""
        item = self.ask(
            "POST",
            f"{EVENT}/items/",
            {
                "name": {"en": name},
                "internal_name": sku,
                "default_price": price,
                "hide_without_voucher": True,
            },
        )["id"]
        quota = {"name": name, "size": size, "items": [item], "variations": []}
        self.ask("POST", f"{EVENT}/quotas/", quota)
        return item

    def token_with(self, permissions: list[str]) -> str:
        """Return the token of a team that may do just this with the event."""
        team = self.ask(
            "POST",
            f"{ORGANIZER}/teams/",
            {
                "name": f"Team {next(self._numbers)}",
                "all_events": True,
                "limit_events": [],
                "limit_event_permissions": permissions,
                "limit_organizer_permissions": [],
            },
        )["id"]
        return self.ask("POST", f"{ORGANIZER}/teams/{team}/tokens/", {"name": "t"})["token"]

    def rename_item(self, item: int | str) -> None:
        """Change a ticket's name."""
        name = {"en": f"Renamed {next(self._numbers)}"}
        self.ask("PATCH", f"{EVENT}/items/{item}/", {"name": name})

    def add_customer(self, email: str) -> str:
        """Register a customer; return the id."""
        body = {"email": email, "name_parts": {"_scheme": "full", "full_name": "Ada Byron"}}
        return self.ask("POST", f"{ORGANIZER}/customers/", body)["identifier"]

    def order(self, voucher: dict[str, Any], status: str = "p") -> str:
        """Order what a voucher is for; return the order's code."""
        position = {
            "item": voucher["item"],
            "variation": voucher["variation"],
            "voucher": voucher["code"],
            "answers": [],
        }
        body = {
            "email": "ada@example.test",
            "locale": "en",
            "sales_channel": "web",
            "status": status,
            "payment_provider": "manual",
            "fees": [],
            "positions": [position],
        }
        return self.ask("POST", f"{EVENT}/orders/", body)["code"]

    def cancel(self, code: str) -> None:
        """Cancel an order as the merchant."""
        self.ask("POST", f"{EVENT}/orders/{code}/mark_canceled/", {"send_email": False})


@contextmanager
def running_shop(folder: Path) -> Generator[PretixShop]:
    """Make a new shop in an empty folder, and serve it."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [installed(), HERE / "serve.py", folder],
            env={"PATH": os.defpath, "PYTHONPATH": str(HERE), "HOME": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        try:
            line = process.stdout.readline()
            assert line, f"pretix did not start:\n{(folder / 'log').read_text()[-3000:]}"
            told = json.loads(line)
            shop = PretixShop(told["port"], told["token"])
            # The first call loads most of pretix, which takes longer than a connector waits.
            shop.ask("GET", f"{ORGANIZER}/webhooks/")
            yield shop
        finally:
            process.kill()
            process.communicate()
