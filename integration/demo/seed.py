"""The demo's set-up, through the front door, as a merchant would do it."""

from typing import Any

from flask import Flask

from integration.kernel.quotas import PER_HOUR, PER_MINUTE
from integration.runtime import Runtime
from integration.services import setup
from integration.services.setup import Founded

SLUG = "demo"
RAISED = {name: limit * 1000 for name, limit in {**PER_MINUTE, **PER_HOUR}.items()}
KINDS = ("queue", "draw", "auction", "timedRelease", "appointment", "waitlist")
PRODUCT = {
    "name": "Limited Edition Sneakers",
    "description": "Five hundred pairs, numbered.",
    "price": 199.99,
    "currencyCode": "USD",
    "sku": "SNKR-001",
    "inventory": 500,
    "syncSource": "demo",
}
QUEUE = {
    "name": "The line",
    "admissionRate": 600,
    "admissionExpirationSeconds": 900,
    "inventoryBound": True,
    "stock": 100_000,
    "maxEntriesPerFingerprint": 1_000,
}
"""More stock than pairs, so that the demo is still open after many tries."""

Facts = dict[str, Any]


class DemoRefused(Exception):
    """A step of the set-up was refused; the text says which and why."""


def seed(app: Flask, rt: Runtime, known: Facts | None) -> Facts:
    """Return what demo.json says (design.md, section 5); make what is not there.

    ``known`` is what it said before: keys cannot be read again, only replaced.
    """
    url = rt.settings.base_url()
    shop = url if url.startswith("https://") else rt.settings.loopback_url()
    if known is not None and _serves(app, known):
        return {**known, "apiUrl": url}
    founded = setup.find_or_create(rt, SLUG, name="Fanfare Demo", limits=RAISED)
    experience_id, queue_id = _launch(app, founded, shop)
    return {
        "apiUrl": url,
        "organizationId": founded.organization_id,
        "publishableKey": founded.publishable_key,
        "secretKey": founded.secret_key,
        "experienceId": experience_id,
        "queueId": queue_id,
        "experiences": {**dict.fromkeys(KINDS), "queue": experience_id},
        "storefrontUrl": None,
    }


def _serves(app: Flask, known: Facts) -> bool:
    """Tell whether the keys and the queue of an earlier start are still good."""
    answer = app.test_client().get(
        f"/api/v1/queues/{known.get('queueId')}",
        headers={"Authorization": f"Bearer {known.get('secretKey')}"},
    )
    return answer.status_code == 200  # noqa: PLR2004


def _launch(app: Flask, founded: Founded, shop: str) -> tuple[str, str]:
    client = app.test_client()

    def post(path: str, body: dict[str, Any]) -> Facts:
        headers = {"Authorization": f"Bearer {founded.secret_key}"}
        answer = client.post(path, json=body, headers=headers)
        said: Facts = answer.json or {}
        if answer.status_code >= 300:  # noqa: PLR2004
            raise DemoRefused(f"{path}: {said.get('message')} {said.get('details', '')}")
        return said

    product = post("/api/products", PRODUCT)
    experience = post(
        "/admin/api/v1/experiences",
        {
            "name": "Sneaker launch",
            "productId": product["id"],
            "checkoutUrl": f"{shop}/demo/checkout?token={{token}}",
            "notice": "One pair each. 199.99 USD.",
        },
    )
    sequence = post(
        "/admin/api/v1/sequences", {"experienceId": experience["id"], "name": "Everybody"}
    )
    queue = post("/admin/api/v1/queues", {"sequenceId": sequence["id"], **QUEUE})
    post(f"/admin/api/v1/experiences/{experience['id']}/publish", {})
    return experience["id"], queue["id"]
