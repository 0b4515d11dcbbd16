"""What the clock counts is what happened: each row once, whoever counts, whenever."""

import threading
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from sqlalchemy import event, text

from integration.engine.insight import EVER, HOUR, MINUTE
from integration.runtime import build
from integration.services import admitting, counting
from integration.store import distributions
from tests.api.admitted import act, admitted, enter, run_out, status, waiting
from tests.api.shopping import hand_off, path_of
from tests.support.insight import by_hand, counted, pending
from tests.support.launches import make_guest, make_launch
from tests.support.waiting import wait_until

ACTIONS = ["enter"] * 6 + ["admit"] * 4 + ["complete"] * 3 + ["refund"] * 2
ACTIONS += ["clock", "leave", "deny", "checkout", "expire", "count"]
PEOPLE = 12
STEPS = 70


class History:
    """What befalls one queue, at random."""

    def __init__(self, client, rt, merchant, seed: int) -> None:
        self.client, self.rt, self.merchant = client, rt, merchant
        self.launch = make_launch(rt, merchant)
        self.guests = [make_guest(client, merchant) for _ in range(PEOPLE)]
        self.random = Random(seed)

    def step(self) -> None:
        queue, guest = f"/api/v1/queues/{self.launch.queue_id}", self.random.choice(self.guests)
        who, amount = guest.consumer_id, f"{self.random.randint(1, 99_999) / 100:.2f}"
        match self.random.choice(ACTIONS):
            case "enter" | "leave" as verb:
                self.client.post(f"{queue}/{verb}", headers=guest.headers)
            case "clock":
                admitting.admit_due(self.rt, self.launch.queue_id)
            case "admit":
                act(self.client, self.merchant, self.launch, "admit", consumerId=who)
            case "deny":
                act(self.client, self.merchant, self.launch, "deny", consumerId=who, reason="No.")
            case "complete":
                body = {"consumerId": who, "orderId": f"{who}-{amount}", "orderAmount": amount}
                act(self.client, self.merchant, self.launch, "complete", **body)
            case "checkout":
                self.check_out(queue, guest)
            case "expire":
                run_out(self.rt, self.launch)
                admitting.expire_due(self.rt)
            case "refund":
                self.refund(who)
            case "count":
                counting.count(self.rt)

    def check_out(self, queue: str, guest) -> None:
        said = self.client.get(f"{queue}/status", headers=guest.headers).json
        if said.get("admissionToken"):
            handoff = hand_off(self.client, guest, said["admissionToken"])
            self.client.get(path_of(handoff))

    def refund(self, who: str) -> None:
        found = self.client.get(f"/api/orders?consumerId={who}", headers=self.merchant.server)
        for order in found.json["data"]:
            path, body = f"/api/orders/{order['id']}", {"status": "refunded"}
            self.client.patch(path, headers=self.merchant.server, json=body)


@pytest.mark.parametrize("seed", [2, 5])
def test_counts_are_what_the_rows_come_to(client, rt, merchant, seed):
    history = History(client, rt, merchant, seed)

    for _ in range(STEPS):
        history.step()
    counting.count(rt)

    expected = by_hand(rt, history.launch)
    for grain in (MINUTE, HOUR, EVER):
        assert counted(rt, history.launch.queue_id, grain) == expected, grain
    assert {"left", "denied", "expired", "refunded", "disagreeing"} <= {
        name for name, _ in expected
    }
    assert pending(rt) == 0


def test_counting_again_changes_nothing(client, rt, merchant):
    launch = make_launch(rt, merchant)
    admitted(client, rt, merchant, launch)
    counting.count(rt)
    once = counted(rt, launch.queue_id)

    counting.count(rt)

    assert counted(rt, launch.queue_id) == once != {}


def test_clocks_that_count_at_the_same_time_and_are_killed_count_everything_once(
    client, rt, merchant, settings
):
    launch = make_launch(rt, merchant)
    guests = [make_guest(client, merchant) for _ in range(20)]
    stopping = threading.Event()

    def keep_counting() -> None:
        own = build(settings)
        while not stopping.is_set():
            with suppress(Exception):
                counting.count(own)
        own.close()

    clocks = [threading.Thread(target=keep_counting) for _ in range(2)]
    for clock in clocks:
        clock.start()
    for guest in guests:
        enter(client, launch, guest)
        admitting.admit_due(rt, launch.queue_id)
        act(client, merchant, launch, "complete", consumerId=guest.consumer_id)
        _kill(rt)
    wait_until(lambda: _kill(rt), "a clock killed while it counts")
    stopping.set()
    for clock in clocks:
        clock.join(30)
    counting.count(rt)

    assert not any(clock.is_alive() for clock in clocks)
    assert counted(rt, launch.queue_id) == by_hand(rt, launch)


def _kill(rt) -> int:
    """End the connections that count at this moment."""
    with rt.transaction() as tx:
        return len(tx.session.execute(_KILL).all())


_KILL = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND state <> 'idle' AND query LIKE '%insight_%'
""")


def test_an_entry_that_commits_late_is_counted(client, rt, merchant):
    launch = make_launch(rt, merchant)
    [guest] = waiting(client, merchant, launch, 1)
    other = make_launch(rt, merchant)
    enter(client, other, guest)

    with rt.transaction() as tx:
        distributions.lock_line(tx.session, merchant.tenant, launch.queue_id)
        tx.session.execute(_ANOTHER, {"id": launch.queue_id})
        _beside(lambda: counting.count(rt))
        meanwhile = _beside(lambda: counted(rt, launch.queue_id))
    counting.count(rt)

    assert meanwhile["entered", ""] == 1
    assert counted(rt, launch.queue_id)["entered", ""] == 2
    assert counted(rt, other.queue_id)["entered", ""] == 1


_ANOTHER = text("""
    WITH another AS (
        INSERT INTO participation (id, organization_id, mode, distribution_id, experience_id,
            sequence_id, consumer_id, number, state, entered_at)
        SELECT 'ent_late', organization_id, mode, distribution_id, experience_id, sequence_id,
            'cons_late', 2, 'QUEUED', entered_at - interval '1 hour'
        FROM participation WHERE distribution_id = :id
    )
    UPDATE line SET entered = 2, waiting = 2, version = version + 1 WHERE distribution_id = :id
""")


def test_a_clock_that_dies_while_counting_has_counted_nothing(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    def die(_connection, _cursor, statement, *_) -> None:
        if "INSERT INTO insight_count" in statement:
            raise KeyboardInterrupt

    event.listen(rt.engine, "after_cursor_execute", die)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            counting.count(rt)
    event.remove(rt.engine, "after_cursor_execute", die)
    before = counted(rt, launch.queue_id)
    counting.count(rt)

    assert before == {}
    assert counted(rt, launch.queue_id) == by_hand(rt, launch)


def test_an_amount_that_is_told_later_and_a_refund_are_taken_over(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id, orderId="A-1")
    counting.count(rt)
    nothing = counted(rt, launch.queue_id)

    body = {"consumerId": guest.consumer_id, "distributionId": launch.queue_id}
    body |= {"externalOrderId": "A-1", "totalAmount": 12.5, "currencyCode": "EUR"}
    order = client.post("/api/orders", headers=merchant.server, json=body).json
    counting.count(rt)
    told = counted(rt, launch.queue_id)
    path = f"/api/orders/{order['id']}"
    client.patch(path, headers=merchant.server, json={"status": "cancelled"})
    counting.count(rt)
    undone = counted(rt, launch.queue_id)

    assert not any(name == "revenue" for name, _ in nothing)
    assert (told["revenue", "EUR"], told["orders", "EUR"]) == (12.5, 1)
    assert ("refunded", "EUR") not in told
    assert (undone["revenue", "EUR"], undone["refunded", "EUR"]) == (12.5, 12.5)


def test_counting_is_nothing_to_put_on_record(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    before_checkout = recorded(rt)
    client.get(path_of(hand_off(client, guest, token)))
    after_checkout = recorded(rt)
    body = {"consumerId": guest.consumer_id, "orderId": "A-1", "orderAmount": "9.99"}
    act(client, merchant, launch, "complete", **body)
    before = recorded(rt)

    counting.count(rt)

    assert counted(rt, launch.queue_id)["orders", "USD"] == 1
    assert recorded(rt) == before
    assert after_checkout == before_checkout
    assert not any(action == "admission.updated" for action in before)


def recorded(rt) -> list[str]:
    """What is on record."""
    with rt.transaction() as tx:
        found = tx.session.scalars(text("SELECT action FROM audit_log ORDER BY ordinal"))
        return list(found)


def test_racing_hand_offs_of_one_admission_check_out_once(app, client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    paths = [path_of(hand_off(client, guest, token)) for _ in range(4)]
    threads = [threading.Thread(target=app.test_client().get, args=(path,)) for path in paths]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id)
    counting.count(rt)

    assert status(client, launch, guest)["status"] == "COMPLETED"
    assert counted(rt, launch.queue_id)["checked_out", ""] == 1


def _beside(work: Callable[[], object]):
    """Do it on another thread: its transactions are its own."""
    done: list[object] = []
    thread = threading.Thread(target=lambda: done.append(work()))
    thread.start()
    thread.join(30)
    return done[0]
