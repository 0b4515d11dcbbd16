"""People who show who they are: by a code, or by a merchant's word."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.launches import Guest, Merchant

AUTH = "/api/v1/auth"
ISSUER = {"provider": "shop", "issuer": "https://login.shop.example"}


def ask(client: FlaskClient, merchant: Merchant, **contact: Any) -> TestResponse:
    """Ask for a code."""
    return client.post(f"{AUTH}/otp/request", headers=merchant.page, json=contact)


def messages(client: FlaskClient, merchant: Merchant) -> list[dict[str, Any]]:
    """What people were sent, the newest first."""
    answer = client.get("/admin/api/v1/outbox?limit=100", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def code_for(client: FlaskClient, merchant: Merchant, **contact: Any) -> str:
    """Ask for a code, and read it."""
    answer = ask(client, merchant, **contact)
    assert answer.status_code == 202, answer.text
    found = re.search(r"\b\d{6}\b", messages(client, merchant)[0]["text"])
    assert found
    return found.group()


def verify(
    client: FlaskClient, merchant: Merchant, code: str, guest: Guest | None = None, **contact: Any
) -> TestResponse:
    """Send a code back, as a guest where one is given."""
    headers = guest.headers if guest else merchant.page
    return client.post(f"{AUTH}/otp/verify", headers=headers, json={"code": code, **contact})


def prove(
    client: FlaskClient, merchant: Merchant, guest: Guest | None = None, **contact: Any
) -> Guest:
    """Sign in by a code, as a guest where one is given."""
    answer = verify(client, merchant, code_for(client, merchant, **contact), guest, **contact)
    return signed_in(merchant, answer)


def authorize(client: FlaskClient, merchant: Merchant, subject: str, **claims: Any) -> TestResponse:
    """Vouch for somebody as the merchant's server."""
    body = {**ISSUER, "subject": subject, "claims": claims}
    return client.post(f"{AUTH}/external/authorize", headers=merchant.server, json=body)


def exchange(
    client: FlaskClient, merchant: Merchant, code: str, guest: Guest | None = None
) -> TestResponse:
    """Take up an exchange code, as a guest where one is given."""
    headers = guest.headers if guest else merchant.page
    return client.post(f"{AUTH}/external/exchange", headers=headers, json={"exchangeCode": code})


def come_from_elsewhere(
    client: FlaskClient,
    merchant: Merchant,
    subject: str,
    guest: Guest | None = None,
    **claims: Any,
) -> Guest:
    """Sign in by a merchant's word."""
    code = authorize(client, merchant, subject, **claims).json["exchangeCode"]
    return signed_in(merchant, exchange(client, merchant, code, guest))


def signed_in(merchant: Merchant, answer: TestResponse) -> Guest:
    """Whoever a session's answer is for."""
    assert answer.status_code == 200, answer.text
    said = answer.json
    consumer_id = said["session"]["consumerId"]
    headers = {
        **merchant.page,
        "Authorization": f"Bearer {said['accessToken']}",
        "X-Fingerprint": f"fp_{consumer_id}",
    }
    return Guest(consumer_id, said["accessToken"], said["refreshToken"], headers)
