"""A draw's entries as they were at closing: pages of the tree's leaves, in order of id."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from integration.engine.kinds.draw import TicketRule, tickets_of
from integration.engine.merkle import CHUNK
from integration.engine.ranking import Entry, Frozen, freeze
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.arrays import QUEUED
from integration.store.models import Consumer, DrawPage, Participation

P = Participation

ROWS_AT_ONCE = 16_384
PAGES_AT_ONCE = 64
LONG = "60s"


class Place(NamedTuple):
    """Where an entry is among those frozen, from 0 on, and the entries of its page."""

    at: int
    page: list[Entry]


def unhurried(session: Session) -> None:
    """Let this transaction's statements take the time that a million entries take."""
    session.execute(text(f"SET LOCAL statement_timeout = '{LONG}'"))


def keep(session: Session, tenant: Tenant, draw_id: str, rule: TicketRule | None) -> Frozen:
    """Keep everybody who waits in a draw as its entries; return the root over them.

    Nobody may enter any more; whoever leaves from now on stays among them.
    """
    values = tenant._asdict() | {"distribution_id": draw_id}

    def kept() -> Iterator[Entry]:
        entries = _waiting(session, tenant, draw_id, rule)
        number = 0
        while pages := list(islice(_chunks(entries), PAGES_AT_ONCE)):
            session.execute(
                insert(DrawPage),
                [
                    values | {"number": number + at, "first_id": page[0].id, "leaves": _text(page)}
                    for at, page in enumerate(pages)
                ],
            )
            number += len(pages)
            for page in pages:
                yield from page

    return freeze(kept())


def read(session: Session, tenant: Tenant, draw_id: str) -> Iterator[Entry]:
    """Yield the entries in order of id, a few pages in memory at a time."""
    first = 0
    while pages := texts(session, tenant, draw_id, first, PAGES_AT_ONCE):
        for page in pages:
            yield from _entries(page)
        first += PAGES_AT_ONCE


def texts(session: Session, tenant: Tenant, draw_id: str, first: int, most: int) -> Sequence[str]:
    """Return pages by number, from the ``first`` on."""
    wanted = (
        _pages(tenant, draw_id)
        .where(DrawPage.number >= first, DrawPage.number < first + most)
        .with_only_columns(DrawPage.leaves)
        .order_by(DrawPage.number)
    )
    return session.scalars(wanted).all()


def place_of(session: Session, tenant: Tenant, draw_id: str, entry_id: str) -> Place | None:
    """Return where an entry is; None for one that was not in at closing."""
    wanted = (
        _pages(tenant, draw_id)
        .where(DrawPage.first_id <= entry_id)
        .order_by(DrawPage.first_id.desc())
        .limit(1)
    )
    page = session.scalar(wanted)
    if page is None:
        return None
    entries = list(_entries(page.leaves))
    for within, entry in enumerate(entries):
        if entry.id == entry_id:
            return Place(page.number * CHUNK + within, entries)
    return None


def gone(session: Session, tenant: Tenant, draw_id: str) -> set[str]:
    """Return everybody who has entered this draw and does not wait any more."""
    wanted = (
        rows.of(P, tenant)
        .where(P.distribution_id == draw_id, P.state != QUEUED)
        .with_only_columns(P.id)
    )
    return set(session.scalars(wanted))


def entry_of(session: Session, tenant: Tenant, draw_id: str, consumer_id: str) -> str | None:
    """Return the id of a consumer's entry: the current one, else the last."""
    wanted = (
        rows.of(P, tenant)
        .where(P.distribution_id == draw_id, P.consumer_id == consumer_id)
        .with_only_columns(P.id)
        .order_by(P.current.desc(), P.number.desc())
        .limit(1)
    )
    return session.scalar(wanted)


def _waiting(
    session: Session, tenant: Tenant, draw_id: str, rule: TicketRule | None
) -> Iterator[Entry]:
    # Bytewise, whatever the database's collation: so is the tree.
    ordered = (
        rows.of(P, tenant)
        .where(P.distribution_id == draw_id, P.state == QUEUED)
        .order_by(P.id.collate("C"))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    # Past the session, which takes as long a row as the database does.
    connection = session.connection()
    if rule is None:
        return map(Entry, connection.scalars(ordered.with_only_columns(P.id)))
    weighed = ordered.outerjoin(Consumer, Consumer.id == P.consumer_id).with_only_columns(
        P.id, Consumer.details[rule.field]
    )
    return (
        Entry(entry_id, tickets_of(rule, {rule.field: value}))
        for entry_id, value in connection.execute(weighed)
    )


def _chunks(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while page := list(islice(entries, CHUNK)):
        yield page


def _pages(tenant: Tenant, draw_id: str) -> Any:
    return rows.of(DrawPage, tenant).where(DrawPage.distribution_id == draw_id)


def _text(page: Iterable[Entry]) -> str:
    return "\n".join([f"{entry_id}:{tickets}" for entry_id, tickets in page])


def _entries(page: str) -> Iterator[Entry]:
    for line in page.split("\n"):
        entry_id, _, tickets = line.rpartition(":")
        yield Entry(entry_id, int(tickets))
