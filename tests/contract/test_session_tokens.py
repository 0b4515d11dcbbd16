"""contract.md, section 2: refreshing, logging out, and what tokens and keys are."""

import base64
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest

from tests.contract.sessions import (
    AUTHENTICATION_REQUIRED,
    is_session,
    me,
    refresh,
    shift,
)
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_merchant
from tests.support.people import AUTH, prove

EMAIL = "jane@shop.example"


def test_post_auth_refresh(client, merchant):
    guest, person = make_guest(client, merchant), prove(client, merchant, email=EMAIL)

    is_session(refresh(client, merchant, guest.refresh_token), 200, "guest")
    said = is_session(refresh(client, merchant, person.refresh_token), 200, "authenticated")

    assert said["refreshToken"] != person.refresh_token
    assert said["session"]["consumerId"] == person.consumer_id


@pytest.mark.parametrize("token", ["rt_nothing", "x"])
def test_post_auth_refresh_else_401(client, merchant, token):
    assert refused(refresh(client, merchant, token)) == AUTHENTICATION_REQUIRED


def test_refresh_tokens_last_30_days(client, rt, merchant):
    guest = make_guest(client, merchant)
    shift(rt, "refresh_token", "expires_at", 30 * 86_400)

    assert refused(refresh(client, merchant, guest.refresh_token)) == AUTHENTICATION_REQUIRED


def test_a_rotated_refresh_token_within_30_s_gets_the_same_successor(client, rt, merchant):
    guest = make_guest(client, merchant)
    first = refresh(client, merchant, guest.refresh_token).json
    shift(rt, "refresh_token", "rotated_at", 29)

    again = refresh(client, merchant, guest.refresh_token)

    assert again.json["refreshToken"] == first["refreshToken"]


def test_a_rotated_refresh_token_later_ends_the_family(client, rt, merchant):
    guest = make_guest(client, merchant)
    successor = refresh(client, merchant, guest.refresh_token).json["refreshToken"]
    shift(rt, "refresh_token", "rotated_at", 30)

    assert refused(refresh(client, merchant, guest.refresh_token)) == AUTHENTICATION_REQUIRED
    assert refused(refresh(client, merchant, successor)) == AUTHENTICATION_REQUIRED


def test_a_rotated_refresh_token_after_its_successor_ends_the_family(client, merchant):
    guest = make_guest(client, merchant)
    second = refresh(client, merchant, guest.refresh_token).json["refreshToken"]
    third = refresh(client, merchant, second).json

    assert refused(refresh(client, merchant, guest.refresh_token)) == AUTHENTICATION_REQUIRED
    assert refused(refresh(client, merchant, third["refreshToken"])) == AUTHENTICATION_REQUIRED
    headers = {**merchant.page, "Authorization": f"Bearer {third['accessToken']}"}
    assert refused(me(client, headers)) == AUTHENTICATION_REQUIRED


def test_one_refresh_token_from_two_tabs_at_once(app, client, merchant):
    person = prove(client, merchant, email=EMAIL)

    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _: refresh(app.test_client(), merchant, person.refresh_token), range(6))
        )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["refreshToken"] for answer in answers}) == 1


def test_post_auth_logout(client, merchant):
    guest = make_guest(client, merchant)

    answer = client.post(f"{AUTH}/logout", headers=guest.headers)

    assert (answer.status_code, answer.data) == (204, b"")
    assert refused(me(client, guest.headers)) == AUTHENTICATION_REQUIRED
    assert refused(refresh(client, merchant, guest.refresh_token)) == AUTHENTICATION_REQUIRED


def test_post_auth_logout_ends_another_session_of_the_same_consumer(client, merchant):
    here, there = (prove(client, merchant, email=EMAIL) for _ in range(2))
    stranger = make_guest(client, merchant)
    tokens = {"refreshToken": there.refresh_token}, {"refreshToken": stranger.refresh_token}

    client.post(f"{AUTH}/logout", headers=here.headers, json=tokens[0])
    again = prove(client, merchant, email=EMAIL)
    client.post(f"{AUTH}/logout", headers=again.headers, json=tokens[1])

    assert me(client, there.headers).status_code == 401
    assert me(client, stranger.headers).status_code == 200


def test_post_auth_logout_401_without_a_consumer(client, merchant):
    answer = client.post(f"{AUTH}/logout", headers=merchant.page)

    assert refused(answer) == AUTHENTICATION_REQUIRED


def test_a_token_without_a_key_is_nobody(client, merchant):
    guest = make_guest(client, merchant)
    bare = {"Authorization": guest.headers["Authorization"]}

    assert refused(client.post(f"{AUTH}/guest")) == AUTHENTICATION_REQUIRED
    assert refused(me(client, bare)) == AUTHENTICATION_REQUIRED


def test_access_tokens_say_who_and_until_when(client, merchant):
    person = prove(client, merchant, email=EMAIL)

    claims = jwt.decode(person.access_token, options={"verify_signature": False})
    header = jwt.get_unverified_header(person.access_token)

    assert {"iss", "aud", "sub", "sid", "iat", "exp", "typ"} <= claims.keys()
    assert claims["aud"] == merchant.tenant.organization_id
    assert (claims["sub"], claims["typ"]) == (person.consumer_id, "access")
    assert claims["exp"] - claims["iat"] == 3600
    assert (header["alg"], "kid" in header) == ("EdDSA", True)


def test_access_tokens_are_verified_by_the_published_keys(client, merchant):
    person = prove(client, merchant, email=EMAIL)
    [key] = client.get("/.well-known/jwks.json").json["keys"]

    found = jwt.PyJWK.from_dict(key)
    claims = jwt.decode(
        person.access_token, found, algorithms=["EdDSA"], audience=merchant.tenant.organization_id
    )

    assert claims["sub"] == person.consumer_id
    assert len(base64.urlsafe_b64decode(key["x"] + "==")) == 32


def test_test_and_live_data_never_mix(client, rt, merchant):
    testing = make_merchant(rt, mode="test", of=merchant)
    live = prove(client, merchant, email=EMAIL)

    other = prove(client, testing, email=EMAIL)

    assert other.consumer_id != live.consumer_id
    mixed = {**live.headers, **testing.page}
    assert refused(me(client, mixed)) == AUTHENTICATION_REQUIRED
    assert refused(refresh(client, testing, live.refresh_token)) == AUTHENTICATION_REQUIRED
