"""Codes and tokens that two processes get at the same moment: one use, one successor."""

import pytest

from tests.contract.sessions import me
from tests.support.launches import make_guest
from tests.support.people import AUTH, authorize, code_for, messages
from tests.support.racing import starting

CALLS = 8


@pytest.fixture(scope="module")
def racers(settings):
    with starting(settings, 2) as found:
        yield found


def call(merchant, path, **body):
    return {"path": f"{AUTH}/{path}", "method": "POST", "headers": merchant.page, "json": body}


def told(answers):
    return sorted((answer.status, answer.code) for answer in answers)


def test_one_otp_code_twice_signs_in_once(client, rt, merchant, racers):
    email = "john@example.com"
    code = code_for(client, merchant, email=email)

    answers = racers.race([call(merchant, "otp/verify", email=email, code=code)] * CALLS)

    assert told(answers) == [(200, None)] + [(401, "INVALID_OTP")] * (CALLS - 1)
    assert len(messages(client, merchant)) == 1


def test_one_exchange_code_twice_signs_in_once(client, rt, merchant, racers):
    code = authorize(client, merchant, "subject").json["exchangeCode"]

    answers = racers.race([call(merchant, "external/exchange", exchangeCode=code)] * CALLS)

    assert told(answers) == [(200, None)] + [(401, "INVALID_EXCHANGE_CODE")] * (CALLS - 1)


def test_one_refresh_token_from_two_tabs_at_once_gets_the_same_successor(
    client, rt, merchant, racers
):
    guest = make_guest(client, merchant)

    answers = racers.race([call(merchant, "refresh", refreshToken=guest.refresh_token)] * CALLS)

    assert {answer.status for answer in answers} == {200}
    [successor] = {answer.body["refreshToken"] for answer in answers}
    [again] = racers.race([call(merchant, "refresh", refreshToken=successor)])
    assert again.status == 200
    for answer in answers:
        sent = {**merchant.page, "Authorization": f"Bearer {answer.body['accessToken']}"}
        assert me(client, sent).status_code == 200
