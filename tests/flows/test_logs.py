"""What `fanfare up` prints while everything happens: never what could be used by who reads it."""

import base64
import json
import os
import random
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from integration.kernel.ids import new_id
from tests.connectors.loopback import plain, serve
from tests.flows.storefront import ADMIN, Customer, Launch, in_a_terminal, launch, made, rows
from tests.support.house import House, free_port, house
from tests.support.supervised import command_line
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
NAMES = ("accessToken", "refreshToken", "admissionToken", "secret", "key", "publishable_key")
CONTACTS = ("email", "phone", "fullName")
SHORTEST = 6


class Witness(House):
    """The same service as another merchant sees it, who remembers whatever is secret."""

    def __init__(self, running: House) -> None:
        super().__init__(running.process, running.data_dir, int(running.url.rpartition(":")[2]))
        code, said = in_a_terminal(running, "orgs", "create", "Acme", "--slug", "acme")
        assert code == 0, said
        self.keys = json.loads(said)
        self.secrets = {self.keys["publishable_key"], self.keys["secret_key"]}
        self.http.hooks["response"] = [self.remember]

    @property
    def demo(self) -> dict[str, Any]:
        keys = self.keys
        return {"publishableKey": keys["publishable_key"], "secretKey": keys["secret_key"]}

    def remember(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        """Keep what was sent and answered, of what nobody else should have."""
        sent = answer.request
        for text in (sent.body, answer.content):
            self._keep(_json(text))
        for name in ("Authorization", "X-Fingerprint", "X-Publishable-Key"):
            self.keep(sent.headers.get(name, "").removeprefix("Bearer "))
        for values in parse_qs(urlsplit(sent.url).query).values():
            self.keep(*values)
        for cookie in answer.cookies:
            self.keep(cookie.value)

    def keep(self, *texts: str | None) -> None:
        self.secrets |= {text for text in texts if text and len(text) >= SHORTEST}

    def _keep(self, told: Any) -> None:
        if isinstance(told, list):
            for each in told:
                self._keep(each)
        elif isinstance(told, dict):
            for name, value in told.items():
                if isinstance(value, str) and name in (*NAMES, *CONTACTS):
                    self.keep(value)
                if name == "code" and not value.isupper():
                    # A handoff's; those of errors are words in capitals.
                    self.keep(value)
                self._keep(value)


def _json(text: bytes | str | None) -> Any:
    try:
        return json.loads(text or "null")
    except ValueError:
        return None


@pytest.fixture(scope="module", params=["console", "json"])
def running(request) -> Iterator[House]:
    with house(FANFARE_LOG_FORMAT=request.param, FANFARE_LOG_LEVEL="debug") as found:
        yield found


def test_nothing_that_could_be_misused_is_printed(running):
    seen = Witness(running)

    with serve(plain(b"not today", 500)) as failing:
        watch_for(seen, failing.url)
        sold = launch(
            seen,
            checkout={"checkoutUrl": "https://shop.example/?t={token}&h={handle}"},
            admissionRate=6000,
        )
        buy(seen, sold)
        wait_until(lambda: failing.requests, "an event is sent")
        lie(seen, sold)
        know_people(seen)
        connect_a_shop_that_is_away(seen)
        fail_in_the_middle(seen, sold)
        lose_the_engines(seen, sold)
    running.stop()

    printed = running.log
    assert [each for each in seen.secrets if each in printed] == []
    assert len(seen.secrets) > 40
    for told in (
        "endpoint_id",
        "unexpected",
        "UndefinedTable",
        "valkey was killed",
        "postgres was killed",
    ):
        assert told in printed


def watch_for(seen: Witness, address: str) -> None:
    """Register endpoints that fail, with secrets in their addresses."""
    nobody = f"http://127.0.0.1:{free_port()}"
    for at in (address, nobody):
        token = secrets.token_urlsafe(24)
        seen.keep(token)
        webhook = made(seen, f"{ADMIN}/webhooks", {"url": f"{at}/hook?token={token}"})
        made(seen, f"{ADMIN}/webhooks/{webhook['id']}/test", {})
        made(seen, f"{ADMIN}/webhooks/{webhook['id']}/rotate", {})


def buy(seen: Witness, sold: Launch) -> Customer:
    """Go all the way from the queue to the order."""
    who = Customer(seen)
    token = who.admitted(sold)
    validated = made(seen, f"{sold.path}/validate", {"admissionToken": token})
    assert validated["valid"]
    query = parse_qs(urlsplit(who.check_out(token)).query)
    assert query["t"] == [token]
    seen.keep(*query["h"])
    order = {
        "consumerId": who.id,
        "distributionId": sold.queue_id,
        "externalOrderId": who.id,
        "totalAmount": 199.99,
        "admissionToken": token,
    }
    made(seen, "/api/orders", order)
    wait_until(lambda: who.status(sold)["status"] == "COMPLETED", "the order completes")
    return who


def lie(seen: Witness, sold: Launch) -> None:
    """Come with everything that is wrong: tokens, keys, codes, signatures, JSON."""
    who = Customer(seen)
    token = who.admitted(sold)
    access = who.headers["Authorization"].removeprefix("Bearer ")
    forged = [spoiled(access), spoiled(token), unsigned(access), "sk_live_" + "x" * 32, access * 2]
    seen.keep(*forged)
    for wrong in forged:
        headers = {**who.headers, "Authorization": f"Bearer {wrong}"}
        assert seen.get(f"{sold.path}/status", **headers).status_code == 401
        assert seen.post(f"{sold.path}/validate", {"admissionToken": wrong}).status_code < 500
        assert seen.get(f"/checkout/{wrong}").status_code == 404
        assert seen.get(f"/api/v1/consumers/me?access_token={wrong}").status_code < 500
        assert seen.get(f"/nowhere/{wrong}").status_code == 404
        refreshed = seen.post("/api/v1/auth/refresh", {"refreshToken": wrong[:200]}, **seen.page)
        assert refreshed.status_code == 401
    email = f"{new_id('eve').lower()}@shop.example"
    seen.keep(email)
    for body in (f'{{"email": "{email}", ', f'{{"{email}": 1}}', f'["{token}"]', "\xff" + token):
        headers = {**seen.server, "Content-Type": "application/json"}
        sent = {"data": body.encode(), "headers": headers}
        assert seen.call("POST", "/api/consumers", **sent).status_code == 400


def spoiled(token: str) -> str:
    """Return a token whose signature is another's."""
    return token[:-8] + "AAAAAAAA"


def unsigned(token: str) -> str:
    """Return the same claims under ``alg: none``."""
    header = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    return f"{header}.{token.split('.')[1]}."


def know_people(seen: Witness) -> None:
    """Keep consumers, come upon their contacts twice, and erase one."""
    name = new_id("ada").lower()
    body = {
        "email": f"{name}@shop.example",
        "phone": f"+1555{random.randrange(10**6, 10**7)}",
        "fullName": "Augusta Ada King-Noel",
        "externalId": name,
    }
    ada = made(seen, "/api/consumers", body)
    assert seen.post("/api/consumers", body).status_code == 409
    assert seen.post("/api/consumers", {**body, "phone": "+1 555"}).status_code == 400
    seen.call("GET", "/api/consumers", params={"email": body["email"]}, headers=seen.server)
    path = f"/api/consumers/{ada['id']}"
    assert seen.call("DELETE", path, headers=seen.server).status_code == 204
    assert seen.get(path).status_code in {200, 404}


def connect_a_shop_that_is_away(seen: Witness) -> None:
    """Enter credentials, fail to use them, and get a forged webhook."""
    given = {
        "username": f"{new_id('root').lower()}@shop.example",
        "password": secrets.token_urlsafe(24),
        "webhookSecret": f"whsec_{base64.b64encode(os.urandom(32)).decode()}",
    }
    seen.keep(*given.values())
    settings = {"url": f"http://127.0.0.1:{free_port()}"}
    shop = {"platform": "vendure", "name": "Away", "settings": settings, "credentials": given}
    path = f"{ADMIN}/connections/{made(seen, f'{ADMIN}/connections', shop)['id']}"
    assert made(seen, f"{path}/verify", {})["state"] == "failing"
    made(seen, f"{path}/sync", {"subject": "products"})
    wait_until(
        lambda: seen.get(f"{path}/sync-runs").json()["data"][0]["problem"], "the run has failed"
    )
    signature = f"v1,{secrets.token_urlsafe(32)}"
    seen.keep(signature)
    headers = {"webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": signature}
    called = f"/webhooks/vendure/{path.rpartition('/')[2]}"
    assert seen.post(called, {"customer_email": given["username"]}, **headers).status_code == 401


def fail_in_the_middle(seen: Witness, sold: Launch) -> None:
    """Let what nobody expects happen to calls that carry codes and contacts."""
    who = Customer(seen)
    token = who.admitted(sold)
    body = {"admissionToken": token, "pattern": "external"}
    way = seen.call("POST", "/api/v1/handoffs", json=body, headers=who.headers).json()
    email = f"{new_id('joan').lower()}@shop.example"
    phone = f"+1555{random.randrange(10**6, 10**7)}"
    calls = {
        "handoff": lambda: seen.get(f"/checkout/{way['code']}"),
        "consumer": lambda: seen.post("/api/consumers", {"email": email, "phone": phone}),
        "admission": lambda: seen.post(f"{sold.path}/validate", {"admissionToken": token}),
    }
    for table, call in calls.items():
        rows(seen, f"ALTER TABLE {table} RENAME TO lost")
        assert call().status_code == 500
        rows(seen, f"ALTER TABLE lost RENAME TO {table}")


def lose_the_engines(seen: Witness, sold: Launch) -> None:
    """Go on while Valkey and Postgres are killed and come back."""
    who = Customer(seen)
    for engine in ("valkey-server", "bin/postgres -D"):
        next(each for each in seen.family() if engine in command_line(each)).kill()
        for _ in range(5):
            seen.call("POST", f"{sold.path}/enter", headers=who.headers)
            seen.get(f"/api/consumers?email={new_id('who').lower()}@shop.example")
        seen.wait_until_ready()
