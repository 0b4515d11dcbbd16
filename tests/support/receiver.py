"""A merchant's server that hears of events: written on the ``standardwebhooks`` package."""

import hmac
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask.testing import FlaskClient
from standardwebhooks import Webhook

from tests.connectors.loopback import Served, plain, serve
from tests.support.backoffice import post
from tests.support.launches import Merchant


@dataclass
class Receiver:
    """An endpoint that was registered, its secrets, and what it was told, each event verified."""

    id: str
    secret: str
    served: Served
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def told(self) -> list[dict[str, Any]]:
        """Verify everything that has arrived, by both signatures, and return it, each once."""
        for request in self.served.requests:
            said = Webhook(self.secret).verify(request["body"], request)
            text = f"{request['X-Fanfare-Timestamp']}.{request['body']}".encode()
            digest = hmac.new(self.secret.encode(), text, sha256).hexdigest()
            assert f"sha256={digest}" in request["X-Fanfare-Signature"].split(",")
            assert said["id"] == request["webhook-id"]
            assert request["X-Fanfare-Webhook-Id"] == self.id
            self.seen[said["id"]] = said
        return list(self.seen.values())

    def types(self) -> set[str]:
        """Return the names of the events that it was told of."""
        return {each["type"] for each in self.told()}


@contextmanager
def receiving(client: FlaskClient, merchant: Merchant, **given: Any) -> Generator[Receiver]:
    """Register an endpoint that takes everything, until the block ends."""
    with serve(plain(b"")) as served:
        made = post(client, merchant, "/webhooks", url=f"{served.url}/hook", **given)
        yield Receiver(made["id"], made["secret"], served)
