"""A lobby in the order that it was dealt, in Valkey beside its line.

The line itself keeps the numbers that people came with. Only the places of a shuffled lobby
are counted in this order; it counts for nothing until all who wait are in it.
"""

from collections.abc import Iterable

from sqlalchemy import Engine, select

from integration.engine.lobby import Deal
from integration.store.line.epochs import CHUNK, Epochs, keys
from integration.store.line.ladder import waiting_in
from integration.store.models import Participation
from integration.store.valkey import ValkeyAway


def put_in_order(engine: Engine, epochs: Epochs, distribution_id: str, deal: Deal) -> bool:
    """Put those of a shuffled lobby who wait in order, where they are not; return whether so.

    Any number of processes may; who leaves meanwhile is not put back.
    """
    names = keys(distribution_id, "epoch")
    try:
        if not epochs.valkey.script("order", names, [deal.size]):
            return False
        for part in _waiting(engine, distribution_id, deal):
            epochs.valkey.script("order", names, [deal.size, part])
    except ValkeyAway:
        return False
    return True


def _waiting(engine: Engine, distribution_id: str, deal: Deal) -> Iterable[str]:
    """Yield those who wait in parts, as the script takes them."""
    after = 0
    while True:
        wanted = (
            select(Participation.consumer_id, Participation.number)
            .where(*waiting_in(distribution_id))
            .where(Participation.number > after, Participation.number <= deal.size)
            .order_by(Participation.number)
            .limit(CHUNK)
        )
        with engine.connect() as connection:
            rows = connection.execute(wanted).all()
        if rows:
            yield " ".join(
                f"{consumer_id} {number} {deal.ticket(number)}" for consumer_id, number in rows
            )
        if len(rows) < CHUNK:
            return
        after = rows[-1].number
