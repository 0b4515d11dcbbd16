"""Sequences and queues of the Admin API (contract.md, section 5)."""

import pytest

from tests.support.backoffice import (
    ADMIN,
    change_queue,
    draft,
    get_queue,
    path_of,
    product_of,
    queue_of,
    running_queue,
    stranger_to,
)
from tests.support.launches import make_launch, make_merchant

QUEUES = f"{ADMIN}/queues"


def test_a_queue_has_the_contracts_defaults(client, merchant, sequence):
    made = queue_of(client, merchant, sequence)

    assert made["id"].startswith("queue_")
    assert made == {
        "id": made["id"],
        "type": "queue",
        "experienceId": sequence["experienceId"],
        "sequenceId": sequence["id"],
        "name": "Everybody",
        "state": "draft",
        "status": None,
        "openAt": None,
        "closeAt": None,
        "timeZone": "UTC",
        "maxCapacity": None,
        "admissionExpirationSeconds": 900,
        "productId": None,
        "variantId": None,
        "inventoryBound": False,
        "stock": None,
        "unitsPerAdmission": 1,
        "fingerprintPolicy": "required",
        "fingerprintAtValidation": False,
        "maxEntriesPerFingerprint": 3,
        "extendable": False,
        "restockOnCancel": False,
        "notice": None,
        "metadata": {},
        "admissionRate": None,
        "maxActiveAdmissions": None,
        "positionDisplay": "precise",
        "absenceSeconds": 180,
        "lobbyOpensAt": None,
        "shuffleBeforeOpen": False,
        "counters": {
            "entered": 0,
            "waiting": 0,
            "active": 0,
            "held": 0,
            "sold": 0,
            "serving": 0,
        },
        "createdAt": made["createdAt"],
    }
    shown = get_queue(client, merchant, made)
    assert shown.json == made
    assert shown.headers["ETag"] == '"1"'


def test_a_queue_keeps_what_it_is_given(client, merchant, sequence):
    product = product_of(client, merchant, variants=[{"sku": "S"}])
    given = {
        "name": "Main",
        "openAt": "2030-06-01T08:00:00.000Z",
        "closeAt": "2030-06-01T10:00:00.000Z",
        "timeZone": "Europe/Berlin",
        "maxCapacity": 1000,
        "admissionExpirationSeconds": 600,
        "productId": product["id"],
        "variantId": product["variants"][0]["id"],
        "inventoryBound": True,
        "stock": 50,
        "unitsPerAdmission": 2,
        "fingerprintPolicy": "off",
        "fingerprintAtValidation": True,
        "maxEntriesPerFingerprint": 1,
        "extendable": True,
        "restockOnCancel": True,
        "notice": "Soon.",
        "metadata": {"hall": 5},
        "admissionRate": 600,
        "maxActiveAdmissions": 100,
        "positionDisplay": "qualitative",
        "absenceSeconds": 0,
    }

    made = queue_of(client, merchant, sequence, **given)

    assert {name: made[name] for name in given} == given


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sequenceId": None}, "sequenceId"),
        ({"name": ""}, "name"),
        ({"openAt": "2030-01-02T00:00Z", "closeAt": "2030-01-01T00:00Z"}, "closeAt"),
        ({"timeZone": "Mars"}, "timeZone"),
        ({"maxCapacity": 0}, "maxCapacity"),
        ({"admissionExpirationSeconds": 59}, "admissionExpirationSeconds"),
        ({"admissionExpirationSeconds": 604_801}, "admissionExpirationSeconds"),
        ({"inventoryBound": "yes"}, "inventoryBound"),
        ({"stock": -1}, "stock"),
        ({"unitsPerAdmission": 0}, "unitsPerAdmission"),
        ({"fingerprintPolicy": "maybe"}, "fingerprintPolicy"),
        ({"maxEntriesPerFingerprint": 0}, "maxEntriesPerFingerprint"),
        ({"notice": "x" * 1001}, "notice"),
        ({"metadata": "x"}, "metadata"),
        ({"admissionRate": -1}, "admissionRate"),
        ({"maxActiveAdmissions": 0}, "maxActiveAdmissions"),
        ({"positionDisplay": "vague"}, "positionDisplay"),
        ({"absenceSeconds": 86_401}, "absenceSeconds"),
        ({"lobbyOpensAt": "2030-01-01T00:00Z"}, "lobbyOpensAt"),
    ],
)
def test_a_bad_field_of_a_queue_is_named(client, merchant, sequence, given, field):
    refused = client.post(
        QUEUES, json={"sequenceId": sequence["id"], **given}, headers=merchant.server
    )

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]


def test_a_queue_refers_to_what_there_is(client, merchant, rt, sequence):
    other = make_merchant(rt)
    theirs = product_of(client, other, variants=[{"sku": "S"}])
    mine = product_of(client, merchant, sku="B")

    def refusal(**given):
        body = {"sequenceId": sequence["id"], **given}
        answer = client.post(QUEUES, json=body, headers=merchant.server)
        return answer.status_code, answer.json["error"]

    assert refusal(sequenceId="seq_unknown") == (404, "Sequence not found")
    assert refusal(productId=theirs["id"]) == (404, "Product not found")
    variant = theirs["variants"][0]["id"]
    assert refusal(productId=mine["id"], variantId=variant) == (404, "Variant not found")


def test_a_draft_changes_everything_but_its_experience(client, merchant, sequence):
    queue = queue_of(client, merchant, sequence)
    beside = path_of(client, merchant, {"id": sequence["experienceId"]})
    elsewhere = path_of(client, merchant, draft(client, merchant))

    moved = change_queue(client, merchant, queue, sequenceId=beside["id"], inventoryBound=True)
    refused = change_queue(client, merchant, queue, sequenceId=elsewhere["id"])

    assert moved.json["sequenceId"] == beside["id"]
    assert refused.status_code == 409


def test_a_change_of_something_newer_is_refused(client, merchant):
    queue = running_queue(client, merchant)
    headers = {**merchant.server, "If-Match": '"1"'}

    refused = client.patch(f"{QUEUES}/{queue['id']}", json={"name": "X"}, headers=headers)

    assert refused.status_code == 412


def test_queues_are_listed_by_what_they_belong_to(client, merchant, sequence):
    queue = queue_of(client, merchant, sequence)
    running_queue(client, merchant)

    for name in ("sequenceId", "experienceId"):
        listed = client.get(f"{QUEUES}?{name}={queue[name]}", headers=merchant.server).json
        assert [each["id"] for each in listed["data"]] == [queue["id"]]


@pytest.mark.parametrize("verb", ["get", "patch", "delete", "open", "end", "participations"])
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_has_ever_heard_of_it(client, merchant, rt, verb, stranger):
    queue_id = make_launch(rt, merchant).queue_id
    other = stranger_to(rt, merchant, stranger)
    address = f"{QUEUES}/{queue_id}"

    if verb in {"get", "patch", "delete"}:
        body = {"json": {"name": "Mine"}} if verb == "patch" else {}
        refused = getattr(client, verb)(address, headers=other.server, **body)
    elif verb == "participations":
        refused = client.get(f"{address}/{verb}", headers=other.server)
    else:
        refused = client.post(f"{address}/{verb}", headers=other.server)

    assert refused.status_code == 404
    assert refused.json["error"] == "Queue not found"


def test_each_verb_needs_its_scope(client, merchant, rt, sequence):
    reader = make_merchant(rt, scopes=("read:experiences",), of=merchant)
    queue = queue_of(client, merchant, sequence)

    assert get_queue(client, reader, queue).status_code == 200
    assert change_queue(client, reader, queue, name="X").status_code == 403
    people = client.get(f"{QUEUES}/{queue['id']}/participations", headers=reader.server)
    assert people.status_code == 403
