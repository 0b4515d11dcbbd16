"""Experiences that open and close by themselves: told once, however many clocks there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from integration.services import openings
from tests.support.backoffice import ADMIN, draft, path_of, post, publish, queue_of, running_queue

LONG_AGO = timedelta(hours=1)


def listen(client, merchant):
    post(client, merchant, "/webhooks", url="http://127.0.0.1:9/hook")


def told(rt, what="experience.%"):
    query = "SELECT type, data->>'id', sequence FROM outbox_event WHERE type LIKE :what ORDER BY id"
    with rt.transaction() as tx:
        return [tuple(row) for row in tx.session.execute(text(query), {"what": what})]


def set_times(rt, experience, **times):
    """Move an experience's times, as the hours would."""
    columns = ", ".join(f"{name} = :{name}" for name in times)
    with rt.transaction() as tx:
        values = {**times, "id": experience["id"]}
        tx.session.execute(text(f"UPDATE experience SET {columns} WHERE id = :id"), values)


def planned(client, merchant):
    """A published experience that opens tomorrow."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    experience = draft(client, merchant, openAt=tomorrow.isoformat())
    queue_of(client, merchant, path_of(client, merchant, experience), name="Queue")
    publish(client, merchant, experience)
    return experience


def test_an_experience_is_told_to_open_when_its_time_comes_and_to_close(client, rt, merchant):
    listen(client, merchant)
    experience = planned(client, merchant)

    early = openings.tell_due(rt)
    set_times(rt, experience, open_at=datetime.now(UTC) - LONG_AGO)
    opened = openings.tell_due(rt)
    again = openings.tell_due(rt)
    set_times(rt, experience, close_at=datetime.now(UTC) - timedelta(minutes=1))
    closed = openings.tell_due(rt)

    assert (early, opened, again, closed) == (0, 1, 0, 1)
    names = [(name, experience_id) for name, experience_id, _ in told(rt)]
    assert names == [
        ("experience.published", experience["id"]),
        ("experience.opened", experience["id"]),
        ("experience.closed", experience["id"]),
    ]
    sequences = [sequence for _, _, sequence in told(rt)]
    assert sequences == sorted(set(sequences))


def test_eight_clocks_tell_each_of_ten_experiences_once(client, rt, merchant):
    listen(client, merchant)
    experiences = [planned(client, merchant) for _ in range(10)]
    for each in experiences:
        set_times(rt, each, open_at=datetime.now(UTC) - LONG_AGO)

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: openings.tell_due(rt), range(8)))

    openings.tell_due(rt)
    found = [experience_id for _, experience_id, _ in told(rt, "experience.opened")]
    assert sorted(found) == sorted(each["id"] for each in experiences)
    assert sum(counts) <= 10


def test_what_is_closed_by_hand_closes_and_opens_again(client, rt, merchant):
    listen(client, merchant)
    queue = running_queue(client, merchant, name="Queue")
    openings.tell_due(rt)

    post(client, merchant, f"/queues/{queue['id']}/close", 200)
    openings.tell_due(rt)
    post(client, merchant, f"/queues/{queue['id']}/open", 200)
    openings.tell_due(rt)

    names = [name for name, _, _ in told(rt)]
    assert names[1:] == ["experience.opened", "experience.closed", "experience.opened"]


def test_what_its_merchant_ends_has_ended_and_is_not_told_to_close(client, rt, merchant):
    listen(client, merchant)
    experience = draft(client, merchant)
    queue_of(client, merchant, path_of(client, merchant, experience), name="Queue")
    publish(client, merchant, experience)
    openings.tell_due(rt)
    post(client, merchant, f"/experiences/{experience['id']}/end", 200)

    assert openings.tell_due(rt) == 0

    names = [name for name, _, _ in told(rt)]
    assert names == ["experience.published", "experience.opened", "experience.ended"]


def test_the_record_says_that_the_clock_opened_it(client, rt, merchant):
    running_queue(client, merchant, name="Queue")
    openings.tell_due(rt)

    found = client.get(f"{ADMIN}/audit?action=experience.opened", headers=merchant.server).json

    assert len(found["data"]) == 1
    assert found["data"][0]["before"] == {"openedAt": None}
