"""contract.md, section 3: `complete`, `deny` and `validate` of timed releases and appointments."""

import pytest

from tests.support.envelopes import STATUS
from tests.support.launches import make_guest, make_launch
from tests.support.slots import book, free, make_appointment

IDS = {"timed-releases": "timedReleaseId", "appointments": "appointmentId"}


@pytest.fixture(params=IDS)
def kind(request):
    return request.param


@pytest.fixture
def taken(client, rt, merchant, kind):
    """A distribution of the kind, and somebody with an entry, admitted where they can be."""
    guest = make_guest(client, merchant)
    if kind == "appointments":
        launch = make_appointment(rt, merchant)
        done = book(client, launch, guest, free(client, merchant, launch)[0])
        admitted = client.get(
            f"/admin/api/v1/appointments/{launch.queue_id}/participations", headers=merchant.server
        )
        entry = admitted.json["data"][0]["id"]
        client.post(f"/admin/api/v1/participations/{entry}/admit", headers=merchant.server)
    else:
        launch = make_launch(rt, merchant, kind="timed_release", rules={"perConsumerLimit": 1})
        done = client.post(f"/api/v1/{kind}/{launch.queue_id}/enter", headers=guest.headers)
    assert done.status_code == 201, done.text
    path = f"/api/v1/{kind}/{launch.queue_id}"
    status = client.get(f"{path}/status", headers=guest.headers).json
    assert status["status"] == "ADMITTED"
    return path, launch, guest, status["admissionToken"]


def call(client, merchant, taken, verb, **body):
    answer = client.post(f"{taken[0]}/{verb}", json=body, headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_post_complete_of_every_kind(client, merchant, kind, taken):
    done = call(client, merchant, taken, "complete", consumerId=taken[2].consumer_id)

    assert done.keys() >= STATUS | {IDS[kind]}
    assert (done["status"], done[IDS[kind]]) == ("COMPLETED", taken[1].queue_id)


def test_post_deny_of_every_kind(client, merchant, kind, taken):
    denied = call(client, merchant, taken, "deny", consumerId=taken[2].consumer_id, reason="Fraud")

    assert (denied["status"], denied["denyReason"]) == ("DENIED", "Fraud")
    assert denied[IDS[kind]] == taken[1].queue_id


def test_post_validate_of_every_kind(client, merchant, kind, taken):
    shown = call(client, merchant, taken, "validate", admissionToken=taken[3])
    elsewhere = make_guest(client, merchant).consumer_id
    other = call(client, merchant, taken, "validate", admissionToken=taken[3], consumerId=elsewhere)

    assert (shown["valid"], shown["reason"]) == (True, None)
    assert shown["distributionType"] == kind.removesuffix("s").replace("-", "_")
    assert (other["valid"], other["reason"]) == (False, "WRONG_CONSUMER")
