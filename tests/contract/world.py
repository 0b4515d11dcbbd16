"""A world to explore: an organization in which something of everything exists."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from connectors.fake import shop
from integration.kernel.ids import new_id
from integration.runtime import Runtime
from integration.services import admitting
from tests.support.backoffice import draft, path_of, post, product_of, publish
from tests.support.launches import FINGERPRINT, Merchant, make_guest, make_merchant
from tests.support.slots import ALWAYS

COLLECTIONS = ("experiences", "sequences", "queues", "draws", "auctions", "timed-releases")
COLLECTIONS += ("appointments", "waitlists", "audiences", "webhooks", "connections", "api-keys")
COLLECTIONS += ("products", "consumers", "orders", "participations", "deliveries", "sync-runs")
COLLECTIONS += ("slots", "admissions")
DISTRIBUTIONS = COLLECTIONS[2:7]


@dataclass
class World:
    """Whom to call as, and ids that name something, by the collection that they are of."""

    app: Flask
    merchant: Merchant
    consumer: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)

    def headers(self, security: list[dict[str, list[str]]]) -> dict[str, str]:
        """Return the credentials that the first way to call an operation asks for."""
        wanted = security[0] if security else {}
        if "consumerToken" in wanted:
            return self.consumer
        return self.merchant.server if "secretKey" in wanted else self.merchant.page

    def path(self, template: str) -> dict[str, str]:
        """Return what the parameters of a path may be so that it names something."""
        words = template.strip("/").split("/")
        return {
            word.strip("{}"): self.known.get(collection, "nothing")
            for collection, word in zip(["", *words], words, strict=False)
            if word.startswith("{")
        }


def make_world(rt: Runtime, app: Flask) -> World:
    """Set a merchant up, publish one of each kind, and let somebody take part."""
    client, world = app.test_client(), World(app, make_merchant(rt))
    _set_up(client, world)
    _offer(client, world)
    _take_part(client, rt, world)
    return world


def _set_up(client: FlaskClient, world: World) -> None:
    merchant, known = world.merchant, world.known
    fake = shop(new_id("shop"))
    connection = {"platform": "fake", "name": "Shop", "settings": {"shop": fake.name}}
    connection["credentials"] = {"apiKey": fake.api_key}
    key = {"kind": "secret", "mode": "live", "name": "Key", "scopes": ["read:products"]}
    hook = {"url": "http://127.0.0.1:9/hook"}
    audience = {"name": "Audience", "type": "STATIC"}
    made = {"connections": connection, "api-keys": key, "webhooks": hook, "audiences": audience}
    for collection, body in made.items():
        known[collection] = post(client, merchant, f"/{collection}", **body)["id"]
    known["products"] = product_of(client, merchant, inventory=1000)["id"]
    run = post(
        client, merchant, f"/connections/{known['connections']}/sync", 202, subject="products"
    )
    known["sync-runs"] = run["id"]


def _offer(client: FlaskClient, world: World) -> None:
    merchant, known = world.merchant, world.known
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    experience = draft(client, merchant, productId=known["products"])
    sequence = path_of(client, merchant, experience)
    own: dict[str, dict[str, Any]] = {
        "queues": {},
        "draws": {"drawAt": soon, "winnerCount": 2},
        "auctions": {"settleAt": soon, "startingPrice": "10.00", "currencyCode": "USD"},
        "timed-releases": {"perConsumerLimit": 2},
        "appointments": {"slotDurationMinutes": 30, "weeklyHours": ALWAYS},
        "waitlists": {"name": "Waitlist"},
    }
    for collection, more in own.items():
        body = {"sequenceId": sequence["id"], "name": collection, **more}
        if collection != "waitlists":
            body["maxEntriesPerFingerprint"] = 1_000_000
        known[collection] = post(client, merchant, f"/{collection}", **body)["id"]
    known["experiences"], known["sequences"] = experience["id"], sequence["id"]
    publish(client, merchant, experience)


def _take_part(client: FlaskClient, rt: Runtime, world: World) -> None:
    known = world.known
    guest = make_guest(client, world.merchant)
    known["consumers"] = guest.consumer_id
    world.consumer = {**guest.headers, "X-Fingerprint": FINGERPRINT}
    slots = _get(client, world, f"/api/v1/appointments/{known['appointments']}/slots")["data"]
    known["slots"] = slots[-1]["id"]
    entered = client.post(f"/api/v1/queues/{known['queues']}/enter", headers=world.consumer)
    assert entered.status_code == 201, entered.text
    admitting.admit_due(rt, known["queues"])
    status = _get(client, world, f"/api/v1/queues/{known['queues']}/status")
    entries = f"/admin/api/v1/queues/{known['queues']}/participations"
    known["participations"] = _get(client, world, entries)["data"][0]["id"]
    order = {
        "consumerId": guest.consumer_id,
        "distributionId": known["timed-releases"],
        "externalOrderId": "order-1",
        "totalAmount": 199.99,
    }
    reported = client.post("/api/orders", json=order, headers=world.merchant.server)
    assert reported.status_code == 201, reported.text
    known["orders"] = reported.json["id"]
    world.told = {
        "sequenceId": known["sequences"],
        "experienceId": known["experiences"],
        "productId": known["products"],
        "consumerId": known["consumers"],
        "distributionId": known["queues"],
        "slotId": known["slots"],
        "newSlotId": known["slots"],
        "admissionToken": status["admissionToken"],
        "currencyCode": "USD",
        "timeZone": "Europe/Berlin",
        "drawAt": (datetime.now(UTC) + timedelta(days=2)).isoformat(),
        "settleAt": (datetime.now(UTC) + timedelta(days=2)).isoformat(),
        "startingPrice": "10.00",
        "amount": "99.00",
        "openAt": None,
        "closeAt": None,
        "platform": "fake",
    }


def _get(client: FlaskClient, world: World, path: str) -> Any:
    headers = world.merchant.server if path.startswith("/admin") else world.consumer
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json
