"""Signing in by a code (contract.md, section 2)."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tests.support.launches import PLENTY, make_guest, make_merchant, without
from tests.support.people import ask, code_for, messages, prove, verify

EMAIL = "jane@shop.example"
PHONE = "+15551234567"


def let_pass(rt, minutes, column="expires_at"):
    with rt.transaction() as tx:
        tx.session.execute(
            text(f"UPDATE otp_code SET {column} = {column} - make_interval(mins => :minutes)"),
            {"minutes": minutes},
        )


def make_consumer(client, merchant, **given):
    answer = client.post("/api/consumers", headers=merchant.server, json=given)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def test_a_code_signs_in(client, merchant):
    code = code_for(client, merchant, email=EMAIL, fullName="Jane Doe")

    answer = verify(client, merchant, code, email=EMAIL)

    said = answer.json
    assert answer.status_code == 200
    assert said["session"]["type"] == "authenticated"
    assert said["session"]["guestId"] is None
    assert said["session"]["email"] == EMAIL
    assert (said["tokenType"], said["expiresIn"]) == ("Bearer", 3600)
    headers = {**merchant.page, "Authorization": f"Bearer {said['accessToken']}"}
    me = client.get("/api/v1/consumers/me", headers=headers).json
    assert (me["email"], me["fullName"]) == (EMAIL, "Jane Doe")


def test_a_code_by_text_message(client, merchant):
    code = code_for(client, merchant, phone="(555) 123-4567", defaultCountry="US")

    answer = verify(client, merchant, code, phone=PHONE)

    assert answer.json["session"]["phone"] == PHONE
    assert messages(client, merchant)[0]["channel"] == "sms"


def test_a_session_of_a_code_is_refreshed(client, merchant):
    person = prove(client, merchant, email=EMAIL)

    answer = client.post(
        "/api/v1/auth/refresh", headers=merchant.page, json={"refreshToken": person.refresh_token}
    )

    assert answer.status_code == 200
    assert answer.json["session"]["type"] == "authenticated"
    assert answer.json["session"]["consumerId"] == person.consumer_id


def test_the_answer_does_not_tell_who_is_known(client, merchant):
    make_consumer(client, merchant, email=EMAIL)

    known = ask(client, merchant, email=EMAIL)
    unknown = ask(client, merchant, email="nobody@shop.example")

    assert known.status_code == unknown.status_code == 202
    assert known.json.keys() == unknown.json.keys() == {"requestId", "expiresAt"}
    kept = {"X-Request-Id", "X-RateLimit-Remaining", "Date"}
    headers = [{k: v for k, v in a.headers.items() if k not in kept} for a in (known, unknown)]
    assert headers[0] == headers[1]


def test_a_known_person_is_found_in_whatever_case(client, merchant):
    known = make_consumer(client, merchant, email="Jane@Shop.example")

    person = prove(client, merchant, email="jANE@shop.example")

    assert person.consumer_id == known


def test_a_code_is_good_once(client, merchant):
    code = code_for(client, merchant, email=EMAIL)
    verify(client, merchant, code, email=EMAIL)

    again = verify(client, merchant, code, email=EMAIL)

    assert (again.status_code, again.json["error"]) == (401, "Invalid code")
    assert again.json["code"] == "INVALID_OTP"


def test_of_many_who_send_a_code_at_once_one_is_signed_in(app, client, merchant):
    code = code_for(client, merchant, email=EMAIL)

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: verify(app.test_client(), merchant, code, email=EMAIL), range(8))
        )

    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7
    assert {a.json.get("code") for a in answers if a.status_code == 401} == {"INVALID_OTP"}


def test_a_new_code_replaces_the_old_one(client, merchant):
    old = code_for(client, merchant, email=EMAIL)
    new = code_for(client, merchant, email=EMAIL)

    assert old == new or verify(client, merchant, old, email=EMAIL).status_code == 401
    assert verify(client, merchant, new, email=EMAIL).status_code == 200


def test_a_code_is_over_after_ten_minutes(client, rt, merchant):
    code = code_for(client, merchant, email=EMAIL)
    let_pass(rt, 10)

    answer = verify(client, merchant, code, email=EMAIL)

    assert (answer.status_code, answer.json["code"]) == (401, "INVALID_OTP")


def test_five_wrong_guesses_end_a_code(client, merchant):
    code = code_for(client, merchant, email=EMAIL)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert verify(client, merchant, wrong, email=EMAIL).status_code == 401

    answer = verify(client, merchant, code, email=EMAIL)

    assert (answer.status_code, answer.json["code"]) == (401, "INVALID_OTP")


def test_four_wrong_guesses_do_not(client, merchant):
    code = code_for(client, merchant, email=EMAIL)
    for _ in range(4):
        verify(client, merchant, "000000" if code != "000000" else "1", email=EMAIL)

    answer = verify(client, merchant, code, email=EMAIL)

    assert answer.status_code == 200


def test_a_code_belongs_to_its_contact_and_its_merchant(client, rt, merchant):
    other, testing = make_merchant(rt), make_merchant(rt, mode="test", of=merchant)
    code = code_for(client, merchant, email=EMAIL)

    answers = [
        verify(client, merchant, code, email="john@shop.example"),
        verify(client, other, code, email=EMAIL),
        verify(client, testing, code, email=EMAIL),
    ]

    assert {answer.json["code"] for answer in answers} == {"INVALID_OTP"}


def test_five_codes_an_hour_for_one_contact(client, rt, merchant):
    answers = [ask(client, merchant, email=EMAIL) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert answers[-1].json["code"] == "RATE_LIMITED"
    assert 3500 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert ask(client, merchant, email="john@shop.example").status_code == 202
    let_pass(rt, 60, "hour_began")
    assert ask(client, merchant, email=EMAIL).status_code == 202


def test_the_hour_counts_used_codes_too(client, merchant):
    for _ in range(5):
        prove(client, merchant, email=EMAIL)

    assert ask(client, merchant, email=EMAIL).status_code == 429


def test_ten_codes_a_minute_for_one_organization(client, rt):
    usual = make_merchant(rt, limits={})

    answers = [ask(client, usual, email=f"p{number}@shop.example") for number in range(11)]

    assert [answer.status_code for answer in answers] == [202] * 10 + [429]
    assert answers[0].headers["X-RateLimit-Limit"] == "10"
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_an_organization_may_allow_more(client, rt):
    generous = make_merchant(rt, limits={**PLENTY, "otp_contact": 7})

    answers = [ask(client, generous, email=EMAIL) for _ in range(8)]

    assert [answer.status_code for answer in answers] == [202] * 7 + [429]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": EMAIL, "phone": PHONE},
        {"email": "jane"},
        {"phone": "555 1234"},
        {"phone": "12", "defaultCountry": "US"},
        {"email": EMAIL, "fullName": ""},
        {"email": EMAIL, "surprise": 1},
    ],
)
def test_contacts_that_cannot_be_reached(client, merchant, body):
    answer = ask(client, merchant, **body)

    assert (answer.status_code, answer.json["code"]) == (400, "VALIDATION_FAILED")


def test_nothing_tells_the_code(client, rt, merchant, caplog):
    with caplog.at_level(logging.DEBUG):
        code = code_for(client, merchant, email=EMAIL)
        verify(client, merchant, code, email=EMAIL)
    with rt.transaction() as tx:
        kept = [
            str(row)
            for table in ("otp_code", "message")
            for row in tx.session.execute(text(f"SELECT * FROM {table}"))
        ]

    assert code not in caplog.text
    assert EMAIL not in caplog.text
    assert kept
    assert not any(code in row or EMAIL in row for row in kept)


def test_two_people_with_one_number_are_told_apart(client, merchant):
    both = {make_consumer(client, merchant, phone=PHONE, externalId=each) for each in "ab"}

    first = prove(client, merchant, phone=PHONE)
    second = prove(client, merchant, phone=PHONE)

    assert first.consumer_id not in both
    assert second.consumer_id == first.consumer_id


def test_the_only_one_with_a_number_is_meant(client, merchant):
    known = make_consumer(client, merchant, phone=PHONE)

    assert prove(client, merchant, phone=PHONE).consumer_id == known


def test_a_name_does_not_replace_the_one_that_is_known(client, merchant):
    make_consumer(client, merchant, email=EMAIL, fullName="Jane Doe")

    code = code_for(client, merchant, email=EMAIL, fullName="Somebody Else")

    answer = verify(client, merchant, code, email=EMAIL)

    consumer = answer.json["session"]["consumerId"]
    shown = client.get(f"/api/v1/consumers/{consumer}", headers=merchant.server).json
    assert shown["fullName"] == "Jane Doe"


def test_a_session_that_has_ended_proves_nothing(client, merchant):
    guest = make_guest(client, merchant)
    client.post("/api/v1/auth/logout", headers=guest.headers)
    code = code_for(client, merchant, email=EMAIL)

    answer = verify(client, merchant, code, guest, email=EMAIL)

    assert (answer.status_code, answer.json["code"]) == (401, "AUTHENTICATION_REQUIRED")
    assert verify(client, merchant, code, email=EMAIL).status_code == 200


def test_without_a_key(client, merchant):
    guest = without(make_guest(client, merchant), "X-Publishable-Key")

    answer = client.post(
        "/api/v1/auth/otp/verify", headers=guest.headers, json={"email": EMAIL, "code": "1"}
    )

    assert (answer.status_code, answer.json["code"]) == (401, "AUTHENTICATION_REQUIRED")
