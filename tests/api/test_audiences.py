"""Audiences of the Admin API (contract.md, section 5), and whom their rules lead where."""

import pytest

from tests.support.backoffice import ADMIN, post, stranger_to
from tests.support.journeys import add_member, audience_of, enter, launch, make_known, route
from tests.support.launches import make_guest, make_merchant

AUDIENCES = f"{ADMIN}/audiences"
GOLD = {"field": "metadata.tier", "operator": "EQUALS", "values": ["gold"]}


@pytest.fixture
def audience(client, merchant):
    return audience_of(client, merchant)


def add_list(client, merchant, audience, text, **headers):
    return client.post(
        f"{AUDIENCES}/{audience['id']}/members",
        data=text,
        content_type="text/csv; charset=utf-8",
        headers={**merchant.server, **headers},
    )


def consumer_of(client, merchant, **given):
    return client.post("/api/consumers", json=given, headers=merchant.server).json


def members_of(client, merchant, audience):
    listed = client.get(f"{AUDIENCES}/{audience['id']}/members", headers=merchant.server)
    return [each["consumerId"] for each in listed.json["data"]]


def test_an_audience_is_made_changed_and_archived(client, merchant, audience):
    address = f"{AUDIENCES}/{audience['id']}"

    changed = client.patch(address, json={"name": "Friends"}, headers=merchant.server)

    assert audience["id"].startswith("audience_")
    assert audience == {
        "id": audience["id"],
        "name": "Members",
        "type": "STATIC",
        "rules": [],
        "createdAt": audience["createdAt"],
    }
    assert changed.json == {**audience, "name": "Friends"}
    assert changed.headers["ETag"] == '"2"'
    listed = client.get(f"{AUDIENCES}?type=STATIC", headers=merchant.server).json
    assert listed["data"] == [changed.json]
    assert client.get(f"{AUDIENCES}?type=DYNAMIC", headers=merchant.server).json["data"] == []
    assert client.delete(address, headers=merchant.server).status_code == 204
    gone = client.get(address, headers=merchant.server)
    assert (gone.status_code, gone.json["error"]) == (404, "Audience not found")


def test_rules_come_back_as_they_were_written(client, merchant):
    rules = [
        {**GOLD, "groupId": "a"},
        {"field": "createdAt", "operator": "LESS_THAN", "values": ["2024-01-01"], "groupId": None},
        {"field": "visits", "operator": "IN", "values": [1, 2.5, True], "groupId": "b"},
    ]

    made = audience_of(client, merchant, rules=rules)

    assert made["rules"] == rules


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"type": "static"}, "type"),
        ({"type": "DYNAMIC"}, "rules"),
        ({"rules": [GOLD]}, "rules"),
        ({"type": "DYNAMIC", "rules": [{**GOLD, "operator": "LIKE"}]}, "rules.0.operator"),
        ({"type": "DYNAMIC", "rules": [{**GOLD, "values": []}]}, "rules.0.values"),
        ({"type": "DYNAMIC", "rules": [{**GOLD, "values": [None]}]}, "rules.0.values.0"),
        ({"type": "DYNAMIC", "rules": [{**GOLD, "values": [{}]}]}, "rules.0.values.0"),
        ({"type": "DYNAMIC", "rules": [{**GOLD, "field": ""}]}, "rules.0.field"),
        ({"type": "DYNAMIC", "rules": [GOLD] * 101}, "rules"),
    ],
)
def test_a_bad_field_of_an_audience_is_named(client, merchant, given, field):
    body = {"name": "Members", "type": "STATIC", **given}

    refused = client.post(AUDIENCES, json=body, headers=merchant.server)

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]


def test_members_are_added_once(client, merchant, audience):
    guests = [make_guest(client, merchant).consumer_id for _ in range(3)]
    path = f"/audiences/{audience['id']}/members"

    first = post(client, merchant, path, 200, consumerIds=guests[:2])
    second = post(client, merchant, path, 200, consumerIds=[*guests, guests[0]])

    nothing_lost = {"notFound": 0, "notFoundLines": []}
    assert first == {"added": 2, "unchanged": 0, **nothing_lost}
    assert second == {"added": 1, "unchanged": 2, **nothing_lost}
    assert members_of(client, merchant, audience) == sorted(guests)


@pytest.mark.parametrize("stranger", ["organization", "mode", None])
def test_members_are_consumers_of_ones_own_all_or_none(client, merchant, rt, audience, stranger):
    guest = make_guest(client, merchant).consumer_id
    other = "cons_unknown"
    if stranger:
        other = make_guest(client, stranger_to(rt, merchant, stranger)).consumer_id

    refused = client.post(
        f"{AUDIENCES}/{audience['id']}/members",
        json={"consumerIds": [guest, other]},
        headers=merchant.server,
    )

    assert refused.status_code == 404
    assert refused.json["error"] == "Consumer not found"
    assert members_of(client, merchant, audience) == []


def test_a_list_of_addresses_adds_whom_it_knows(client, merchant, audience):
    john = consumer_of(client, merchant, email="John@example.com")
    jane = consumer_of(client, merchant, email="jane@example.com")
    lines = ["\ufeffName;E-Mail;Email", "J;x;john@EXAMPLE.com ", "", "?;x;nobody@example.com"]

    added = add_list(client, merchant, audience, "\r\n".join([*lines, 'J;x;"jane@example.com"']))

    assert added.status_code == 200
    assert added.json == {"added": 2, "unchanged": 0, "notFound": 1, "notFoundLines": [4]}
    assert members_of(client, merchant, audience) == sorted([john["id"], jane["id"]])


def test_a_list_of_ids_is_taken_too(client, merchant, audience):
    guest = make_guest(client, merchant)

    added = add_list(client, merchant, audience, f"consumerId\n{guest.consumer_id}\n")

    assert added.json["added"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name\njohn",
        b"email\n\xff\xfe",
        'email\n"john@example.com',
        "email\n\0",
        "email\na\n" * 60_000,
    ],
)
def test_what_is_no_list_is_refused(client, merchant, audience, text):
    refused = add_list(client, merchant, audience, text)

    assert refused.status_code == 400
    assert refused.json["code"] == "VALIDATION_FAILED"


def test_a_list_may_have_ten_mebibytes(client, merchant, audience):
    line = f"{'x' * 120},nobody@example.com\n"
    large = "name,email\n" + line * ((9 << 20) // len(line))
    larger = "name,email\n" + line * ((11 << 20) // len(line))

    taken, refused = (add_list(client, merchant, audience, text) for text in (large, larger))

    assert taken.status_code == 200
    assert len(taken.json["notFoundLines"]) == 100
    assert refused.status_code == 413


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml"])
def test_other_types_of_list_are_refused(client, merchant, audience, content_type):
    refused = client.post(
        f"{AUDIENCES}/{audience['id']}/members",
        data="email\n",
        content_type=content_type,
        headers=merchant.server,
    )

    assert refused.status_code == 415


def test_a_repeated_list_with_its_key_is_answered_again(client, merchant, audience):
    guest = make_guest(client, merchant)
    text = f"consumerId\n{guest.consumer_id}\n"
    first, again = (
        add_list(client, merchant, audience, text, **{"Idempotency-Key": "one"}) for _ in "ab"
    )

    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_dynamic_audience_has_no_members(client, merchant):
    audience = audience_of(client, merchant, rules=[GOLD])
    guest = make_guest(client, merchant)

    refused = client.post(
        f"{AUDIENCES}/{audience['id']}/members",
        json={"consumerIds": [guest.consumer_id]},
        headers=merchant.server,
    )

    assert refused.status_code == 409


def test_whoever_is_taken_out_is_let_in_no_more(client, merchant, audience):
    experience = launch(client, merchant, {"name": "members", "audienceId": audience["id"]})
    guest = make_guest(client, merchant)
    add_member(client, merchant, audience, guest)
    assert route(client, experience, guest.headers).json["outcome"] == "routed"
    address = f"{AUDIENCES}/{audience['id']}/members/{guest.consumer_id}"

    removed, again = (client.delete(address, headers=merchant.server) for _ in "ab")

    assert (removed.status_code, again.status_code) == (204, 404)
    assert enter(client, experience["members"], guest).json["code"] == "NOT_ROUTED"
    assert route(client, experience, guest.headers).json["outcome"] == "no_access"


def test_rules_decide_by_what_is_known_of_somebody(client, merchant, rt):
    audience = audience_of(client, merchant, rules=[GOLD])
    experience = launch(client, merchant, {"name": "gold", "audienceId": audience["id"]})
    gold = make_known(rt, client, merchant, details={"tier": "Gold"})
    silver = make_known(rt, client, merchant, details={"tier": "silver"})

    outcomes = [route(client, experience, each.headers).json["outcome"] for each in (gold, silver)]

    assert outcomes == ["routed", "no_access"]


def test_other_rules_have_everybody_routed_again(client, merchant, rt):
    audience = audience_of(client, merchant, rules=[GOLD])
    experience = launch(client, merchant, {"name": "gold", "audienceId": audience["id"]})
    gold = make_known(rt, client, merchant, details={"tier": "gold"})
    route(client, experience, gold.headers)

    client.patch(
        f"{AUDIENCES}/{audience['id']}",
        json={"rules": [{**GOLD, "values": ["platinum"]}]},
        headers=merchant.server,
    )

    assert enter(client, experience["gold"], gold).json["code"] == "NOT_ROUTED"
    assert route(client, experience, gold.headers).json["outcome"] == "no_access"


def test_an_audience_in_use_is_not_archived(client, merchant, audience):
    launch(client, merchant, {"name": "members", "audienceId": audience["id"]})

    refused = client.delete(f"{AUDIENCES}/{audience['id']}", headers=merchant.server)

    assert refused.status_code == 409


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_has_heard_of_it(client, merchant, rt, audience, method, stranger):  # noqa: PLR0917
    other = stranger_to(rt, merchant, stranger)

    body = {"json": {"name": "X"}} if method == "patch" else {}
    refused = getattr(client, method)(f"{AUDIENCES}/{audience['id']}", headers=other.server, **body)

    assert refused.status_code == 404


def test_each_verb_needs_its_scope(client, merchant, rt):
    reader = make_merchant(rt, scopes=("read:experiences",), of=merchant)

    assert client.get(AUDIENCES, headers=reader.server).status_code == 200
    refused = client.post(AUDIENCES, json={"name": "X", "type": "STATIC"}, headers=reader.server)
    assert refused.status_code == 403
