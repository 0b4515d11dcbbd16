"""What a consumer knows of themselves: who they are here, and what they take part in."""

from typing import Any, NamedTuple

from integration.engine import journeys
from integration.engine.journeys import Part
from integration.engine.kinds import DistributionType
from integration.engine.participations import ParticipationState
from integration.engine.status import Outlook, Standing, status_body
from integration.kernel.errors import required
from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.store import admissions, consumers, db, entries, participations
from integration.store.line.waiting import place_of
from integration.store.models import Consumer


class Profile(NamedTuple):
    """A consumer, and all that they take part in, as JSON goes."""

    consumer: Consumer
    active: dict[str, Any]


def mine(rt: Runtime, caller: Caller) -> Profile:
    """Return who the caller is, with every live entry; raises ``NotFound`` once erased."""
    with rt.transaction() as tx:
        consumer = required(
            consumers.find(tx.session, caller.tenant, caller.consumer_id or ""), "Consumer"
        )
        ids = entries.live_ids(tx.session, caller.tenant, consumer.id)
        found = participations.standings(tx.session, caller.tenant, ids)
        waitlisted = entries.waitlisted(tx.session, caller.tenant, consumer.id)
        positions = {each.id: _position(rt, tx, caller, each) for each in found}
    keyring = rt.keyring
    parts = [
        Part(
            each, status_body(each, admissions.token_of(keyring, each), Outlook(positions[each.id]))
        )
        for each in found
    ]
    return Profile(consumer, journeys.active(parts, waitlisted))


def _position(rt: Runtime, tx: db.Transaction, caller: Caller, standing: Standing) -> int | None:
    """Return the place of somebody who waits, where the merchant tells it to the number."""
    if standing.state is not ParticipationState.QUEUED or standing.kind != DistributionType.QUEUE:
        return None
    facts = rt.distributions.get(standing.distribution_id)
    if facts is None or facts.rules.get("positionDisplay") == "qualitative":
        return None
    place = place_of(tx.session, caller.tenant, standing.distribution_id, standing.consumer_id)
    return None if place is None or place.ahead is None else place.ahead + 1
