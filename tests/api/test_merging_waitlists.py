"""A guest on a waitlist turns out to be somebody known."""

import pytest
from sqlalchemy import text

from integration.kernel.ids import new_id
from tests.support.launches import make_guest, make_launch
from tests.support.people import come_from_elsewhere


def put(rt, merchant, launch, who, state):
    with rt.transaction() as tx:
        tx.session.execute(
            text(
                "INSERT INTO waitlist_entry (id, organization_id, mode, distribution_id,"
                " experience_id, sequence_id, consumer_id, state)"
                " VALUES (:id, :org, :mode, :line, :experience, :sequence, :who, :state)"
            ),
            {
                "id": new_id("wle"),
                "org": merchant.tenant.organization_id,
                "mode": merchant.tenant.mode,
                "line": launch.queue_id,
                "experience": launch.experience_id,
                "sequence": launch.sequence_id,
                "who": who.consumer_id,
                "state": state,
            },
        )


@pytest.mark.parametrize(
    "states",
    [
        ("waitlisted", None, "waitlisted"),
        ("waitlisted", "waitlisted", "waitlisted"),
        ("waitlisted", "left", "waitlisted"),
        ("left", "waitlisted", "waitlisted"),
        ("notified", "left", "notified"),
        ("left", "left", "left"),
        (None, "waitlisted", "waitlisted"),
    ],
)
def test_whoever_waits_as_either_waits(client, rt, merchant, states):
    guests, own, after = states
    launch = make_launch(rt, merchant)
    known, guest = come_from_elsewhere(client, merchant, "jane"), make_guest(client, merchant)
    for who, state in ((guest, guests), (known, own)):
        if state is not None:
            put(rt, merchant, launch, who, state)

    come_from_elsewhere(client, merchant, "jane", guest)

    with rt.transaction() as tx:
        kept = tx.session.execute(text("SELECT consumer_id, state FROM waitlist_entry")).all()
    assert [tuple(row) for row in kept] == [(known.consumer_id, after)]
