"""Signing in elsewhere: a merchant's server vouches, a browser takes it up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.support.launches import make_guest, make_merchant
from tests.support.people import (
    AUTH,
    ISSUER,
    authorize,
    come_from_elsewhere,
    exchange,
    prove,
)

EMAIL = "jane@shop.example"


def profile(client, merchant, consumer_id):
    answer = client.get(f"/api/consumers/{consumer_id}", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json


def make_consumer(client, merchant, **given):
    return client.post("/api/consumers", headers=merchant.server, json=given).json["id"]


def test_a_servers_word_becomes_a_session(client, merchant):
    allowed = authorize(client, merchant, "jane-1", email=EMAIL, fullName="Jane Doe")

    answer = exchange(client, merchant, allowed.json["exchangeCode"])

    assert allowed.status_code == 201
    assert allowed.json["exchangeCode"].startswith("xc_")
    ends = datetime.fromisoformat(allowed.json["expiresAt"]) - datetime.now(UTC)
    assert timedelta(seconds=50) < ends <= timedelta(seconds=61)
    session = answer.json["session"]
    assert answer.status_code == 200
    assert (session["type"], session["email"]) == ("authenticated", EMAIL)
    assert profile(client, merchant, session["consumerId"])["fullName"] == "Jane Doe"


def test_name_serves_where_there_is_no_full_name(client, merchant):
    person = come_from_elsewhere(client, merchant, "jane-1", name="Jane")

    assert profile(client, merchant, person.consumer_id)["fullName"] == "Jane"


def test_the_same_subject_is_the_same_consumer(client, merchant):
    first = come_from_elsewhere(client, merchant, "jane-1", email=EMAIL)
    second = come_from_elsewhere(client, merchant, "jane-1", email="new@shop.example")
    other = come_from_elsewhere(client, merchant, "john-1")

    assert first.consumer_id == second.consumer_id != other.consumer_id
    assert profile(client, merchant, first.consumer_id)["email"] == EMAIL


def test_a_subject_belongs_to_its_issuer_and_its_merchant(client, rt, merchant):
    first = come_from_elsewhere(client, merchant, "jane-1")
    elsewhere = {**ISSUER, "issuer": "https://other.example", "subject": "jane-1"}

    code = client.post(f"{AUTH}/external/authorize", headers=merchant.server, json=elsewhere)
    other_issuer = exchange(client, merchant, code.json["exchangeCode"])
    other_merchant = come_from_elsewhere(client, make_merchant(rt), "jane-1")

    ids = {first.consumer_id, other_merchant.consumer_id}
    assert len(ids | {other_issuer.json["session"]["consumerId"]}) == 3


def test_of_many_who_exchange_a_code_at_once_one_gets_a_session(app, client, merchant):
    code = authorize(client, merchant, "jane-1").json["exchangeCode"]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: exchange(app.test_client(), merchant, code), range(8)))

    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7
    refused = {a.json["code"] for a in answers if a.status_code == 401}
    assert refused == {"INVALID_EXCHANGE_CODE"}


def test_two_codes_for_a_new_subject_make_one_consumer(app, client, merchant):
    codes = [authorize(client, merchant, "jane-1").json["exchangeCode"] for _ in range(6)]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda code: exchange(app.test_client(), merchant, code), codes))

    assert len({answer.json["session"]["consumerId"] for answer in answers}) == 1


def test_two_subjects_with_one_new_address_get_it_once(app, client, merchant):
    codes = [
        authorize(client, merchant, f"jane-{number}", email=EMAIL, emailVerified=True)
        for number in range(6)
    ]

    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda c: exchange(app.test_client(), merchant, c.json["exchangeCode"]), codes)
        )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["session"]["consumerId"] for answer in answers}) == 1


def test_a_code_is_over_after_a_minute(client, rt, merchant):
    code = authorize(client, merchant, "jane-1").json["exchangeCode"]
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE exchange_code SET expires_at = expires_at - interval '1 minute'")
        )

    answer = exchange(client, merchant, code)

    assert (answer.status_code, answer.json["error"]) == (401, "Invalid code")
    assert answer.json["code"] == "INVALID_EXCHANGE_CODE"


def test_a_code_belongs_to_its_merchant(client, rt, merchant):
    code = authorize(client, merchant, "jane-1").json["exchangeCode"]

    assert exchange(client, make_merchant(rt), code).json["code"] == "INVALID_EXCHANGE_CODE"
    assert exchange(client, merchant, code).status_code == 200


def test_an_address_leads_to_the_consumer_that_the_merchant_keeps(client, merchant):
    kept = make_consumer(client, merchant, email=EMAIL, fullName="Jane Doe")

    person = come_from_elsewhere(client, merchant, "jane-1", email="JANE@shop.example", name="J")

    assert person.consumer_id == kept
    assert profile(client, merchant, kept)["fullName"] == "Jane Doe"


def test_an_address_that_somebody_proved_opens_nothing_unless_it_was_checked(client, merchant):
    owner = prove(client, merchant, email=EMAIL)

    stranger = come_from_elsewhere(client, merchant, "mallory", email=EMAIL)
    herself = come_from_elsewhere(client, merchant, "jane-1", email=EMAIL, emailVerified=True)

    assert stranger.consumer_id != owner.consumer_id
    assert profile(client, merchant, stranger.consumer_id)["email"] is None
    assert herself.consumer_id == owner.consumer_id


def test_an_address_that_was_not_checked_is_not_believed(client, merchant):
    kept = make_consumer(client, merchant, email=EMAIL)

    person = come_from_elsewhere(client, merchant, "mallory", email=EMAIL, emailVerified=False)
    other = come_from_elsewhere(client, merchant, "john", email="j@x.example", emailVerified=False)

    assert person.consumer_id != kept
    assert profile(client, merchant, other.consumer_id)["email"] is None


def test_a_known_subject_takes_nobodys_address(client, merchant):
    owner = prove(client, merchant, email=EMAIL)
    person = come_from_elsewhere(client, merchant, "mallory")

    again = come_from_elsewhere(client, merchant, "mallory", email=EMAIL, emailVerified=True)

    assert again.consumer_id == person.consumer_id != owner.consumer_id
    assert profile(client, merchant, person.consumer_id)["email"] is None


def test_a_guest_becomes_the_subject(client, merchant):
    guest = make_guest(client, merchant)

    person = come_from_elsewhere(client, merchant, "jane-1", guest, email=EMAIL)

    assert person.consumer_id == guest.consumer_id
    assert come_from_elsewhere(client, merchant, "jane-1").consumer_id == guest.consumer_id


def test_an_erased_consumer_is_a_stranger_when_they_come_again(client, merchant):
    person = come_from_elsewhere(client, merchant, "jane-1", email=EMAIL)
    client.delete(f"/api/consumers/{person.consumer_id}", headers=merchant.server)

    again = come_from_elsewhere(client, merchant, "jane-1")

    assert again.consumer_id != person.consumer_id
    assert profile(client, merchant, again.consumer_id)["email"] is None


def test_the_row_is_for_servers(client, rt, merchant):
    guest = make_guest(client, merchant)
    weak = make_merchant(rt, scopes=("read:consumers",), of=merchant)
    body = {**ISSUER, "subject": "jane-1"}

    answers = [
        client.post(f"{AUTH}/external/authorize", headers=headers, json=body)
        for headers in ({}, merchant.page, guest.headers, weak.server)
    ]

    assert [answer.json["code"] for answer in answers] == [
        "SECRET_KEY_REQUIRED",
        "SECRET_KEY_REQUIRED",
        "SECRET_KEY_REQUIRED",
        "PERMISSION_DENIED",
    ]


def test_a_key_gives_the_same_code_again(client, merchant):
    body = {**ISSUER, "subject": "jane-1"}
    headers = {**merchant.server, "X-Idempotency-Key": "once"}

    first = client.post(f"{AUTH}/external/authorize", headers=headers, json=body)
    again = client.post(f"{AUTH}/external/authorize", headers=headers, json=body)

    assert first.data == again.data
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_hundred_a_minute(client, rt):
    usual = make_merchant(rt, limits={})

    answer = authorize(client, usual, "jane-1")

    assert answer.headers["X-RateLimit-Limit"] == "100"
    limited = make_merchant(rt, limits={"external_authorize": 1})
    answers = [authorize(client, limited, "jane-1") for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 429]


@pytest.mark.parametrize("missing", ["provider", "issuer", "subject"])
def test_who_it_is_must_be_said(client, merchant, missing):
    body = {**ISSUER, "subject": "jane-1"}
    del body[missing]

    answer = client.post(f"{AUTH}/external/authorize", headers=merchant.server, json=body)

    assert (answer.status_code, answer.json["details"][0]["field"]) == (400, missing)


def test_what_is_claimed_is_kept_sealed(client, rt, merchant):
    authorize(client, merchant, "jane-1", email=EMAIL, fullName="Jane Doe")

    with rt.transaction() as tx:
        kept = str(tx.session.execute(text("SELECT * FROM exchange_code")).all())
    assert "jane-1" in kept
    assert EMAIL not in kept
    assert "Jane Doe" not in kept
