"""Valkey forgets every job; the rows are found, and everything happens once (design.md, D1)."""

from sqlalchemy import text

from integration.store.intents import Kind
from integration.store.job_queue import Job
from jobs import schedule
from tests.api.admitted import enter
from tests.connectors.loopback import plain, serve
from tests.jobs.support import drain
from tests.support.intents import ask_for
from tests.support.launches import make_guest, make_launch
from tests.support.people import prove

JOBS = "/admin/api/v1/jobs"


def asked_for(rt) -> set[Job]:
    """Return the jobs that are enqueued."""
    marks = [key.decode().split(":")[1] for key in rt.valkey.client.keys("job:*")]
    return {job for job in Job if job.function in marks}


def forget_jobs(rt) -> None:
    """Delete every key of RQ's, and every mark that says a job is on its way."""
    for pattern in ("rq:*", "job:*"):
        for key in rt.valkey.client.scan_iter(pattern):
            rt.valkey.client.delete(key)


def late_entry(client, rt, merchant) -> None:
    """Leave an entry to a guest who was merged into somebody known."""
    known = {"email": "jane@shop.example"}
    client.post("/api/consumers", json=known, headers=merchant.server)
    launch, guest = make_launch(rt, merchant), make_guest(client, merchant)
    enter(client, launch, guest)
    prove(client, merchant, guest, **known)
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE participation SET consumer_id = :guest"), {"guest": guest.consumer_id}
        )


def test_every_kind_of_intent_survives_the_loss_of_every_job(client, rt, merchant):
    late_entry(client, rt, merchant)
    with serve(plain(b"")) as served:
        for kind in Kind:
            ask_for(kind, client, rt, merchant, served.url)
        forget_jobs(rt)

        schedule.tick(rt)
        asked = asked_for(rt)
        # What a job asks for in its turn is lost as well.
        for _ in range(3):
            drain(rt)
            forget_jobs(rt)
            schedule.tick(rt)

    left = client.get(f"{JOBS}?limit=100", headers=merchant.server).json["data"]
    ids = [request["webhook-id"] for request in served.requests]
    assert asked == set(Job)
    assert left == []
    assert len(ids) == len(set(ids)) > 0
