"""Launches with gates, and the people who come to them."""

from typing import Any

import altcha
from flask.testing import FlaskClient

from integration.runtime import Runtime
from integration.store.models import Consumer, Session
from tests.support.backoffice import draft, path_of, post, publish, queue_of
from tests.support.launches import Guest, Merchant, make_guest

API = "/api/v1"


def launch(
    client: FlaskClient, merchant: Merchant, *paths: dict[str, Any], **given: Any
) -> dict[str, Any]:
    """Publish an experience whose sequences are these, each with a queue; return them by name."""
    experience = draft(client, merchant, **given)
    made: dict[str, Any] = {"id": experience["id"]}
    for each in paths:
        columns = {name: value for name, value in each.items() if name != "queue"}
        queue = each.get("queue", {})
        path = path_of(client, merchant, experience, **columns)
        made[path["name"]] = {**path, "queue": queue_of(client, merchant, path, **queue)}
    publish(client, merchant, experience)
    return made


def route(client: FlaskClient, experience: dict[str, Any], headers: dict[str, str], **keys: Any):
    """Ask for the way."""
    address = f"{API}/experiences/{experience['id']}/route"
    return client.post(address, json=keys, headers=headers)


def enter(client: FlaskClient, path: dict[str, Any], guest: Guest):
    """Enter a sequence's queue."""
    return client.post(f"{API}/queues/{path['queue']['id']}/enter", headers=guest.headers)


def audience_of(client: FlaskClient, merchant: Merchant, **given: Any) -> dict[str, Any]:
    """Make an audience, STATIC unless it has rules."""
    kind = "DYNAMIC" if "rules" in given else "STATIC"
    return post(client, merchant, "/audiences", **{"name": "Members", "type": kind, **given})


def add_member(client: FlaskClient, merchant: Merchant, audience, guest: Guest) -> None:
    """Put somebody into a STATIC audience."""
    ids = [guest.consumer_id]
    post(client, merchant, f"/audiences/{audience['id']}/members", 200, consumerIds=ids)


def make_known(rt: Runtime, client: FlaskClient, merchant: Merchant, **person: Any) -> Guest:
    """Return somebody who has signed in."""
    guest = make_guest(client, merchant)
    with rt.transaction() as tx:
        mine = tx.session.query(Session).filter_by(consumer_id=guest.consumer_id).one()
        mine.type = "authenticated"
        consumer = tx.session.get(Consumer, guest.consumer_id)
        for name, value in person.items():
            setattr(consumer, name, value)
    return guest


def solution(client: FlaskClient, merchant: Merchant) -> str:
    """Do the work of a challenge as a browser does, and return what it sends."""
    posed = client.post(f"{API}/challenges", headers=merchant.page)
    assert posed.status_code == 201, posed.text
    challenge = altcha.Challenge.from_dict(posed.json)
    solved = altcha.solve_challenge(challenge)
    assert solved is not None
    return altcha.Payload(challenge, solved).to_base64()
