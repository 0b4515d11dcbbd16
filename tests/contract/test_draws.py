"""The draw rows of contract.md, sections 1 to 3 and 5: exact errors, codes, headers, shapes."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from integration.services import admitting
from tests.support.backoffice import ADMIN, draft, path_of, post, stranger_to
from tests.support.draws import (
    close,
    close_and_run,
    draw_of,
    enter,
    entrants,
    leave,
    proof,
    running_draw,
    status,
    statuses,
    tick,
)
from tests.support.envelopes import STATUS, refused
from tests.support.launches import PLENTY, make_guest, make_merchant, without

ACTIONS = [("POST", "enter"), ("POST", "leave"), ("GET", "status")]


def call(client, draw, method, action="", headers=None, **more):
    path = f"/api/v1/draws/{draw['id']}" + (f"/{action}" if action else "")
    return client.open(path, method=method, headers=headers, **more)


def test_get_draw_is_as_a_queue_with_its_own_fields(client, merchant):
    draw = running_draw(client, merchant, name="Raffle", winnerCount=3, maxCapacity=9, notice="Hi")
    entrants(client, merchant, draw, 2)

    shown = call(client, draw, "GET", headers=merchant.page)

    assert shown.status_code == 200
    body = shown.json
    assert body == {
        "id": draw["id"],
        "name": "Raffle",
        "sequenceId": draw["sequenceId"],
        "capacity": 9,
        "openAt": None,
        "closeAt": draw["drawAt"],
        "timeZone": "UTC",
        "status": "OPEN",
        "consumerCount": 2,
        "drawAt": draw["drawAt"],
        "winnerCount": 3,
        "entrantCount": 2,
        "proof": f"http://fanfare.test/api/v1/draws/{draw['id']}/proof",
        "notice": "Hi",
        "serverTime": body["serverTime"],
    }


def test_get_draw_status_goes_from_pending_to_drawn(client, merchant, rt):
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    draw = running_draw(client, merchant, openAt=soon)
    seen = []

    def look():
        seen.append(call(client, draw, "GET", headers=merchant.page).json["status"])

    look()
    post(client, merchant, f"/draws/{draw['id']}/open", 200)
    look()
    post(client, merchant, f"/draws/{draw['id']}/pause", 200)
    look()
    post(client, merchant, f"/draws/{draw['id']}/resume", 200)
    close(client, merchant, draw)
    look()
    close_and_run(client, merchant, rt, draw)
    look()

    assert seen == ["PENDING", "OPEN", "OPEN", "CLOSED", "DRAWN"]


@pytest.mark.parametrize(("method", "action"), [("GET", ""), ("GET", "proof"), ("GET", "entries")])
def test_public_rows_ask_for_a_key(client, merchant, method, action):
    draw = running_draw(client, merchant)

    answer = call(client, draw, method, action)

    assert refused(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


@pytest.mark.parametrize(("method", "action"), ACTIONS)
def test_without_a_consumer_draws_answer_401_rather_than_400(client, merchant, method, action):
    draw = running_draw(client, merchant)

    answer = call(client, draw, method, action, merchant.page)

    assert refused(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


@pytest.mark.parametrize("what", ["organization", "mode"])
@pytest.mark.parametrize("row", [*ACTIONS, ("GET", ""), ("GET", "proof"), ("GET", "entries")])
def test_another_tenants_draw_does_not_exist(client, merchant, rt, row, what):
    draw = running_draw(client, merchant)
    guest = make_guest(client, stranger_to(rt, merchant, what))

    answer = call(client, draw, *row, guest.headers)

    assert refused(answer) == (404, "Draw not found", "DRAW_NOT_FOUND")


def test_a_drafts_draw_does_not_exist(client, merchant):
    draw = draw_of(client, merchant, path_of(client, merchant, draft(client, merchant)))

    answer = call(client, draw, "GET", "proof", merchant.page)

    assert refused(answer) == (404, "Draw not found", "DRAW_NOT_FOUND")


@pytest.mark.parametrize(("method", "action"), ACTIONS[1:])
def test_status_and_leave_without_having_entered(client, merchant, method, action):
    draw = running_draw(client, merchant)
    guest = make_guest(client, merchant)

    answer = call(client, draw, method, action, guest.headers)

    assert refused(answer) == (404, "Consumer not in draw", "NOT_IN_DRAW")


def test_entering_is_201_first_and_200_after(client, merchant):
    draw = running_draw(client, merchant)
    guest = make_guest(client, merchant)

    first, second = (call(client, draw, "POST", "enter", guest.headers) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert set(first.json) == STATUS | {"drawId"}
    assert (first.json["status"], first.json["outcome"]) == ("QUEUED", "ENTERED")
    assert (first.json["position"], first.json["number"]) == (None, 1)
    assert "X-RateLimit-Limit" in first.headers


def test_entering_too_early_is_423_with_its_time(client, merchant):
    opens = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    draw = running_draw(client, merchant, openAt=opens.isoformat())
    guest = make_guest(client, merchant)

    answer = call(client, draw, "POST", "enter", guest.headers)

    assert refused(answer) == (423, "Draw is not open yet", "NOT_OPEN_YET")
    assert datetime.fromisoformat(answer.json["opensAt"]) == opens
    assert 3590 <= int(answer.headers["Retry-After"]) <= 3600


def test_entering_too_late_is_400(client, merchant):
    draw = running_draw(client, merchant)
    close(client, merchant, draw)
    guest = make_guest(client, merchant)

    answer = call(client, draw, "POST", "enter", guest.headers)

    assert refused(answer) == (400, "Draw is closed", "CLOSED")


def test_a_full_draw_is_429(client, merchant):
    draw = running_draw(client, merchant, maxCapacity=1)
    entrants(client, merchant, draw, 1)
    guest = make_guest(client, merchant)

    answer = call(client, draw, "POST", "enter", guest.headers)

    assert refused(answer) == (429, "Draw is full", "FULL")
    assert int(answer.headers["Retry-After"]) > 0


def test_entering_asks_for_a_fingerprint(client, merchant):
    draw = running_draw(client, merchant)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    answer = call(client, draw, "POST", "enter", guest.headers)

    assert refused(answer) == (403, "Fingerprint required", "FINGERPRINT_REQUIRED")
    assert answer.headers["X-Fingerprint-Error"] == "true"


def test_a_device_enters_as_often_as_it_may(client, merchant):
    draw = running_draw(client, merchant, maxEntriesPerFingerprint=1)
    device = {"X-Fingerprint": "fp_the-same-device"}
    first, second = (make_guest(client, merchant) for _ in range(2))
    call(client, draw, "POST", "enter", first.headers | device)

    answer = call(client, draw, "POST", "enter", second.headers | device)

    assert refused(answer) == (403, "Too many entries from this device", "FINGERPRINT_LIMIT")


def test_who_leaves_may_enter_again_and_who_lost_may_not(client, merchant, rt):
    draw = running_draw(client, merchant)
    guests = entrants(client, merchant, draw, 3)

    left = leave(client, draw, guests[0])
    again = enter(client, draw, guests[0])
    close_and_run(client, merchant, rt, draw)
    lost = next(g for g in guests if status(client, draw, g)["outcome"] == "LOST")
    answer = call(client, draw, "POST", "enter", lost.headers)

    assert (left["status"], again["status"], again["number"]) == ("LEFT", "QUEUED", 4)
    assert (answer.status_code, answer.json["denyReason"]) == (200, "NOT_SELECTED")


def test_outcome_and_status_go_together(client, merchant, rt):
    draw = running_draw(client, merchant, winnerCount=1, backupCount=1)
    guests = entrants(client, merchant, draw, 3)
    entered = {(each["outcome"], each["status"]) for each in statuses(client, draw, guests)}

    close_and_run(client, merchant, rt, draw)

    drawn = {each["outcome"]: each for each in statuses(client, draw, guests)}
    assert entered == {("ENTERED", "QUEUED")}
    assert {name: each["status"] for name, each in drawn.items()} == {
        "WON": "ADMITTED",
        "BACKUP": "QUEUED",
        "LOST": "DENIED",
    }
    assert {name: each["position"] for name, each in drawn.items()} == {
        "WON": 0,
        "BACKUP": None,
        "LOST": None,
    }
    assert drawn["LOST"]["denyReason"] == "NOT_SELECTED"


def test_a_win_lasts_a_day_and_completes_once(client, merchant, rt):
    draw = running_draw(client, merchant)
    [guest] = entrants(client, merchant, draw, 1)
    close_and_run(client, merchant, rt, draw)
    won = status(client, draw, guest)
    body = {"admissionToken": won["admissionToken"]}

    valid = call(client, draw, "POST", "validate", merchant.server, json=body).json
    first, second = (
        call(client, draw, "POST", "complete", merchant.server, json=body) for _ in range(2)
    )

    assert (valid["valid"], valid["distributionType"]) == (True, "draw")
    assert 86_390 <= valid["remainingSeconds"] <= 86_400
    assert (first.json["status"], first.json["outcome"]) == ("COMPLETED", "WON")
    assert second.json["code"] == "ADMISSION_ALREADY_COMPLETED"


def test_the_proof_grows_with_the_draw(client, merchant, rt):
    draw = running_draw(client, merchant)
    entrants(client, merchant, draw, 2)
    early = proof(client, merchant, draw)
    close(client, merchant, draw)
    tick(rt)
    closed = proof(client, merchant, draw)
    close_and_run(client, merchant, rt, draw)
    drawn = proof(client, merchant, draw)

    first = {"version", "drawId", "terms", "commitment"}
    then = {"entryRoot", "entrantCount", "beacon", "assurance", "entries"}
    assert set(early) == first
    assert set(closed) == first | then
    assert set(drawn) == first | then | {"seed", "withdrawn", "winners", "backups"}


@pytest.mark.parametrize("verb", ["run", "open", "pause", "resume", "close", "end"])
def test_the_merchants_verbs_are_of_this_draw_alone(client, merchant, rt, verb):
    draw = running_draw(client, merchant)

    answer = client.post(f"{ADMIN}/draws/{draw['id']}/{verb}", headers=make_merchant(rt).server)

    assert refused(answer) == (404, "Draw not found", "DRAW_NOT_FOUND")


def test_ending_a_draw_denies_those_who_wait(client, merchant, rt):
    draw = running_draw(client, merchant)
    guests = entrants(client, merchant, draw, 2)

    post(client, merchant, f"/draws/{draw['id']}/end", 200)
    admitting.settle_waiting(rt)

    assert {each["denyReason"] for each in statuses(client, draw, guests)} == {"QUEUE_CLOSED"}


def test_an_experience_shows_its_draws_as_their_own_page_does(client, merchant):
    draw = running_draw(client, merchant)

    shown = client.get(f"/api/v1/experiences/{draw['experienceId']}", headers=merchant.page).json

    own = call(client, draw, "GET", headers=merchant.page).json
    [found] = shown["sequences"][0]["draws"]
    assert {**found, "serverTime": own["serverTime"]} == own


def test_entries_come_as_one_json_object_a_line(client, merchant, rt):
    draw = running_draw(client, merchant)
    entrants(client, merchant, draw, 3)

    early = call(client, draw, "GET", "entries", merchant.page)
    close(client, merchant, draw)
    tick(rt)
    found = call(client, draw, "GET", "entries", merchant.page)

    assert refused(early) == (409, "Conflict", "DRAW_NOT_CLOSED")
    assert found.content_type == "application/x-ndjson"
    assert [json.loads(line) for line in found.text.splitlines()] == proof(client, merchant, draw)[
        "entries"
    ]


def test_entering_draws_has_a_limit_of_its_own(client, rt):
    merchant = make_merchant(rt, limits={**PLENTY, "draw_entry": 1})
    draw = running_draw(client, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))

    good = call(client, draw, "POST", "enter", first.headers)
    late = call(client, draw, "POST", "enter", second.headers)

    assert (good.status_code, good.headers["X-RateLimit-Limit"]) == (201, "1")
    assert refused(late) == (429, "Rate limit exceeded", "RATE_LIMITED")
    assert 1 <= int(late.headers["Retry-After"]) <= 60
