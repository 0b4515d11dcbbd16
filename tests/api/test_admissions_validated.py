"""Validating admissions, as often as anybody likes."""

import pytest

from integration.services import admitting
from tests.api.admitted import act, admitted, run_out, status
from tests.support.launches import make_guest, make_launch

FINGERPRINT = "fp_somebody-elses"


def validate(client, merchant, token, launch=None, **body):
    path = f"/api/v1/queues/{launch.queue_id}/validate" if launch else "/api/v1/admissions/validate"
    answer = client.post(path, headers=merchant.server, json={"admissionToken": token, **body})
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_live_admission_is_valid_as_often_as_asked(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    said = [validate(client, merchant, token, launch) for _ in range(3)]

    assert all(each["valid"] for each in said)
    first = said[0]
    assert first["reason"] is None
    assert first["status"] == "ADMITTED"
    assert first["consumerId"] == guest.consumer_id
    assert first["distributionId"] == launch.queue_id
    assert first["distributionType"] == "queue"
    assert first["experienceId"] == launch.experience_id
    assert first["sequenceId"] == launch.sequence_id
    assert first["admissionId"].startswith("adm_")
    assert 0 < first["remainingSeconds"] <= 900
    assert first["expiresAt"] == status(client, launch, guest)["expiresAt"]


def test_an_admission_is_found_by_its_id_too(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)
    admission_id = validate(client, merchant, token)["admissionId"]

    answer = client.post(
        "/api/v1/admissions/validate",
        headers=merchant.server,
        json={"admissionId": admission_id},
    )

    assert answer.json["valid"] is True


def test_each_way_to_end_has_its_reason(client, rt, merchant):
    launch = make_launch(rt, merchant)
    bought, completed = admitted(client, rt, merchant, launch)
    refused, denied = admitted(client, rt, merchant, launch)
    gone, left = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=bought.consumer_id)
    act(client, merchant, launch, "deny", consumerId=refused.consumer_id, reason="No.")
    client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=gone.headers)

    tokens = [completed, denied, left]
    said = [validate(client, merchant, token, launch) for token in tokens]

    assert [each["valid"] for each in said] == [False] * 3
    assert [each["reason"] for each in said] == ["COMPLETED", "DENIED", "LEFT"]
    assert [each["status"] for each in said] == ["COMPLETED", "DENIED", "LEFT"]
    assert {each["remainingSeconds"] for each in said} == {0}


def test_an_expired_admission_is_so_before_and_after_the_clock_came_by(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)
    run_out(rt, launch)

    before = validate(client, merchant, token, launch)
    admitting.expire_due(rt)
    after = validate(client, merchant, token, launch)

    assert (before["valid"], before["reason"]) == (False, "EXPIRED")
    assert (after["valid"], after["reason"]) == (False, "EXPIRED")


def test_a_token_is_good_for_its_own_queue_and_consumer_alone(client, rt, merchant):
    launch, elsewhere = make_launch(rt, merchant), make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    other = make_guest(client, merchant)

    wrong_queue = validate(client, merchant, token, elsewhere)
    wrong_consumer = validate(client, merchant, token, launch, consumerId=other.consumer_id)
    right = validate(client, merchant, token, launch, consumerId=guest.consumer_id)

    assert wrong_queue["reason"] == "WRONG_DISTRIBUTION"
    assert wrong_consumer["reason"] == "WRONG_CONSUMER"
    assert right["valid"] is True


@pytest.mark.parametrize("spoil", ["tampered", "none", "access", "garbage"])
def test_a_token_that_we_did_not_sign_is_refused(client, rt, merchant, spoil):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    head, claims, signature = token.split(".")
    spoiled = {
        "tampered": f"{head}.{claims[:-2]}AA.{signature}",
        "none": f"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.",
        "access": guest.access_token,
        "garbage": "not-a-token",
    }[spoil]

    said = validate(client, merchant, spoiled, launch)

    assert (said["valid"], said["reason"]) == (False, "BAD_SIGNATURE")
    assert said["admissionId"] is None


def test_an_id_that_nobody_knows_is_unknown(client, rt, merchant):
    answer = client.post(
        "/api/v1/admissions/validate", headers=merchant.server, json={"admissionId": "adm_none"}
    )

    assert (answer.json["valid"], answer.json["reason"]) == (False, "UNKNOWN")


def test_a_fingerprint_that_is_shown_must_be_the_entrys(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    own = guest.headers["X-Fingerprint"]

    in_body = validate(client, merchant, token, launch, fingerprint=FINGERPRINT)
    right = validate(client, merchant, token, launch, fingerprint=own)
    in_header = client.post(
        f"/api/v1/queues/{launch.queue_id}/validate",
        headers=merchant.server | {"X-Fingerprint": FINGERPRINT},
        json={"admissionToken": token},
    )

    assert in_body["reason"] == in_header.json["reason"] == "FINGERPRINT_MISMATCH"
    assert right["valid"] is True


def test_a_queue_may_insist_on_the_fingerprint(client, rt, merchant):
    launch = make_launch(rt, merchant, fingerprint_at_validation=True)
    guest, token = admitted(client, rt, merchant, launch)
    path = f"/api/v1/queues/{launch.queue_id}/validate"

    without = client.post(path, headers=merchant.server, json={"admissionToken": token})
    own = guest.headers["X-Fingerprint"]

    assert without.status_code == 403
    assert without.json["error"] == "Fingerprint required"
    assert without.json["code"] == "FINGERPRINT_REQUIRED"
    assert without.headers["X-Fingerprint-Error"] == "true"
    assert validate(client, merchant, token, launch, fingerprint=own)["valid"] is True


def test_the_first_reason_is_told_where_several_hold(client, rt, merchant):
    launch, elsewhere = make_launch(rt, merchant), make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id)
    run_out(rt, launch)

    said = validate(client, merchant, token, elsewhere, consumerId="cons_other")

    assert said["reason"] == "WRONG_DISTRIBUTION"


def test_validating_wants_the_reading_scope(client, rt, merchant):
    answer = client.post("/api/v1/admissions/validate", json={"admissionId": "adm_none"})

    assert (answer.status_code, answer.json["code"]) == (401, "SECRET_KEY_REQUIRED")
