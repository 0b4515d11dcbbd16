"""Rows of the Consumer API on experiences, challenges and consumers (contract.md, section 3).

One test a row, named after it, and one for each of its refusals.
"""

import pytest

from tests.support.backoffice import product_of
from tests.support.envelopes import refused
from tests.support.journeys import enter, launch, make_known, route, solution
from tests.support.launches import make_guest, make_merchant

API = "/api/v1"
OPEN = {"name": "open"}
GATED = {"name": "gated", "priority": 1, "accessCode": "VIP"}


@pytest.fixture
def guest(client, merchant):
    return make_guest(client, merchant)


@pytest.fixture
def experience(client, merchant):
    return launch(client, merchant, OPEN, GATED)


NOT_FOUND = (404, "Experience not found", "EXPERIENCE_NOT_FOUND")
UNAUTHENTICATED = (401, "Authentication required", "AUTHENTICATION_REQUIRED")
NO_CONSUMER = (400, "Consumer ID is required", "CONSUMER_REQUIRED")


def test_get_experience(client, merchant, experience):
    shown = client.get(f"{API}/experiences/{experience['id']}", headers=merchant.page)

    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    assert set(shown.json) == {
        *("id", "name", "openAt", "closeAt", "timeZone", "theme", "i18n", "currencyCode"),
        *("checkoutUrl", "product", "notice", "sequences", "serverTime"),
    }
    gated, free = shown.json["sequences"]
    assert set(gated) == {
        *("id", "name", "color", "priority", "hasAccessCode", "waitlist"),
        *("queues", "draws", "auctions", "appointments", "timedReleases"),
    }
    assert (gated["hasAccessCode"], free["hasAccessCode"]) == (True, False)
    assert gated["queues"][0]["sequenceId"] == gated["id"]
    assert "VIP" not in shown.text


def test_get_experience_shows_the_product(client, merchant):
    product = product_of(client, merchant)
    experience = launch(client, merchant, OPEN, productId=product["id"])

    shown = client.get(f"{API}/experiences/{experience['id']}", headers=merchant.page)

    assert shown.json["product"] == {
        "id": product["id"],
        "name": "Sneaker",
        "price": "199.99",
        "currencyCode": "USD",
        "imageUrl": None,
        "url": None,
    }


def test_post_experience_enter(client, guest, experience):
    entered = client.post(f"{API}/experiences/{experience['id']}/enter", headers=guest.headers)

    assert entered.status_code == 201
    assert set(entered.json) == {"enteredAt", "experience", "journey"}
    assert entered.json["enteredAt"].endswith("Z")
    assert entered.json["experience"]["id"] == experience["id"]
    assert entered.json["journey"] == route(client, experience, guest.headers).json


def test_delete_experience_leave(client, guest, experience):
    enter(client, experience["open"], guest)

    left = client.delete(f"{API}/experiences/{experience['id']}/leave", headers=guest.headers)

    assert (left.status_code, left.data) == (204, b"")
    queue = experience["open"]["queue"]["id"]
    status = client.get(f"{API}/queues/{queue}/status", headers=guest.headers)
    assert status.json["status"] == "LEFT"


def test_post_experience_route_routed(client, guest, experience):
    found = route(client, experience, guest.headers, accessCode="VIP")

    assert found.status_code == 200
    path = experience["gated"]
    assert found.json == {
        "outcome": "routed",
        "experienceId": experience["id"],
        "sequenceId": path["id"],
        "offers": [
            {
                "sequenceId": path["id"],
                "mechanism": "queue",
                "distributionId": path["queue"]["id"],
            }
        ],
        "gates": [],
    }


def test_post_experience_route_gated(client, guest, merchant):
    gates = {"accessCode": "VIP", "requireAuthentication": True, "botCheck": True}
    experience = launch(client, merchant, {"name": "gated", **gates})

    found = route(client, experience, guest.headers)

    assert found.status_code == 200
    assert found.json == {
        "outcome": "gated",
        "experienceId": experience["id"],
        "sequenceId": experience["gated"]["id"],
        "offers": [],
        "gates": [
            {"kind": "authentication", "methods": ["otp", "external"]},
            {"kind": "access_code"},
            {
                "kind": "bot_check",
                "provider": "altcha",
                "challengeUrl": "http://fanfare.test/api/v1/challenges",
            },
        ],
    }


def test_post_experience_route_no_access(client, guest, merchant):
    nobody = client.post(
        "/admin/api/v1/audiences",
        json={"name": "Nobody", "type": "STATIC"},
        headers=merchant.server,
    ).json
    experience = launch(client, merchant, {"name": "members", "audienceId": nobody["id"]})

    found = route(client, experience, guest.headers)

    assert found.status_code == 200
    assert found.json == {
        "outcome": "no_access",
        "experienceId": experience["id"],
        "sequenceId": None,
        "offers": [],
        "gates": [],
    }


def test_post_experience_route_with_all_keys_at_once(client, merchant, rt):
    gates = {"accessCode": "VIP", "requireAuthentication": True, "botCheck": True}
    experience = launch(client, merchant, {"name": "gated", **gates})
    known = make_known(rt, client, merchant)
    keys = {"accessCode": "VIP", "challenge": solution(client, merchant)}

    found = route(client, experience, known.headers, **keys)

    assert found.json["outcome"] == "routed"
    assert enter(client, experience["gated"], known).status_code == 201


def test_post_challenges(client, merchant):
    posed = client.post(f"{API}/challenges", headers=merchant.page)

    assert posed.status_code == 201
    assert set(posed.json) == {"parameters", "signature"}


def test_get_consumers_me(client, guest):
    shown = client.get(f"{API}/consumers/me", headers=guest.headers)

    assert shown.status_code == 200
    assert set(shown.json) == {"id", "email", "phone", "fullName", "createdAt", "active"}
    assert set(shown.json["active"]) == {
        *("experiences", "queues", "draws", "auctions", "timedReleases", "appointments"),
        *("admissions", "journeys"),
    }


def test_get_consumer(client, guest, merchant):
    shown = client.get(f"{API}/consumers/{guest.consumer_id}", headers=merchant.server)

    assert shown.status_code == 200
    assert set(shown.json) == {"id", "email", "phone", "fullName", "createdAt"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/experiences/{}"),
        ("POST", "/experiences/{}/route"),
        ("POST", "/experiences/{}/enter"),
        ("DELETE", "/experiences/{}/leave"),
        ("POST", "/challenges"),
        ("GET", "/consumers/me"),
    ],
)
def test_401_without_a_key(client, experience, method, path):
    answer = client.open(API + path.format(experience["id"]), method=method)

    assert refused(answer) == UNAUTHENTICATED


@pytest.mark.parametrize(("method", "verb"), [("POST", "enter"), ("DELETE", "leave")])
def test_400_without_a_consumer(client, merchant, experience, method, verb):
    address = f"{API}/experiences/{experience['id']}/{verb}"

    assert refused(client.open(address, method=method, headers=merchant.page)) == NO_CONSUMER


def test_401_without_a_consumer_for_oneself(client, merchant):
    assert refused(client.get(f"{API}/consumers/me", headers=merchant.page)) == UNAUTHENTICATED


def test_401_for_a_consumer_without_a_secret_key(client, guest):
    answer = client.get(f"{API}/consumers/{guest.consumer_id}", headers=guest.headers)

    assert refused(answer) == (401, "Secret key required", "SECRET_KEY_REQUIRED")


def test_403_not_routed(client, guest, experience):
    answer = enter(client, experience["gated"], guest)

    assert refused(answer) == (403, "Permission denied", "NOT_ROUTED")


@pytest.mark.parametrize(
    ("method", "suffix"),
    [("GET", ""), ("POST", "/route"), ("POST", "/enter"), ("DELETE", "/leave")],
)
@pytest.mark.parametrize("experience_id", ["exp_unknown", "exp%20unknown", "%F0%9F%8E%BA"])
def test_404_unknown_experience(client, guest, method, suffix, experience_id):
    address = f"{API}/experiences/{experience_id}{suffix}"

    assert refused(client.open(address, method=method, headers=guest.headers)) == NOT_FOUND


def test_404_unknown_consumer(client, merchant):
    answer = client.get(f"{API}/consumers/cons_unknown", headers=merchant.server)

    assert refused(answer) == (404, "Consumer not found", "CONSUMER_NOT_FOUND")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"accessCode": 5}, "accessCode"),
        ({"accessCode": "x" * 129}, "accessCode"),
        ({"challenge": "x" * 4_097}, "challenge"),
        ({"code": "VIP"}, "code"),
    ],
)
def test_400_bad_route(client, guest, experience, body, field):
    answer = route(client, experience, guest.headers, **body)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [detail["field"] for detail in answer.json["details"]] == [field]


def test_429_too_many_codes(client, rt):
    merchant = make_merchant(rt, limits={})
    experience = launch(client, merchant, GATED)
    guest = make_guest(client, merchant)

    *tried, answer = [
        route(client, experience, guest.headers, accessCode=f"no{number}") for number in range(11)
    ]

    assert {each.status_code for each in tried} == {200}
    assert refused(answer) == (429, "Rate limit exceeded", "RATE_LIMITED")
    assert int(answer.headers["Retry-After"]) == answer.json["retryAfter"]
    assert answer.headers["X-RateLimit-Limit"] == "10"
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    assert int(answer.headers["X-RateLimit-Reset"]) > 0


def test_429_too_many_routes(client, rt):
    merchant = make_merchant(rt, limits={"routing": 1})
    experience = launch(client, merchant, OPEN)
    route(client, experience, merchant.page)

    answer = route(client, experience, merchant.page)

    assert refused(answer) == (429, "Rate limit exceeded", "RATE_LIMITED")
