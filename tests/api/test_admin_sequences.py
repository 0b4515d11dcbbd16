"""Sequences of the Admin API (contract.md, section 5)."""

import pytest

from integration.store.models import Sequence as Path
from tests.support.backoffice import (
    ADMIN,
    draft,
    path_of,
    queue_of,
)
from tests.support.launches import make_merchant

QUEUES = f"{ADMIN}/queues"
SEQUENCES = f"{ADMIN}/sequences"


def test_a_sequence_is_made_and_changed(client, merchant, sequence):
    address = f"{SEQUENCES}/{sequence['id']}"

    changed = client.patch(
        address, json={"priority": 10, "color": "#ff0066"}, headers=merchant.server
    )

    assert sequence == {
        "id": sequence["id"],
        "experienceId": sequence["experienceId"],
        "name": "Everybody",
        "priority": 0,
        "color": None,
        "audienceId": None,
        "requireAuthentication": False,
        "botCheck": False,
        "hasAccessCode": False,
        "createdAt": sequence["createdAt"],
    }
    assert changed.json == {**sequence, "priority": 10, "color": "#ff0066"}
    assert changed.headers["ETag"] == '"2"'
    assert client.get(address, headers=merchant.server).json == changed.json


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"color": "pink"}, "color"),
        ({"priority": "high"}, "priority"),
        ({"experienceId": 5}, "experienceId"),
        ({"accessCode": " "}, "accessCode"),
        ({"accessCode": "x" * 129}, "accessCode"),
        ({"botCheck": "yes"}, "botCheck"),
        ({"hasAccessCode": True}, "hasAccessCode"),
    ],
)
def test_a_bad_field_of_a_sequence_is_named(client, merchant, given, field):
    experience = draft(client, merchant)
    body = {"name": "Everybody", "experienceId": experience["id"], **given}

    refused = client.post(SEQUENCES, json=body, headers=merchant.server)

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]


def test_a_sequence_belongs_to_an_experience_of_ones_own(client, merchant, rt):
    experience = draft(client, make_merchant(rt))

    refused = client.post(
        SEQUENCES,
        json={"name": "Mine", "experienceId": experience["id"]},
        headers=merchant.server,
    )

    assert refused.status_code == 404
    assert refused.json["error"] == "Experience not found"


def test_sequences_are_listed_by_experience(client, merchant, sequence):
    path_of(client, merchant, draft(client, merchant))

    listed = client.get(
        f"{SEQUENCES}?experienceId={sequence['experienceId']}", headers=merchant.server
    ).json

    assert [each["id"] for each in listed["data"]] == [sequence["id"]]


def test_a_sequence_goes_when_it_is_empty(client, merchant, sequence):
    queue = queue_of(client, merchant, sequence)
    address = f"{SEQUENCES}/{sequence['id']}"

    refused = client.delete(address, headers=merchant.server)
    client.delete(f"{QUEUES}/{queue['id']}", headers=merchant.server)
    archived = client.delete(address, headers=merchant.server)

    assert refused.status_code == 409
    assert archived.status_code == 204
    assert client.get(address, headers=merchant.server).status_code == 404


def test_an_access_code_is_kept_and_never_told(client, merchant, sequence, rt):
    address = f"{SEQUENCES}/{sequence['id']}"

    coded = client.patch(address, json={"accessCode": "VIP-2024"}, headers=merchant.server)

    assert coded.json == {**sequence, "hasAccessCode": True}
    assert "VIP-2024" not in client.get(address, headers=merchant.server).text
    with rt.transaction() as tx:
        kept = tx.session.get(Path, sequence["id"]).access_code
    assert b"VIP-2024" not in kept
    free = client.patch(address, json={"accessCode": None}, headers=merchant.server)
    assert free.json["hasAccessCode"] is False


def test_gates_are_set_with_a_sequence(client, merchant):
    gates = {"requireAuthentication": True, "botCheck": True}

    made = path_of(client, merchant, draft(client, merchant), accessCode="VIP", **gates)

    assert {name: made[name] for name in gates} == gates
    assert made["hasAccessCode"] is True


def test_an_audience_must_be_ones_own(client, merchant, sequence):
    refused = client.patch(
        f"{SEQUENCES}/{sequence['id']}",
        json={"audienceId": "audience_unknown"},
        headers=merchant.server,
    )

    assert refused.status_code == 404
    assert refused.json["error"] == "Audience not found"
