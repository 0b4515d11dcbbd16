"""contract.md, section 3: `/consumers/me`, `/consumers/:id`, `/organizations/current`, the keys."""

import jwt
import pytest

from integration.services import admitting
from tests.api.admitted import enter, status
from tests.support.backoffice import stranger_to
from tests.support.draws import enter as enter_draw
from tests.support.draws import running_draw
from tests.support.envelopes import STATUS, refused
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.people import prove
from tests.support.slots import book, free, make_appointment

API = "/api/v1"
AUTHENTICATION_REQUIRED = (401, "Authentication required", "AUTHENTICATION_REQUIRED")
SECRET_KEY_REQUIRED = (401, "Secret key required", "SECRET_KEY_REQUIRED")
CONSUMER_NOT_FOUND = (404, "Consumer not found", "CONSUMER_NOT_FOUND")


def me(client, guest):
    answer = client.get(f"{API}/consumers/me", headers=guest.headers)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_get_consumers_me_unknown_contacts_are_null(client, merchant):
    guest = make_guest(client, merchant)

    shown = me(client, guest)

    assert (shown["email"], shown["phone"], shown["fullName"]) == (None, None, None)
    assert shown["id"] == guest.consumer_id


def test_get_consumers_me_shows_who_one_is(client, merchant):
    person = prove(client, merchant, email="john@example.com")

    assert me(client, person)["email"] == "john@example.com"


def test_get_consumers_me_active_entries_are_status_objects_by_kind_and_id(client, merchant, rt):
    queue = make_launch(rt, merchant, rules={"admissionRate": 0})
    draw = running_draw(client, merchant)
    appointment = make_appointment(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, queue, guest)
    enter_draw(client, draw, guest)
    booked = book(client, appointment, guest, free(client, merchant, appointment)[0])

    active = me(client, guest)["active"]

    assert booked.status_code == 201
    assert active["queues"].keys() == {queue.queue_id}
    assert active["queues"][queue.queue_id].keys() >= STATUS
    assert active["draws"].keys() == {draw["id"]}
    assert active["appointments"].keys() == {appointment.queue_id}
    assert active["experiences"].keys() >= {queue.experience_id}
    assert {each["participation"]["type"] for each in active["journeys"]} == {
        "queue",
        "draw",
        "appointment",
    }
    for journey in active["journeys"]:
        assert "admission" not in journey or journey["participation"]["type"] == "appointment"


def test_get_consumers_me_admissions_by_their_ids_and_in_the_journeys(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    admitting.admit_due(rt, launch.queue_id)
    token = status(client, launch, guest)["admissionToken"]

    active = me(client, guest)["active"]

    ((admission_id, admission),) = active["admissions"].items()
    [journey] = active["journeys"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert admission_id == admission["id"] == claims["jti"]
    assert journey["admission"] == {k: v for k, v in admission.items() if k != "id"}
    assert journey["participation"]["admissionToken"] == token
    assert journey["admission"]["expiresAt"].endswith("Z")


def test_get_consumers_me_admission_and_token_are_absent_when_unset(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    guest = make_guest(client, merchant)
    enter(client, launch, guest)

    [journey] = me(client, guest)["active"]["journeys"]

    assert "admission" not in journey
    assert "admissionToken" not in journey["participation"]


def test_get_consumers_me_forgets_what_was_left(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    client.post(f"{API}/queues/{launch.queue_id}/leave", headers=guest.headers)

    active = me(client, guest)["active"]

    assert (active["queues"], active["journeys"], active["admissions"]) == ({}, [], {})


def test_get_consumers_me_401_without_a_consumer(client, merchant):
    answer = client.get(f"{API}/consumers/me", headers=merchant.page)

    assert refused(answer) == AUTHENTICATION_REQUIRED


def test_get_consumers_id(client, merchant):
    person = prove(client, merchant, email="john@example.com")

    shown = client.get(f"{API}/consumers/{person.consumer_id}", headers=merchant.server)

    assert shown.status_code == 200
    assert shown.json == {
        "id": person.consumer_id,
        "email": "john@example.com",
        "phone": None,
        "fullName": None,
        "createdAt": shown.json["createdAt"],
    }


def test_get_consumers_id_401_secret_key_required(client, merchant):
    guest = make_guest(client, merchant)
    path = f"{API}/consumers/{guest.consumer_id}"

    for headers in (guest.headers, merchant.page, {}):
        assert refused(client.get(path, headers=headers)) == SECRET_KEY_REQUIRED


@pytest.mark.parametrize("whose", ["organization", "mode", "nobody"])
def test_get_consumers_id_404(client, merchant, rt, whose):
    guest = make_guest(client, merchant)
    asker = merchant if whose == "nobody" else stranger_to(rt, merchant, whose)
    consumer_id = "cons_x" if whose == "nobody" else guest.consumer_id

    answer = client.get(f"{API}/consumers/{consumer_id}", headers=asker.server)

    assert refused(answer) == CONSUMER_NOT_FOUND


@pytest.mark.parametrize("mode", ["live", "test"])
@pytest.mark.parametrize("key", ["page", "server"])
def test_get_organizations_current(client, rt, mode, key):
    merchant = make_merchant(rt, mode, theme={"accent": "#f06"}, country_code="DE")

    shown = client.get(f"{API}/organizations/current", headers=getattr(merchant, key))

    assert shown.status_code == 200
    assert shown.json == {
        "id": merchant.tenant.organization_id,
        "name": "Acme",
        "slug": merchant.tenant.organization_id[4:].lower(),
        "logoUrl": None,
        "timeZone": "UTC",
        "countryCode": "DE",
        "languageCode": "en",
        "currencyCode": "USD",
        "checkoutUrl": None,
        "theme": {"accent": "#f06"},
        "mode": mode,
    }


def test_get_organizations_current_401(client):
    assert refused(client.get(f"{API}/organizations/current")) == AUTHENTICATION_REQUIRED


def test_get_well_known_jwks(client, rt):
    answer = client.get("/.well-known/jwks.json")

    [key] = answer.json["keys"]
    assert answer.status_code == 200
    assert {"kty", "crv", "x", "kid", "alg", "use"} == key.keys()
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("OKP", "Ed25519", "EdDSA", "sig")
    assert key["kid"] == rt.keyring.active_kid
