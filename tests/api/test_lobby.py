"""An opening lobby: come early, get a number at opening, by a shuffle that anyone can repeat."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from integration.engine.shuffle import commitment, shuffled
from integration.engine.status import stamp
from integration.services import admitting
from tests.api.admitted import act, books, enter, events, status, subscribe
from tests.support.backoffice import running_queue
from tests.support.launches import make_guest, make_launch
from tests.support.presence import card, change

HOUR = timedelta(hours=1)


def make_lobby(rt, merchant, *, shuffle=True, rules=None, **given):
    """A queue whose lobby is open and which opens in an hour."""
    now = datetime.now(UTC)
    rules = {
        "lobbyOpensAt": stamp(now - HOUR),
        "shuffleBeforeOpen": shuffle,
        "admissionRate": 0,
        **(rules or {}),
    }
    return make_launch(rt, merchant, **{"open_at": now + HOUR, "rules": rules, **given})


def open_now(client, rt, launch):
    """Let its opening come, the clock see it, and every process learn of it."""
    change(rt, launch, "open_at = clock_timestamp() - interval '1 second'")
    for queue_id in admitting.due_queues(rt):
        admitting.admit_due(rt, queue_id)
    card(client, rt, launch)


def serve(rt, launch, rate="null"):
    change(rt, launch, f"rules = jsonb_set(rules, '{{admissionRate}}', '{rate}')")
    return admitting.admit_due(rt, launch.queue_id)


def crowd(client, merchant, launch, count):
    guests = [make_guest(client, merchant) for _ in range(count)]
    for guest in guests:
        enter(client, launch, guest)
    return guests


def show(client, merchant, launch):
    return client.get(f"/api/v1/queues/{launch.queue_id}", headers=merchant.page).json


def test_before_the_lobby_opens_nobody_enters(client, rt, merchant):
    launch = make_lobby(rt, merchant, rules={"lobbyOpensAt": stamp(datetime.now(UTC) + HOUR / 2)})
    guest = make_guest(client, merchant)

    answer = client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)

    assert (answer.status_code, answer.json["code"]) == (423, "NOT_OPEN_YET")


def test_in_the_lobby_nobody_has_a_number_or_a_place(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    guest = make_guest(client, merchant)
    path = f"/api/v1/queues/{launch.queue_id}/enter"

    first = client.post(path, headers=guest.headers)
    again = client.post(path, headers=guest.headers)
    asked = status(client, launch, guest)

    assert (first.status_code, again.status_code) == (201, 200)
    for said in (first.json, again.json, asked):
        assert (said["status"], said["number"], said["position"]) == ("QUEUED", None, None)
        assert said["pollAfterMs"] > 0
    assert show(client, merchant, launch)["status"] == "PENDING"
    assert card(client, rt, launch)["marks"] == []


def test_events_of_the_lobby_tell_no_number_either(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    subscribe(rt, merchant)

    crowd(client, merchant, launch, 1)

    [(name, _, data)] = events(rt)
    assert (name, data["number"], data["position"]) == ("queue.consumer.entered", None, None)


def test_the_shuffle_is_promised_before_opening_and_told_after(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    crowd(client, merchant, launch, 3)

    before = show(client, merchant, launch)["shuffle"]
    open_now(client, rt, launch)
    after = show(client, merchant, launch)["shuffle"]

    assert (before["seed"], before["lobbyCount"]) == (None, None)
    assert after["lobbyCount"] == 3
    assert commitment(launch.queue_id, bytes.fromhex(after["seed"])).hex() == before["commitment"]
    assert after["commitment"] == before["commitment"]


@pytest.mark.parametrize("ordered", [True, False], ids=["from Valkey", "from the record"])
def test_at_opening_numbers_are_dealt_as_the_shuffle_says(client, rt, merchant, ordered):
    launch = make_lobby(rt, merchant)
    guests = crowd(client, merchant, launch, 12)

    open_now(client, rt, launch)
    if ordered:
        rt.mender.rebuild(launch.queue_id)
        rt.mender.mend(launch.queue_id)
    told = [status(client, launch, guest) for guest in guests]

    seed = bytes.fromhex(show(client, merchant, launch)["shuffle"]["seed"])
    assert [said["number"] for said in told] == [shuffled(seed, 12, n) for n in range(1, 13)]
    assert [said["position"] for said in told] == [said["number"] for said in told]
    assert card(client, rt, launch)["marks"] == [[n, n - 1] for n in range(1, 13)]


def test_latecomers_come_after_everybody_of_the_lobby(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    crowd(client, merchant, launch, 5)
    open_now(client, rt, launch)

    late = make_guest(client, merchant)
    said = enter(client, launch, late)

    assert (said["number"], said["position"]) == (6, 6)
    assert status(client, launch, late)["number"] == 6


def test_whoever_comes_first_after_opening_deals_even_without_a_clock(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    crowd(client, merchant, launch, 4)
    change(rt, launch, "open_at = clock_timestamp()")

    late = enter(client, launch, make_guest(client, merchant))

    assert late["number"] == 5
    assert show(client, merchant, launch)["shuffle"]["lobbyCount"] == 4


def test_a_lobby_in_order_deals_numbers_as_people_came(client, rt, merchant):
    launch = make_lobby(rt, merchant, shuffle=False)
    guests = crowd(client, merchant, launch, 3)

    open_now(client, rt, launch)

    told = [status(client, launch, guest) for guest in guests]
    assert [(said["number"], said["position"]) for said in told] == [(1, 1), (2, 2), (3, 3)]
    assert show(client, merchant, launch)["shuffle"] is None


def test_admission_goes_by_the_numbers_that_were_dealt(client, rt, merchant):
    launch = make_lobby(rt, merchant, max_capacity=100)
    guests = crowd(client, merchant, launch, 20)
    open_now(client, rt, launch)
    late = crowd(client, merchant, launch, 2)

    count = serve(rt, launch)

    with rt.transaction() as tx:
        order = tx.session.scalars(
            text("SELECT consumer_id FROM admission WHERE distribution_id = :id ORDER BY turn"),
            {"id": launch.queue_id},
        ).all()
    numbers = {g.consumer_id: status(client, launch, g)["number"] for g in [*guests, *late]}
    assert count == 22
    assert [numbers[consumer] for consumer in order] == list(range(1, 23))
    assert card(client, rt, launch)["serving"] == 22


def test_some_at_a_time_nobody_is_left_out(client, rt, merchant):
    launch = make_lobby(rt, merchant, rules={"maxActiveAdmissions": 3})
    guests = crowd(client, merchant, launch, 8)
    open_now(client, rt, launch)
    gone = client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guests[4].headers)
    serve(rt, launch)

    told = [status(client, launch, guest) for guest in guests]

    waiting = sorted(said["number"] for said in told if said["status"] == "QUEUED")
    admitted = sorted(said["number"] for said in told if said["status"] == "ADMITTED")
    left = gone.json["number"]
    assert [*admitted, *waiting] == [n for n in range(1, 9) if n != left]
    positions = sorted(said["position"] for said in told if said["status"] == "QUEUED")
    assert positions == [1, 2, 3, 4]
    assert books(rt, launch).waiting == 4


def test_a_paused_lobby_is_dealt_all_the_same(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    [guest] = crowd(client, merchant, launch, 1)
    change(rt, launch, "state = 'paused'")

    open_now(client, rt, launch)

    assert status(client, launch, guest)["number"] == 1


def test_dealt_is_dealt_whatever_the_merchant_changes_later(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    guests = crowd(client, merchant, launch, 9)
    open_now(client, rt, launch)
    before = [status(client, launch, guest)["number"] for guest in guests]

    change(rt, launch, "rules = jsonb_set(rules, '{shuffleBeforeOpen}', 'false')")
    open_now(client, rt, launch)

    assert [status(client, launch, guest)["number"] for guest in guests] == before


def test_a_lobby_added_to_an_open_queue_changes_nobodys_number(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    guests = crowd(client, merchant, launch, 5)

    lobby = '{"lobbyOpensAt": "2020-01-01T00:00:00.000Z", "shuffleBeforeOpen": true}'
    change(rt, launch, f"rules = rules || '{lobby}'")
    open_now(client, rt, launch)

    assert [status(client, launch, guest)["number"] for guest in guests] == [1, 2, 3, 4, 5]


def test_a_wipe_of_valkey_changes_nobodys_number(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    guests = crowd(client, merchant, launch, 6)
    open_now(client, rt, launch)
    before = [status(client, launch, guest)["number"] for guest in guests]

    rt.valkey.client.flushdb()
    card(client, rt, launch)
    wiped = [status(client, launch, guest) for guest in guests]
    rt.mender.mend(launch.queue_id)
    rt.mender.mend(launch.queue_id)
    mended = [status(client, launch, guest) for guest in guests]

    for told in (wiped, mended):
        assert [said["number"] for said in told] == before
        assert [said["position"] for said in told] == before


def test_letting_somebody_in_from_the_lobby_is_out_of_turn(client, rt, merchant):
    launch = make_lobby(rt, merchant)
    guests = crowd(client, merchant, launch, 5)

    answer = act(client, merchant, launch, "admit", count=2)
    open_now(client, rt, launch)
    serve(rt, launch)

    assert answer.status_code == 200, answer.text
    assert [said["status"] for said in answer.json["admitted"]] == ["ADMITTED", "ADMITTED"]
    told = [status(client, launch, guest) for guest in guests]
    assert all(said["status"] == "ADMITTED" for said in told)


def patch(client, merchant, queue, **changes):
    path = f"/admin/api/v1/queues/{queue['id']}"
    return client.patch(path, headers=merchant.server, json=changes)


def test_once_people_come_the_lobbys_terms_are_fixed(client, merchant):
    now = datetime.now(UTC)
    lobby = {"lobbyOpensAt": stamp(now - HOUR), "shuffleBeforeOpen": True}
    queue = running_queue(client, merchant, openAt=stamp(now + HOUR), **lobby)

    same = patch(client, merchant, queue, **lobby)
    refused = [
        patch(client, merchant, queue, shuffleBeforeOpen=False),
        patch(client, merchant, queue, lobbyOpensAt=None),
    ]

    assert same.status_code == 200, same.text
    assert [answer.status_code for answer in refused] == [409, 409]
    assert refused[0].json["details"][0]["field"] == "shuffleBeforeOpen"


def test_before_it_opens_a_lobby_may_change(client, merchant):
    now = datetime.now(UTC)
    queue = running_queue(client, merchant, openAt=stamp(now + 2 * HOUR), maxCapacity=5)

    later = stamp(now + HOUR)
    changed = patch(client, merchant, queue, lobbyOpensAt=later, shuffleBeforeOpen=True)

    assert (changed.json["lobbyOpensAt"], changed.json["shuffleBeforeOpen"]) == (later, True)
    assert show_queue(client, merchant, queue)["shuffle"]["commitment"]


def test_a_lobby_opens_before_its_queue(client, merchant):
    now = datetime.now(UTC)
    path = "/admin/api/v1/queues"
    queue = running_queue(client, merchant, openAt=stamp(now + HOUR))
    body = {"sequenceId": queue["sequenceId"], "lobbyOpensAt": stamp(now + HOUR)}

    answers = [
        client.post(path, headers=merchant.server, json=body),
        client.post(path, headers=merchant.server, json=body | {"openAt": stamp(now + HOUR)}),
    ]

    for answer in answers:
        assert answer.status_code == 400
        assert answer.json["details"][0]["field"] == "lobbyOpensAt"


def show_queue(client, merchant, queue):
    return client.get(f"/api/v1/queues/{queue['id']}", headers=merchant.page).json
