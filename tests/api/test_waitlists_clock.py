"""Two clocks tell those who wait when their sequence opens, once."""

import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from tests.api.admitted import events, subscribe
from tests.support.backoffice import draft, path_of, post, publish, queue_of
from tests.support.clocks import ticking
from tests.support.launches import make_guest
from tests.support.waiting import wait_until

PEOPLE = 6
LATEST_SECONDS = 2
AFTERWARDS_SECONDS = 1.5


def told(rt):
    """How long after the opening people were told, in seconds."""
    statement = text(
        "SELECT extract(epoch FROM e.notified_at - d.open_at) FROM waitlist_entry e"
        " JOIN distribution d ON d.sequence_id = e.sequence_id AND d.kind = 'queue'"
        " WHERE e.state = 'notified'"
    )
    with rt.transaction() as tx:
        return [float(each) for each in tx.session.scalars(statement)]


def test_everybody_is_told_at_the_opening(client, rt, merchant, settings):
    subscribe(rt, merchant, ["waitlist.consumer.notified"])
    experience = draft(client, merchant)
    sequence = path_of(client, merchant, experience)
    opens = datetime.now(UTC) + timedelta(seconds=5)
    queue_of(client, merchant, sequence, openAt=opens.isoformat())
    waitlist = post(client, merchant, "/waitlists", sequenceId=sequence["id"])
    publish(client, merchant, experience)
    guests = [make_guest(client, merchant) for _ in range(PEOPLE)]
    for guest in guests:
        path = f"/api/v1/waitlists/{waitlist['id']}/enter"
        joined = client.post(path, headers=guest.headers)
        assert (joined.status_code, joined.json["status"]) == (201, "waitlisted")

    with ticking(settings):
        wait_until(lambda: len(told(rt)) == PEOPLE, "everybody is told")
        threading.Event().wait(AFTERWARDS_SECONDS)

    assert all(0 <= delay <= LATEST_SECONDS for delay in told(rt))
    heard = [data["consumerId"] for _, _, data in events(rt)]
    assert sorted(heard) == sorted(guest.consumer_id for guest in guests)
