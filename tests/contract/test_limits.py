"""contract.md, section 1: rate limits, and what answers tell of them."""

import time
from dataclasses import replace

import pytest

from integration.app import create_app
from integration.kernel.quotas import read_limits
from integration.runtime import build
from integration.store.limits import subject_of
from tests.api.admitted import enter, status
from tests.support.auctions import make_auction
from tests.support.backoffice import ADMIN, draft, path_of, publish, queue_of
from tests.support.draws import running_draw
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.presence import card, let_pass, sign_of

RATE_LIMITED = (429, "Rate limit exceeded", "RATE_LIMITED")
USUAL = {
    "queueEntry": 1000,
    "drawEntry": 1000,
    "bids": 500,
    "status": 5000,
    "authentication": 100,
    "otpRequest": 10,
    "otpContact": 5,
    "externalAuthorize": 100,
    "products": 100,
    "consumers": 100,
    "orders": 50,
    "admin": 1000,
    "accessCode": 10,
}
STANDING = {"admissionRate": 0}


def figures(answer):
    headers = answer.headers
    return headers.get("X-RateLimit-Limit"), headers.get("X-RateLimit-Remaining")


def test_the_limits_are_the_contracts(client, rt):
    merchant = make_merchant(rt, limits={})

    held = client.get(f"{ADMIN}/organizations/current", headers=merchant.server).json["limits"]

    assert {name: held[name] for name in USUAL} == USUAL


def test_limits_are_overridable_by_environment(rt, settings):
    merchant = make_merchant(rt, limits={})
    elsewhere = build(replace(settings, limits=read_limits("products=1,queueEntry=7")))
    try:
        client = create_app(elsewhere).test_client()

        first, second = (client.get("/api/products", headers=merchant.server) for _ in range(2))
        held = client.get(f"{ADMIN}/organizations/current", headers=merchant.server).json["limits"]
    finally:
        elsewhere.close()

    assert (first.status_code, figures(first)) == (200, ("1", "0"))
    assert refused(second) == RATE_LIMITED
    assert (held["queueEntry"], held["bids"]) == (7, 500)


def test_limits_are_overridable_per_organization(client, rt):
    merchant = make_merchant(rt, limits={"products": 1})

    first, second = (client.get("/api/products", headers=merchant.server) for _ in range(2))

    assert (first.status_code, figures(first)) == (200, ("1", "0"))
    assert refused(second) == RATE_LIMITED


@pytest.mark.parametrize(
    ("limit", "call"),
    [
        ("products", ("GET", "/api/products")),
        ("consumers", ("GET", "/api/consumers")),
        ("orders", ("GET", "/api/orders")),
        ("admin", ("GET", f"{ADMIN}/queues")),
        ("externalAuthorize", ("POST", "/api/v1/auth/external/authorize")),
    ],
)
def test_429_of_a_servers_limits(client, rt, limit, call):
    name = "".join(f"_{each.lower()}" if each.isupper() else each for each in limit)
    merchant = make_merchant(rt, limits={name: 1})
    method, path = call
    body = {"provider": "p", "issuer": "i", "subject": "s"} if method == "POST" else None

    first, second = (
        client.open(path, method=method, json=body, headers=merchant.server) for _ in range(2)
    )

    assert (first.status_code < 300, figures(first)) == (True, ("1", "0"))
    assert refused(second) == RATE_LIMITED
    assert figures(second) == ("1", "0")
    assert second.json["retryAfter"] == int(second.headers["Retry-After"])
    assert 1 <= second.json["retryAfter"] <= 60
    assert 0 <= int(second.headers["X-RateLimit-Reset"]) - time.time() + 1 <= 62


def test_a_status_check_counts_and_tells_its_figures(client, rt):
    merchant = make_merchant(rt, limits={"status": 2, "queue_entry": 1000})
    launch = make_launch(rt, merchant, rules=STANDING)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    path = f"/api/v1/queues/{launch.queue_id}/status"

    answers = [client.get(path, headers=guest.headers) for _ in range(3)]

    assert [figures(answer) for answer in answers] == [("2", "1"), ("2", "0"), ("2", "0")]
    assert refused(answers[2]) == RATE_LIMITED


def test_a_draw_entry_and_a_bid_have_limits_of_their_own(client, rt):
    merchant = make_merchant(rt, limits={"draw_entry": 1, "bids": 1, "admin": 1000})
    draw = running_draw(client, merchant)
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)
    paths = [f"draws/{draw['id']}/enter", f"auctions/{auction}/bid"]

    for path in paths:
        first, second = (
            client.post(f"/api/v1/{path}", json={"amount": "200"}, headers=guest.headers)
            for _ in range(2)
        )
        assert (first.status_code, figures(first)) == (201, ("1", "0"))
        assert refused(second) == RATE_LIMITED


def test_429_queue_entries_are_bounded_by_the_second(client, rt):
    merchant = make_merchant(rt, limits={})
    launch = make_launch(rt, merchant, rules=STANDING)
    guest = make_guest(client, merchant)

    # The window of a second may end between the two: not five times.
    answers = [after_a_hundred(client, rt, merchant, launch, guest) for _ in range(5)]

    refusals = [each for each in answers if each.status_code == 429]
    assert refusals
    assert refused(refusals[0]) == RATE_LIMITED
    assert refusals[0].headers["X-RateLimit-Limit"] == "1000"
    assert refusals[0].headers["Retry-After"] == "1"


def after_a_hundred(client, rt, merchant, launch, guest):
    rt.limits.take("queue_entry", subject_of(merchant.tenant), 1000, 100, burst=100)
    return client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)


def test_guest_sessions_count_as_queue_entries_and_per_address(client, rt):
    merchant = make_merchant(rt, limits={"queue_entry": 3})
    crowded = make_merchant(rt, limits={"queue_entry": 1000, "guest_address": 2})

    entries = [client.post("/api/v1/auth/guest", headers=merchant.page) for _ in range(4)]
    address = [client.post("/api/v1/auth/guest", headers=crowded.page) for _ in range(3)]

    assert [each.status_code for each in entries] == [201, 201, 201, 429]
    assert [each.status_code for each in address] == [201, 201, 429]
    assert refused(entries[3]) == refused(address[2]) == RATE_LIMITED


def test_otp_requests_5_per_contact_and_hour_whatever_the_address(client, merchant):
    body = {"email": "john@example.com"}
    path = "/api/v1/auth/otp/request"

    answers = [client.post(path, json=body, headers=merchant.page) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert refused(answers[5]) == RATE_LIMITED


def test_publishing_warns_when_limits_are_below_the_expected_audience(client, rt):
    merchant = make_merchant(rt, limits={})
    experience = draft(client, merchant, expectedAudience=300_000)
    queue_of(client, merchant, path_of(client, merchant, experience))

    warnings = publish(client, merchant, experience)["warnings"]

    assert any("1000 queue entries a minute" in warning for warning in warnings)


def test_what_no_limit_counts_tells_no_figures(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)

    line = client.get(f"/api/v1/queues/{launch.queue_id}/line")
    keys = client.get("/.well-known/jwks.json")

    assert figures(line) == figures(keys) == (None, None)


def test_a_call_refused_by_a_limit_counts_as_a_sign_of_life(client, rt):
    merchant = make_merchant(rt, limits={"status": 1, "queue_entry": 1000})
    launch = make_launch(rt, merchant, rules=STANDING)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    status(client, launch, guest)
    card(client, rt, launch)
    let_pass(rt, launch, 60)
    before = sign_of(rt, launch, guest)

    answer = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers)

    assert refused(answer) == RATE_LIMITED
    assert sign_of(rt, launch, guest) > before
