"""Which way is open to whom, and what ``enter`` makes of it (contract.md, section 3, Routing)."""

import json

import pytest

from tests.support.backoffice import ADMIN, queue_of, stranger_to
from tests.support.journeys import (
    add_member,
    audience_of,
    enter,
    launch,
    make_known,
    route,
    solution,
)
from tests.support.launches import make_guest, make_merchant

OPEN = {"name": "open"}
CODED = {"name": "coded", "priority": 10, "accessCode": "VIP"}


def members(audience, **more):
    return {"name": "members", "priority": 20, "audienceId": audience["id"], **more}


@pytest.fixture
def guest(client, merchant):
    return make_guest(client, merchant)


def offer_of(path):
    return {
        "sequenceId": path["id"],
        "mechanism": "queue",
        "distributionId": path["queue"]["id"],
    }


def test_an_open_sequence_needs_nobody(client, merchant):
    experience = launch(client, merchant, OPEN)

    found = route(client, experience, merchant.page)

    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "no-store"
    assert int(found.headers["X-RateLimit-Limit"]) > 0
    assert found.json == {
        "outcome": "routed",
        "experienceId": experience["id"],
        "sequenceId": experience["open"]["id"],
        "offers": [offer_of(experience["open"])],
        "gates": [],
    }


def test_a_body_is_not_needed(client, merchant):
    experience = launch(client, merchant, OPEN)

    found = client.post(f"/api/v1/experiences/{experience['id']}/route", headers=merchant.page)

    assert found.json["outcome"] == "routed"


def test_the_right_code_opens_and_any_other_is_as_none(client, merchant, guest):
    experience = launch(client, merchant, CODED)

    without, wrong, right = (
        route(client, experience, guest.headers, **keys)
        for keys in ({}, {"accessCode": "vip"}, {"accessCode": " VIP "})
    )

    assert without.json == {
        "outcome": "gated",
        "experienceId": experience["id"],
        "sequenceId": experience["coded"]["id"],
        "offers": [],
        "gates": [{"kind": "access_code"}],
    }
    assert wrong.data == without.data
    assert right.json["outcome"] == "routed"


def test_a_wrong_code_leads_to_what_is_open(client, merchant, guest):
    experience = launch(client, merchant, OPEN, CODED)

    for keys, name in (
        ({}, "open"),
        ({"accessCode": "no"}, "open"),
        ({"accessCode": "VIP"}, "coded"),
    ):
        found = route(client, experience, guest.headers, **keys)

        assert found.json["sequenceId"] == experience[name]["id"]


def test_entering_a_gated_sequence_takes_a_route(client, merchant, guest):
    experience = launch(client, merchant, CODED)

    refused = enter(client, experience["coded"], guest)
    route(client, experience, guest.headers, accessCode="VIP")
    entered = enter(client, experience["coded"], guest)

    assert refused.status_code == 403
    assert refused.json["error"] == "Permission denied"
    assert refused.json["code"] == "NOT_ROUTED"
    assert entered.status_code == 201
    assert entered.json["number"] == 1


def test_somebody_elses_route_opens_nothing(client, merchant, guest):
    experience = launch(client, merchant, CODED)
    route(client, experience, make_guest(client, merchant).headers, accessCode="VIP")
    route(client, experience, merchant.page, accessCode="VIP")

    assert enter(client, experience["coded"], guest).json["code"] == "NOT_ROUTED"


def test_what_a_route_has_opened_stays_open(client, merchant, guest):
    experience = launch(client, merchant, OPEN, CODED)
    first = route(client, experience, guest.headers, accessCode="VIP")

    again = route(client, experience, guest.headers)

    assert again.data == first.data


def test_another_code_has_everybody_routed_again(client, merchant, guest):
    experience = launch(client, merchant, CODED)
    route(client, experience, guest.headers, accessCode="VIP")
    waiting = make_guest(client, merchant)
    route(client, experience, waiting.headers, accessCode="VIP")
    enter(client, experience["coded"], waiting)

    client.patch(
        f"{ADMIN}/sequences/{experience['coded']['id']}",
        json={"accessCode": "NEW"},
        headers=merchant.server,
    )

    assert enter(client, experience["coded"], guest).json["code"] == "NOT_ROUTED"
    assert route(client, experience, guest.headers, accessCode="VIP").json["outcome"] == "gated"
    assert enter(client, experience["coded"], waiting).status_code == 200
    assert route(client, experience, guest.headers, accessCode="NEW").json["outcome"] == "routed"


def test_a_sequence_without_gates_any_more_needs_no_route(client, merchant, guest):
    experience = launch(client, merchant, CODED)

    client.patch(
        f"{ADMIN}/sequences/{experience['coded']['id']}",
        json={"accessCode": None},
        headers=merchant.server,
    )

    assert enter(client, experience["coded"], guest).status_code == 201


def test_what_is_added_behind_a_gate_is_gated_too(client, merchant, guest):
    experience = launch(client, merchant, CODED)

    added = queue_of(client, merchant, experience["coded"])

    refused = client.post(f"/api/v1/queues/{added['id']}/enter", headers=guest.headers)
    assert refused.json["code"] == "NOT_ROUTED"


def test_an_audience_is_led_past_everybody_else(client, merchant, guest):
    audience = audience_of(client, merchant)
    experience = launch(client, merchant, OPEN, members(audience))
    member = make_guest(client, merchant)
    add_member(client, merchant, audience, member)

    theirs, others = (route(client, experience, each.headers) for each in (member, guest))

    assert theirs.json["sequenceId"] == experience["members"]["id"]
    assert others.json["sequenceId"] == experience["open"]["id"]
    assert enter(client, experience["members"], member).status_code == 201
    assert enter(client, experience["members"], guest).json["code"] == "NOT_ROUTED"


def test_why_somebody_is_not_let_in_never_shows(client, merchant, guest):
    audience = audience_of(client, merchant)
    two = launch(client, merchant, {**CODED, "name": "hidden", "audienceId": audience["id"]})
    for_members = launch(client, merchant, members(audience))
    unroutable = {each["id"] for each in (two, for_members)}

    answers = [
        route(client, {"id": each}, headers, **keys).data.replace(each.encode(), b"")
        for each in sorted(unroutable)
        for headers in (guest.headers, merchant.page)
        for keys in ({}, {"accessCode": "VIP"}, {"accessCode": "no"}, {"challenge": "x"})
    ]

    assert len(set(answers)) == 1
    assert json.loads(answers[0]) == {
        "outcome": "no_access",
        "experienceId": "",
        "sequenceId": None,
        "offers": [],
        "gates": [],
    }


def test_who_is_not_known_yet_may_sign_in(client, merchant, guest, rt):
    audience = audience_of(client, merchant)
    experience = launch(client, merchant, members(audience, requireAuthentication=True))
    member = make_known(rt, client, merchant)
    add_member(client, merchant, audience, member)
    stranger = make_known(rt, client, merchant)

    unknown, theirs, others = (
        route(client, experience, headers).json
        for headers in (guest.headers, member.headers, stranger.headers)
    )

    assert unknown["outcome"] == "gated"
    assert unknown["gates"] == [{"kind": "authentication", "methods": ["otp", "external"]}]
    assert theirs["outcome"] == "routed"
    assert others["outcome"] == "no_access"


def test_all_gates_that_are_left_are_told(client, merchant, guest):
    gates = {"accessCode": "VIP", "requireAuthentication": True, "botCheck": True}
    experience = launch(client, merchant, {"name": "tight", **gates})

    gated = route(client, experience, guest.headers, accessCode="VIP").json

    assert gated["gates"] == [
        {"kind": "authentication", "methods": ["otp", "external"]},
        {
            "kind": "bot_check",
            "provider": "altcha",
            "challengeUrl": "http://fanfare.test/api/v1/challenges",
        },
    ]


def test_a_solved_challenge_opens_one_gate_once(client, merchant, guest):
    experience = launch(client, merchant, {"name": "checked", "botCheck": True})
    other = make_guest(client, merchant)
    challenge = solution(client, merchant)

    opened = route(client, experience, guest.headers, challenge=challenge)
    repeated = route(client, experience, other.headers, challenge=challenge)

    assert opened.json["outcome"] == "routed"
    assert repeated.json["gates"][0]["kind"] == "bot_check"
    assert enter(client, experience["checked"], guest).status_code == 201
    assert enter(client, experience["checked"], other).json["code"] == "NOT_ROUTED"
    assert route(client, experience, guest.headers).json["outcome"] == "routed"


def test_a_challenge_is_kept_for_when_it_opens_something(client, merchant, guest):
    gates = {"botCheck": True, "accessCode": "VIP"}
    experience = launch(client, merchant, OPEN, {"name": "tight", "priority": 1, **gates})
    challenge = solution(client, merchant)

    first = route(client, experience, guest.headers, challenge=challenge).json
    anonymous = route(client, experience, merchant.page, challenge=challenge, accessCode="VIP")
    second = route(client, experience, guest.headers, challenge=challenge, accessCode="VIP").json

    assert first["sequenceId"] == anonymous.json["sequenceId"] == experience["open"]["id"]
    assert second["sequenceId"] == experience["tight"]["id"]


def test_nonsense_is_no_solution(client, merchant, guest):
    experience = launch(client, merchant, {"name": "checked", "botCheck": True})

    for challenge in ("", "x", "e30=", "[]", "\u2603"):
        assert route(client, experience, guest.headers, challenge=challenge).json["offers"] == []


@pytest.mark.parametrize("whose", ["consumer", "address"])
def test_codes_cannot_be_guessed(client, rt, whose):
    merchant = make_merchant(rt, limits={})
    experience = launch(client, merchant, CODED)
    guests = [make_guest(client, merchant) for _ in range(11)]
    one = guests[0]

    tries = [
        client.post(
            f"/api/v1/experiences/{experience['id']}/route",
            json={"accessCode": f"no{number}" if number < 10 else "VIP"},
            headers=one.headers if whose == "consumer" else guests[number].headers,
            environ_base={"REMOTE_ADDR": f"10.0.0.{number}" if whose == "consumer" else "10.0.0.9"},
        )
        for number in range(11)
    ]

    assert [each.status_code for each in tries] == [200] * 10 + [429]
    assert tries[-1].json["error"] == "Rate limit exceeded"
    assert int(tries[-1].headers["Retry-After"]) > 0
    assert route(client, experience, one.headers).status_code == 200


def test_what_opens_next_is_offered_last_and_what_has_closed_not_at_all(client, merchant):
    experience = launch(client, merchant, {**OPEN, "queue": {"openAt": "2100-01-01T00:00:00Z"}})
    path = experience["open"]
    now = queue_of(client, merchant, path)
    closed = queue_of(client, merchant, path)
    client.post(f"{ADMIN}/queues/{closed['id']}/close", headers=merchant.server)

    offers = route(client, experience, merchant.page).json["offers"]

    assert [each["distributionId"] for each in offers] == [now["id"], path["queue"]["id"]]


def test_entering_an_experience_shows_it_and_the_way(client, merchant, guest):
    experience = launch(client, merchant, OPEN, CODED)
    address = f"/api/v1/experiences/{experience['id']}"
    route(client, experience, guest.headers, accessCode="VIP")

    first = client.post(f"{address}/enter", headers=guest.headers)
    again = client.post(f"{address}/enter", json={}, headers=guest.headers)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["enteredAt"] == again.json["enteredAt"]
    assert first.json["journey"] == route(client, experience, guest.headers).json
    assert first.json["journey"]["sequenceId"] == experience["coded"]["id"]
    shown = client.get(address, headers=guest.headers).json
    assert first.json["experience"].keys() == shown.keys()
    codes = [each["hasAccessCode"] for each in shown["sequences"]]
    assert codes == [True, False]


@pytest.mark.parametrize("call", ["POST route", "POST enter", "DELETE leave"])
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_elses_experience_exists(client, merchant, rt, call, stranger):
    experience = launch(client, merchant, OPEN)
    other = make_guest(client, stranger_to(rt, merchant, stranger))
    method, verb = call.split()

    refused = client.open(
        f"/api/v1/experiences/{experience['id']}/{verb}", method=method, headers=other.headers
    )

    assert refused.status_code == 404
    assert refused.json["code"] == "EXPERIENCE_NOT_FOUND"
