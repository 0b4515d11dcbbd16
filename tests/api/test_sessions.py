"""Guests, their next tokens, and the end of a session."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from integration.kernel.tokens import access_claims
from tests.support.launches import make_guest, make_launch, make_merchant


def refresh(client, merchant, token):
    return client.post("/api/v1/auth/refresh", headers=merchant.page, json={"refreshToken": token})


def me(client, headers, queue):
    return client.get(f"/api/v1/queues/{queue}/status", headers=headers)


def test_a_guest_gets_a_pair_of_tokens(client, merchant):
    answer = client.post("/api/v1/auth/guest", headers=merchant.page)

    said = answer.json
    assert answer.status_code == 201
    assert (said["tokenType"], said["expiresIn"]) == ("Bearer", 3600)
    assert said["session"]["type"] == "guest"
    assert said["session"]["guestId"] == said["session"]["consumerId"]
    assert said["session"]["email"] is None
    claims = jwt.decode(said["accessToken"], options={"verify_signature": False})
    assert claims["sub"] == said["session"]["consumerId"]
    assert claims["aud"] == merchant.tenant.organization_id
    assert claims["typ"] == "access"


def test_anybody_verifies_a_token_with_the_published_keys(client, merchant):
    token = make_guest(client, merchant).access_token
    keys = jwt.PyJWKSet.from_dict(client.get("/.well-known/jwks.json").json)

    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["EdDSA"], audience=merchant.tenant.organization_id)

    assert claims["iss"] == "http://fanfare.test"


def test_a_lost_answer_may_be_asked_for_again(client, merchant):
    guest = make_guest(client, merchant)
    first = refresh(client, merchant, guest.refresh_token)

    again = refresh(client, merchant, guest.refresh_token)

    assert first.status_code == again.status_code == 200
    assert first.json["refreshToken"] == again.json["refreshToken"] != guest.refresh_token


def test_two_tabs_at_once_get_the_same_successor(app, client, merchant):
    guest = make_guest(client, merchant)

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: refresh(app.test_client(), merchant, guest.refresh_token), range(8))
        )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["refreshToken"] for answer in answers}) == 1


def test_a_copied_token_ends_the_session(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    second = refresh(client, merchant, guest.refresh_token).json
    third = refresh(client, merchant, second["refreshToken"]).json

    stolen = refresh(client, merchant, guest.refresh_token)

    assert stolen.status_code == 401
    assert stolen.json["error"] == "Authentication required"
    assert refresh(client, merchant, third["refreshToken"]).status_code == 401
    headers = {**merchant.page, "Authorization": f"Bearer {third['accessToken']}"}
    assert me(client, headers, launch.queue_id).status_code == 401


def test_logging_out_ends_the_access_token_at_once(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    answer = client.post("/api/v1/auth/logout", headers=guest.headers)

    assert answer.status_code == 204
    assert me(client, guest.headers, launch.queue_id).status_code == 401
    assert refresh(client, merchant, guest.refresh_token).status_code == 401


def test_logging_out_without_a_session(client, merchant):
    answer = client.post("/api/v1/auth/logout", headers=merchant.page)

    assert (answer.status_code, answer.json["error"]) == (401, "Authentication required")


def test_a_token_belongs_to_its_organization_and_mode(client, rt, merchant):
    other, test_mode = make_merchant(rt), make_merchant(rt, mode="test", of=merchant)
    guest = make_guest(client, merchant)

    for owner in (other, test_mode):
        launch = make_launch(rt, owner)
        headers = {**guest.headers, **owner.page}
        assert me(client, headers, launch.queue_id).status_code == 401
        assert refresh(client, owner, guest.refresh_token).status_code == 401


@pytest.mark.parametrize("forge", ["none", "hs256", "flipped", "admission", "expired", "long"])
def test_forged_tokens_are_refused(client, rt, merchant, forge):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    token = guest.access_token
    claims = jwt.decode(token, options={"verify_signature": False})
    kid = {"kid": jwt.get_unverified_header(token)["kid"]}
    past = datetime.now(UTC) - timedelta(hours=2)
    forged = {
        "none": lambda: jwt.encode(claims, "", algorithm="none", headers=kid),
        "hs256": lambda: jwt.encode(claims, "x" * 32, algorithm="HS256", headers=kid),
        "flipped": lambda: token[:-10] + ("A" if token[-10] != "A" else "B") + token[-9:],
        "admission": lambda: rt.keyring.sign({**claims, "typ": "admission"}),
        "expired": lambda: rt.keyring.sign(
            access_claims(
                organization_id=merchant.tenant.organization_id,
                mode="live",
                consumer_id=guest.consumer_id,
                session_id=claims["sid"],
                issued_at=past,
                expires_at=past + timedelta(hours=1),
            )
        ),
        "long": lambda: token + "A" * 5000,
    }[forge]()

    answer = me(client, {**guest.headers, "Authorization": f"Bearer {forged}"}, launch.queue_id)

    assert answer.status_code == 401
    assert answer.json["code"] == "AUTHENTICATION_REQUIRED"


def test_guests_count_as_queue_entries(client, rt):
    limited = make_merchant(rt, limits={"queue_entry": 1})
    first = client.post("/api/v1/auth/guest", headers=limited.page)

    second = client.post("/api/v1/auth/guest", headers=limited.page)

    assert (first.status_code, second.status_code) == (201, 429)
    assert int(second.headers["Retry-After"]) >= 1


def test_one_address_makes_only_so_many_guests(client, rt):
    limited = make_merchant(rt, limits={"guest_address": 2})

    answers = [client.post("/api/v1/auth/guest", headers=limited.page) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]


def test_keys_that_do_not_serve(client, rt, merchant):
    for headers in (
        {},
        {"X-Publishable-Key": "pk_live_" + "0" * 32},
        {"X-Publishable-Key": merchant.secret},
        {"Authorization": f"Bearer {merchant.publishable}"},
        {"Authorization": "Basic abc"},
        {"X-Publishable-Key": merchant.publishable[:-1]},
    ):
        answer = client.post("/api/v1/auth/guest", headers=headers)
        assert answer.status_code == 401, headers
        assert answer.json["error"] == "Authentication required"
