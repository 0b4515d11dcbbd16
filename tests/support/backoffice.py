"""A merchant's set-up through the Admin API; each call states only what it is about."""

from flask.testing import FlaskClient

from integration.runtime import Runtime
from tests.support.launches import Merchant, make_merchant

ADMIN = "/admin/api/v1"
CHECKOUT = "https://shop.example/checkout?token={token}"


def post(client: FlaskClient, merchant: Merchant, path: str, status: int = 201, **body):
    """Call the Admin API, and return what it answers."""
    answer = client.post(f"{ADMIN}{path}", json=body, headers=merchant.server)
    assert answer.status_code == status, answer.text
    return answer.json


def draft(client, merchant, **given):
    """Draft an experience that lacks nothing but what it offers."""
    body = {"name": "Launch", "checkoutUrl": CHECKOUT, **given}
    return post(client, merchant, "/experiences", **body)


def path_of(client, merchant, experience, **given):
    """Add a sequence."""
    body = {"name": "Everybody", "experienceId": experience["id"], **given}
    return post(client, merchant, "/sequences", **body)


def queue_of(client, merchant, sequence, **given):
    """Add a queue."""
    return post(client, merchant, "/queues", sequenceId=sequence["id"], **given)


def get_queue(client, merchant, queue):
    """Ask for a queue, and return the answer."""
    return client.get(f"{ADMIN}/queues/{queue['id']}", headers=merchant.server)


def change_queue(client, merchant, queue, **changes):
    """Change a queue, and return the answer."""
    address = f"{ADMIN}/queues/{queue['id']}"
    return client.patch(address, json=changes, headers=merchant.server)


def product_of(client, merchant, **given):
    """Add a product."""
    body = {"name": "Sneaker", "price": 199.99, "sku": "SNKR-001", **given}
    answer = client.post("/api/products", json=body, headers=merchant.server)
    assert answer.status_code == 201, answer.text
    return answer.json


def publish(client, merchant, experience):
    """Publish an experience."""
    return post(client, merchant, f"/experiences/{experience['id']}/publish", 200)


def running_queue(client, merchant, **given):
    """Publish an experience with one queue, and return the queue."""
    experience = draft(client, merchant)
    queue = queue_of(client, merchant, path_of(client, merchant, experience), **given)
    publish(client, merchant, experience)
    return queue


def stranger_to(rt: Runtime, merchant: Merchant, what: str) -> Merchant:
    """Return keys of another organization, or of this one's other mode."""
    return make_merchant(rt) if what == "organization" else make_merchant(rt, "test", of=merchant)
