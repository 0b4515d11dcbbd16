"""One Python type, one column type; predictable constraint names."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, LargeBinary, MetaData, Numeric, Text, func
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: BigInteger,
        bytes: LargeBinary,
        datetime: TIMESTAMP(timezone=True),
        # Wide enough for every currency; the wire decides how many decimals count.
        Decimal: Numeric(18, 4),
        # None is SQL's NULL: JSON's own null is another value, which no statement looks for.
        dict[str, Any]: JSONB(none_as_null=True),
        list[str]: JSONB(none_as_null=True),
        list[dict[str, Any]]: JSONB(none_as_null=True),
    }


class Tenanted:
    """Belongs to one organization and one mode; every statement filters by both."""

    organization_id: Mapped[str]
    mode: Mapped[str]


class Dated:
    """Knows when it was made, by the database's clock."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Versioned:
    """Counts its changes; the ETag of ``If-Match`` and the ``sequence`` of events."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")
