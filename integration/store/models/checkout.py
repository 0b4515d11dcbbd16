"""From the admission to the order."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Handoff(Tenanted, Dated, Base):
    """One way out to a checkout: opened once, by one browser.

    ``handle`` is what the platform's order carries; ``external_ref`` is the
    platform's own name for the cart; ``claimed_until`` leases the call to it. The checkout is in
    the shop of ``connection_id`` and good until ``checkout_until``.
    """

    __tablename__ = "handoff"
    __table_args__ = (
        Index("uq_handoff_handle", "organization_id", "mode", "handle", unique=True),
        Index(None, "organization_id", "mode", "external_ref"),
        Index(None, "connection_id", "checkout_until"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    admission_id: Mapped[str] = mapped_column(ForeignKey("admission.id"), index=True)
    pattern: Mapped[str]
    return_url: Mapped[str | None]
    variant_id: Mapped[str | None]
    quantity: Mapped[int]
    handle: Mapped[str]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    browser: Mapped[bytes | None]
    claimed_until: Mapped[datetime | None]
    checkout_url: Mapped[bytes | None]
    external_ref: Mapped[str | None]
    connection_id: Mapped[str | None]
    checkout_until: Mapped[datetime | None]


UNCOUNTED = """completion = 'completed' AND admission_id IS NOT NULL
AND total_amount IS NOT NULL AND currency_code IS NOT NULL
AND (counted_amount, counted_currency, counted_refunded)
IS DISTINCT FROM (total_amount, currency_code, status IN ('cancelled', 'refunded'))"""
"""The orders whose revenue was not counted as it stands."""


class Order(Tenanted, Dated, Versioned, Base):
    """What a shop sold, whoever reported it; ``counted_…`` is what revenue was counted of it.

    ``revived_at`` is when its shop took back that it had been cancelled.
    """

    __tablename__ = "orders"
    __table_args__ = (
        Index(
            "uq_orders_external_order_id",
            "organization_id",
            "mode",
            "external_order_id",
            unique=True,
        ),
        Index(
            "uq_orders_admission",
            "admission_id",
            unique=True,
            postgresql_where=text("completion = 'completed' AND admission_id IS NOT NULL"),
        ),
        Index(None, "organization_id", "mode", "consumer_id", "id"),
        Index("ix_orders_uncounted", "id", postgresql_where=text(UNCOUNTED)),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    external_order_id: Mapped[str]
    connection_id: Mapped[str | None]
    consumer_id: Mapped[str | None]
    distribution_id: Mapped[str | None]
    admission_id: Mapped[str | None]
    handle: Mapped[str | None]
    total_amount: Mapped[Decimal | None]
    currency_code: Mapped[str | None]
    status: Mapped[str]
    line_items: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    completion: Mapped[str]
    completion_reason: Mapped[str | None]
    late: Mapped[bool]
    counted_amount: Mapped[Decimal | None]
    counted_currency: Mapped[str | None]
    counted_refunded: Mapped[bool | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    revived_at: Mapped[datetime | None]
