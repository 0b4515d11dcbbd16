"""contract.md, section 1: fingerprints, by the policy of each distribution."""

import pytest
from sqlalchemy import text

from integration.services import admitting
from tests.api.admitted import act, books, status
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, without
from tests.support.people import come_from_elsewhere

DEVICE = {"X-Fingerprint": "fp_device-1"}
OTHER = {"X-Fingerprint": "fp_device-2"}
FINGERPRINT_REQUIRED = (403, "Fingerprint required", "FINGERPRINT_REQUIRED")
FINGERPRINT_LIMIT = (403, "Too many entries from this device", "FINGERPRINT_LIMIT")


def enter(client, launch, guest, device=None):
    headers = {**without(guest, "X-Fingerprint").headers, **(device or {})}
    return client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=headers)


def token_of(client, rt, launch, guest):
    admitting.admit_due(rt, launch.queue_id)
    return status(client, launch, guest)["admissionToken"]


@pytest.mark.parametrize(
    ("policy", "bare"), [("required", 403), ("recommended", 201), ("off", 201)]
)
def test_fingerprint_policy(client, rt, merchant, policy, bare):
    launch = make_launch(rt, merchant, fingerprint_policy=policy)

    without_one = enter(client, launch, make_guest(client, merchant))
    with_one = enter(client, launch, make_guest(client, merchant), DEVICE)

    assert (without_one.status_code, with_one.status_code) == (bare, 201)
    if bare == 403:
        assert refused(without_one) == FINGERPRINT_REQUIRED
        assert without_one.headers["X-Fingerprint-Error"] == "true"


def test_required_is_the_default(client, rt, merchant):
    launch = make_launch(rt, merchant)

    assert refused(enter(client, launch, make_guest(client, merchant))) == FINGERPRINT_REQUIRED


@pytest.mark.parametrize("fingerprint", ["fp_1234", "device-1", "fp_" + "x" * 126, "fp_a b c d e"])
def test_a_fingerprint_has_8_to_128_characters(client, rt, merchant, fingerprint):
    launch = make_launch(rt, merchant)

    answer = enter(client, launch, make_guest(client, merchant), {"X-Fingerprint": fingerprint})

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")


@pytest.mark.parametrize("policy", ["required", "recommended"])
def test_one_fingerprint_holds_at_most_so_many_live_entries(client, rt, merchant, policy):
    launch = make_launch(rt, merchant, fingerprint_policy=policy, max_entries_per_fingerprint=2)
    guests = [make_guest(client, merchant) for _ in range(3)]

    answers = [enter(client, launch, guest, DEVICE) for guest in guests]
    client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guests[0].headers)
    again = enter(client, launch, guests[2], DEVICE)

    assert [answer.status_code for answer in answers] == [201, 201, 403]
    assert refused(answers[2]) == FINGERPRINT_LIMIT
    assert answers[2].headers["X-Fingerprint-Error"] == "true"
    assert again.status_code == 201


def test_off_counts_no_devices(client, rt, merchant):
    launch = make_launch(rt, merchant, fingerprint_policy="off", max_entries_per_fingerprint=1)

    answers = [enter(client, launch, make_guest(client, merchant), DEVICE) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {201}


def test_it_is_stored_hashed(client, rt, merchant):
    launch = make_launch(rt, merchant)
    enter(client, launch, make_guest(client, merchant), DEVICE)

    with rt.transaction() as tx:
        kept = tx.session.scalar(text("SELECT fingerprint FROM participation"))
    assert len(kept) == 32
    assert b"device" not in kept


@pytest.mark.parametrize("where", ["header", "body"])
def test_validation_compares_the_one_it_is_given(client, rt, merchant, where):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest, DEVICE)
    token = token_of(client, rt, launch, guest)
    path = f"/api/v1/queues/{launch.queue_id}/validate"

    def validate(device):
        header = device if where == "header" else {}
        body = {"fingerprint": device["X-Fingerprint"]} if where == "body" else {}
        body["admissionToken"] = token
        return client.post(path, headers={**merchant.server, **header}, json=body).json

    same, other = validate(DEVICE), validate(OTHER)

    assert (same["valid"], same["reason"]) == (True, None)
    assert (other["valid"], other["reason"]) == (False, "FINGERPRINT_MISMATCH")
    assert act(client, merchant, launch, "validate", admissionToken=token).json["valid"]


def test_with_fingerprint_at_validation_it_must_be_given(client, rt, merchant):
    launch = make_launch(rt, merchant, fingerprint_at_validation=True)
    guest = make_guest(client, merchant)
    enter(client, launch, guest, DEVICE)
    token = token_of(client, rt, launch, guest)

    bare = act(client, merchant, launch, "validate", admissionToken=token)
    given = act(
        client, merchant, launch, "validate", admissionToken=token, fingerprint="fp_device-1"
    )

    assert refused(bare) == FINGERPRINT_REQUIRED
    assert bare.headers["X-Fingerprint-Error"] == "true"
    assert given.json["valid"]


def test_an_entry_keeps_its_device_when_its_guest_signs_in(client, rt, merchant):
    launch = make_launch(rt, merchant, max_entries_per_fingerprint=2)
    known, guest = come_from_elsewhere(client, merchant, "jane"), make_guest(client, merchant)
    enter(client, launch, known, DEVICE)
    enter(client, launch, guest, DEVICE)

    person = come_from_elsewhere(client, merchant, "jane", guest)
    token = token_of(client, rt, launch, person)
    other = act(client, merchant, launch, "validate", admissionToken=token, fingerprint="fp_other1")

    assert other.json["reason"] == "FINGERPRINT_MISMATCH"
    # The entry that ended counts no more.
    assert enter(client, launch, make_guest(client, merchant), DEVICE).status_code == 201
    assert books(rt, launch).active == 1
