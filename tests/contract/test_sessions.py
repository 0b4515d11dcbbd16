"""contract.md, section 2, row by row, and the rows of section 1 that belong to it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from integration.kernel.crypto import hash_secret
from tests.contract.sessions import is_session, shift
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.people import (
    AUTH,
    ISSUER,
    ask,
    authorize,
    code_for,
    come_from_elsewhere,
    exchange,
    prove,
    verify,
)

EMAIL = "jane@shop.example"
PHONE = "+15551234567"
INVALID_OTP = (401, "Invalid code", "INVALID_OTP")
INVALID_EXCHANGE_CODE = (401, "Invalid code", "INVALID_EXCHANGE_CODE")
SECRET_KEY_REQUIRED = (401, "Secret key required", "SECRET_KEY_REQUIRED")
PERMISSION_DENIED = (403, "Permission denied", "PERMISSION_DENIED")
VALIDATION_FAILED = (400, "Validation failed", "VALIDATION_FAILED")
RATE_LIMITED = (429, "Rate limit exceeded", "RATE_LIMITED")


def test_post_auth_guest(client, merchant):
    said = is_session(client.post(f"{AUTH}/guest", headers=merchant.page), 201, "guest")

    assert said["session"]["guestId"] == said["session"]["consumerId"]
    assert said["session"]["email"] is said["session"]["phone"] is None
    ends = datetime.fromisoformat(said["session"]["expiresAt"])
    assert timedelta(days=29) < ends - datetime.now(UTC) <= timedelta(days=30, minutes=1)


@pytest.mark.parametrize(
    "contact",
    [
        {"email": EMAIL},
        {"phone": PHONE},
        {"phone": "(555) 123-4567", "defaultCountry": "US"},
        {"email": EMAIL, "fullName": "Jane Doe"},
    ],
)
def test_post_auth_otp_request(client, merchant, contact):
    answer = ask(client, merchant, **contact)

    assert answer.status_code == 202
    assert answer.json.keys() == {"requestId", "expiresAt"}
    ends = datetime.fromisoformat(answer.json["expiresAt"]) - datetime.now(UTC)
    assert timedelta(minutes=9) < ends <= timedelta(minutes=10, seconds=1)


def test_post_auth_otp_request_says_the_same_whether_the_consumer_exists_or_not(client, merchant):
    prove(client, merchant, email=EMAIL)

    known, unknown = ask(client, merchant, email=EMAIL), ask(client, merchant, email="x@y.example")

    assert known.status_code == unknown.status_code == 202
    assert [len(v) for v in known.json.values()] == [len(v) for v in unknown.json.values()]


@pytest.mark.parametrize("body", [{}, {"email": EMAIL, "phone": PHONE}, {"email": "x"}])
def test_post_auth_otp_request_400(client, merchant, body):
    answer = ask(client, merchant, **body)

    assert refused(answer) == VALIDATION_FAILED
    assert answer.json["details"][0]["field"] == "email"


def test_otp_requests_10_a_minute(client, rt):
    usual = make_merchant(rt, limits={})

    answers = [ask(client, usual, email=f"p{n}@shop.example") for n in range(11)]

    assert [a.headers["X-RateLimit-Remaining"] for a in answers[:10]] == [
        str(left) for left in range(9, -1, -1)
    ]
    assert refused(answers[10]) == RATE_LIMITED
    assert answers[10].headers["Retry-After"].isdigit()


def test_otp_requests_5_per_contact_and_hour(client, merchant):
    answers = [ask(client, merchant, email=EMAIL) for _ in range(6)]

    assert [answer.status_code for answer in answers[:5]] == [202] * 5
    assert refused(answers[5]) == RATE_LIMITED
    assert answers[5].json["retryAfter"] == int(answers[5].headers["Retry-After"])


@pytest.mark.parametrize(("field", "contact"), [("email", EMAIL), ("phone", PHONE)])
def test_post_auth_otp_verify(client, merchant, field, contact):
    code = code_for(client, merchant, **{field: contact})

    said = is_session(verify(client, merchant, code, **{field: contact}), 200, "authenticated")

    assert re.fullmatch(r"\d{6}", code)
    assert said["session"][field] == contact
    assert said["session"]["guestId"] is None


def test_post_auth_otp_verify_with_a_guests_token_brings_its_entries(client, rt, merchant):
    known = prove(client, merchant, email=EMAIL)
    guest = make_guest(client, merchant)
    launches = [make_launch(rt, merchant) for _ in range(2)]
    paths = [f"/api/v1/queues/{launch.queue_id}" for launch in launches]
    for path in paths:
        client.post(f"{path}/enter", headers=guest.headers)
    client.post(f"{paths[1]}/enter", headers=known.headers)

    person = prove(client, merchant, guest, email=EMAIL)

    shown = [client.get(f"{path}/status", headers=person.headers).json for path in paths]
    assert person.consumer_id == known.consumer_id
    # Of two entries for one distribution the better stays.
    assert [each["number"] for each in shown] == [1, 1]
    assert {each["consumerId"] for each in shown} == {known.consumer_id}


def test_codes_last_10_minutes(client, rt, merchant):
    code = code_for(client, merchant, email=EMAIL)
    shift(rt, "otp_code", "expires_at", 600)

    assert refused(verify(client, merchant, code, email=EMAIL)) == INVALID_OTP


def test_codes_take_5_tries(client, merchant):
    code = code_for(client, merchant, email=EMAIL)
    wrong = "000000" if code != "000000" else "000001"
    answers = [verify(client, merchant, wrong, email=EMAIL) for _ in range(5)]

    assert {refused(answer) for answer in answers} == {INVALID_OTP}
    assert refused(verify(client, merchant, code, email=EMAIL)) == INVALID_OTP


def test_codes_are_hashed(client, rt, merchant):
    code = code_for(client, merchant, email=EMAIL)

    with rt.transaction() as tx:
        kept = tx.session.scalar(text("SELECT code FROM otp_code"))
    assert kept != hash_secret(code)
    assert code.encode() not in kept


def test_codes_have_one_use(app, client, merchant):
    code = code_for(client, merchant, email=EMAIL)

    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _: verify(app.test_client(), merchant, code, email=EMAIL), range(6))
        )

    losers = [answer for answer in answers if answer.status_code != 200]
    assert len(losers) == 5
    assert {refused(answer) for answer in losers} == {INVALID_OTP}


def test_post_auth_external_authorize(client, merchant):
    answer = authorize(client, merchant, "jane", email=EMAIL, fullName="Jane Doe", name="Jane")

    assert answer.status_code == 201
    assert answer.json.keys() == {"exchangeCode", "expiresAt"}
    assert answer.json["exchangeCode"].startswith("xc_")
    ends = datetime.fromisoformat(answer.json["expiresAt"]) - datetime.now(UTC)
    assert timedelta(seconds=50) < ends <= timedelta(seconds=61)


def test_post_auth_external_authorize_without_claims(client, merchant):
    body = {**ISSUER, "subject": "jane"}

    answer = client.post(f"{AUTH}/external/authorize", headers=merchant.server, json=body)

    assert answer.status_code == 201


def test_post_auth_external_authorize_401_and_403(client, rt, merchant):
    body = {**ISSUER, "subject": "jane"}
    path = f"{AUTH}/external/authorize"
    weak = make_merchant(rt, scopes=("read:consumers",), of=merchant)

    without = client.post(path, headers=merchant.page, json=body)
    scope = client.post(path, headers=weak.server, json=body)

    assert refused(without) == SECRET_KEY_REQUIRED
    assert refused(scope) == PERMISSION_DENIED


@pytest.mark.parametrize("more", [{"surprise": 1}, {"claims": {"surprise": 1}}, {"subject": ""}])
def test_post_auth_external_authorize_400(client, merchant, more):
    body = {**ISSUER, "subject": "jane", **more}

    answer = client.post(f"{AUTH}/external/authorize", headers=merchant.server, json=body)

    assert refused(answer) == VALIDATION_FAILED


def test_post_auth_external_authorize_takes_an_idempotency_key(client, merchant):
    headers = {**merchant.server, "Idempotency-Key": "k-1"}
    path = f"{AUTH}/external/authorize"

    first, again = (
        client.post(path, headers=headers, json={**ISSUER, "subject": "jane"}) for _ in range(2)
    )
    other = client.post(path, headers=headers, json={**ISSUER, "subject": "john"})

    assert (first.data, again.headers["Idempotency-Replayed"]) == (again.data, "true")
    assert refused(other) == (422, "Idempotency key reused", "IDEMPOTENCY_KEY_REUSED")


def test_external_authorize_100_a_minute(client, rt):
    usual = make_merchant(rt, limits={})
    few = make_merchant(rt, limits={"external_authorize": 1})

    assert authorize(client, usual, "jane").headers["X-RateLimit-Limit"] == "100"
    answers = [authorize(client, few, "jane") for _ in range(2)]
    assert refused(answers[1]) == RATE_LIMITED


def test_post_auth_external_exchange(client, merchant):
    code = authorize(client, merchant, "jane", email=EMAIL).json["exchangeCode"]

    said = is_session(exchange(client, merchant, code), 200, "authenticated")

    assert said["session"]["email"] == EMAIL
    again = come_from_elsewhere(client, merchant, "jane")
    assert again.consumer_id == said["session"]["consumerId"]


def test_post_auth_external_exchange_60_s_one_use(app, client, rt, merchant):
    code = authorize(client, merchant, "jane").json["exchangeCode"]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: exchange(app.test_client(), merchant, code), range(6)))
    late = authorize(client, merchant, "jane").json["exchangeCode"]
    shift(rt, "exchange_code", "expires_at", 60)

    losers = [answer for answer in answers if answer.status_code != 200]
    assert len(losers) == 5
    assert {refused(answer) for answer in losers} == {INVALID_EXCHANGE_CODE}
    assert refused(exchange(client, merchant, late)) == INVALID_EXCHANGE_CODE
    assert refused(exchange(client, merchant, "xc_nothing")) == INVALID_EXCHANGE_CODE


def test_get_admin_outbox(client, merchant):
    ask(client, merchant, email=EMAIL)

    answer = client.get("/admin/api/v1/outbox", headers=merchant.server)

    assert answer.status_code == 200
    assert answer.json.keys() == {"data", "pageInfo"}
    [message] = answer.json["data"]
    assert (message["channel"], message["recipient"]) == ("email", EMAIL)
    assert re.search(r"\b\d{6}\b", message["text"])
