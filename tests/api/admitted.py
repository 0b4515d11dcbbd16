"""People who were admitted, and books that must balance."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text

from integration.kernel.ids import new_id
from integration.runtime import Runtime
from integration.services import admitting
from integration.store.models import WebhookEndpoint
from tests.support.launches import Guest, Launch, Merchant, make_guest
from tests.support.waiting import once_served

COUNTERS = text("""
    SELECT l.waiting, l.active, l.held, l.sold,
        (SELECT count(*) FROM participation p WHERE p.distribution_id = l.distribution_id
            AND p.state = 'QUEUED') AS queued,
        (SELECT count(*) FROM participation p WHERE p.distribution_id = l.distribution_id
            AND p.state = 'ADMITTED') AS admitted,
        (SELECT count(*) FROM admission a WHERE a.distribution_id = l.distribution_id
            AND a.state = 'ADMITTED') AS live,
        (SELECT coalesce(sum(a.units), 0) FROM admission a
            WHERE a.distribution_id = l.distribution_id AND a.state = 'ADMITTED') AS live_units,
        (SELECT coalesce(sum(a.units), 0) FROM admission a
            WHERE a.distribution_id = l.distribution_id AND a.state = 'COMPLETED') AS sold_units
    FROM line l WHERE l.distribution_id = :id
""")


@dataclass(frozen=True)
class Books:
    """A line's counters, after they were found to equal the rows."""

    waiting: int
    active: int
    held: int
    sold: int


def books(rt: Runtime, launch: Launch, restocked: int = 0) -> Books:
    """Return the counters; fail unless they are what the rows say."""
    with rt.transaction() as tx:
        row = tx.session.execute(COUNTERS, {"id": launch.queue_id}).one()
    assert row.waiting == row.queued
    assert row.active == row.admitted == row.live
    assert row.held == row.live_units
    assert row.sold == row.sold_units - restocked
    assert min(row.waiting, row.active, row.held, row.sold) >= 0
    return Books(row.waiting, row.active, row.held, row.sold)


def enter(client: FlaskClient, launch: Launch, guest: Guest) -> dict[str, Any]:
    path = f"/api/v1/queues/{launch.queue_id}/enter"
    answer = once_served(lambda: client.post(path, headers=guest.headers))
    assert answer.status_code in {200, 201}, answer.text
    return answer.json


def status(client: FlaskClient, launch: Launch, guest: Guest) -> dict[str, Any]:
    answer = client.get(f"/api/v1/queues/{launch.queue_id}/status", headers=guest.headers)
    assert answer.status_code == 200, answer.text
    return answer.json


def waiting(client: FlaskClient, merchant: Merchant, launch: Launch, count: int) -> list[Guest]:
    """Guests who have entered, in this order."""
    guests = [make_guest(client, merchant) for _ in range(count)]
    for guest in guests:
        enter(client, launch, guest)
    return guests


def admitted(
    client: FlaskClient, rt: Runtime, merchant: Merchant, launch: Launch
) -> tuple[Guest, str]:
    """A guest whom the clock has admitted, and the token of the admission."""
    [guest] = waiting(client, merchant, launch, 1)
    admitting.admit_due(rt, launch.queue_id)
    token = status(client, launch, guest)["admissionToken"]
    assert token
    return guest, token


def run_out(rt: Runtime, launch: Launch) -> None:
    """Let every live admission's time be over, as the rows have it."""
    with rt.transaction() as tx:
        tx.session.execute(
            text(
                "UPDATE admission SET expires_at = clock_timestamp() - interval '1 second'"
                " WHERE distribution_id = :id AND state = 'ADMITTED'"
            ),
            {"id": launch.queue_id},
        )


def act(client: FlaskClient, merchant: Merchant, launch: Launch, verb: str, **body: Any) -> Any:
    """Call a secret row of the queue."""
    path = f"/api/v1/queues/{launch.queue_id}/{verb}"
    return client.post(path, headers=merchant.server, json=body)


def subscribe(rt: Runtime, merchant: Merchant, events: list[str] | None = None) -> str:
    """An endpoint that wants events, all of them unless some are named."""
    endpoint_id = new_id("whk")
    with rt.transaction() as tx:
        tx.session.add(
            WebhookEndpoint(
                id=endpoint_id,
                url="http://127.0.0.1:9/hook",
                events=events,
                secret=rt.vault.seal(b"whsec_none"),
                enabled=True,
                **merchant.tenant._asdict(),
            )
        )
    return endpoint_id


def events(rt: Runtime) -> list[tuple[str, int, dict[str, Any]]]:
    """Every event that was written, oldest first: type, sequence, data."""
    with rt.transaction() as tx:
        found = tx.session.execute(
            text("SELECT type, sequence, data FROM outbox_event ORDER BY created_at, id")
        )
        return [(row.type, row.sequence, row.data) for row in found]


def any_admission(client: FlaskClient, merchant: Merchant, verb: str, **body: Any) -> Any:
    """Call a secret row that takes admissions of every kind."""
    return client.post(f"/api/v1/admissions/{verb}", headers=merchant.server, json=body)


def admission_of(rt: Runtime, guest: Guest) -> Any:
    """The last admission that somebody was given."""
    with rt.transaction() as tx:
        return tx.session.execute(
            text("SELECT id, in_turn FROM admission WHERE consumer_id = :id ORDER BY turn DESC"),
            {"id": guest.consumer_id},
        ).first()
