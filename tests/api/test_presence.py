"""Signs of life, and who is passed over for lack of them: on a real Valkey, wiped and frozen."""

from dataclasses import dataclass
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from integration.services import admitting
from integration.store.line.epochs import keys
from integration.store.valkey import open_valkey
from tests.api.admitted import act, books, enter, events, status, subscribe, waiting
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.presence import ABSENCE, card, change, let_pass, places, sign_of, standing

PAUSED = {"maxActiveAdmissions": 1}


@pytest.fixture(autouse=True)
def undisturbed(rt, monkeypatch):
    """A process that has not seen Valkey fail, whatever other tests did to it."""
    monkeypatch.setattr(rt.lines, "lost_at", None)


def covered(client, rt, merchant, count, **rules):
    """Guests who wait, and who were all asked for signs of life long ago."""
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1, **rules})
    guests = waiting(client, merchant, launch, count)
    rt.mender.mend(launch.queue_id)
    card(client, rt, launch)
    let_pass(rt, launch, ABSENCE + 1)
    return launch, guests


def test_who_shows_no_sign_of_life_is_passed_over_and_the_next_is_admitted(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 3)
    status(client, launch, guests[1])

    count = places(rt, launch, 1)

    assert count == 1
    assert standing(rt, launch) == ["AWAY", "ADMITTED", "QUEUED"]
    assert card(client, rt, launch)["serving"] == 2
    assert status(client, launch, guests[2])["position"] == 1
    assert books(rt, launch).waiting == 2


def test_who_comes_back_is_admitted_next(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 3)
    for guest in guests[1:]:
        status(client, launch, guest)
    places(rt, launch, 1)

    back = status(client, launch, guests[0])
    other = status(client, launch, guests[2])
    places(rt, launch, 1)

    assert (back["status"], back["position"], back["number"]) == ("QUEUED", 1, 1)
    assert other["position"] == 2
    assert standing(rt, launch) == ["ADMITTED", "ADMITTED", "QUEUED"]


def test_who_comes_back_before_the_line_is_told_that_they_were_away_stays_in_it(
    client, rt, merchant, monkeypatch
):
    """Else everybody behind them would read a place too good, for as long as the line moves."""
    launch, guests = covered(client, rt, merchant, 3)
    for guest in guests[1:]:
        status(client, launch, guest)
    put_aside = type(rt.lines).put_aside

    def be_slow(*told):
        status(client, launch, guests[0])
        put_aside(*told)

    monkeypatch.setattr(type(rt.lines), "put_aside", be_slow)
    places(rt, launch, 1)

    assert standing(rt, launch) == ["QUEUED", "ADMITTED", "QUEUED"]
    assert status(client, launch, guests[2])["position"] == 2


def test_nobody_is_passed_over_for_a_place_that_is_not_there(client, rt, merchant):
    launch, _ = covered(client, rt, merchant, 3)

    places(rt, launch, 0)

    assert standing(rt, launch) == ["QUEUED"] * 3


def test_all_who_are_silent_are_passed_over_at_once(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 6)
    status(client, launch, guests[4])

    places(rt, launch, 1)

    assert standing(rt, launch) == [*["AWAY"] * 4, "ADMITTED", "QUEUED"]


def test_who_was_not_covered_for_long_is_not_passed_over(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    waiting(client, merchant, launch, 1)
    card(client, rt, launch)
    let_pass(rt, launch, ABSENCE - 5)

    places(rt, launch, 1)

    assert standing(rt, launch) == ["ADMITTED"]


def test_where_absence_is_off_nobody_is_asked_and_nobody_passed_over(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 2, absenceSeconds=0)

    shown = card(client, rt, launch)["presence"]
    status(client, launch, guests[0])
    places(rt, launch, 2)

    assert shown["upTo"] == 0
    assert sign_of(rt, launch, guests[0]) is None
    assert standing(rt, launch) == ["ADMITTED", "ADMITTED"]


def test_after_fifteen_minutes_who_was_passed_over_has_left(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 2)
    subscribe(rt, merchant, ["queue.consumer.left"])
    status(client, launch, guests[1])
    places(rt, launch, 1)

    admitting.settle_waiting(rt)
    before = standing(rt, launch)
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE participation SET passed_at = passed_at - interval '15 minutes'")
        )
    admitting.settle_waiting(rt)

    assert before == ["AWAY", "ADMITTED"]
    assert standing(rt, launch) == ["LEFT", "ADMITTED"]
    [(_, _, data)] = events(rt)
    assert (data["status"], data["consumerId"]) == ("LEFT", guests[0].consumer_id)
    assert enter(client, launch, guests[0])["number"] == 3
    assert books(rt, launch).waiting == 1


def test_who_came_back_is_not_given_up(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 2)
    status(client, launch, guests[1])
    places(rt, launch, 1)
    status(client, launch, guests[0])

    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE participation SET passed_at = passed_at - interval '1 hour'")
        )
    admitting.settle_waiting(rt)

    assert standing(rt, launch) == ["QUEUED", "ADMITTED"]


def test_never_soon_after_valkey_was_wiped(client, rt, merchant):
    launch, _ = covered(client, rt, merchant, 2)
    rt.valkey.client.flushdb()
    card(client, rt, launch)
    let_pass(rt, launch, ABSENCE - 5)

    places(rt, launch, 1)

    assert standing(rt, launch) == ["ADMITTED", "QUEUED"]


@pytest.mark.parametrize("lost", ["signs", "cover", "presence"])
def test_never_where_part_of_what_was_known_is_lost(client, rt, merchant, lost):
    launch, _ = covered(client, rt, merchant, 2)
    rt.valkey.client.delete(*keys(launch.queue_id, lost))

    places(rt, launch, 1)

    assert standing(rt, launch) == ["ADMITTED", "QUEUED"]


def test_never_by_signs_of_a_server_that_has_started_again(client, rt, merchant):
    launch, _ = covered(client, rt, merchant, 2)
    rt.valkey.client.hset(keys(launch.queue_id, "presence")[0], "run", "another")

    places(rt, launch, 1)
    card(client, rt, launch)
    places(rt, launch, 1)

    assert standing(rt, launch) == ["ADMITTED", "ADMITTED"]


def test_never_soon_after_a_web_process_could_not_write_signs(client, rt, merchant, monkeypatch):
    launch, guests = covered(client, rt, merchant, 2)
    with monkeypatch.context() as patch:
        patch.setattr(rt.valkey, "client", open_valkey("redis://127.0.0.1:1").client)
        status(client, launch, guests[1])
    rt.valkey._resting_until = monotonic()

    places(rt, launch, 1)

    assert standing(rt, launch) == ["ADMITTED", "QUEUED"]


def test_never_soon_after_the_clock_lost_valkey(client, rt, merchant, monkeypatch):
    launch, _ = covered(client, rt, merchant, 3)
    monkeypatch.setattr(rt.lines, "lost_at", monotonic() - ABSENCE + 20)
    places(rt, launch, 1)
    soon = standing(rt, launch)

    monkeypatch.setattr(rt.lines, "lost_at", monotonic() - ABSENCE - 1)
    places(rt, launch, 1)

    assert soon == ["ADMITTED", "QUEUED", "QUEUED"]
    assert standing(rt, launch) == ["ADMITTED", "AWAY", "AWAY"]


def test_a_paused_queue_passes_over_nobody_until_it_goes_on(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 2)
    change(rt, launch, "state = 'paused'")
    places(rt, launch, 1)
    paused = standing(rt, launch)
    status(client, launch, guests[1])

    change(rt, launch, "state = 'active'")
    places(rt, launch, 1)

    assert paused == ["QUEUED", "QUEUED"]
    assert standing(rt, launch) == ["AWAY", "ADMITTED"]


def test_a_call_that_a_limit_refuses_is_a_sign_of_life_too(client, rt):
    merchant = make_merchant(rt, limits={"status": 1, "queue_entry": 1_000})
    launch = make_launch(rt, merchant)
    [guest] = waiting(client, merchant, launch, 1)
    card(client, rt, launch)
    path = f"/api/v1/queues/{launch.queue_id}/status"
    client.get(path, headers=guest.headers)
    let_pass(rt, launch, 60)
    before = sign_of(rt, launch, guest)

    refused = client.get(path, headers=guest.headers)

    assert refused.status_code == 429
    assert sign_of(rt, launch, guest) > before


def test_a_sign_is_written_once_in_fifteen_seconds_and_by_those_asked_alone(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=PAUSED | {"admissionRate": 0})
    near, far = waiting(client, merchant, launch, 2)
    rt.mender.mend(launch.queue_id)
    card(client, rt, launch)
    rt.valkey.client.hset(keys(launch.queue_id, "presence")[0], "up_to", 1)

    for guest in (near, far):
        status(client, launch, guest)
    first = sign_of(rt, launch, near)
    status(client, launch, near)
    again = sign_of(rt, launch, near)
    let_pass(rt, launch, 15)
    status(client, launch, near)

    assert sign_of(rt, launch, far) is None
    assert again == first
    assert sign_of(rt, launch, near) >= first


def test_the_organizations_own_status_limit_shapes_the_interval(client, rt):
    shown = []
    for limit in (1_000_000, 10):
        merchant = make_merchant(rt, limits={"status": limit, "queue_entry": 1_000})
        launch = make_launch(rt, merchant)
        waiting(client, merchant, launch, 6)
        shown.append(card(client, rt, launch)["presence"])

    # Six who ask once a minute use 60 % of ten a minute.
    assert shown == [{"upTo": 6, "everyMs": 15_000}, {"upTo": 6, "everyMs": 60_000}]


def test_the_line_in_valkey_agrees_with_the_record_about_who_is_away(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 4)
    status(client, launch, guests[2])
    places(rt, launch, 1)
    away = [rt.lines.read(launch.queue_id, guest.consumer_id) for guest in guests]
    status(client, launch, guests[0])
    rt.valkey.client.delete(*keys(launch.queue_id, "fence", "fences"))

    back = [rt.lines.read(launch.queue_id, guest.consumer_id) for guest in guests]

    assert [place and place.number for place in away] == [None, None, None, 4]
    assert [place and (place.number, place.ahead) for place in back] == [
        (1, 0),
        None,
        None,
        (4, 1),
    ]


def test_who_was_passed_over_can_leave_be_denied_and_be_let_in(client, rt, merchant):
    launch, guests = covered(client, rt, merchant, 4)
    status(client, launch, guests[3])
    places(rt, launch, 1)
    path = f"/api/v1/queues/{launch.queue_id}/leave"

    left = client.post(path, headers=guests[0].headers).json["status"]
    denied = act(client, merchant, launch, "deny", consumerId=guests[1].consumer_id, reason="x")
    let_in = act(client, merchant, launch, "admit", consumerId=guests[2].consumer_id)

    assert (left, denied.json["status"]) == ("LEFT", "DENIED")
    assert [each["status"] for each in let_in.json["admitted"]] == ["ADMITTED"]
    assert standing(rt, launch) == ["LEFT", "DENIED", "ADMITTED", "ADMITTED"]
    assert books(rt, launch).waiting == 0


@dataclass
class Person:
    """The model's view of one who waits, in seconds of its own clock."""

    covered: int | None = None
    sign: int | None = None
    state: str = "QUEUED"


class Model:
    """Who is passed over, in a dozen lines."""

    def __init__(self):
        self.now, self.people = 0, []

    def card(self):
        for person in self.people:
            person.covered = self.now if person.covered is None else person.covered

    def sign(self, person):
        if person.state == "AWAY":
            person.state = "QUEUED"
        if person.covered is not None and (person.sign is None or self.now - person.sign >= 15):
            person.sign = self.now

    def wipe(self):
        for person in self.people:
            person.covered = person.sign = None

    def admit(self, count):
        for person in self.people:
            if person.state != "QUEUED" or not count:
                continue
            heard = max(person.covered or 0, person.sign or -1)
            silent = person.covered is not None and self.now - heard >= ABSENCE
            person.state = "AWAY" if silent else "ADMITTED"
            count -= not silent


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), st.just(0)),
        st.tuples(st.just("ask"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.sampled_from([20, 70, 200])),
        st.tuples(st.just("admit"), st.integers(1, 2)),
        st.tuples(st.just("wipe"), st.just(0)),
    ),
    max_size=25,
)


@given(steps=STEPS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_model_and_the_queue_pass_over_the_same_people(client, rt, merchant, steps):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    model, guests = Model(), []
    for what, much in steps:
        if what == "enter" and len(guests) < 6:
            guests.append(make_guest(client, merchant))
            enter(client, launch, guests[-1])
            model.people.append(Person())
        elif what == "ask" and much < len(guests):
            status(client, launch, guests[much])
            model.sign(model.people[much])
        elif what == "wait":
            let_pass(rt, launch, much)
            model.now += much
        elif what == "admit":
            places(rt, launch, much)
            model.admit(much)
        elif what == "wipe":
            rt.valkey.client.flushdb()
            model.wipe()
        card(client, rt, launch)
        model.card()
        assert standing(rt, launch) == [person.state for person in model.people]
