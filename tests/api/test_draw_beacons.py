"""Draws by public randomness: rounds fetched from a relay, verified, and never before closing."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from py_arkworks_bls12381 import G1Point, G2Point, Scalar
from sqlalchemy import text

from integration.app import create_app
from integration.engine import draw_terms
from integration.engine.beacons import QUICKNET, message, round_for, time_of
from integration.engine.draw_terms import read_terms
from integration.engine.proofs import BeaconTerms, terms_text
from integration.engine.verification import verify
from integration.services import beacons, drawing
from tests.connectors.loopback import plain, serve
from tests.support.backoffice import draft, path_of
from tests.support.draws import close, draw_of, entrants, outcomes, proof, running_draw, tick

ROUND = 1_000
SIGNED = (
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39"
)
FORGED = (
    "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03"
    "f73896b25883abf2853d10337fb8fa41"
)
BEACON = {"kind": "drand"}


def said(signature, number=ROUND):
    return json.dumps({"round": number, "signature": signature}).encode()


@pytest.fixture
def relayed(rt):
    """Returns the runtime as it is with this relay."""
    return lambda url: replace(rt, settings=replace(rt.settings, drand_url=url))


@pytest.fixture
def shop(relayed):
    """A client of an application that has a relay."""
    return create_app(relayed("http://127.0.0.1:1")).test_client()


def rewind(rt, draw, number=ROUND):
    """Let a draw be one of 2023, whose round is on record."""
    at = time_of(QUICKNET, number) - timedelta(seconds=10)
    named = BeaconTerms(QUICKNET.name, QUICKNET.hash, number)
    with rt.transaction() as tx:
        rules = read_terms(tx.session.scalars(text("SELECT terms FROM draw")).one())
        rules = rules._replace(draw_at=at)
        terms = terms_text(rules, open_at=None, close_at=at, beacon=named)
        tx.session.execute(
            text("UPDATE draw SET terms = :terms, beacon_round = :round, draw_at = :at"),
            {"terms": terms, "round": number, "at": at},
        )
        tx.session.execute(text("UPDATE distribution SET close_at = :at"), {"at": at})
    rt.distributions.forget(draw["id"])


def ask_again(rt):
    with rt.transaction() as tx:
        tx.session.execute(text("UPDATE draw SET beacon_asked_at = NULL"))


def test_the_round_is_the_first_at_the_drawing_that_comes_well_after_closing(shop, merchant):
    draw = running_draw(shop, merchant, beacon=BEACON)

    named = json.loads(proof(shop, merchant, draw)["terms"])["beacon"]

    at = datetime.fromisoformat(draw["drawAt"])
    assert named == {
        "name": "quicknet",
        "chain": QUICKNET.hash,
        "round": round_for(QUICKNET, at, at),
    }


def test_a_round_that_comes_before_closing_is_refused(shop, merchant):
    path = path_of(shop, merchant, draft(shop, merchant))
    body = {"sequenceId": path["id"], "drawAt": "2030-01-01T00:00Z", "winnerCount": 1}
    body["beacon"] = {"kind": "drand", "round": ROUND}

    answer = shop.post("/admin/api/v1/draws", json=body, headers=merchant.server)

    assert (answer.status_code, answer.json["details"][0]["field"]) == (400, "beacon.round")


def test_a_draw_waits_for_its_round_and_believes_its_network_only(shop, merchant, rt, relayed):
    draw = running_draw(shop, merchant, winnerCount=1, beacon=BEACON)
    guests = entrants(shop, merchant, draw, 3)
    rewind(rt, draw)
    tick(rt)
    waiting = proof(shop, merchant, draw)
    kept = []

    for answer in (plain(status=404), plain(b"{}"), plain(said(FORGED)), plain(said(SIGNED))):
        with serve(answer) as relay:
            ask_again(rt)
            kept.append(beacons.fetch_due(relayed(relay.url)))
        tick(rt)
        if not kept[-1]:
            assert outcomes(shop, draw, guests) == ["ENTERED"] * 3

    drawn = proof(shop, merchant, draw)
    assert relay.requests[0]["path"] == f"/{QUICKNET.hash}/public/{ROUND}"
    assert kept == [0, 0, 0, 1]
    assert (waiting["beacon"], len(waiting["seed"])) == ("", 64)
    assert drawn["beacon"].startswith("fe290beca10872ef")
    # Its round was out before entries closed: that proves nothing.
    assert drawn["assurance"] == "operator"
    assert verify(drawn) == []
    assert outcomes(shop, draw, guests) == ["LOST", "LOST", "WON"]


def test_a_relay_that_is_away_is_asked_again_two_seconds_later(shop, merchant, rt, relayed):
    draw = running_draw(shop, merchant, beacon=BEACON)
    rewind(rt, draw)
    tick(rt)

    away = beacons.fetch_due(relayed("http://127.0.0.1:1"))
    with serve(plain(said(SIGNED))) as relay:
        at_once = beacons.fetch_due(relayed(relay.url))
        ask_again(rt)
        later = beacons.fetch_due(relayed(relay.url))

    assert (away, at_once, later) == (0, 0, 1)


def test_without_a_relay_nothing_is_fetched(rt):
    assert beacons.fetch_due(rt) == 0


def test_a_draw_by_hand_waits_for_the_beacon_too(shop, merchant, rt):
    draw = running_draw(shop, merchant, beacon=BEACON)
    close(shop, merchant, draw)
    tick(rt)

    answer = shop.post(f"/admin/api/v1/draws/{draw['id']}/run", headers=merchant.server)

    assert (answer.status_code, answer.json["code"]) == (409, "DRAW_AWAITS_BEACON")


def test_a_round_that_nobody_knew_at_closing_makes_a_draw_provable(
    shop, merchant, rt, relayed, monkeypatch
):
    key = Scalar(20_261_120)
    soon = datetime.now(UTC) + timedelta(hours=1)
    chain = QUICKNET._replace(
        hash="ab" * 32, public_key=(G2Point() * key).to_compressed_bytes(), genesis=soon
    )
    suite = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
    signed = (G1Point.hash_to_curve(message(7), suite) * key).to_compressed_bytes()
    for module in (draw_terms, drawing, beacons):
        monkeypatch.setattr(module, "QUICKNET", chain)
    closes = datetime.now(UTC) + timedelta(minutes=50)
    given = {"drawAt": closes.isoformat(), "beacon": {**BEACON, "round": 7}}
    draw = running_draw(shop, merchant, **given)
    entrants(shop, merchant, draw, 4)
    close(shop, merchant, draw)
    tick(rt)

    # An hour passes, as far as the network goes; the merchant does not wait for drawAt.
    past = chain._replace(genesis=soon - timedelta(hours=2))
    monkeypatch.setattr(beacons, "QUICKNET", past)
    with serve(plain(said(signed.hex(), 7))) as relay:
        beacons.fetch_due(relayed(relay.url))
    shop.post(f"/admin/api/v1/draws/{draw['id']}/run", headers=merchant.server)
    tick(rt)

    shown = proof(shop, merchant, draw)
    assert (shown["assurance"], len(shown["winners"])) == ("beacon", 1)
    assert verify(shown, chains={chain.hash: chain}) == []
    assert verify(shown) == ["The terms name a beacon of a network that is not known."]


def test_a_draw_added_without_a_beacon_has_none(shop, merchant):
    path = path_of(shop, merchant, draft(shop, merchant))

    made = draw_of(shop, merchant, path, beacon={"kind": "none"})

    assert made["beacon"] == {"kind": "none", "round": None}
