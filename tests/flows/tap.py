"""Between a shop and us: passes webhooks on, remembers them, or keeps them back for a while."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import requests
from standardwebhooks import Webhook

from integration.kernel.ids import new_id
from tests.connectors.loopback import serve

SENT = ("webhook-id", "webhook-timestamp", "webhook-signature", "content-type")
SECONDS = 10


class Delivery(NamedTuple):
    """One webhook, as it was sent."""

    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)

    def flipped(self, place: int) -> "Delivery":
        """Return it with one bit of its body changed on the way."""
        changed = bytearray(self.body)
        changed[place] ^= 1
        return Delivery(self.headers, bytes(changed))

    def again(self, secret: str) -> "Delivery":
        """Return what a shop sends that forgot that it has sent it: new id, new signature."""
        now, ref = datetime.now(UTC), new_id("msg")
        signature = Webhook(secret).sign(ref, now, self.body.decode())
        signed = (ref, str(int(now.timestamp())), signature, "application/json")
        return Delivery(dict(zip(SENT, signed, strict=True)), self.body)


class Tap:
    """Takes a shop's webhooks for the address that they are meant for."""

    def __init__(self, target: str) -> None:
        self.target, self.url = target, ""
        self.open = True
        self.seen: list[Delivery] = []

    def about(self, code: str) -> list[Delivery]:
        """Return what was sent about an order."""
        return [each for each in self.seen if each.told["data"].get("code") == code]

    def deliver(self, delivery: Delivery) -> int:
        """Pass it on, and return the answer's status."""
        with requests.Session() as direct:
            direct.trust_env = False
            sent = {"data": delivery.body, "headers": delivery.headers, "timeout": SECONDS}
            return direct.post(self.target, **sent).status_code

    def take(self, handler: Any) -> None:
        """Answer the shop."""
        given = {name: handler.headers[name] for name in SENT}
        delivery = Delivery(given, handler.sent.encode())
        self.seen.append(delivery)
        status = self.deliver(delivery) if self.open else requests.codes.ok
        handler.send_response(status)
        handler.send_header("Content-Length", "0")
        handler.end_headers()


@contextmanager
def tap(target: str) -> Generator[Tap]:
    """Listen on a free port until the block ends."""
    made = Tap(target)
    with serve(made.take) as served:
        made.url = served.url
        yield made
