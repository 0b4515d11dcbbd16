"""What is remembered of routes, by rows: grants, spent challenges, and whose they become."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from integration.engine.entering import NotRouted
from integration.store import routing
from integration.store.models import SpentChallenge
from tests.support.backoffice import ADMIN
from tests.support.journeys import add_member, audience_of, enter, launch, route, solution
from tests.support.launches import make_guest, make_launch, make_merchant

CODED = {"name": "coded", "accessCode": "VIP"}


def routed(rt, merchant, queue_id, consumer_id) -> bool:
    with rt.transaction() as tx:
        try:
            routing.require(tx.session, merchant.tenant, queue_id, consumer_id)
        except NotRouted:
            return False
    return True


def test_whoever_enters_otherwise_asks_the_same_question(client, merchant, rt):
    experience = launch(client, merchant, CODED)
    queue_id = experience["coded"]["queue"]["id"]
    guest = make_guest(client, merchant)
    other = make_merchant(rt)

    before = routed(rt, merchant, queue_id, guest.consumer_id)
    route(client, experience, guest.headers, accessCode="VIP")

    assert before is False
    assert routed(rt, merchant, queue_id, guest.consumer_id) is True
    assert routed(rt, other, queue_id, guest.consumer_id) is False
    assert routed(rt, merchant, "queue_unknown", guest.consumer_id) is False


def test_without_gates_nobody_needs_a_route(rt, merchant):
    assert routed(rt, merchant, make_launch(rt, merchant).queue_id, "cons_anybody") is True


def test_a_guest_who_turns_out_to_be_known_keeps_what_was_opened(client, merchant, rt):
    audience = audience_of(client, merchant)
    experience = launch(client, merchant, CODED, {"name": "members", "audienceId": audience["id"]})
    guest, known = (make_guest(client, merchant) for _ in range(2))
    add_member(client, merchant, audience, guest)
    route(client, experience, guest.headers, accessCode="VIP")
    address = f"/api/v1/experiences/{experience['id']}/enter"
    since = client.post(address, headers=guest.headers).json["enteredAt"]

    for _ in "twice":
        with rt.transaction() as tx:
            routing.carry(tx.session, merchant.tenant, guest.consumer_id, known.consumer_id)

    assert enter(client, experience["coded"], known).status_code == 201
    assert enter(client, experience["coded"], guest).json["code"] == "NOT_ROUTED"
    entered = client.post(address, headers=known.headers)
    assert (entered.status_code, entered.json["enteredAt"]) == (200, since)
    members = client.get(f"{ADMIN}/audiences/{audience['id']}/members", headers=merchant.server)
    assert [each["consumerId"] for each in members.json["data"]] == [known.consumer_id]


def test_one_solution_shown_by_many_at_once_lets_one_in(app, client, merchant):
    experience = launch(client, merchant, {"name": "checked", "botCheck": True})
    guests = [make_guest(client, merchant) for _ in range(8)]
    challenge = solution(client, merchant)

    def come(guest):
        return route(app.test_client(), experience, guest.headers, challenge=challenge).json

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(come, guests))

    outcomes = [each["outcome"] for each in found]
    assert sorted(outcomes) == ["gated"] * 7 + ["routed"]
    entered = [enter(client, experience["checked"], guest).status_code for guest in guests]
    assert [status == 201 for status in entered] == [each == "routed" for each in outcomes]


def test_spent_challenges_are_forgotten_once_they_have_expired(merchant, rt):
    now = datetime.now(UTC)

    with rt.transaction() as tx:
        for number in range(5):
            until = now - timedelta(seconds=1)
            assert routing.spend(tx.session, merchant.tenant, bytes([number]), until)
        assert routing.spend(tx.session, merchant.tenant, b"live", now + timedelta(minutes=1))
        again = routing.spend(tx.session, merchant.tenant, b"live", now + timedelta(minutes=1))
        kept = tx.session.query(SpentChallenge).count()

    assert again is False
    assert kept <= 2


def test_gates_that_change_while_people_come_let_nobody_slip_through(app, client, merchant, rt):
    experience = launch(client, merchant, CODED)
    guests = [make_guest(client, merchant) for _ in range(12)]
    address = f"{ADMIN}/sequences/{experience['coded']['id']}"

    def come(guest):
        mine = app.test_client()
        route(mine, experience, guest.headers, accessCode="VIP")
        return enter(mine, experience["coded"], guest).status_code

    with ThreadPoolExecutor(6) as threads:
        coming = threads.map(come, guests)
        changed = client.patch(address, json={"accessCode": "NEW"}, headers=merchant.server)
        entered = list(coming)

    assert changed.status_code == 200
    assert set(entered) <= {201, 403}
    late = make_guest(client, merchant)
    assert come(late) == 403
    status = f"/api/v1/queues/{experience['coded']['queue']['id']}"
    assert client.get(status, headers=merchant.page).json["consumerCount"] == entered.count(201)


@pytest.mark.parametrize("gate", [{"botCheck": True}, {"requireAuthentication": True}])
def test_each_gate_by_itself_asks_for_a_route(client, merchant, gate):
    experience = launch(client, merchant, {"name": "gated", **gate})
    guest = make_guest(client, merchant)

    assert enter(client, experience["gated"], guest).json["code"] == "NOT_ROUTED"
