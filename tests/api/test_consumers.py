"""Consumers of the Integration API (contract.md, section 4), and of the Consumer API's server."""

from datetime import UTC, datetime

import pytest

from integration.kernel.ids import new_id
from integration.store.models import OutboxEvent, WebhookEndpoint
from tests.support.backoffice import stranger_to
from tests.support.launches import make_guest, make_launch, make_merchant

JOHN = {"email": "john@example.com", "fullName": "John Doe", "phone": "+15551234567"}


@pytest.fixture(params=["/api/consumers", "/consumers"])
def consumers(request) -> str:
    """The address, with and without the prefix."""
    return request.param


def add(client, merchant, **given):
    answer = client.post("/api/consumers", json={**JOHN, **given}, headers=merchant.server)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_consumer_is_added_as_the_guide_says(client, merchant, consumers):
    answer = client.post(consumers, json=JOHN, headers=merchant.server)

    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    made = answer.json
    assert made["id"].startswith("cons_")
    assert made == {
        **JOHN,
        "id": made["id"],
        "externalId": None,
        "syncSource": None,
        "metadata": {},
        "createdAt": made["createdAt"],
        "updatedAt": made["updatedAt"],
    }
    assert client.get(f"{consumers}/{made['id']}", headers=merchant.server).json == made


def test_a_national_number_is_read_in_its_country(client, merchant):
    made = add(client, merchant, phone="(030) 901820", defaultCountry="DE")

    assert made["phone"] == "+4930901820"


def test_one_contact_is_enough(client, merchant):
    for number, contact in enumerate(({"email": "a@b.example"}, {"phone": "+12025551234"})):
        made = client.post("/api/consumers", json=contact, headers=merchant.server)

        assert made.status_code == 201, number


def test_a_taken_address_is_a_conflict_that_names_its_holder(client, merchant):
    holder = add(client, merchant)

    refused = client.post(
        "/api/consumers", json={"email": "JOHN@Example.com"}, headers=merchant.server
    )

    assert refused.status_code == 409
    assert refused.json["error"] == "Conflict"
    assert refused.json["code"] == "EMAIL_TAKEN"
    assert refused.json["id"] == holder["id"]


def test_an_external_id_is_used_once_in_its_source(client, merchant):
    source = {"externalId": "7", "syncSource": "crm"}
    holder = add(client, merchant, **source)
    add(client, merchant, email="other@example.com", externalId="7", syncSource="erp")

    refused = client.post("/api/consumers", json=source, headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["code"] == "EXTERNAL_ID_TAKEN"
    assert refused.json["id"] == holder["id"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"fullName": "John Doe"}, "email"),
        ({"email": "john"}, "email"),
        ({"email": "john@@example.com"}, "email"),
        ({"email": "a" * 65 + "@example.com"}, "email"),
        ({"email": 5}, "email"),
        ({"phone": "555"}, "phone"),
        ({"phone": "(030) 901820"}, "phone"),
        ({"phone": "+1555"}, "phone"),
        ({"phone": "030901820", "defaultCountry": "XX"}, "defaultCountry"),
        ({"externalId": ""}, "externalId"),
        ({"externalId": "1", "metadata": []}, "metadata"),
        ({"externalId": "1", "metadata": {"big": "x" * 17_000}}, "metadata"),
        ({"externalId": "1", "name": "John"}, "name"),
    ],
)
def test_a_bad_field_is_named(client, merchant, body, field):
    refused = client.post("/api/consumers", json=body, headers=merchant.server)

    assert refused.status_code == 400
    assert refused.json["code"] == "VALIDATION_FAILED"
    assert [detail["field"] for detail in refused.json["details"]] == [field]


def test_a_change_touches_only_what_it_names(client, merchant):
    made = add(client, merchant, metadata={"tier": "gold"})
    address = f"/api/consumers/{made['id']}"

    changed = client.patch(address, json={"fullName": None}, headers=merchant.server)

    assert changed.status_code == 200
    assert changed.headers["ETag"] == '"2"'
    assert changed.json == {**made, "fullName": None, "updatedAt": changed.json["updatedAt"]}


def test_a_change_may_not_take_anothers_address(client, merchant):
    holder = add(client, merchant)
    made = add(client, merchant, email="jane@example.com")

    refused = client.patch(
        f"/api/consumers/{made['id']}", json={"email": "John@example.com"}, headers=merchant.server
    )

    assert refused.status_code == 409
    assert refused.json["id"] == holder["id"]


def test_a_change_of_something_newer_is_refused(client, merchant):
    made = add(client, merchant)
    headers = {**merchant.server, "If-Match": '"9"'}

    refused = client.patch(f"/api/consumers/{made['id']}", json={"fullName": "J"}, headers=headers)

    assert refused.status_code == 412


def test_the_list_is_filtered(client, merchant):
    john = add(client, merchant, externalId="1")
    jane = add(client, merchant, email="jane@example.com", externalId="2")

    def found(**query):
        answer = client.get("/consumers", query_string=query, headers=merchant.server)
        return [consumer["id"] for consumer in answer.json["data"]]

    assert found() == [john["id"], jane["id"]]
    assert found(email="JANE@example.COM") == [jane["id"]]
    assert found(externalId="1") == [john["id"]]
    assert found(updatedAfter=datetime(2100, 1, 1, tzinfo=UTC).isoformat()) == []


def test_erasing_takes_the_person_and_keeps_the_numbers(client, merchant, rt):
    made = add(client, merchant, externalId="1", metadata={"tier": "gold"})
    address = f"/api/consumers/{made['id']}"

    erased = client.delete(address, headers=merchant.server)

    assert (erased.status_code, erased.data) == (204, b"")
    refused = client.get(address, headers=merchant.server)
    assert refused.status_code == 404
    assert refused.json["error"] == "Consumer not found"
    assert client.get("/api/consumers", headers=merchant.server).json["data"] == []
    assert add(client, merchant, externalId="1")["id"] != made["id"]


def test_an_erased_consumers_sessions_end(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    client.delete(f"/api/consumers/{guest.consumer_id}", headers=merchant.server)

    refused = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers)
    assert refused.status_code == 401


def test_subscribers_hear_of_consumers_and_forget_them_too(client, merchant, rt):
    with rt.transaction() as tx:
        tx.session.add(
            WebhookEndpoint(
                id=new_id("whk"),
                url="https://shop.example/hooks",
                secret=b"",
                enabled=True,
                **merchant.tenant._asdict(),
            )
        )
    made = add(client, merchant)
    address = f"/api/consumers/{made['id']}"
    client.patch(address, json={"fullName": "J. Doe"}, headers=merchant.server)

    client.delete(address, headers=merchant.server)

    with rt.transaction() as tx:
        events = tx.session.query(OutboxEvent).order_by(OutboxEvent.sequence).all()
    assert [event.type for event in events] == [
        "consumer.created",
        "consumer.updated",
        "consumer.deleted",
    ]
    assert "john@example.com" not in str([event.data for event in events])


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_has_ever_heard_of_them(client, merchant, rt, method, stranger):
    made = add(client, merchant)
    other = stranger_to(rt, merchant, stranger)

    body = {"json": {"fullName": "X"}} if method == "patch" else {}
    refused = getattr(client, method)(f"/consumers/{made['id']}", headers=other.server, **body)

    assert refused.status_code == 404
    assert refused.json["code"] == "CONSUMER_NOT_FOUND"


@pytest.mark.parametrize(
    ("method", "scope"), [("get", "write:consumers"), ("post", "read:consumers")]
)
def test_each_verb_needs_its_scope(client, merchant, rt, method, scope):
    limited = make_merchant(rt, scopes=(scope,), of=merchant)

    refused = client.open(
        "/api/consumers", method=method.upper(), json=JOHN, headers=limited.server
    )

    assert refused.status_code == 403
    assert refused.json["error"] == "Permission denied"


def test_a_call_without_a_key_is_refused(client, merchant):
    refused = client.post("/consumers", json=JOHN)

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"


def test_a_repeated_call_with_its_key_adds_one_consumer(client, merchant):
    headers = {**merchant.server, "Idempotency-Key": "once"}
    first = client.post("/consumers", json=JOHN, headers=headers)

    again = client.post("/consumers", json=JOHN, headers=headers)

    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_merchants_server_looks_a_consumer_up(client, merchant):
    made = add(client, merchant)

    shown = client.get(f"/api/v1/consumers/{made['id']}", headers=merchant.server)

    assert shown.status_code == 200
    assert shown.json == {
        "id": made["id"],
        "email": "john@example.com",
        "phone": "+15551234567",
        "fullName": "John Doe",
        "createdAt": made["createdAt"],
    }


def test_only_a_secret_key_looks_a_consumer_up(client, merchant):
    made = add(client, merchant)

    refused = client.get(f"/api/v1/consumers/{made['id']}", headers=merchant.page)

    assert refused.status_code == 401
    assert refused.json["error"] == "Secret key required"
    assert refused.json["code"] == "SECRET_KEY_REQUIRED"


def test_looking_up_nobody_finds_nobody(client, merchant):
    refused = client.get("/api/v1/consumers/cons_unknown", headers=merchant.server)

    assert refused.status_code == 404
    assert refused.json["error"] == "Consumer not found"
