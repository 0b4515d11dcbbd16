"""The record of what happened: who changed what, from what, into what."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from integration.kernel.acting import Actor, act_as
from integration.store import audit
from jobs import schedule
from tests.support.launches import make_guest, make_launch, make_merchant

API = "/admin/api/v1"
SECRET = "p3rsonal"


def record(client, merchant, **wanted):
    answer = client.get(f"{API}/audit", headers=merchant.server, query_string=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def actions(client, merchant, **wanted):
    return [row["action"] for row in record(client, merchant, sort="createdAt", **wanted)]


def test_a_change_is_recorded_with_its_fields_before_and_after(client, merchant, rt):
    launch = make_launch(rt, merchant)

    client.patch(
        f"{API}/queues/{launch.queue_id}",
        headers={**merchant.server, "X-Request-Id": "req-of-a-test"},
        json={"notice": "Be quick", "admissionRate": 60},
    )

    (row,) = record(client, merchant, subject=launch.queue_id, action="queue.updated")
    assert row["before"]["notice"] is None
    assert row["after"]["notice"] == "Be quick"
    assert row["before"]["rules"] == {}
    assert row["after"]["rules"]["admissionRate"] == 60
    assert row["actor"].startswith("key_")
    assert row["via"] == "PATCH /admin/api/v1/queues/<line_id>"
    assert row["requestId"] == "req-of-a-test"
    assert row["experienceId"] == launch.experience_id
    assert row["id"].startswith("log_")


def test_a_way_through_a_queue_is_recorded_step_by_step(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    guest = make_guest(client, merchant)
    queue = f"/api/v1/queues/{launch.queue_id}"
    client.post(f"{queue}/enter", headers=guest.headers)
    client.post(f"{queue}/leave", headers=guest.headers)
    client.post(f"{queue}/enter", headers=guest.headers)
    who = {"consumerId": guest.consumer_id}
    client.post(f"{queue}/admit", headers=merchant.server, json=who)
    client.post(f"{queue}/complete", headers=merchant.server, json=who)

    by_consumer = record(client, merchant, actor=guest.consumer_id, sort="createdAt")
    by_key = record(client, merchant, action="queue.consumer.admitted")

    assert [row["action"] for row in by_consumer] == [
        "queue.consumer.entered",
        "queue.consumer.left",
        "queue.consumer.entered",
    ]
    assert by_consumer[0]["after"] == {
        "state": "QUEUED",
        "number": 1,
        "consumerId": guest.consumer_id,
        "distributionId": launch.queue_id,
    }
    assert (by_consumer[1]["before"], by_consumer[1]["after"]) == (
        {"state": "QUEUED"},
        {"state": "LEFT"},
    )
    assert by_key[0]["actor"].startswith("key_")
    assert actions(client, merchant, subject=by_key[0]["subjectId"]) == [
        "queue.consumer.entered",
        "queue.consumer.admitted",
        "queue.consumer.completed",
    ]


def test_what_happens_by_itself_is_the_clocks_doing(client, merchant, rt):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)

    schedule.tick(rt)

    (row,) = record(client, merchant, action="queue.consumer.admitted")
    assert (row["actor"], row["via"]) == ("system:clock", "clock admit")


def test_whom_nobody_let_pass_in_turn_is_recorded_with_the_key_that_did(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    guests = [make_guest(client, merchant) for _ in range(2)]
    for guest in guests:
        client.post(f"/api/v1/queues/{launch.queue_id}/enter", headers=guest.headers)

    client.post(
        f"/api/v1/queues/{launch.queue_id}/admit",
        headers=merchant.server,
        json={"consumerId": guests[1].consumer_id},
    )

    (row,) = record(client, merchant, action="admission.granted")
    assert row["after"]["inTurn"] is False
    assert row["after"]["consumerId"] == guests[1].consumer_id
    assert row["actor"].startswith("key_")


def test_what_is_personal_or_secret_is_withheld(client, merchant, rt):
    headers = merchant.server
    body = {
        "email": f"{SECRET}@example.com",
        "phone": "+15551234567",
        "fullName": SECRET,
        "externalId": SECRET,
        "metadata": {"note": SECRET},
    }
    consumer = client.post("/api/consumers", headers=headers, json=body).json["id"]
    client.patch(f"/api/consumers/{consumer}", headers=headers, json={"fullName": f"{SECRET}2"})
    client.delete(f"/api/consumers/{consumer}", headers=headers)
    hook = {"url": f"https://hooks.example/{SECRET}"}
    client.post(f"{API}/webhooks", headers=headers, json=hook)
    key = {"kind": "secret", "mode": "live", "name": "Mine"}
    made = client.post(f"{API}/api-keys", headers=headers, json=key).json

    rows = record(client, merchant, subject=consumer, sort="createdAt")

    assert [row["action"] for row in rows] == [
        "consumer.created",
        "consumer.updated",
        "consumer.deleted",
    ]
    assert rows[1]["before"] == rows[1]["after"] == {"fullName": "withheld"}
    assert (rows[2]["before"]["email"], rows[2]["after"]["email"]) == ("withheld", None)
    with rt.transaction() as tx:
        kept = str(tx.session.execute(text("SELECT before, after FROM audit_log")).all())
    assert SECRET not in kept
    assert "5551234567" not in kept
    assert made["key"] not in kept
    assert made["key"][-4:] not in kept


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log", "TRUNCATE audit_log"],
)
def test_the_record_can_only_be_added_to(rt, merchant, statement):
    with pytest.raises(ProgrammingError, match="added, never changed"), rt.transaction() as tx:
        tx.session.execute(text(statement))


def test_a_change_that_is_taken_back_was_none(client, merchant, rt):
    launch = make_launch(rt, merchant)

    answer = client.patch(
        f"{API}/queues/{launch.queue_id}",
        headers={**merchant.server, "If-Match": '"99"'},
        json={"notice": "Too late"},
    )

    assert answer.status_code == 412
    assert actions(client, merchant, action="queue.updated") == []


def test_an_act_that_changes_nothing_is_noted_by_hand(client, merchant, rt):
    with act_as(Actor("system:cli", "fanfare jobs retry")), rt.transaction() as tx:
        audit.note(tx.session, merchant.tenant, "job.retried", "job_1", after={"queue": "orders"})

    (row,) = record(client, merchant, actor="system:cli")

    assert (row["action"], row["subjectId"], row["before"]) == ("job.retried", "job_1", None)
    assert (row["after"], row["via"]) == ({"queue": "orders"}, "fanfare jobs retry")


def test_the_list_is_cut_and_continued_in_both_directions(client, merchant, rt):
    for _ in range(3):
        make_launch(rt, merchant)
    everything = record(client, merchant, limit=100)

    for sort, expected in (("-createdAt", everything), ("createdAt", everything[::-1])):
        found, cursor = [], None
        while True:
            query = {"limit": 4, "sort": sort, **({"cursor": cursor} if cursor else {})}
            answer = client.get(f"{API}/audit", headers=merchant.server, query_string=query).json
            found += answer["data"]
            cursor = answer["pageInfo"]["endCursor"]
            if not answer["pageInfo"]["hasNextPage"]:
                break
        assert found == expected


def test_a_window_of_time_takes_its_beginning_and_not_its_end(client, merchant, rt):
    make_launch(rt, merchant)
    with rt.transaction() as tx:
        first, last = tx.session.execute(text("SELECT min(at), max(at) FROM audit_log")).one()
    window = {"from": first.isoformat(), "to": last.isoformat()}

    rows = record(client, merchant, limit=100)
    inside = record(client, merchant, limit=100, **window)

    assert inside == rows[1:]


def test_an_experiences_record_holds_what_belongs_to_it(client, merchant, rt):
    one, two = make_launch(rt, merchant), make_launch(rt, merchant)
    client.post(f"{API}/queues/{one.queue_id}/pause", headers=merchant.server)
    client.post(f"{API}/queues/{two.queue_id}/pause", headers=merchant.server)

    answer = client.get(f"{API}/experiences/{one.experience_id}/audit", headers=merchant.server)

    said = [(row["action"], row["subjectId"]) for row in answer.json["data"]]
    assert said[0] == ("queue.paused", one.queue_id)
    assert {row["experienceId"] for row in answer.json["data"]} == {one.experience_id}


def test_nobody_reads_the_record_of_others_or_of_the_other_mode(client, merchant, rt):
    launch = make_launch(rt, merchant)
    others = make_merchant(rt)
    test = make_merchant(rt, "test", of=merchant)

    assert actions(client, others, subject=launch.queue_id) == []
    assert actions(client, test, subject=launch.queue_id) == []
    assert launch.queue_id not in str(record(client, others, limit=100))
    assert launch.queue_id not in str(record(client, test, limit=100))
    path = f"{API}/experiences/{launch.experience_id}/audit"
    assert client.get(path, headers=others.server).status_code == 404
    assert client.get(path, headers=test.server).status_code == 404


def test_reading_the_record_takes_the_scope_admin(client, rt):
    merchant = make_merchant(rt, scopes=("read:experiences", "write:experiences"))

    assert client.get(f"{API}/audit", headers=merchant.server).status_code == 403
