"""Time and signs of life, as Valkey keeps them, made older for tests."""

import orjson
from sqlalchemy import text

from integration.services import admitting
from integration.store.line.epochs import keys

ABSENCE = 180


def change(rt, launch, sql):
    """Change the queue's row, for every process."""
    with rt.transaction() as tx:
        tx.session.execute(
            text(f"UPDATE distribution SET {sql} WHERE id = :id"), {"id": launch.queue_id}
        )
    rt.distributions.forget(launch.queue_id)


def places(rt, launch, count):
    """Let so many more be admitted, and have the clock do it."""
    with rt.transaction() as tx:
        active = tx.session.scalar(
            text("SELECT active FROM line WHERE distribution_id = :id"), {"id": launch.queue_id}
        )
    rules = f"jsonb_set(rules, '{{maxActiveAdmissions}}', '{active + count}')"
    change(rt, launch, f"rules = {rules}")
    return admitting.admit_due(rt, launch.queue_id)


def card(client, rt, launch):
    """The newest card, whatever this process and the others hold."""
    if launch.queue_id in rt.cards._slots:
        rt.cards._slots[launch.queue_id].due = 0
    rt.valkey.client.delete(*keys(launch.queue_id, "building"))
    return orjson.loads(client.get(f"/api/v1/queues/{launch.queue_id}/line").data)


def let_pass(rt, launch, seconds):
    """Let what Valkey knows of presence be so much older."""
    cover, signs = keys(launch.queue_id, "cover", "signs")
    client = rt.valkey.client
    known = client.zrange(cover, 0, -1, withscores=True)
    client.delete(cover)
    for since, number in known:
        client.zadd(cover, {str(int(since) - seconds * 1_000): number})
    for who in client.zrange(signs, 0, -1):
        client.zincrby(signs, -seconds * 1_000, who)


def sign_of(rt, launch, guest):
    """When somebody last gave a sign of life."""
    return rt.valkey.client.zscore(*keys(launch.queue_id, "signs"), guest.consumer_id)


def standing(rt, launch):
    """Each entry by number: its state, and whether it was passed over and is away."""
    with rt.transaction() as tx:
        rows = tx.session.execute(
            text(
                "SELECT state, passed_at IS NOT NULL AND returned_at IS NULL AS away"
                " FROM participation WHERE distribution_id = :id ORDER BY number"
            ),
            {"id": launch.queue_id},
        )
        return ["AWAY" if row.away and row.state == "QUEUED" else row.state for row in rows]
