"""Draws through the front door: entering, the proof, what becomes of everybody."""

from integration.engine.verification import verify, verify_inclusion
from tests.support.draws import (
    close,
    close_and_run,
    entrants,
    leave,
    outcomes,
    proof,
    running_draw,
    statuses,
    tick,
)


def test_winners_are_admitted_backups_wait_and_losers_are_denied(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=2, backupCount=1)
    guests = entrants(client, merchant, draw, 6)

    close_and_run(client, merchant, rt, draw)

    found = [
        (each["outcome"], each["status"], each["denyReason"], each["admissionToken"] is not None)
        for each in statuses(client, draw, guests)
    ]
    assert sorted(found, key=str) == [
        ("BACKUP", "QUEUED", None, False),
        *[("LOST", "DENIED", "NOT_SELECTED", False)] * 3,
        *[("WON", "ADMITTED", None, True)] * 2,
    ]


def test_the_proof_of_a_draw_holds_and_one_that_was_changed_does_not(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=2, backupCount=2)
    before = proof(client, merchant, draw)
    guests = entrants(client, merchant, draw, 8)
    close(client, merchant, draw)
    tick(rt)
    between = proof(client, merchant, draw)
    leave(client, draw, guests[0])
    close_and_run(client, merchant, rt, draw)

    after = proof(client, merchant, draw)

    assert set(before) == {"version", "drawId", "terms", "commitment"}
    assert set(between) - set(before) == {
        "entryRoot",
        "entrantCount",
        "beacon",
        "assurance",
        "entries",
    }
    assert {name: after[name] for name in between} == between
    assert (after["beacon"], after["assurance"]) == ("", "operator")
    assert (len(after["withdrawn"]), len(after["winners"]), len(after["backups"])) == (1, 2, 2)
    assert verify(after) == []
    assert verify({**after, "winners": after["backups"]}) != []


def test_each_consumer_sees_that_their_entry_was_in(client, merchant, rt):
    draw = running_draw(client, merchant)
    guests = entrants(client, merchant, draw, 5)
    leave(client, draw, guests[4])
    close(client, merchant, draw)
    tick(rt)

    own = [proof(client, merchant, draw, **guest.headers) for guest in guests]

    assert all(verify_inclusion(each["inclusion"], own[0]["entryRoot"]) for each in own[:4])
    assert {each["inclusion"]["index"] for each in own[:4]} == {0, 1, 2, 3}
    assert "inclusion" not in own[4]


def test_backups_lose_when_every_winner_has_completed(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=1, backupCount=1)
    guests = entrants(client, merchant, draw, 2)
    close_and_run(client, merchant, rt, draw)
    winner = next(each for each in statuses(client, draw, guests) if each["outcome"] == "WON")

    client.post(
        f"/api/v1/draws/{draw['id']}/complete",
        json={"consumerId": winner["consumerId"]},
        headers=merchant.server,
    )
    tick(rt)

    assert outcomes(client, draw, guests) == ["LOST", "WON"]
