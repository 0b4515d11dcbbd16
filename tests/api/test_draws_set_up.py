"""Draws of the Admin API (contract.md, section 5)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.backoffice import ADMIN, draft, path_of, publish
from tests.support.draws import close, draw_of, entrants, outcomes, proof, running_draw, tick

DRAWS = f"{ADMIN}/draws"


def in_hours(hours):
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def change(client, merchant, draw, **changes):
    return client.patch(f"{DRAWS}/{draw['id']}", json=changes, headers=merchant.server)


def act(client, merchant, draw, verb):
    return client.post(f"{DRAWS}/{draw['id']}/{verb}", headers=merchant.server)


def test_a_draw_has_the_contracts_defaults(client, merchant, sequence):
    made = draw_of(client, merchant, sequence, drawAt="2030-06-01T10:00", timeZone="Europe/Berlin")

    assert made["id"].startswith("draw_")
    assert made["type"] == "draw"
    assert made["drawAt"] == made["closeAt"] == "2030-06-01T08:00:00.000Z"
    assert (made["winnerCount"], made["backupCount"]) == (1, 0)
    assert made["continueSelectingUntilCompleted"] is False
    assert (made["tickets"], made["beacon"]) == (None, {"kind": "none", "round": None})
    assert made["admissionExpirationSeconds"] == 86_400
    shown = client.get(f"{DRAWS}/{made['id']}", headers=merchant.server)
    assert shown.json == made


def test_a_draw_keeps_what_it_is_given(client, merchant, sequence):
    given = {
        "openAt": "2030-06-01T06:00:00.000Z",
        "closeAt": "2030-06-01T07:00:00.000Z",
        "drawAt": "2030-06-01T08:00:00.000Z",
        "winnerCount": 100,
        "backupCount": 20,
        "continueSelectingUntilCompleted": True,
        "tickets": {"field": "spent", "max": 10},
    }

    made = draw_of(client, merchant, sequence, **given)

    assert {name: made[name] for name in given} == given


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"drawAt": None}, "drawAt"),
        ({"winnerCount": 0}, "winnerCount"),
        ({"backupCount": -1}, "backupCount"),
        ({"closeAt": "2030-06-02T00:00Z", "drawAt": "2030-06-01T00:00Z"}, "drawAt"),
        ({"openAt": "2030-06-01T00:00Z", "drawAt": "2030-06-01T00:00Z"}, "closeAt"),
        ({"tickets": {"field": "spent"}}, "tickets.max"),
        ({"tickets": {"field": "spent", "max": 101}}, "tickets.max"),
        ({"beacon": {"kind": "moon"}}, "beacon.kind"),
        ({"beacon": {"kind": "drand"}}, "beacon.kind"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_draw_that_makes_no_sense_is_refused(client, merchant, sequence, given, field):
    body = {"sequenceId": sequence["id"], "drawAt": "2030-06-01T00:00Z", "winnerCount": 1}

    answer = client.post(DRAWS, json=body | given, headers=merchant.server)

    assert (answer.status_code, answer.json["code"]) == (400, "VALIDATION_FAILED")
    assert answer.json["details"][0]["field"] == field


def test_terms_follow_the_draw_until_it_opens(client, merchant):
    draw = running_draw(client, merchant, openAt=in_hours(1))
    before = proof(client, merchant, draw)

    changed = change(client, merchant, draw, winnerCount=7)

    after = proof(client, merchant, draw)
    assert changed.json["winnerCount"] == 7
    assert json.loads(after["terms"])["winnerCount"] == 7
    assert after["commitment"] != before["commitment"]


@pytest.mark.parametrize(
    "changes",
    [{"winnerCount": 2}, {"drawAt": "2031-01-01T00:00Z"}, {"closeAt": "2029-01-01T00:00Z"}],
)
def test_terms_are_fixed_once_it_has_opened(client, merchant, changes):
    draw = running_draw(client, merchant)
    before = proof(client, merchant, draw)

    answer = change(client, merchant, draw, **changes)

    assert (answer.status_code, answer.json["code"]) == (409, "DRAW_TERMS_FIXED")
    assert proof(client, merchant, draw) == before
    assert change(client, merchant, draw, notice="Soon.").status_code == 200


def test_closing_moves_along_with_the_drawing_unless_it_was_set(client, merchant):
    moving = running_draw(client, merchant, openAt=in_hours(1))
    fixed = running_draw(client, merchant, openAt=in_hours(1), closeAt=in_hours(2))
    later = "2031-01-01T00:00:00.000Z"

    closes = [
        change(client, merchant, draw, drawAt=later).json["closeAt"] for draw in (moving, fixed)
    ]

    assert closes == [later, fixed["closeAt"]]


def test_opening_and_closing_by_hand_leaves_the_terms_as_they_were(client, merchant):
    draw = running_draw(client, merchant, openAt=in_hours(1), drawAt=in_hours(3))
    before = proof(client, merchant, draw)

    act(client, merchant, draw, "open")
    close(client, merchant, draw)

    assert proof(client, merchant, draw) == before


def test_a_draw_that_has_closed_does_not_open_again(client, merchant):
    draw = running_draw(client, merchant)
    close(client, merchant, draw)

    answer = act(client, merchant, draw, "open")

    assert (answer.status_code, answer.json["code"]) == (409, "CLOSED_FOR_GOOD")


def test_running_a_draw_ends_its_entries_and_draws(client, merchant, rt):
    draw = running_draw(client, merchant)
    guests = entrants(client, merchant, draw, 2)

    run, again = act(client, merchant, draw, "run"), act(client, merchant, draw, "run")
    tick(rt)
    drawn = act(client, merchant, draw, "run")

    assert [each.status_code for each in (run, again, drawn)] == [200] * 3
    assert (run.json["status"], run.json["closeAt"] < draw["closeAt"]) == ("CLOSED", True)
    assert outcomes(client, draw, guests) == ["LOST", "WON"]


@pytest.mark.parametrize("given", [{"openAt": in_hours(1), "drawAt": in_hours(3)}, {}])
def test_a_draw_that_is_paused_or_has_not_opened_is_not_drawn(client, merchant, given):
    draw = running_draw(client, merchant, **given)
    act(client, merchant, draw, "close" if given else "pause")

    answer = act(client, merchant, draw, "run")

    assert (answer.status_code, answer.json["code"]) == (409, "NOT_DRAWABLE")


def test_a_draw_added_to_a_published_experience_is_open_at_once(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    draw_of(client, merchant, path)
    publish(client, merchant, experience)

    added = draw_of(client, merchant, path)

    assert (added["state"], added["status"]) == ("active", "OPEN")
    assert len(proof(client, merchant, added)["commitment"]) == 64
