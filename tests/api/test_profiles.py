"""Oneself, and all that one takes part in (contract.md, section 3)."""

import pytest

from integration.kernel.ids import new_id
from integration.services import admitting
from integration.store.models import WaitlistEntry
from tests.support.launches import make_guest, make_launch, make_merchant, without

ME = "/api/v1/consumers/me"
NOTHING = {
    "experiences": {},
    "queues": {},
    "draws": {},
    "auctions": {},
    "timedReleases": {},
    "appointments": {},
    "admissions": {},
    "journeys": [],
}


def enter(client, launch, guest):
    answer = client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)
    assert answer.status_code == 201, answer.text


def test_a_newcomer_takes_part_in_nothing(client, merchant):
    guest = make_guest(client, merchant)

    shown = client.get(ME, headers=guest.headers)

    assert shown.status_code == 200
    body = shown.json
    assert body.pop("createdAt").endswith("Z")
    assert body == {
        "id": guest.consumer_id,
        "email": None,
        "phone": None,
        "fullName": None,
        "active": NOTHING,
    }


def test_somebody_who_waits_finds_the_way_back(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    first, second = (make_guest(client, merchant) for _ in range(2))
    for guest in (first, second):
        enter(client, launch, guest)

    active = client.get(ME, headers=second.headers).json["active"]

    queued = active["queues"][launch.queue_id]
    assert (queued["status"], queued["position"], queued["number"]) == ("QUEUED", 2, 2)
    assert active["experiences"] == {
        launch.experience_id: {"sequences": {launch.sequence_id: {"queue": queued}}}
    }
    assert active["admissions"] == {}
    assert active["journeys"] == [
        {
            "experienceId": launch.experience_id,
            "sequenceId": launch.sequence_id,
            "journeyStage": "routed",
            "sequenceStage": "participating",
            "participation": {"type": "queue", "id": launch.queue_id, "status": "QUEUED"},
        }
    ]


def test_somebody_who_is_admitted_finds_the_admission(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    admitting.admit_due(rt, launch.queue_id)
    status = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers).json

    active = client.get(ME, headers=guest.headers).json["active"]

    token = status["admissionToken"]
    ((admission_id, admission),) = active["admissions"].items()
    (journey,) = active["journeys"]
    assert admission == {
        "id": admission_id,
        "distributionType": "queue",
        "distributionId": launch.queue_id,
        "experienceId": launch.experience_id,
        "sequenceId": launch.sequence_id,
        "admissionToken": token,
        "admittedAt": status["admittedAt"],
        "expiresAt": status["expiresAt"],
    }
    assert (journey["journeyStage"], journey["sequenceStage"]) == ("admitted", "admitted")
    assert journey["participation"]["admissionToken"] == token
    assert journey["admission"] == {k: v for k, v in admission.items() if k != "id"}
    assert active["queues"][launch.queue_id]["position"] == 0


def test_somebody_on_a_waitlist_finds_the_way_back(client, merchant, rt):
    launch = make_launch(rt, merchant, kind="waitlist")
    guest = make_guest(client, merchant)
    of_both = {"experience_id": launch.experience_id, "sequence_id": launch.sequence_id}
    with rt.transaction() as tx:
        for consumer_id, state in ((guest.consumer_id, "waitlisted"), ("cons_other", "left")):
            tx.session.add(
                WaitlistEntry(
                    id=new_id("wle"),
                    distribution_id=launch.queue_id,
                    consumer_id=consumer_id,
                    state=state,
                    version=1,
                    **of_both,
                    **merchant.tenant._asdict(),
                )
            )

    active = client.get(ME, headers=guest.headers).json["active"]

    node = active["experiences"][launch.experience_id]["sequences"][launch.sequence_id]
    assert node["waitlist"].pop("enteredAt").endswith("Z")
    assert node["waitlist"] == {
        "waitlistId": launch.queue_id,
        "consumerId": guest.consumer_id,
        "experienceId": launch.experience_id,
        "sequenceId": launch.sequence_id,
        "status": "waitlisted",
        "notifiedAt": None,
    }
    assert active["journeys"] == [
        {
            "experienceId": launch.experience_id,
            "sequenceId": launch.sequence_id,
            "journeyStage": "routed",
            "sequenceStage": "waitlist_entered",
            "participation": {"type": "waitlist", "id": launch.queue_id, "status": "waitlisted"},
        }
    ]


def test_what_is_over_is_not_active(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)

    client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guest.headers)

    assert client.get(ME, headers=guest.headers).json["active"] == NOTHING


def test_a_qualitative_queue_tells_no_position(client, merchant, rt):
    rules = {"admissionRate": 0, "positionDisplay": "qualitative"}
    launch = make_launch(rt, merchant, rules=rules)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)

    queued = client.get(ME, headers=guest.headers).json["active"]["queues"][launch.queue_id]

    assert queued["position"] is None


def test_an_erased_consumer_is_nobody(client, merchant):
    guest = make_guest(client, merchant)

    client.delete(f"/api/consumers/{guest.consumer_id}", headers=merchant.server)

    assert client.get(ME, headers=guest.headers).status_code == 401


@pytest.mark.parametrize("names", [["Authorization"], ["X-Publishable-Key"]])
def test_without_key_and_token_nobody_is_oneself(client, merchant, names):
    guest = without(make_guest(client, merchant), *names)

    refused = client.get(ME, headers=guest.headers)

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"


def test_another_organizations_token_is_refused(client, merchant, rt):
    guest = make_guest(client, merchant)
    other = make_merchant(rt)

    refused = client.get(ME, headers={**guest.headers, **other.page})

    assert refused.status_code == 401
