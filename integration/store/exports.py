"""Statements on what a merchant takes away as CSV: a page at a time, in the order of ids."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import InstrumentedAttribute, Session

from integration.engine.status import stamp
from integration.kernel.money import format_money
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Consumer, Order, Product

PAGE = 1000


class Export(NamedTuple):
    """A table: whose rows, which of them, and its columns by their names in the file."""

    model: Any
    which: ColumnElement[bool] | None
    columns: Mapping[str, InstrumentedAttribute[Any]]


def _columns(model: Any, names: str, **more: InstrumentedAttribute[Any]) -> Mapping[str, Any]:
    found = {}
    for name in names.split():
        found[name] = more.get(name) or getattr(model, _snake(name))
    return found


def _snake(name: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name)


EXPORTS: Mapping[str, Export] = {
    "products": Export(
        Product,
        Product.archived_at.is_(None),
        _columns(
            Product,
            "id sku name price currencyCode inventory description url imageUrl externalId"
            " syncSource createdAt updatedAt",
        ),
    ),
    "consumers": Export(
        Consumer,
        Consumer.erased_at.is_(None),
        _columns(
            Consumer,
            "id email phone fullName externalId syncSource metadata createdAt updatedAt",
            metadata=Consumer.details,
        ),
    ),
    "orders": Export(
        Order,
        None,
        _columns(
            Order,
            "id externalOrderId connectionId consumerId distributionId admissionId status"
            " totalAmount currencyCode lineItems completion completionReason late createdAt"
            " updatedAt",
        ),
    ),
}


def page(session: Session, tenant: Tenant, export: Export, after: str | None) -> Sequence[Row[Any]]:
    """Return a page of this tenant's rows, behind the id ``after``; the first column is the id."""
    wanted = rows.of(export.model, tenant)
    if export.which is not None:
        wanted = wanted.where(export.which)
    columns = wanted.with_only_columns(*export.columns.values())
    return session.execute(rows.cut(columns, export.model.id, rows.Slice(after, PAGE))).all()


def cells(row: Row[Any]) -> list[Any]:
    """Return a row as texts: times in UTC, money with its currency's decimals, JSON as such."""
    currency = getattr(row, "currency_code", None) or "USD"
    return [_text(value, currency) for value in row]


def _text(value: Any, currency: str) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Decimal):
        return format_money(value, currency)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode() if value else None
    return value
