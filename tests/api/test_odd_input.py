"""Odd values in every field, query and path that OpenAPI knows: refused or taken, never a 5xx."""

import json

import pytest

from connectors.fake import shop
from integration.kernel.ids import new_id
from tests.support.backoffice import post, product_of, running_queue

OURS = ("/admin/", "/api/products", "/api/consumers", "/products", "/consumers")
ELSEWHERE = ("deliveries", "sync", "/test")
ODD = [
    None,
    True,
    -1,
    1.5,
    10**30,
    1e308,
    "",
    "a\x00b",
    "x" * 20_000,
    "\U0001f4a5",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2030-01-01T00:00",
    "https://[::1",
    "prod_'; --",
    [],
    [[None]],
    {},
    {"a": {"b": ["\x00"]}},
]
ODD_PATHS = ["%00", "%ff", "..", "'", "x" * 3000]


class Known(dict):
    """Ids by their names in a path; what is not among them names nothing."""

    def __missing__(self, name):
        return "nothing"


@pytest.fixture
def known(client, merchant):
    """One of each kind, by the name of its id in a path."""
    queue = running_queue(client, merchant)
    fake = shop(new_id("shop"))
    consumer = {"email": "john@example.com"}
    connection = {"platform": "fake", "name": "Shop", "settings": {"shop": fake.name}}
    connection["credentials"] = {"apiKey": fake.api_key}
    key = {"kind": "secret", "mode": "live", "name": "Key"}
    return Known(
        {
            "queue_id": queue["id"],
            "line_id": queue["id"],
            "sequence_id": queue["sequenceId"],
            "experience_id": queue["experienceId"],
            "product_id": product_of(client, merchant)["id"],
            "consumer_id": client.post("/consumers", json=consumer, headers=merchant.server).json[
                "id"
            ],
            "webhook_id": post(client, merchant, "/webhooks", url="https://shop.example/")["id"],
            "connection_id": post(client, merchant, "/connections", **connection)["id"],
            "key_id": post(client, merchant, "/api-keys", **key)["id"],
            "audience_id": post(client, merchant, "/audiences", name="A", type="STATIC")["id"],
        }
    )


@pytest.fixture
def operations(client):
    """Every operation of the merchant's set-up: address, verb, what it says of itself."""
    document = client.get("/openapi.json").json
    shapes = document["components"]["schemas"]
    found = []
    for path, verbs in document["paths"].items():
        if not path.startswith(OURS) or any(name in path for name in ELSEWHERE):
            continue
        for verb, operation in verbs.items():
            if isinstance(operation, dict):
                content = operation.get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema", {})
                fields = shapes.get(schema.get("$ref", "").rpartition("/")[2], {})
                found.append((path, verb.upper(), operation, fields.get("properties", {})))
    return found


def test_an_odd_field_never_breaks_anything(client, merchant, known, operations):
    broken = []

    for path, verb, _, fields in operations:
        for name in fields:
            for value in ODD:
                answer = client.open(
                    path.format_map(known),
                    method=verb,
                    data=json.dumps({"name": "N", "sku": "S", "price": 1, name: value}),
                    content_type="application/json",
                    headers=merchant.server,
                )
                if answer.status_code >= 500:
                    broken.append((verb, path, name, value, answer.text))

    assert broken == []


def test_an_odd_query_never_breaks_anything(client, merchant, known, operations):
    texts = [value for value in ODD if isinstance(value, str)]
    broken = []

    for path, verb, operation, _ in operations:
        for parameter in operation.get("parameters", []):
            for value in texts if parameter["in"] == "query" else []:
                answer = client.open(
                    path.format_map(known),
                    method=verb,
                    query_string={parameter["name"]: value},
                    headers=merchant.server,
                )
                if answer.status_code >= 500:
                    broken.append((verb, path, parameter["name"], value, answer.text))

    assert broken == []


def test_an_odd_path_never_breaks_anything(client, merchant, operations):
    broken = []

    for path, verb, _, _ in operations:
        stem, brace, _ = path.partition("{")
        for value in ODD_PATHS if brace else []:
            answer = client.open(f"{stem}{value}", method=verb, headers=merchant.server)
            if answer.status_code >= 500:
                broken.append((verb, stem, value, answer.text))

    assert broken == []


@pytest.mark.parametrize("sent", ['"', '""', '"99999999999999999999"', "1", "\xff", '"1", "2"'])
def test_an_odd_precondition_fails(client, merchant, known, sent):
    headers = {**merchant.server, "If-Match": sent}

    refused = client.patch(f"/products/{known['product_id']}", json={}, headers=headers)

    assert refused.status_code == 412
