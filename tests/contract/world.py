"""A world to explore: an organization in which something of everything exists."""

import re
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

ID = re.compile(r"[a-z]+_[0-9A-HJKMNP-TV-Z]{26}\Z")
TIMES = ("openAt", "closeAt", "lobbyOpensAt", "expiresAt", "variantId", "productId")


def is_id(value: object) -> bool:
    return isinstance(value, str) and bool(ID.match(value))


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

    def fit(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return a body whose every field could be one of this world's; ids in it stay."""
        fitting = {
            name: value if is_id(value) else self.told.get(name, value)
            for name, value in body.items()
        }
        unless = {"admissionToken": ("admissionId", "consumerId"), "consumerId": ("count",)}
        dropped = [other for name, others in unless.items() if name in body for other in others]
        dropped += ["phone", "defaultCountry", *[name for name in body if name in TIMES]]
        return {name: value for name, value in fitting.items() if name not in dropped}


def make_world(rt: Runtime, app: Flask, merchant: Merchant | None = None) -> World:
    """Set a merchant up, publish one of each kind, and let somebody take part."""
    client, world = app.test_client(), World(app, merchant or make_merchant(rt))
    _set_up(client, world)
    _offer(client, world)
    _take_part(client, rt, world)
    return world


def _set_up(client: FlaskClient, world: World) -> None:
    merchant, known = world.merchant, world.known
    fake = shop(new_id("shop"))
    connection = {"platform": "fake", "name": "Shop", "settings": {"shop": fake.name}}
    connection["credentials"] = {"apiKey": fake.api_key}
    mode = merchant.tenant.mode
    key = {"kind": "secret", "mode": mode, "name": "Key", "scopes": ["read:products"]}
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
    for path, body in (
        (f"draws/{known['draws']}/enter", {}),
        (f"auctions/{known['auctions']}/bid", {"amount": "20.00"}),
        (f"timed-releases/{known['timed-releases']}/enter", {}),
        (f"appointments/{known['appointments']}/book", {"slotId": slots[-2]["id"]}),
        (f"waitlists/{known['waitlists']}/enter", {}),
    ):
        done = client.post(f"/api/v1/{path}", json=body, headers=world.consumer)
        assert done.status_code == 201, done.text
    known["orders"] = _report(client, world)
    world.told = _told(known, status["admissionToken"])


def _report(client: FlaskClient, world: World) -> str:
    order = {
        "consumerId": world.known["consumers"],
        "distributionId": world.known["timed-releases"],
        "externalOrderId": "order-1",
        "totalAmount": 199.99,
    }
    reported = client.post("/api/orders", json=order, headers=world.merchant.server)
    assert reported.status_code == 201, reported.text
    return reported.json["id"]


def _told(known: dict[str, str], token: str) -> dict[str, Any]:
    """Return what fields may say so that they fit this world."""
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    return {
        "sequenceId": known["sequences"],
        "experienceId": known["experiences"],
        "productId": known["products"],
        "connectionId": known["connections"],
        "audienceId": known["audiences"],
        "consumerId": known["consumers"],
        "consumerIds": [known["consumers"]],
        "distributionId": known["queues"],
        "slotId": known["slots"],
        "newSlotId": known["slots"],
        "admissionToken": token,
        "currencyCode": "USD",
        "timeZone": "Europe/Berlin",
        "drawAt": later,
        "settleAt": later,
        "startingPrice": "10.00",
        "amount": "99.00",
        "minimumBidIncrement": "1.00",
        "price": 9.5,
        "totalAmount": 9.5,
        "orderAmount": "9.50",
        "platform": "fake",
        "email": "john@example.com",
        "url": "https://shop.example/",
        "imageUrl": "https://shop.example/shoe.png",
        "checkoutUrl": "https://shop.example/checkout?token={token}",
        "returnUrl": "https://shop.example/back",
        "limits": {},
    }


def _get(client: FlaskClient, world: World, path: str) -> Any:
    headers = world.merchant.server if path.startswith("/admin") else world.consumer
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json
