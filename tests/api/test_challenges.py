"""Challenges of the bot check (contract.md, section 3)."""

from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from integration.app import create_app
from integration.kernel.bot_checks import Hosted
from tests.connectors.loopback import plain, serve
from tests.support.journeys import enter, launch, route
from tests.support.launches import make_guest, make_merchant

CHALLENGES = "/api/v1/challenges"


def test_a_challenge_is_altchas(client, merchant):
    posed = client.post(CHALLENGES, headers=merchant.page)

    assert posed.status_code == 201
    assert posed.headers["Cache-Control"] == "no-store"
    parameters = posed.json["parameters"]
    assert posed.json.keys() == {"parameters", "signature"}
    assert parameters["algorithm"] == "PBKDF2/SHA-256"
    assert parameters["cost"] == 1_000
    assert len(parameters["keyPrefix"]) == 32


def test_a_challenge_takes_a_key(client, merchant):
    refused = client.post(CHALLENGES)

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"


def test_challenges_are_counted(client, rt):
    merchant = make_merchant(rt, limits={"challenges": 1})

    first, second = (client.post(CHALLENGES, headers=merchant.page) for _ in "ab")

    assert (first.status_code, second.status_code) == (201, 429)


@pytest.fixture
def hosted(rt):
    """The application with Turnstile, whose service takes ``good``."""

    def judge(handler):
        good = parse_qs(handler.sent)["response"] == ["good"]
        plain(b'{"success": true}' if good else b'{"success": false}')(handler)

    with ExitStack() as stack:
        served = stack.enter_context(serve(judge))
        check = Hosted("turnstile", served.url, "site-key", "secret", rt.http)
        yield create_app(replace(rt, bot_check=check)).test_client()


def test_a_hosted_check_is_asked_once_it_can_open_the_way(hosted, merchant):
    experience = launch(hosted, merchant, {"name": "checked", "botCheck": True})
    guest = make_guest(hosted, merchant)

    gated = route(hosted, experience, guest.headers)
    bad, good = (
        route(hosted, experience, guest.headers, challenge=answer) for answer in ("bad", "good")
    )

    assert gated.json["gates"] == [
        {"kind": "bot_check", "provider": "turnstile", "siteKey": "site-key"}
    ]
    assert bad.data == gated.data
    assert good.json["outcome"] == "routed"
    assert enter(hosted, experience["checked"], guest).status_code == 201


def test_a_hosted_check_that_is_away_is_asked_again_later(rt, merchant):
    check = Hosted("hcaptcha", "http://127.0.0.1:1/siteverify", "site-key", "secret", rt.http)
    client = create_app(replace(rt, bot_check=check)).test_client()
    experience = launch(client, merchant, {"name": "checked", "botCheck": True})
    guest = make_guest(client, merchant)

    refused = route(client, experience, guest.headers, challenge="good")

    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0


def test_a_hosted_checks_challenges_are_its_own(hosted, merchant):
    refused = hosted.post(CHALLENGES, headers=merchant.page)

    assert refused.status_code == 409
    assert refused.json["code"] == "CHALLENGED_ELSEWHERE"
