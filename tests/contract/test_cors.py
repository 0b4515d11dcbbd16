"""contract.md, section 1: CORS, and that nothing of consumers is stored."""

import pytest

from tests.support.backoffice import post
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch

ORIGIN = {"Origin": "https://shop.example"}
EXPOSED = {
    "Retry-After",
    "X-Request-Id",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Fingerprint-Error",
    "Idempotency-Replayed",
    "ETag",
}
ALLOWED = {
    "Authorization",
    "X-Publishable-Key",
    "X-Fingerprint",
    "X-Idempotency-Key",
    "Idempotency-Key",
    "Content-Type",
}


def words(header):
    return {word.strip() for word in header.split(",")}


def preflight(client, method="POST", asked=ALLOWED, path="/api/v1/queues/queue_x/enter"):
    headers = {
        **ORIGIN,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": ", ".join(sorted(asked)),
    }
    return client.options(path, headers=headers)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_preflight_allows_the_contracts_headers_for_7200_seconds(client, method):
    answer = preflight(client, method)

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert words(answer.headers["Access-Control-Allow-Headers"]) == ALLOWED
    assert method in words(answer.headers["Access-Control-Allow-Methods"])
    assert answer.headers["Access-Control-Max-Age"] == "7200"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_preflight_allows_no_other_headers(client):
    answer = preflight(client, asked={*ALLOWED, "X-Other"})

    assert words(answer.headers["Access-Control-Allow-Headers"]) == ALLOWED


def test_answers_and_refusals_expose_the_contracts_headers(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    guest = make_guest(client, merchant)
    path = f"/api/v1/queues/{launch.queue_id}"
    answers = [
        client.get(path, headers={**ORIGIN, **merchant.page}),
        client.post(f"{path}/enter", headers={**ORIGIN, **guest.headers}),
        client.get(f"{path}/status", headers={**ORIGIN, **guest.headers}),
        client.get(f"{path}/status", headers=ORIGIN),
        client.get("/api/v1/nothing", headers=ORIGIN),
    ]

    assert [answer.status_code for answer in answers] == [200, 201, 200, 401, 404]
    for answer in answers:
        assert words(answer.headers["Access-Control-Expose-Headers"]) == EXPOSED
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_line_is_for_every_origin_and_does_not_vary(client, merchant, rt):
    launch = make_launch(rt, merchant)

    answer = client.get(f"/api/v1/queues/{launch.queue_id}/line", headers=ORIGIN)

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in answer.headers


@pytest.mark.parametrize("path", ["/api/products", "/admin/api/v1/queues", "/metrics"])
def test_servers_apis_are_not_for_pages(client, merchant, path):
    answer = client.get(path, headers={**ORIGIN, **merchant.server})

    assert "Access-Control-Allow-Origin" not in answer.headers


def test_publishable_keys_list_allowed_origins_empty_any(client, merchant):
    key = {"kind": "publishable", "mode": "live", "name": "Page"}
    some = post(client, merchant, "/api-keys", **key, allowedOrigins=[ORIGIN["Origin"]])["key"]
    every = post(client, merchant, "/api-keys", **key)["key"]
    path = "/api/v1/organizations/current"

    def ask(key, origin):
        headers = {"X-Publishable-Key": key, **({"Origin": origin} if origin else {})}
        return client.get(path, headers=headers)

    assert ask(some, ORIGIN["Origin"]).status_code == 200
    assert refused(ask(some, "https://evil.example")) == (
        403,
        "Permission denied",
        "PERMISSION_DENIED",
    )
    assert ask(every, "https://evil.example").status_code == 200
    assert ask(some, None).status_code == 200


def test_consumer_answers_are_no_store(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    paths = [
        f"/api/v1/experiences/{launch.experience_id}",
        f"/api/v1/queues/{launch.queue_id}",
        "/api/v1/consumers/me",
        "/api/v1/organizations/current",
    ]

    answers = [client.get(path, headers=guest.headers) for path in paths]

    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
