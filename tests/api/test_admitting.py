"""What the clock does to lines: in turn, at the rate, never beyond stock, exactly once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, text

from integration.kernel.ids import new_id
from integration.services import admitting
from integration.store.valkey import open_valkey
from tests.api.admitted import (
    Books,
    act,
    admitted,
    books,
    enter,
    events,
    run_out,
    status,
    subscribe,
    waiting,
)
from tests.support.launches import make_guest, make_launch


def states(client, launch, guests):
    return [status(client, launch, guest)["status"] for guest in guests]


def change(rt, launch, sql):
    with rt.transaction() as tx:
        tx.session.execute(
            text(f"UPDATE distribution SET {sql} WHERE id = :id"), {"id": launch.queue_id}
        )


def test_the_clock_admits_in_turn_up_to_the_stock(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=2)
    guests = waiting(client, merchant, launch, 3)

    count = admitting.admit_due(rt, launch.queue_id)

    assert count == 2
    assert states(client, launch, guests) == ["ADMITTED", "ADMITTED", "QUEUED"]
    assert books(rt, launch) == Books(waiting=1, active=2, held=2, sold=0)
    assert status(client, launch, guests[2])["position"] == 1


def test_somebody_admitted_is_told_so_with_a_token(client, rt, merchant):
    launch = make_launch(rt, merchant, admission_expiration_seconds=600)
    guest, token = admitted(client, rt, merchant, launch)

    said = status(client, launch, guest)

    assert said["admissionToken"] == token
    assert said["position"] == 0
    lasts = datetime.fromisoformat(said["expiresAt"]) - datetime.fromisoformat(said["admittedAt"])
    assert lasts == timedelta(minutes=10)


def test_units_per_admission_count_against_the_stock(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=5, units_per_admission=2)
    waiting(client, merchant, launch, 4)

    count = admitting.admit_due(rt, launch.queue_id)

    assert count == 2
    assert books(rt, launch) == Books(waiting=2, active=2, held=4, sold=0)


def test_no_more_check_out_at_once_than_is_allowed(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)

    again = admitting.admit_due(rt, launch.queue_id)

    assert again == 0
    assert books(rt, launch).active == 1


def test_the_rate_is_kept_on_the_databases_clock(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 60})
    waiting(client, merchant, launch, 8)
    first = admitting.admit_due(rt, launch.queue_id)
    at_once = admitting.admit_due(rt, launch.queue_id)

    change_line(rt, launch, "paced_at = paced_at - interval '3 seconds'")
    later = admitting.admit_due(rt, launch.queue_id)

    assert (first, at_once, later) == (1, 0, 3)


def change_line(rt, launch, sql):
    with rt.transaction() as tx:
        tx.session.execute(
            text(f"UPDATE line SET {sql} WHERE distribution_id = :id"), {"id": launch.queue_id}
        )


def test_an_outage_makes_up_for_ten_seconds_and_no_more(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 60})
    waiting(client, merchant, launch, 20)
    admitting.admit_due(rt, launch.queue_id)

    change_line(rt, launch, "paced_at = paced_at - interval '1 hour'")
    made_up = admitting.admit_due(rt, launch.queue_id)

    assert made_up == 11


@pytest.mark.parametrize(
    "given",
    [
        {"rules": {"admissionRate": 0}},
        {"state": "paused"},
        {"state": "ended"},
    ],
)
def test_nobody_is_served_while_the_queue_does_not_serve(client, rt, merchant, given):
    launch = make_launch(rt, merchant, **{key: given[key] for key in given if key == "rules"})
    waiting(client, merchant, launch, 1)
    if "state" in given:
        change(rt, launch, f"state = '{given['state']}'")

    assert admitting.admit_due(rt, launch.queue_id) == 0


def test_a_queue_that_was_closed_is_still_served(client, rt, merchant):
    launch = make_launch(rt, merchant)
    waiting(client, merchant, launch, 1)
    change(rt, launch, "close_at = clock_timestamp() - interval '1 second'")

    assert launch.queue_id in admitting.due_queues(rt)
    assert admitting.admit_due(rt, launch.queue_id) == 1


def test_only_queues_with_somebody_to_serve_are_due(client, rt, merchant):
    served, empty, later = (make_launch(rt, merchant) for _ in range(3))
    waiting(client, merchant, served, 1)
    waiting(client, merchant, later, 1)
    change(rt, later, "open_at = clock_timestamp() + interval '1 hour'")

    assert admitting.due_queues(rt) == [served.queue_id]
    assert empty.queue_id not in admitting.due_queues(rt)


def test_two_clocks_at_once_admit_everybody_once_and_in_turn(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=30)
    fill(rt, launch, merchant, 50)
    start = threading.Barrier(4)

    def clock(_):
        start.wait()
        return sum(admitting.admit_due(rt, launch.queue_id) for _ in range(5))

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(clock, range(4)))

    assert sum(counts) == 30
    assert numbers_in_turn(rt, launch) == list(range(1, 31))
    assert books(rt, launch) == Books(waiting=20, active=30, held=30, sold=0)


def fill(rt, launch, merchant, count):
    """People in the line, straight in the database."""
    with rt.transaction() as tx:
        tx.session.execute(
            text("""
                INSERT INTO participation (id, organization_id, mode, distribution_id,
                    experience_id, sequence_id, consumer_id, number, state, entered_at)
                SELECT :prefix || 'e' || n, :organization_id, :mode, :queue, :experience,
                    :sequence, :prefix || 'c' || n, n, 'QUEUED', clock_timestamp()
                FROM generate_series(1, :count) AS n
            """),
            {
                "prefix": new_id("x"),
                "queue": launch.queue_id,
                "experience": launch.experience_id,
                "sequence": launch.sequence_id,
                "count": count,
                **merchant.tenant._asdict(),
            },
        )
        tx.session.execute(
            text("UPDATE line SET entered = :n, waiting = :n WHERE distribution_id = :id"),
            {"n": count, "id": launch.queue_id},
        )


def numbers_in_turn(rt, launch):
    with rt.transaction() as tx:
        return list(
            tx.session.scalars(
                text("""
                    SELECT p.number FROM admission a
                    JOIN participation p ON p.id = a.participation_id
                    WHERE a.distribution_id = :id ORDER BY a.turn
                """),
                {"id": launch.queue_id},
            )
        )


def test_ten_thousand_are_admitted_in_turn_in_a_few_statements(rt, merchant):
    launch = make_launch(rt, merchant)
    fill(rt, launch, merchant, 10_000)
    statements, ours = [], threading.get_ident()

    def hear(_connection, _cursor, statement, *_):
        if threading.get_ident() == ours:
            statements.append(statement)

    event.listen(rt.engine, "before_cursor_execute", hear)
    count = admitting.admit_due(rt, launch.queue_id)
    event.remove(rt.engine, "before_cursor_execute", hear)

    assert count == 10_000
    assert numbers_in_turn(rt, launch) == list(range(1, 10_001))
    assert len(statements) < 100


def test_a_clock_that_died_behind_its_fence_changes_nothing(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guests = waiting(client, merchant, launch, 2)
    rt.mender.mend(launch.queue_id)
    rt.lines.fence(launch.queue_id, [guest.consumer_id for guest in guests])

    seen = states(client, launch, guests)
    count = admitting.admit_due(rt, launch.queue_id)

    assert seen == ["QUEUED", "QUEUED"]
    assert count == 2
    assert states(client, launch, guests) == ["ADMITTED", "ADMITTED"]


def test_a_clock_that_died_after_its_commit_is_not_seen_to_have(client, rt, merchant, monkeypatch):
    launch = make_launch(rt, merchant)
    guests = waiting(client, merchant, launch, 2)
    rt.mender.mend(launch.queue_id)
    with monkeypatch.context() as patched:
        patched.setattr(type(rt.lines), "remove", lambda *_: None)
        admitting.admit_due(rt, launch.queue_id)

    assert states(client, launch, guests) == ["ADMITTED", "ADMITTED"]


def test_somebody_who_enters_behind_the_fence_is_not_admitted_past_it(
    client, rt, merchant, monkeypatch
):
    launch = make_launch(rt, merchant)
    [first] = waiting(client, merchant, launch, 1)
    latecomers = []
    fence = type(rt.lines).fence

    def enter_meanwhile(lines, distribution_id, consumer_ids):
        fence(lines, distribution_id, consumer_ids)
        if not latecomers:
            latecomers.extend(waiting(client, merchant, launch, 1))

    monkeypatch.setattr(type(rt.lines), "fence", enter_meanwhile)

    count = admitting.admit_due(rt, launch.queue_id)

    assert count == 1
    assert states(client, launch, [first, *latecomers]) == ["ADMITTED", "QUEUED"]


def test_an_admission_that_runs_out_gives_its_stock_to_the_next(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    first, second = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)
    run_out(rt, launch)

    expired = admitting.expire_due(rt)
    admitting.admit_due(rt, launch.queue_id)

    assert expired == 1
    said = status(client, launch, first)
    assert (said["status"], said["denyReason"]) == ("DENIED", "ADMISSION_EXPIRED")
    assert said["admissionToken"] is None
    assert status(client, launch, second)["status"] == "ADMITTED"
    assert books(rt, launch) == Books(waiting=0, active=1, held=1, sold=0)


def test_whoever_let_an_admission_run_out_may_enter_at_the_end(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    first, _ = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)
    run_out(rt, launch)
    admitting.expire_due(rt)

    again = enter(client, launch, first)

    assert (again["status"], again["number"], again["position"]) == ("QUEUED", 3, 2)


def test_two_clocks_expire_everything_once(client, rt, merchant):
    launch = make_launch(rt, merchant)
    waiting(client, merchant, launch, 12)
    admitting.admit_due(rt, launch.queue_id)
    run_out(rt, launch)

    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(lambda _: admitting.expire_due(rt), range(3)))

    assert sum(counts) == 12
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=0)


def test_those_who_wait_for_nothing_are_told_that_all_is_sold(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    buyer, *others = waiting(client, merchant, launch, 4)
    admitting.admit_due(rt, launch.queue_id)
    still_hoping = admitting.settle_waiting(rt)
    act(client, merchant, launch, "complete", consumerId=buyer.consumer_id)

    settled = admitting.settle_waiting(rt)

    assert (still_hoping, settled) == (0, 3)
    for guest in others:
        said = status(client, launch, guest)
        assert (said["status"], said["denyReason"]) == ("DENIED", "SOLD_OUT")
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=1)
    late = make_guest(client, merchant)
    refused = client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=late.headers)
    assert (refused.status_code, refused.json["code"]) == (409, "SOLD_OUT")


def test_ending_a_queue_denies_those_who_wait_and_keeps_live_admissions(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    buyer, other = waiting(client, merchant, launch, 2)
    admitting.admit_due(rt, launch.queue_id)
    change(rt, launch, "state = 'ended'")

    admitting.settle_waiting(rt)

    said = status(client, launch, other)
    assert (said["status"], said["denyReason"]) == ("DENIED", "QUEUE_CLOSED")
    assert status(client, launch, buyer)["status"] == "ADMITTED"


def test_whoever_subscribes_is_told_of_every_step(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"maxActiveAdmissions": 1})
    subscribe(rt, merchant)
    guest, _ = waiting(client, merchant, launch, 2)

    admitting.admit_due(rt, launch.queue_id)
    run_out(rt, launch)
    admitting.expire_due(rt)

    told = [each for each in events(rt) if each[2]["consumerId"] == guest.consumer_id]
    assert [(name, sequence) for name, sequence, _ in told] == [
        ("queue.consumer.entered", 1),
        ("queue.consumer.admitted", 2),
        ("admission.expired", 3),
        ("queue.consumer.denied", 4),
    ]
    assert told[1][2]["status"] == "ADMITTED"
    assert "admissionToken" not in told[1][2]
    assert told[3][2]["denyReason"] == "ADMISSION_EXPIRED"


def test_nothing_is_written_where_nobody_subscribes(client, rt, merchant):
    launch = make_launch(rt, merchant)
    subscribe(rt, merchant, ["order.created"])
    admitted(client, rt, merchant, launch)

    assert events(rt) == []


def test_the_clock_goes_on_without_valkey(client, rt, merchant, monkeypatch):
    launch = make_launch(rt, merchant)
    [guest] = waiting(client, merchant, launch, 1)
    monkeypatch.setattr(rt.valkey, "client", open_valkey("redis://127.0.0.1:1").client)

    count = admitting.admit_due(rt, launch.queue_id)
    said = status(client, launch, guest)

    assert count == 1
    assert said["status"] == "ADMITTED"
