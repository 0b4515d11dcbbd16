"""One shape for whatever goes wrong, and nothing lost by it."""

import pytest

from tests.support.launches import make_guest, make_launch


def shape(answer, status, error, code):
    assert answer.status_code == status, answer.text
    assert answer.json["error"] == error
    assert answer.json["code"] == code
    assert answer.json["message"]
    assert answer.json["requestId"] == answer.headers["X-Request-Id"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_route(client):
    shape(client.get("/api/v1/nothing"), 404, "Not found", "NOT_FOUND")


def test_a_method_that_the_route_does_not_take(client):
    answer = client.put("/api/v1/auth/guest")

    shape(answer, 405, "Method not allowed", "METHOD_NOT_ALLOWED")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("body", ["{", '{"refreshToken": ', "\xff", "[1", "nul"])
def test_json_that_is_not_well_formed(client, merchant, body):
    answer = client.post(
        "/api/v1/auth/refresh",
        headers={**merchant.page, "Content-Type": "application/json"},
        data=body,
    )

    shape(answer, 400, "Validation failed", "VALIDATION_FAILED")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "refreshToken"),
        ({"refreshToken": 5}, "refreshToken"),
        ({"refreshToken": None}, "refreshToken"),
        ({"refreshToken": ""}, "refreshToken"),
        ({"refreshToken": "x" * 300}, "refreshToken"),
        ({"refreshToken": "rt_x", "more": 1}, "more"),
        ([], ""),
        ("text", ""),
    ],
)
def test_fields_that_do_not_fit_are_named(client, merchant, body, field):
    answer = client.post("/api/v1/auth/refresh", headers=merchant.page, json=body)

    shape(answer, 400, "Validation failed", "VALIDATION_FAILED")
    assert field in [detail["field"] for detail in answer.json["details"]]


def test_a_body_of_ten_megabytes(client, merchant):
    answer = client.post(
        "/api/v1/auth/refresh",
        headers={**merchant.page, "Content-Type": "application/json"},
        data=b"[" + b"0," * 5_000_000 + b"0]",
    )

    shape(answer, 413, "Request too large", "REQUEST_TOO_LARGE")


def test_a_body_that_is_not_json(client, merchant):
    answer = client.post(
        "/api/v1/auth/refresh",
        headers={**merchant.page, "Content-Type": "text/plain"},
        data="refreshToken=rt_x",
    )

    shape(answer, 415, "Unsupported media type", "UNSUPPORTED_MEDIA_TYPE")


def test_a_body_that_is_all_optional_may_be_absent(client, merchant):
    guest = make_guest(client, merchant)

    answer = client.post("/api/v1/auth/logout", headers=guest.headers)

    assert answer.status_code == 204


@pytest.mark.parametrize("name", ["nothing", "queue_01HXYZ", "' OR 1=1", "x" * 3000, "\u2028"])
def test_an_id_that_names_nothing_is_not_found_whatever_its_form(client, rt, merchant, name):
    guest = make_guest(client, merchant)

    answer = client.post(f"/api/v1/queues/{name}/enter", headers=guest.headers)

    shape(answer, 404, "Queue not found", "QUEUE_NOT_FOUND")


@pytest.mark.parametrize(
    "sent", ["fp_", "fp_short"[:7], "device", "fp_" + "x" * 200, "fp_a b c d e"]
)
def test_a_fingerprint_that_is_none(client, rt, merchant, sent):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    answer = client.post(
        f"/api/v1/queues/{launch.queue_id}/enter", headers={**guest.headers, "X-Fingerprint": sent}
    )

    shape(answer, 400, "Validation failed", "VALIDATION_FAILED")
    assert answer.json["details"][0]["field"] == "X-Fingerprint"


def test_a_preflight_is_answered_for_any_page(client):
    answer = client.options(
        "/api/v1/queues/queue_x/enter",
        headers={
            "Origin": "https://shop.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "x-publishable-key, x-fingerprint, authorization",
        },
    )

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Max-Age"] == "7200"
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert "x-fingerprint" in allowed
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_answers_and_errors_are_readable_across_origins(client, merchant):
    answer = client.post("/api/v1/auth/guest", headers={"Origin": "https://shop.example"})

    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    "body", [b'{"name": "a\\u0000b"}', b'{"a\\u0000b": 1}', b'{"variants": [{"sku": "\\u0000"}]}']
)
def test_text_that_no_database_keeps_is_refused(client, merchant, body):
    refused = client.post(
        "/api/products", data=body, content_type="application/json", headers=merchant.server
    )

    assert refused.status_code == 400
    assert refused.json["code"] == "VALIDATION_FAILED"


def test_an_address_that_no_database_keeps_is_nobodys(client, merchant):
    assert client.get("/api/products/%00", headers=merchant.server).status_code == 404
    assert client.get("/api/v1/queues/%00/status", headers=merchant.page).status_code == 404
    assert client.get("/api/products?sku=a%00", headers=merchant.server).status_code == 400


def test_a_backslash_before_a_u_is_text_like_any_other(client, merchant):
    body = {"name": "a\\u0000b", "sku": "A", "price": 1}

    made = client.post("/api/products", json=body, headers=merchant.server)

    assert made.json["name"] == "a\\u0000b"


@pytest.mark.parametrize("body", [b"{", b"[" * 300 + b"]" * 300])
def test_a_body_that_nobody_reads_hurts_nobody(client, merchant, body):
    refused = client.post(
        "/admin/api/v1/experiences/exp_unknown/publish",
        data=body,
        content_type="application/json",
        headers={**merchant.server, "X-Idempotency-Key": "once"},
    )

    assert refused.status_code == 404


def test_an_object_that_is_nested_too_deeply_is_refused(client, merchant):
    deep = b'{"name": "Launch", "theme": ' + b'{"a":' * 300 + b"1" + b"}" * 301

    refused = client.post(
        "/admin/api/v1/experiences",
        data=deep,
        content_type="application/json",
        headers=merchant.server,
    )

    assert refused.status_code == 400
    assert refused.json["details"][0]["field"] == "theme"
