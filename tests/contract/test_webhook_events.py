"""contract.md, section 6: every event happens, is delivered, and is verified by its receiver."""

import re
from itertools import product

import pytest
from sqlalchemy import text

from integration.engine.events import EVENTS
from tests.contract.catalogue import CATALOGUE
from tests.contract.happenings import SCENES, Stage
from tests.support.receiver import receiving

CONTRACT = """
    {queue,draw,auction,timed_release,appointment}.consumer.{entered,admitted,completed,left,denied}
    draw.consumer.{won,lost} draw.completed auction.bid.{placed,outbid} auction.settled
    appointment.{booked,cancelled,rescheduled} waitlist.consumer.{entered,notified}
    admission.expired order.{created,completed,rejected,cancelled,refunded}
    consumer.{created,updated,deleted} experience.{published,opened,closed,ended}
    sync.{completed,failed}
"""
SECRETS = re.compile(r"eyJ[\w-]{8,}|sk_live|whsec_|admissionToken\": \"")


def names(words):
    """Return what the contract's way of listing names stands for."""
    for word in words.split():
        parts = [part.split(",") for part in re.split(r"[{}]", word)]
        yield from map("".join, product(*parts))


def documented(data):
    """Return the names in an event's data, the distribution's id under the name of a queue's."""
    own = {"drawId", "auctionId", "timedReleaseId", "appointmentId"}
    entry = {"status", "number", "enteredAt"} <= data.keys() and "bookingId" not in data
    renamed = entry and not {"bidCount", "winningBidAmount"} & data.keys()
    return {"queueId" if renamed and name in own else name for name in data}


def repeated(rt):
    """Return the subjects of which two events have the same sequence."""
    statement = "SELECT subject_id FROM outbox_event GROUP BY subject_id, sequence"
    with rt.transaction() as tx:
        return tx.session.scalars(text(f"{statement} HAVING count(*) > 1")).all()


def test_the_events_are_those_of_the_contract_and_each_happens_below():
    expected = set(names(CONTRACT))

    assert set(EVENTS) == expected
    assert set().union(*SCENES.values()) == expected


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_every_event_arrives_and_verifies(client, rt, merchant, scene):
    stage = Stage(client, rt, merchant)
    with receiving(client, merchant) as receiver:
        scene(stage)
        stage.tick()

        told = receiver.told()

    assert SCENES[scene] <= receiver.types()
    assert repeated(rt) == []
    for each in told:
        assert list(each) == ["id", "type", "timestamp", "organizationId", "sequence", "data"]
        assert each["organizationId"] == merchant.tenant.organization_id
        assert each["sequence"] >= 1
        assert documented(each["data"]) == CATALOGUE[each["type"]]
        assert not SECRETS.search(str(each["data"]))
