"""What is sold."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Product(Tenanted, Dated, Versioned, Base):
    """A product as the merchant or a connected shop describes it."""

    __tablename__ = "product"
    __table_args__ = (
        Index(
            "uq_product_sku",
            "organization_id",
            "mode",
            "sku",
            unique=True,
            postgresql_where=text("archived_at IS NULL"),
        ),
        Index(
            "uq_product_external_id",
            "organization_id",
            "mode",
            "sync_source",
            "external_id",
            unique=True,
            postgresql_where=text("archived_at IS NULL AND external_id IS NOT NULL"),
            postgresql_nulls_not_distinct=True,
        ),
        Index(None, "organization_id", "mode", "updated_at", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str | None]
    price: Mapped[Decimal]
    currency_code: Mapped[str]
    sku: Mapped[str]
    inventory: Mapped[int | None]
    url: Mapped[str | None]
    image_url: Mapped[str | None]
    external_id: Mapped[str | None]
    sync_source: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    archived_at: Mapped[datetime | None]

    variants: Mapped[list["Variant"]] = relationship(
        lazy="raise", order_by="Variant.place", cascade="all, delete-orphan"
    )


class Variant(Tenanted, Base):
    """One buyable form of a product."""

    __tablename__ = "variant"
    __table_args__ = (Index(None, "product_id", "place"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    place: Mapped[int]
    sku: Mapped[str]
    title: Mapped[str | None]
    price: Mapped[Decimal | None]
    inventory: Mapped[int | None]
    external_id: Mapped[str | None]
