"""The three lists: page by page where they are short, else out of a bulk operation's file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord
from connectors.shopify import documents, read
from connectors.shopify.api import Admin
from connectors.shopify.bulk import Bulk
from connectors.shopify.documents import Document
from connectors.shopify.shop import gid
from connectors.shopify.walk import Walk, page_info

R = TypeVar("R")

BULK_FROM = 1_000
"""So many records are fetched by a bulk operation: nobody waits for points then, and pages
end at 25,000."""

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject(Generic[R]):
    """What can be listed: by which documents, and how a node becomes a record.

    ``overlap`` is how coarse the shop's own search for changes is.
    """

    page: Document
    size: int
    bulk: str
    record: Callable[[Node, Iterable[Node], str], R]
    parts: str = ""
    more: Document | None = None
    parts_size: int = 0
    overlap: timedelta = timedelta(0)


PRODUCTS = Subject(
    documents.PRODUCTS,
    documents.PRODUCTS_A_PAGE,
    documents.BULK_PRODUCTS,
    read.product,
    "variants",
    documents.MORE_VARIANTS,
    documents.PARTS_A_PAGE,
)
CUSTOMERS = Subject(
    documents.CUSTOMERS,
    documents.CUSTOMERS_A_PAGE,
    documents.BULK_CUSTOMERS,
    lambda node, _, __: read.customer(node),
    # The schema says of this search alone that it matches whole days.
    overlap=timedelta(days=1),
)
ORDERS = Subject(
    documents.ORDERS,
    documents.ORDERS_A_PAGE,
    documents.BULK_ORDERS,
    lambda node, lines, _: read.order(node, lines),
    "lineItems",
    documents.MORE_LINES,
    documents.LINES_A_PAGE,
)


class Lists:
    """Walks through what a shop has, at most ``size`` records at a time."""

    def __init__(self, admin: Admin, bulk: Bulk, size: int | None, bulk_from: int) -> None:
        self._admin, self._bulk, self._size, self._bulk_from = admin, bulk, size, bulk_from

    def products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return products, each with all of its variants."""
        return self._list(PRODUCTS, Walk.at(cursor, since))

    def customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Return customers; without protected data they are ids."""
        return self._list(CUSTOMERS, Walk.at(cursor, since))

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return orders: of the last 60 days, unless the app may read all."""
        return self._list(ORDERS, Walk.at(cursor, since))

    def product(self, number: str) -> ProductRecord | None:
        """Return a product as it is now, or None if it is gone."""
        found = self._admin.ask(documents.PRODUCT, id=gid("Product", number))
        node, currency = found["product"], found["shop"]["currencyCode"]
        return read.product(node, self._parts(PRODUCTS, node), currency) if node else None

    def order(self, number: str) -> OrderRecord | None:
        """Return an order as it is now, or None if it is gone."""
        node = self._admin.ask(documents.ORDER, id=gid("Order", number))["order"]
        return read.order(node, self._parts(ORDERS, node)) if node else None

    def _list(self, subject: Subject[R], walk: Walk) -> Page[R]:
        if walk.bulk:
            return self._of_file(subject, walk)
        query = walk.query(subject.overlap)
        size = self._size or subject.size
        found = self._admin.ask(subject.page, first=size, after=walk.after, query=query)
        count = found["count"]["count"]
        if walk.after is None and walk.began is None and count >= self._bulk_from:
            return self._begin_bulk(subject, walk, query, count)
        return self._of_page(subject, walk, found)

    def _of_page(self, subject: Subject[R], walk: Walk, found: Node) -> Page[R]:
        currency = found.get("shop", {}).get("currencyCode", "")
        wanted = [node for node in found["page"]["nodes"] if walk.wants(node["updatedAt"])]
        after = page_info(found["page"])
        whole = walk.since is None or not subject.overlap
        total = walk.total or (found["count"]["count"] if whole else None)
        return Page(
            records=tuple(
                subject.record(node, self._parts(subject, node), currency) for node in wanted
            ),
            next_cursor=replace(walk, after=after).cursor() if after else None,
            total=total,
        )

    def _begin_bulk(
        self, subject: Subject[R], walk: Walk, query: str | None, count: int
    ) -> Page[R]:
        id_, began = self._bulk.start(subject.bulk, query)
        onward = replace(walk, bulk=id_, began=began, total=count)
        return Page(records=(), next_cursor=onward.cursor(), total=count)

    def _of_file(self, subject: Subject[R], walk: Walk) -> Page[R]:
        """Return a part of the file; behind it comes what has changed since it was begun."""
        part = self._bulk.read(walk.bulk or "", walk.offset)
        if part.next_offset is None:
            onward = Walk(since=walk.began, began=walk.began, total=walk.total)
        else:
            onward = replace(walk, offset=part.next_offset)
        return Page(
            records=tuple(
                subject.record(node, children, part.currency)
                for node, children in part.nodes
                if walk.wants(node["updatedAt"])
            ),
            next_cursor=onward.cursor(),
            total=walk.total,
        )

    def _parts(self, subject: Subject[R], node: Node) -> Sequence[Node]:
        """Return all variants of a product, or all lines of an order."""
        if subject.more is None:
            return ()
        connection = node[subject.parts]
        parts = list(connection["nodes"])
        while after := page_info(connection):
            found = self._admin.ask(
                subject.more, id=node["id"], first=subject.parts_size, after=after
            )
            connection = found["owner"]["part"]
            parts += connection["nodes"]
        return parts
