"""A person's data: all of it in one file, and none of it once they are erased."""

import json

import pytest
from sqlalchemy import text

from integration.services import admitting, inbox, syncing
from integration.store.models import Base
from tests.api.admitted import act, admitted, books, enter, subscribe
from tests.api.importing import run
from tests.api.shopping import hand_off
from tests.api.test_orders import report
from tests.jobs.support import drain, make_connection, make_shop, run_of
from tests.support.backoffice import post, stranger_to
from tests.support.launches import Guest, make_guest, make_launch
from tests.support.people import ask, authorize, come_from_elsewhere, prove

EMAIL = "ann.secret@shop.example"
PHONE = "+15557770001"
NAME = "Ann Secretlee"
REF = "crm-secret-7"
NEEDLES = ("ann.secret", "5557770001", "secretlee", REF, "tier-secret")


@pytest.fixture
def ann(client, rt, merchant) -> Guest:
    """Somebody who proved an address, and of whom the merchant knows more."""
    person = prove(client, merchant, email=EMAIL)
    body = {"phone": PHONE, "fullName": NAME, "externalId": REF, "syncSource": "crm"}
    answer = client.patch(
        f"/api/consumers/{person.consumer_id}",
        json=body | {"metadata": {"tier": "tier-secret"}},
        headers=merchant.server,
    )
    assert answer.status_code == 200, answer.text
    return person


def erase(client, merchant, person):
    answer = client.delete(f"/api/consumers/{person.consumer_id}", headers=merchant.server)
    assert answer.status_code == 204, answer.text


def export(client, merchant, person):
    return client.get(f"/api/consumers/{person.consumer_id}/export", headers=merchant.server)


def tables_naming(rt, *needles):
    """Return the tables in which some row holds one of these texts, in the clear."""
    found = set()
    with rt.transaction() as tx:
        for table in Base.metadata.sorted_tables:
            for needle in needles:
                held = text(f"SELECT count(*) FROM {table.name} t WHERE lower(t::text) LIKE :held")
                if tx.session.scalar(held, {"held": f"%{needle}%"}):
                    found.add(table.name)
    return found


def count(rt, statement):
    with rt.transaction() as tx:
        return tx.session.scalar(text(f"SELECT count(*) FROM {statement}"))


def test_nothing_says_who_an_erased_consumer_was(client, rt, merchant, ann):
    subscribe(rt, merchant)
    keyed = merchant.server | {"X-Idempotency-Key": "k"}
    shown = client.post("/api/consumers", json={"email": EMAIL}, headers=keyed)
    assert shown.json["code"] == "EMAIL_TAKEN"
    client.patch(
        f"/api/consumers/{ann.consumer_id}", json={"fullName": NAME}, headers=merchant.server
    )
    come_from_elsewhere(client, merchant, "ann.secret-id", email=EMAIL, emailVerified=True)
    authorize(client, merchant, "ann.secret-id", email=EMAIL)
    ask(client, merchant, email=EMAIL, fullName=NAME)
    run(client, rt, merchant, "consumers", "email,phone,fullName", f" {EMAIL} ,1,{NAME}")
    audience = post(client, merchant, "/audiences", name="A", type="STATIC")["id"]
    post(client, merchant, f"/audiences/{audience}/members", 200, consumerIds=[ann.consumer_id])
    assert {"consumer", "outbox_event", "import_error"} <= tables_naming(rt, *NEEDLES)

    erase(client, merchant, ann)

    assert tables_naming(rt, *NEEDLES) == set()
    for sealed in ("message", "otp_code", "exchange_code", "idempotency_key", "audience_member"):
        assert count(rt, sealed) == 0, sealed


def test_a_device_and_an_address_are_forgotten_and_the_books_stay_right(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=3)
    guest, token = admitted(client, rt, merchant, launch)
    hand_off(client, guest, token, returnUrl="https://shop.example/?ann.secret")
    order = report(client, merchant, launch, guest)
    drain(rt)

    erase(client, merchant, guest)

    assert count(rt, "participation WHERE fingerprint IS NOT NULL") == 0
    assert tables_naming(rt, "ann.secret") == set()
    assert books(rt, launch).sold == 1
    kept = client.get(f"/api/orders/{order.json['id']}", headers=merchant.server).json
    assert (kept["completion"], kept["consumerId"]) == ("completed", guest.consumer_id)


def test_what_a_shop_told_of_them_is_forgotten(client, rt, merchant, ann):
    connection = make_connection(rt, merchant, make_shop())
    with rt.transaction() as tx:
        for ref, handled in (("1", "clock_timestamp()"), ("2", "NULL")):
            tx.session.execute(
                text(
                    "INSERT INTO inbox_notice (id, organization_id, mode, source, ref, topic,"
                    " payload, handled_at, problem) VALUES (:id, :organization_id, :mode, :source,"
                    f" :ref, 'order', :payload, {handled}, 'UNAVAILABLE')"
                ),
                {
                    "id": f"inb_{ref}",
                    "source": connection,
                    "ref": ref,
                    "payload": json.dumps({"customer": {"email": EMAIL.upper()}}),
                    **merchant.tenant._asdict(),
                },
            )

    erase(client, merchant, ann)
    assert count(rt, "inbox_notice WHERE payload <> '{}'") == 1
    inbox.handle(rt, "inb_2")

    assert tables_naming(rt, *NEEDLES) == set()


def test_what_syncs_told_of_them_is_forgotten_and_of_others_kept(client, rt, merchant, ann):
    connection = make_connection(rt, merchant, make_shop())
    body = {"syncSource": connection}
    client.patch(f"/api/consumers/{ann.consumer_id}", json=body, headers=merchant.server)
    run = syncing.start(rt, merchant.tenant, connection, "customers").id
    told = [{"externalId": REF, "reason": "x"}, {"externalId": "other", "reason": "x"}]
    met = [{"externalId": "secretlee", "consumerId": ann.consumer_id}, {"consumerId": "cons_other"}]
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE sync_run SET failures = :told, conflicts = :met"),
            {"told": json.dumps(told), "met": json.dumps(met)},
        )

    erase(client, merchant, ann)

    kept = run_of(rt, run)
    assert (kept.failures, kept.conflicts) == (told[1:], met[1:])
    assert tables_naming(rt, *NEEDLES) == set()


def test_an_erased_guest_is_gone_by_every_id(client, rt, merchant, ann):
    guest = make_guest(client, merchant)
    prove(client, merchant, guest, email=EMAIL)

    erase(client, merchant, guest)

    for person in (guest, ann):
        for call in (client.get, client.delete):
            refused = call(f"/api/consumers/{person.consumer_id}", headers=merchant.server)
            assert (refused.status_code, refused.json["code"]) == (404, "CONSUMER_NOT_FOUND")
        assert export(client, merchant, person).status_code == 404


def test_one_file_holds_all_that_is_known_of_a_person(client, rt, merchant, ann):
    launch = make_launch(rt, merchant)
    enter(client, launch, ann)
    admitting.admit_due(rt, launch.queue_id)
    act(client, merchant, launch, "complete", consumerId=ann.consumer_id, orderId="A-1")
    come_from_elsewhere(client, merchant, "subject-7", email=EMAIL, emailVerified=True)

    answer = export(client, merchant, ann)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{ann.consumer_id}.json"'
    held = answer.json
    assert held["consumer"]["email"] == held["consumer"]["provenEmail"] == EMAIL
    assert held["consumer"]["metadata"] == {"tier": "tier-secret"}
    assert [each["subject"] for each in held["identities"]] == ["subject-7"]
    assert len(held["sessions"]) == 2
    [entry], [admission], [order] = held["entries"], held["admissions"], held["orders"]
    assert (entry["state"], entry["number"]) == ("COMPLETED", 1)
    assert admission["participationId"] == entry["id"]
    assert order["externalOrderId"] == "A-1"
    [message] = held["messages"]
    assert message["recipient"] == EMAIL
    assert "text" not in message
    assert {"consumer.created", "queue.consumer.entered"} <= {
        act["action"] for act in held["record"]
    }


def test_a_file_holds_nothing_of_anybody_else(client, rt, merchant, ann):
    other = prove(client, merchant, email="bob@shop.example")
    launch = make_launch(rt, merchant)
    for person in (ann, other):
        enter(client, launch, person)

    said = export(client, merchant, ann).text

    assert other.consumer_id not in said
    assert "bob@" not in said


@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_is_given_the_file(client, rt, merchant, ann, stranger):
    refused = export(client, stranger_to(rt, merchant, stranger), ann)

    assert (refused.status_code, refused.json["code"]) == (404, "CONSUMER_NOT_FOUND")
