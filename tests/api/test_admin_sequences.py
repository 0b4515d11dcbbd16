"""Sequences of the Admin API (contract.md, section 5)."""

import pytest

from tests.support.backoffice import (
    ADMIN,
    draft,
    path_of,
    queue_of,
)
from tests.support.launches import make_merchant

QUEUES = f"{ADMIN}/queues"
SEQUENCES = f"{ADMIN}/sequences"


@pytest.fixture
def sequence(client, merchant):
    return path_of(client, merchant, draft(client, merchant))


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
        ({"accessCode": "1234"}, "accessCode"),
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
