"""Two clocks look after queues: each opens, closes and expires within two seconds, once."""

import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from tests.api.admitted import Books, books, events, status, subscribe, waiting
from tests.contract.test_queues import call
from tests.support.clocks import ticking
from tests.support.launches import make_guest, make_launch
from tests.support.presence import change
from tests.support.waiting import wait_until

PEOPLE = 6
LATEST_SECONDS = 2
AFTERWARDS_SECONDS = 1.5
HOUR = timedelta(hours=1)


def seconds(rt, statement):
    """What a statement tells of each row, in seconds."""
    with rt.transaction() as tx:
        return [float(each) for each in tx.session.scalars(text(statement))]


def heard(rt):
    return sorted(data["consumerId"] for _, _, data in events(rt))


def test_a_lobby_opens_at_its_time_and_deals_its_numbers_once(client, rt, merchant, settings):
    subscribe(rt, merchant, ["queue.consumer.admitted"])
    rules = {"lobbyOpensAt": "2020-01-01T00:00:00.000Z", "shuffleBeforeOpen": True}
    launch = make_launch(rt, merchant, open_at=datetime.now(UTC) + HOUR, rules=rules)
    guests = waiting(client, merchant, launch, PEOPLE)
    change(rt, launch, "open_at = clock_timestamp() + interval '1 second'")
    opening = """
        SELECT extract(epoch FROM p.admitted_at - d.open_at) FROM participation p
        JOIN distribution d ON d.id = p.distribution_id WHERE p.admitted_at IS NOT NULL
    """

    with ticking(settings):
        wait_until(lambda: len(seconds(rt, opening)) == PEOPLE, "everybody is admitted")
        threading.Event().wait(AFTERWARDS_SECONDS)

    assert all(0 <= delay <= LATEST_SECONDS for delay in seconds(rt, opening))
    assert heard(rt) == sorted(guest.consumer_id for guest in guests)
    numbers = sorted(status(client, launch, guest)["number"] for guest in guests)
    assert numbers == list(range(1, PEOPLE + 1))
    assert books(rt, launch) == Books(waiting=0, active=PEOPLE, held=PEOPLE, sold=0)


def test_a_queue_closes_at_its_time_and_the_line_is_served(client, rt, merchant, settings):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    early = waiting(client, merchant, launch, PEOPLE)
    guests = [make_guest(client, merchant) for _ in range(PEOPLE)]
    change(rt, launch, "close_at = clock_timestamp() + interval '1 second'")

    def refused():
        answers = [call(client, launch.queue_id, "POST", "enter", each.headers) for each in guests]
        return [each for each in answers if each.status_code not in {200, 201}] and answers

    with ticking(settings):
        wait_until(lambda: refused() or guests.append(make_guest(client, merchant)), "it is closed")
        change(rt, launch, "rules = '{}'")
        wait_until(
            lambda: all(status(client, launch, each)["status"] == "ADMITTED" for each in early),
            "those who wait are served",
        )

    late = """
        SELECT extract(epoch FROM p.entered_at - d.close_at) FROM participation p
        JOIN distribution d ON d.id = p.distribution_id
    """
    assert max(seconds(rt, late)) <= 0
    answer = call(client, launch.queue_id, "POST", "enter", make_guest(client, merchant).headers)
    assert (answer.status_code, answer.json["code"]) == (400, "CLOSED")


def test_admissions_expire_at_their_time_once_and_the_next_are_admitted(
    client, rt, merchant, settings
):
    subscribe(rt, merchant, ["admission.expired"])
    rules = {"maxActiveAdmissions": PEOPLE}
    launch = make_launch(rt, merchant, inventory_bound=True, stock=PEOPLE, rules=rules)
    guests = waiting(client, merchant, launch, 2 * PEOPLE)
    expiry = (
        "SELECT extract(epoch FROM ended_at - expires_at) FROM admission WHERE ended_at IS NOT NULL"
    )

    with ticking(settings):
        wait_until(lambda: books(rt, launch).active == PEOPLE, "half of them are admitted")
        with rt.transaction() as tx:
            soon = "UPDATE admission SET expires_at = clock_timestamp() + interval '1 second'"
            tx.session.execute(text(soon))
        wait_until(lambda: len(seconds(rt, expiry)) == PEOPLE, "their admissions expire")
        wait_until(lambda: books(rt, launch).active == PEOPLE, "the others are admitted")
        threading.Event().wait(AFTERWARDS_SECONDS)

    assert all(0 <= delay <= LATEST_SECONDS for delay in seconds(rt, expiry))
    assert heard(rt) == sorted(guest.consumer_id for guest in guests[:PEOPLE])
    said = status(client, launch, guests[0])
    assert (said["status"], said["denyReason"]) == ("DENIED", "ADMISSION_EXPIRED")
    assert books(rt, launch) == Books(waiting=0, active=PEOPLE, held=PEOPLE, sold=0)
