"""Entries that somebody wants to hear of (D4, D15)."""

from datetime import UTC

from psycopg.types.json import Jsonb

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from tests.store.batches import enter
from tests.store.stage import TENANT, Stage


def test_every_entry_that_somebody_wants_to_hear_of_becomes_an_event_and_its_deliveries(stage):
    line = stage.line()
    people = stage.people(2)
    endpoints = [subscribe(stage, events) for events in (None, ["queue.consumer.entered"])]
    subscribe(stage, ["queue.consumer.left"])
    subscribe(stage, None, enabled=False)
    subscribe(stage, None, Tenant("org_b", "live"))

    rows = enter(stage, *[person.asks(line) for person in people])
    enter(stage, *[person.asks(line) for person in people])

    events = stage.run(
        "SELECT id, type, subject_id, sequence, data FROM outbox_event ORDER BY data->'number'"
    )
    assert [event[1:4] for event in events] == [
        ("queue.consumer.entered", row[1], 1) for row in rows
    ]
    assert events[1][4] == {
        "status": "QUEUED",
        "enteredAt": rows[1][4]
        .astimezone(UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z"),
        "admittedAt": None,
        "completedAt": None,
        "denyReason": None,
        "position": 2,
        "number": 2,
        "outcome": None,
        "expiresAt": None,
        "queueId": line,
        "consumerId": people[1].consumer_id,
        **parents(stage, line),
    }
    delivered = stage.run("SELECT event_id, endpoint_id, state FROM delivery")
    assert sorted(delivered) == sorted(
        (event[0], endpoint, "pending") for event in events for endpoint in endpoints
    )


def test_where_nobody_listens_there_are_no_events(stage):
    line = stage.line()
    (person,) = stage.people(1)

    enter(stage, person.asks(line))

    assert stage.one("SELECT count(*) FROM outbox_event") == 0


def subscribe(
    stage: Stage, events: list[str] | None, tenant: Tenant = TENANT, *, enabled: bool = True
) -> str:
    endpoint = new_id("whk")
    wanted = None if events is None else Jsonb(events)
    stage.run(
        "INSERT INTO webhook_endpoint (id, organization_id, mode, url, events, secret, enabled)"
        " VALUES (%s, %s, %s, 'https://shop.example', %s, 'x', %s)",
        endpoint,
        *tenant,
        wanted,
        enabled,
    )
    return endpoint


def parents(stage: Stage, line: str) -> dict[str, str]:
    ((experience, sequence),) = stage.run(
        "SELECT experience_id, sequence_id FROM distribution WHERE id = %s", line
    )
    return {"experienceId": experience, "sequenceId": sequence}
