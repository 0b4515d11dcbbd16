"""The port that tells people from programs, and the three ways behind it."""

import base64
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.kernel.bot_checks import ChallengedElsewhere, Hosted, ProofOfWork
from integration.kernel.crypto import Vault
from integration.kernel.outbound import OutboundFailed, guarded_session
from integration.kernel.tenant import Tenant
from tests.connectors.loopback import plain, serve

SECRET = "a-secret-for-tests-that-is-long-enough"
ACME, OTHER = Tenant("org_a", "live"), Tenant("org_b", "live")
WORK = ProofOfWork(Vault(SECRET), effort=8)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="


def now() -> datetime:
    return datetime.now(UTC)


def solved(challenge: dict) -> str:
    """Work as a browser does, and return what it sends."""
    posed = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(posed)
    assert solution is not None
    return altcha.Payload(posed, solution).to_base64()


def altered(answer: str, change) -> str:
    said = json.loads(base64.b64decode(answer))
    change(said)
    return base64.b64encode(json.dumps(said).encode()).decode()


def test_a_solved_challenge_proves_itself_until_it_expires():
    began = now()
    answer = solved(WORK.challenge(ACME, began))

    proof = WORK.verify(ACME, answer, began)

    assert proof is not None
    assert timedelta(minutes=9, seconds=59) < proof.expires_at - began <= timedelta(minutes=10)
    assert WORK.verify(ACME, answer, proof.expires_at) is None


def test_the_same_answer_is_known_again_however_it_is_spelled():
    answer = solved(WORK.challenge(ACME, now()))
    spelled_otherwise = altered(answer, lambda said: said["solution"].update(time=1, took=5))

    first, second = (WORK.verify(ACME, each, now()) for each in (answer, spelled_otherwise))

    assert first is not None
    assert first == second


def test_each_challenge_is_another_one():
    first, second = (WORK.verify(ACME, solved(WORK.challenge(ACME, now())), now()) for _ in "ab")

    assert first is not None
    assert second is not None
    assert first.hash != second.hash


def test_an_answer_serves_no_other_organization():
    answer = solved(WORK.challenge(ACME, now()))

    assert WORK.verify(OTHER, answer, now()) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["solution"].update(derivedKey="00" * 32),
        lambda said: said["solution"].update(derivedKey=None),
        lambda said: said["challenge"].update(signature="0" * 64),
        lambda said: said["challenge"].update(signature=None),
        lambda said: said["challenge"]["parameters"].update(cost=1),
        lambda said: said["challenge"]["parameters"].update(expiresAt=9_999_999_999),
        lambda said: said["challenge"]["parameters"].update(data=OTHER._asdict()),
        lambda said: said.pop("solution"),
        lambda said: said.update(challenge=[]),
    ],
)
def test_an_altered_answer_proves_nothing(change):
    answer = altered(solved(WORK.challenge(ACME, now())), change)

    assert WORK.verify(ACME, answer, now()) is None


def test_another_secrets_challenge_proves_nothing():
    answer = solved(ProofOfWork(Vault(SECRET + "!"), effort=8).challenge(ACME, now()))

    assert WORK.verify(ACME, answer, now()) is None


@given(st.text(ALPHABET, max_size=200) | st.text(max_size=50))
def test_nonsense_proves_nothing(answer):
    assert WORK.verify(ACME, answer, now()) is None


def judge(handler) -> None:
    """Say yes to ``good``, as Turnstile and hCaptcha do."""
    good = parse_qs(handler.sent)["response"] == ["good"]
    plain(json.dumps({"success": good}).encode())(handler)


def hosted(url: str) -> Hosted:
    return Hosted("turnstile", url, "site", "secret", guarded_session(allow_loopback=True))


def test_a_hosted_check_says_which_answers_are_good():
    with serve(judge) as served:
        check = hosted(served.url)

        good, bad = (check.verify(ACME, answer, now()) for answer in ("good", "bad"))

    assert good is not None
    assert bad is None
    sent = parse_qs(served.requests[0]["body"])
    assert sent == {"secret": ["secret"], "response": ["good"], "sitekey": ["site"]}


@pytest.mark.parametrize("answer", [b"<html>", b"[]"])
def test_a_hosted_check_that_talks_nonsense_is_away(answer):
    with serve(plain(answer)) as served, pytest.raises(OutboundFailed):
        hosted(served.url).verify(ACME, "good", now())


def test_a_hosted_check_makes_its_own_challenges():
    with pytest.raises(ChallengedElsewhere):
        hosted("http://127.0.0.1:1").challenge(ACME, now())
