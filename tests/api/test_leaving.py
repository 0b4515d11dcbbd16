"""Leaving a whole experience (contract.md, section 3)."""

import pytest

from integration.services import admitting
from tests.support.backoffice import draft, path_of, post, publish, queue_of
from tests.support.journeys import enter, launch
from tests.support.launches import make_guest

LATER = "2100-01-01T00:00:00Z"
HOURS = [{"weekday": day, "from": "09:00", "to": "17:00"} for day in range(7)]
KINDS = {
    "queues": {},
    "draws": {"drawAt": LATER, "winnerCount": 1},
    "auctions": {"settleAt": LATER, "startingPrice": "100", "currencyCode": "USD"},
    "timed-releases": {},
    "appointments": {"slotDurationMinutes": 30, "weeklyHours": HOURS},
    "waitlists": {"name": "Tell me"},
}


@pytest.fixture
def guest(client, merchant):
    return make_guest(client, merchant)


def test_leaving_an_experience_leaves_all_of_it(client, merchant, guest, rt):
    experience = launch(
        client, merchant, {"name": "open"}, {"name": "slow", "queue": {"admissionRate": 0}}
    )
    address = f"/api/v1/experiences/{experience['id']}"
    client.post(f"{address}/enter", headers=guest.headers)
    for name in ("open", "slow"):
        enter(client, experience[name], guest)
    admitting.admit_due(rt, experience["open"]["queue"]["id"])

    left = client.delete(f"{address}/leave", headers=guest.headers)
    again = client.delete(f"{address}/leave", headers=guest.headers)

    assert (left.status_code, left.data, again.status_code) == (204, b"", 204)
    for name in ("open", "slow"):
        queue = experience[name]["queue"]["id"]
        status = client.get(f"/api/v1/queues/{queue}/status", headers=guest.headers)
        assert status.json["status"] == "LEFT"
        assert (
            client.get(f"/api/v1/queues/{queue}", headers=guest.headers).json["consumerCount"] == 0
        )
    assert client.post(f"{address}/enter", headers=guest.headers).status_code == 201


def test_leaving_an_experience_leaves_every_kind_but_a_bid(client, merchant, guest):
    experience = draft(client, merchant)
    path, later = (path_of(client, merchant, experience) for _ in range(2))
    queue_of(client, merchant, later, openAt=LATER)
    made = {}
    for kind, body in KINDS.items():
        behind = later if kind == "waitlists" else path
        made[kind] = post(client, merchant, f"/{kind}", sequenceId=behind["id"], **body)["id"]
    publish(client, merchant, experience)
    slots = client.get(f"/api/v1/appointments/{made['appointments']}/slots", headers=guest.headers)
    acts = {"auctions": "bid", "appointments": "book"}
    bodies = {
        "auctions": {"amount": "100"},
        "appointments": {"slotId": slots.json["data"][0]["id"]},
    }
    for kind, each in made.items():
        entered = client.post(
            f"/api/v1/{kind}/{each}/{acts.get(kind, 'enter')}",
            json=bodies.get(kind, {}),
            headers=guest.headers,
        )
        assert entered.status_code == 201, entered.text

    left = client.delete(f"/api/v1/experiences/{experience['id']}/leave", headers=guest.headers)

    assert left.status_code == 204
    after = {
        kind: client.get(f"/api/v1/{kind}/{each}/status", headers=guest.headers).json["status"]
        for kind, each in made.items()
    }
    assert after == {**dict.fromkeys(KINDS, "LEFT"), "auctions": "QUEUED", "waitlists": "left"}
