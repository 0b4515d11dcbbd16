"""Statements that count what orders came to; each remembers what was counted of it."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from integration.engine.insight import Measure
from integration.kernel.tenant import Tenant, owner_of
from integration.store.insight.counts import Count
from integration.store.models.checkout import UNCOUNTED


class Worth(NamedTuple):
    """What an order is worth: nothing yet without a currency."""

    amount: Decimal | None
    currency: str | None
    refunded: bool | None


def take(session: Session, most: int) -> list[Count]:
    """Return by how much revenue is off, for the first orders that have changed; now counted.

    Orders that somebody is changing at this moment wait for the next time.
    """
    found = session.execute(_FIND, {"most": most}).all()
    if found:
        session.execute(_COUNTED, {"ids": [row.id for row in found]})
    return [
        count
        for row in found
        for sign, worth in ((-1, Worth(*row[5:8])), (1, Worth(*row[8:11])))
        for count in _counts(
            owner_of(row),
            row.distribution_id,
            row.ended_at,
            worth,
            sign,
        )
    ]


def _counts(
    tenant: Tenant, subject_id: str, at: datetime, worth: Worth, sign: int
) -> Iterator[Count]:
    if worth.currency is None or worth.amount is None:
        return
    values = {Measure.REVENUE: worth.amount, Measure.ORDERS: Decimal(1)}
    if worth.refunded:
        values[Measure.REFUNDED] = worth.amount
    for measure, value in values.items():
        yield Count(tenant, subject_id, measure.value, at, sign * value, worth.currency)


_FIND = text(f"""
    SELECT o.id, o.organization_id, o.mode, o.distribution_id, a.ended_at,
        o.counted_amount, o.counted_currency, o.counted_refunded,
        o.total_amount, o.currency_code, o.status IN ('cancelled', 'refunded')
    FROM (SELECT * FROM orders WHERE {UNCOUNTED} ORDER BY id LIMIT :most
        FOR UPDATE SKIP LOCKED) o
    JOIN admission a ON a.id = o.admission_id
""")  # noqa: S608 - the condition is ours
_COUNTED = text("""
    UPDATE orders SET counted_amount = total_amount, counted_currency = currency_code,
        counted_refunded = status IN ('cancelled', 'refunded')
    WHERE id = ANY (CAST(:ids AS text[]))
""")
