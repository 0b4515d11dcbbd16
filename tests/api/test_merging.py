"""A guest turns out to be somebody known, and brings what they have entered."""

import pytest
from sqlalchemy import text

from integration.services import admitting, identities
from integration.store.models import Base
from jobs import sweeper
from tests.api.admitted import act, books, enter, events, run_out, status, subscribe
from tests.api.test_orders import report
from tests.jobs.support import drain
from tests.support.journeys import launch as launch_of
from tests.support.journeys import route
from tests.support.launches import Guest, make_guest, make_launch
from tests.support.people import code_for, come_from_elsewhere, prove, verify

EMAIL = "jane@shop.example"
ME = "/api/v1/consumers/me"


@pytest.fixture
def known(client, merchant) -> Guest:
    """Somebody who has signed in before."""
    return prove(client, merchant, email=EMAIL)


def sign_in(client, merchant, guest):
    return prove(client, merchant, guest, email=EMAIL)


def entries(rt, launch):
    """Everything in a line by number: whose, state, current."""
    with rt.transaction() as tx:
        found = tx.session.execute(
            text(
                "SELECT consumer_id, state, current FROM participation"
                " WHERE distribution_id = :id ORDER BY number"
            ),
            {"id": launch.queue_id},
        )
        return [tuple(row) for row in found]


def members(rt, launch):
    """The line in Valkey: who, by number."""
    client = rt.valkey.client
    epoch = client.get(f"line:{{{launch.queue_id}}}:epoch").decode()
    found = client.zrange(f"line:{{{launch.queue_id}}}:waiting:{epoch}", 0, -1, withscores=True)
    return {int(number): name.decode() for name, number in found}


def test_a_guest_whom_nobody_knows_stays_the_same_consumer(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)

    person = sign_in(client, merchant, guest)

    assert person.consumer_id == guest.consumer_id
    assert status(client, launch, person)["position"] == 1
    assert client.get(ME, headers=person.headers).json["email"] == EMAIL


def test_a_guest_becomes_whom_the_contact_belongs_to(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    before = enter(client, launch, guest)

    person = sign_in(client, merchant, guest)

    shown = status(client, launch, person)
    assert person.consumer_id == known.consumer_id != guest.consumer_id
    assert (shown["number"], shown["position"]) == (before["number"], 1)
    assert shown["enteredAt"] == before["enteredAt"]
    assert shown["consumerId"] == known.consumer_id
    assert status(client, launch, known) == shown
    assert enter(client, launch, person)["number"] == before["number"]
    assert books(rt, launch).waiting == 1


def test_the_guests_tokens_end_at_once(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)

    sign_in(client, merchant, guest)

    path = f"/api/v1/queues/{launch.queue_id}/enter"
    refresh = {"refreshToken": guest.refresh_token}
    answers = [
        client.post(path, headers=guest.headers),
        client.get(ME, headers=guest.headers),
        client.post("/api/v1/auth/refresh", headers=merchant.page, json=refresh),
    ]
    assert [answer.status_code for answer in answers] == [401] * 3
    assert client.get(ME, headers=known.headers).status_code == 200


@pytest.mark.parametrize("first", ["guest", "known"])
def test_of_two_who_wait_the_one_before_stays(client, rt, merchant, known, first):
    launch = make_launch(rt, merchant)
    guest, somebody = make_guest(client, merchant), make_guest(client, merchant)
    one, other = (guest, known) if first == "guest" else (known, guest)
    for each in (one, somebody, other):
        enter(client, launch, each)
    rt.mender.rebuild(launch.queue_id)

    person = sign_in(client, merchant, guest)

    mine = client.get(ME, headers=person.headers).json["active"]["queues"][launch.queue_id]
    assert (mine["number"], mine["position"]) == (1, 1)
    assert status(client, launch, person)["number"] == 1
    assert status(client, launch, somebody)["position"] == 2
    me = person.consumer_id
    assert entries(rt, launch) == [
        (me, "QUEUED", True),
        (somebody.consumer_id, "QUEUED", True),
        (me, "LEFT", False),
    ]
    assert books(rt, launch).waiting == 2
    assert members(rt, launch) == {1: me, 2: somebody.consumer_id}


@pytest.mark.parametrize("first", ["guest", "known"])
def test_who_is_admitted_stays_so(client, rt, merchant, known, first):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    guest = make_guest(client, merchant)
    one, other = (guest, known) if first == "guest" else (known, guest)
    enter(client, launch, one)
    enter(client, launch, other)
    admitting.admit_due(rt, launch.queue_id)
    token = status(client, launch, one)["admissionToken"]

    person = sign_in(client, merchant, guest)

    shown = status(client, launch, person)
    assert (shown["status"], shown["number"]) == ("ADMITTED", 1)
    # A guest's token still names the admission, whose row says whose it is.
    assert act(client, merchant, launch, "validate", admissionToken=token).json["valid"]
    assert act(client, merchant, launch, "complete", admissionToken=token).status_code == 200
    assert books(rt, launch).sold == 1


def test_of_two_admissions_one_is_given_back(client, rt, merchant, known):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=2)
    guest = make_guest(client, merchant)
    enter(client, launch, known)
    enter(client, launch, guest)
    admitting.admit_due(rt, launch.queue_id)
    held = books(rt, launch).held

    person = sign_in(client, merchant, guest)

    assert held == 2
    assert status(client, launch, person)["number"] == 1
    left = books(rt, launch)
    assert (left.active, left.held, left.waiting) == (1, 1, 0)


def test_who_has_bought_keeps_no_place_beside_it(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    enter(client, launch, known)
    admitting.admit_due(rt, launch.queue_id)
    act(client, merchant, launch, "complete", consumerId=known.consumer_id)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)

    person = sign_in(client, merchant, guest)

    assert enter(client, launch, person)["status"] == "COMPLETED"
    assert entries(rt, launch)[1][1:] == ("LEFT", False)
    assert books(rt, launch).waiting == 0


def test_what_a_guest_bought_counts_for_the_consumer(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    admitting.admit_due(rt, launch.queue_id)
    order = report(client, merchant, launch, guest).json
    drain(rt)

    person = sign_in(client, merchant, guest)

    assert enter(client, launch, person)["status"] == "COMPLETED"
    kept = client.get(f"/api/orders/{order['id']}", headers=merchant.server).json
    assert kept["consumerId"] == person.consumer_id
    assert books(rt, launch).sold == 1


def test_an_expired_entry_of_a_guest_lets_the_consumer_enter_again(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    admitting.admit_due(rt, launch.queue_id)
    run_out(rt, launch)
    admitting.expire_due(rt)

    person = sign_in(client, merchant, guest)

    assert status(client, launch, person)["denyReason"] == "ADMISSION_EXPIRED"
    assert enter(client, launch, person)["number"] == 2


def test_a_denial_does_not_cost_the_other_entry(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    enter(client, launch, known)
    act(client, merchant, launch, "deny", consumerId=guest.consumer_id, reason="BOT_DETECTED")

    person = sign_in(client, merchant, guest)

    assert status(client, launch, person)["status"] == "QUEUED"
    assert status(client, launch, person)["number"] == 2


def test_several_lines_go_over_together(client, rt, merchant, known):
    launches = [make_launch(rt, merchant) for _ in range(3)]
    guest = make_guest(client, merchant)
    for launch in launches:
        enter(client, launch, guest)

    person = sign_in(client, merchant, guest)

    active = client.get(ME, headers=person.headers).json["active"]
    assert active["queues"].keys() == {launch.queue_id for launch in launches}


def test_what_was_told_by_the_guest_fills_in_blanks(client, merchant, known):
    guest = make_guest(client, merchant)
    client.patch(
        f"/api/consumers/{guest.consumer_id}",
        headers=merchant.server,
        json={"phone": "+15551234567", "fullName": "Jane Doe"},
    )

    person = sign_in(client, merchant, guest)

    me = client.get(ME, headers=person.headers).json
    assert (me["phone"], me["fullName"]) == ("+15551234567", "Jane Doe")


def test_merchants_are_told(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    subscribe(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    enter(client, launch, known)

    person = sign_in(client, merchant, guest)

    told = events(rt)[2:]
    assert [type_ for type_, _, _ in told] == ["consumer.deleted", "queue.consumer.left"]
    assert told[0][2]["mergedInto"] == person.consumer_id
    assert told[1][2]["consumerId"] == person.consumer_id
    assert told[1][2]["number"] == 2


def test_the_old_id_means_the_consumer_from_then_on(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    person = sign_in(client, merchant, guest)
    old = {"consumerId": guest.consumer_id}

    shown = client.get(f"/api/v1/consumers/{guest.consumer_id}", headers=merchant.server)
    admitted = act(client, merchant, launch, "admit", **old)
    token = admitted.json["admitted"][0]["admissionToken"]
    good = act(client, merchant, launch, "validate", admissionToken=token, **old)
    order = report(client, merchant, launch, guest)
    drain(rt)

    assert shown.json["id"] == person.consumer_id
    assert good.json["valid"], good.json
    assert order.json["consumerId"] == person.consumer_id
    assert status(client, launch, person)["status"] == "COMPLETED"
    done = act(client, merchant, launch, "complete", orderId="A-1", **old)
    assert done.status_code == 200
    denied = act(client, merchant, launch, "deny", reason="BOT_DETECTED", **old)
    assert denied.json["code"] == "ENTRY_ENDED"


def test_a_consumer_who_is_signed_in_already_is_not_merged(client, rt, merchant, known):
    other = prove(client, merchant, email="john@shop.example")
    launch = make_launch(rt, merchant)
    enter(client, launch, other)

    person = verify(client, merchant, code_for(client, merchant, email=EMAIL), other, email=EMAIL)

    assert person.json["session"]["consumerId"] == known.consumer_id
    assert status(client, launch, other)["consumerId"] == other.consumer_id


def test_a_merchants_word_brings_the_entries_as_well(client, rt, merchant):
    person = come_from_elsewhere(client, merchant, "jane")
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)

    again = come_from_elsewhere(client, merchant, "jane", guest)

    assert again.consumer_id == person.consumer_id
    assert status(client, launch, again)["position"] == 1


def test_an_entry_that_was_on_its_way_follows(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    person = sign_in(client, merchant, guest)
    late = make_guest(client, merchant)
    before = enter(client, launch, late)
    with rt.transaction() as tx:
        ids = {"old": late.consumer_id, "new": guest.consumer_id}
        tx.session.execute(
            text("UPDATE participation SET consumer_id = :new WHERE consumer_id = :old"), ids
        )

    sweeper.sweep(rt)
    drain(rt)

    assert status(client, launch, person)["number"] == before["number"]
    assert sweeper.sweep(rt) == 0


def test_what_was_opened_to_a_guest_stays_open(client, merchant, known):
    experience = launch_of(client, merchant, {"name": "coded", "accessCode": "VIP"})
    guest = make_guest(client, merchant)
    route(client, experience, guest.headers, accessCode="VIP")

    person = sign_in(client, merchant, guest)

    queue_id = experience["coded"]["queue"]["id"]
    entered = client.post(f"/api/v1/queues/{queue_id}/enter", headers=person.headers)
    assert person.consumer_id == known.consumer_id
    assert entered.status_code == 201


def test_carrying_over_twice_changes_nothing(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    enter(client, launch, guest)
    sign_in(client, merchant, guest)
    before = entries(rt, launch)

    identities.carry_over(rt, guest.consumer_id)

    assert entries(rt, launch) == before


def test_what_a_guest_opened_and_asked_for_is_the_consumers(client, rt, merchant, known):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    path = f"/api/v1/experiences/{launch.experience_id}/enter"
    assert client.post(path, headers=guest.headers).status_code == 201

    person = sign_in(client, merchant, guest)

    with rt.transaction() as tx:
        visits = tx.session.execute(text("SELECT consumer_id, experience_id FROM visit")).all()
    assert [tuple(row) for row in visits] == [(person.consumer_id, launch.experience_id)]


CARRIED = {
    "participation",
    "admission",
    "orders",
    "waitlist_entry",
    "routing_grant",
    "visit",
    "audience_member",
}
"""What is made the consumer's."""
LEFT_BEHIND = {"session", "external_identity"}
"""What ends with the guest, or no guest has."""


def test_every_table_that_names_a_consumer_is_thought_of():
    naming = {t.name for t in Base.metadata.sorted_tables if "consumer_id" in t.columns}

    assert naming - CARRIED - LEFT_BEHIND == set()
