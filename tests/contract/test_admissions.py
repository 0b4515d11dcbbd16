"""The secret rows of contract.md, sections 1, 3 and 5: exact errors, codes, shapes."""

from datetime import datetime, timedelta

import jwt
import pytest

from integration.kernel.ids import new_id
from integration.services import admitting
from tests.api.admitted import (
    act,
    admission_of,
    admitted,
    any_admission,
    books,
    run_out,
    status,
    waiting,
)
from tests.contract.test_queues import STATUS
from tests.support.backoffice import stranger_to
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, make_merchant

KINDS = ["queues", "draws", "auctions", "timed-releases", "appointments"]
TITLES = {
    "queues": "Queue",
    "draws": "Draw",
    "auctions": "Auction",
    "timed-releases": "Timed release",
    "appointments": "Appointment",
}
VALIDITY = {
    "valid",
    "reason",
    "status",
    "admissionId",
    "consumerId",
    "distributionId",
    "distributionType",
    "experienceId",
    "sequenceId",
    "admittedAt",
    "expiresAt",
    "remainingSeconds",
}
BODIES = {
    "complete": {"consumerId": "cons_x"},
    "deny": {"consumerId": "cons_x", "reason": "x"},
    "validate": {"admissionToken": "x"},
}
ANY = {
    "validate": {"admissionId": "adm_x"},
    "complete": {"admissionId": "adm_x"},
    "deny": {"admissionId": "adm_x", "reason": "x"},
    "extend": {"admissionId": "adm_x", "seconds": 60},
}
STANDING = {"admissionRate": 0}


def test_post_queue_admit_by_consumer_out_of_turn_and_recorded(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    _, second = waiting(client, merchant, launch, 2)

    answer = act(client, merchant, launch, "admit", consumerId=second.consumer_id)

    [shown] = answer.json["admitted"]
    assert answer.status_code == 200
    assert set(shown) == STATUS
    assert (shown["status"], shown["consumerId"]) == ("ADMITTED", second.consumer_id)
    assert admission_of(rt, second).in_turn is False


def test_post_queue_admit_by_count(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    guests = waiting(client, merchant, launch, 3)

    answer = act(client, merchant, launch, "admit", count=2)

    admitted_ids = [each["consumerId"] for each in answer.json["admitted"]]
    assert admitted_ids == [guest.consumer_id for guest in guests[:2]]


def test_post_queue_complete_by_consumer(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)

    answer = act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    assert (answer.status_code, set(answer.json)) == (200, STATUS)
    assert (answer.json["status"], answer.json["position"]) == ("COMPLETED", 0)
    assert answer.json["completedAt"].endswith("Z")


def test_post_queue_complete_by_token_with_an_order(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    paid = {"orderId": "shop-1", "orderAmount": "105.00"}

    answer = act(client, merchant, launch, "complete", admissionToken=token, **paid)
    query = {"externalOrderId": "shop-1"}
    [order] = client.get("/api/orders", headers=merchant.server, query_string=query).json["data"]

    assert answer.json["status"] == "COMPLETED"
    assert (order["consumerId"], order["totalAmount"]) == (guest.consumer_id, 105.0)
    assert order["completion"] == "completed"


def test_post_queue_deny(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    [guest] = waiting(client, merchant, launch, 1)

    answer = act(
        client, merchant, launch, "deny", consumerId=guest.consumer_id, reason="BOT_DETECTED"
    )

    assert (answer.status_code, set(answer.json)) == (200, STATUS)
    assert (answer.json["status"], answer.json["denyReason"]) == ("DENIED", "BOT_DETECTED")


def test_post_queue_validate(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    answer = act(client, merchant, launch, "validate", admissionToken=token)
    again = act(client, merchant, launch, "validate", admissionToken=token)

    said = answer.json
    assert (answer.status_code, set(said)) == (200, VALIDITY)
    assert (said["valid"], said["reason"], said["status"]) == (True, None, "ADMITTED")
    assert (said["consumerId"], said["distributionId"]) == (guest.consumer_id, launch.queue_id)
    assert (said["distributionType"], said["sequenceId"]) == ("queue", launch.sequence_id)
    assert 890 <= said["remainingSeconds"] <= 900
    assert again.json["valid"]


@pytest.mark.parametrize(
    "reason",
    [
        "EXPIRED",
        "COMPLETED",
        "DENIED",
        "LEFT",
        "UNKNOWN",
        "WRONG_DISTRIBUTION",
        "WRONG_CONSUMER",
        "BAD_SIGNATURE",
        "FINGERPRINT_MISMATCH",
    ],
)
def test_validate_reasons(client, rt, merchant, reason):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    asked, where = {"admissionToken": token}, launch
    if reason == "EXPIRED":
        run_out(rt, launch)
    elif reason == "COMPLETED":
        act(client, merchant, launch, "complete", admissionToken=token)
    elif reason == "DENIED":
        act(client, merchant, launch, "deny", consumerId=guest.consumer_id, reason="x")
    elif reason == "LEFT":
        client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guest.headers)
    elif reason == "WRONG_DISTRIBUTION":
        where = make_launch(rt, merchant)
    elif reason == "WRONG_CONSUMER":
        asked["consumerId"] = make_guest(client, merchant).consumer_id
    elif reason == "BAD_SIGNATURE":
        asked["admissionToken"] = f"{token[:-6]}AAAAAA"
    elif reason == "FINGERPRINT_MISMATCH":
        asked["fingerprint"] = "fp_somebody-else"

    if reason == "UNKNOWN":
        answer = any_admission(client, merchant, "validate", admissionId=new_id("adm"))
    else:
        answer = act(client, merchant, where, "validate", **asked)

    assert answer.status_code == 200
    assert (answer.json["valid"], answer.json["reason"]) == (False, reason)


@pytest.mark.parametrize("by", ["admissionToken", "admissionId"])
@pytest.mark.parametrize("verb", ["validate", "complete", "deny", "extend"])
def test_post_admissions_of_any_kind(client, rt, merchant, verb, by):
    launch = make_launch(rt, merchant, extendable=True)
    guest, token = admitted(client, rt, merchant, launch)
    named = {by: token if by == "admissionToken" else admission_of(rt, guest).id}
    more = {"deny": {"reason": "x"}, "extend": {"seconds": 60}}.get(verb, {})

    answer = any_admission(client, merchant, verb, **named, **more)

    assert answer.status_code == 200
    assert set(answer.json) == (VALIDITY if verb == "validate" else STATUS)


def test_post_admissions_extend_once_a_new_token_same_jti(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    guest, token = admitted(client, rt, merchant, launch)
    before = datetime.fromisoformat(status(client, launch, guest)["expiresAt"])

    said = any_admission(client, merchant, "extend", admissionToken=token, seconds=120).json
    again = any_admission(client, merchant, "extend", admissionToken=token, seconds=120)

    assert datetime.fromisoformat(said["expiresAt"]) - before == timedelta(seconds=120)
    assert claims(said["admissionToken"])["jti"] == claims(token)["jti"]
    assert said["admissionToken"] != token
    assert refused(again) == (409, "Conflict", "ALREADY_EXTENDED")


def test_post_admissions_extend_where_extendable(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)

    answer = any_admission(client, merchant, "extend", admissionToken=token, seconds=120)

    assert refused(answer) == (409, "Conflict", "NOT_EXTENDABLE")


@pytest.mark.parametrize("verb", ["admit", "deny", "extend"])
def test_post_participations(client, rt, merchant, verb):
    rules = {} if verb == "extend" else STANDING
    launch = make_launch(rt, merchant, extendable=True, rules=rules)
    waiting(client, merchant, launch, 1)
    admitting.admit_due(rt, launch.queue_id)
    listed = f"/admin/api/v1/queues/{launch.queue_id}/participations"
    [entry] = client.get(listed, headers=merchant.server).json["data"]
    body = {"deny": {"reason": "x"}, "extend": {"seconds": 60}}.get(verb)
    path = f"/admin/api/v1/participations/{entry['id']}/{verb}"

    answer = client.post(path, headers=merchant.server, json=body)

    expected = "DENIED" if verb == "deny" else "ADMITTED"
    assert (answer.status_code, set(answer.json)) == (200, STATUS)
    assert answer.json["status"] == expected


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def test_an_admission_token(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    admission = admission_of(rt, guest)

    said = claims(token)

    assert jwt.get_unverified_header(token)["alg"] == "EdDSA"
    assert said == {
        "iss": "http://fanfare.test",
        "aud": merchant.tenant.organization_id,
        "sub": guest.consumer_id,
        "jti": admission.id,
        "iat": said["iat"],
        "exp": said["iat"] + 900,
        "typ": "admission",
        "dst": launch.queue_id,
        "dtp": "queue",
        "exp_id": launch.experience_id,
        "seq_id": launch.sequence_id,
    }


def test_an_admission_token_is_verified_by_the_published_keys(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)
    keys = jwt.PyJWKSet.from_dict(client.get("/.well-known/jwks.json").json)

    key = keys[jwt.get_unverified_header(token)["kid"]]

    said = jwt.decode(token, key, ["EdDSA"], audience=merchant.tenant.organization_id)
    assert said["dst"] == launch.queue_id


def test_two_polls_show_the_same_token(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)

    assert status(client, launch, guest)["admissionToken"] == token


def test_409_admission_already_completed(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", admissionToken=token, orderId="shop-1")

    same = act(client, merchant, launch, "complete", admissionToken=token, orderId="shop-1")
    other = act(client, merchant, launch, "complete", admissionToken=token, orderId="shop-2")

    assert same.status_code == 200
    assert refused(other) == (409, "Conflict", "ADMISSION_ALREADY_COMPLETED")


def test_409_not_admitted(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=STANDING)
    [guest] = waiting(client, merchant, launch, 1)

    answer = act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    assert refused(answer) == (409, "Conflict", "NOT_ADMITTED")


@pytest.mark.parametrize(("stock", "completes"), [(2, True), (1, False)])
def test_an_expired_admission_still_completes_while_stock_allows(
    client, rt, merchant, stock, completes
):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=stock)
    _, token = admitted(client, rt, merchant, launch)
    run_out(rt, launch)
    admitting.expire_due(rt)
    other, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=other.consumer_id)

    answer = act(client, merchant, launch, "complete", admissionToken=token, orderId="late-1")

    assert answer.status_code == (200 if completes else 409)
    assert books(rt, launch).sold == stock


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", BODIES)
def test_401_secret_key_required(client, merchant, kind, verb):
    path = f"/api/v1/{kind}/x/{verb}"

    answer = client.post(path, headers=merchant.page, json=BODIES[verb])

    assert refused(answer) == (401, "Secret key required", "SECRET_KEY_REQUIRED")


@pytest.mark.parametrize("verb", ANY)
def test_401_secret_key_required_of_any_kind(client, rt, merchant, verb):
    guest = make_guest(client, merchant)

    answer = client.post(f"/api/v1/admissions/{verb}", headers=guest.headers, json=ANY[verb])

    assert refused(answer) == (401, "Secret key required", "SECRET_KEY_REQUIRED")


@pytest.mark.parametrize("verb", ["complete", "deny", "extend"])
def test_403_permission_denied(client, rt, merchant, verb):
    reader = make_merchant(rt, scopes=("read:admissions",), of=merchant)

    answer = any_admission(client, reader, verb, **ANY[verb])

    assert refused(answer) == (403, "Permission denied", "PERMISSION_DENIED")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", BODIES)
def test_404_of_a_distribution_that_is_unknown(client, merchant, kind, verb):
    answer = client.post(f"/api/v1/{kind}/x/{verb}", headers=merchant.server, json=BODIES[verb])

    title = TITLES[kind]
    code = f"{title.upper().replace(' ', '_')}_NOT_FOUND"
    assert refused(answer) == (404, f"{title} not found", code)


@pytest.mark.parametrize("verb", ["complete", "deny", "extend"])
@pytest.mark.parametrize("what", ["organization", "mode"])
def test_404_of_another_tenants_admission(client, rt, merchant, verb, what):
    launch = make_launch(rt, merchant, extendable=True)
    guest, _ = admitted(client, rt, merchant, launch)
    stranger = stranger_to(rt, merchant, what)
    named = ANY[verb] | {"admissionId": admission_of(rt, guest).id}

    answer = any_admission(client, stranger, verb, **named)

    assert refused(answer) == (404, "Admission not found", "ADMISSION_NOT_FOUND")


@pytest.mark.parametrize("body", [{}, {"consumerId": "a", "count": 1}, {"count": 0}])
def test_400_validation_failed(client, rt, merchant, body):
    launch = make_launch(rt, merchant)

    answer = act(client, merchant, launch, "admit", **body)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert answer.json["details"][0]["field"]


def test_a_keyed_call_answers_again_byte_for_byte(client, rt, merchant):
    launch = make_launch(rt, merchant, extendable=True)
    _, token = admitted(client, rt, merchant, launch)
    headers = {**merchant.server, "X-Idempotency-Key": "extend-1"}
    body = {"admissionToken": token, "seconds": 60}

    first, second = (
        client.post("/api/v1/admissions/extend", headers=headers, json=body) for _ in range(2)
    )

    assert (first.status_code, second.data) == (200, first.data)
    assert second.headers["Idempotency-Replayed"] == "true"
