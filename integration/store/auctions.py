"""Statements on auctions: how one stands at a moment, and which have something due."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from integration.engine.auction_terms import DUTCH, is_dutch, settle_at
from integration.engine.kinds import DistributionType
from integration.engine.kinds.auction import AuctionStatus, auction_status, settles_at
from integration.engine.windows import DistributionState, Window, reached
from integration.kernel.tenant import Tenant
from integration.store import counters, distributions, rows, turns
from integration.store.arrays import QUEUED
from integration.store.counters import LINE, LineOf
from integration.store.models import Bidder, Distribution, Experience, Line, Participation
from integration.store.turns import Ground

D = Distribution
P = Participation
KIND = DistributionType.AUCTION


class Auction(NamedTuple):
    """An auction as it stands at one moment of the database's clock."""

    tenant: Tenant
    row: Distribution
    line: Line
    opened_at: datetime
    now: datetime

    @property
    def id(self) -> str:
        """Its id."""
        return self.row.id

    @property
    def rules(self) -> dict[str, Any]:
        """Its own fields (engine/auction_terms.py)."""
        return self.row.rules

    @property
    def currency(self) -> str:
        """The currency of every amount in it."""
        return str(self.rules["currencyCode"])

    @property
    def winner_count(self) -> int:
        """How many places are bid for."""
        return int(self.rules["winnerCount"])

    @property
    def dutch(self) -> bool:
        """Whether its price falls."""
        return is_dutch(self.rules)

    @property
    def closes_at(self) -> datetime:
        """When bidding ends: the extended end."""
        return self.row.close_at or settle_at(self.rules)

    @property
    def settles_at(self) -> datetime:
        """When winners are chosen, never before the extended end."""
        return settles_at(settle_at(self.rules), self.closes_at)

    @property
    def window(self) -> Window:
        """When it takes bids."""
        return distributions.window(self.row)._replace(close_at=self.closes_at)

    @property
    def status(self) -> AuctionStatus:
        """What consumers are told of it."""
        settled = self.row.settled_at is not None
        return auction_status(self.window, self.now, settled=settled)

    @property
    def ground(self) -> Ground:
        """Its bounds and counters."""
        return turns.ground_of(self.line, self.row, self.now)

    @property
    def due(self) -> bool:
        """Whether to choose the winners now."""
        if self.row.settled_at is not None or not self.window.serves(self.now):
            return False
        all_paid = self.dutch and self.line.completed >= self.winner_count
        return all_paid or reached(self.settles_at, self.now)


def find(session: Session, tenant: Tenant, auction_id: str) -> Auction | None:
    """Return a published auction as it stands, without waiting for anybody."""
    wanted = _published(tenant).where(D.id == auction_id)
    row = session.execute(wanted.execution_options(populate_existing=True)).first()
    return None if row is None else Auction(tenant, *row)


def hold(session: Session, tenant: Tenant, auction_id: str) -> Auction | None:
    """Take an auction for this transaction, and return it as it stands then.

    Whoever bids comes through here one after the other: their order is that of their commits.
    """
    distributions.lock_line(session, tenant, auction_id)
    if distributions.lock(session, tenant, auction_id, KIND) is None:
        return None
    return find(session, tenant, auction_id)


def extend(session: Session, auction: Auction, close_at: datetime) -> None:
    """Move the end of bidding; the caller holds the auction."""
    auction.row.close_at = close_at
    session.flush()
    distributions.touch(session, auction.tenant, auction.id)


def mark_settled(session: Session, auction: Auction) -> None:
    """Keep that the winners were chosen; the caller holds the auction."""
    auction.row.settled_at = auction.now
    session.flush()
    distributions.touch(session, auction.tenant, auction.id)


def unsettled(session: Session, most: int) -> list[LineOf]:
    """Return the auctions, whoever's they are, whose winners are to be chosen now."""
    # Times are kept as the wire writes them: in UTC, of one length.
    settles = func.to_char(
        func.timezone("UTC", func.clock_timestamp()), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
    )
    ended = (func.coalesce(D.close_at, func.now()) <= func.clock_timestamp()) & (
        D.rules["settleAt"].astext <= settles
    )
    all_paid = (D.rules["auctionType"].astext == DUTCH) & (Line.completed >= _winners())
    wanted = _active().where(D.settled_at.is_(None), or_(ended, all_paid))
    return counters.lines(session, wanted, most)


def unfinished(session: Session, most: int) -> list[LineOf]:
    """Return the settled auctions, whoever's they are, in which somebody waits in vain or may win.

    A place is vacant, or nobody holds one any more, or losers have not been told.
    """
    untold = (
        exists()
        .where(P.distribution_id == D.id, P.state == QUEUED)
        .where(Bidder.participation_id == P.id, Bidder.rank.is_(None))
    )
    vacant = Line.active + Line.completed < _winners()
    wanted = _active().where(
        D.settled_at.is_not(None), Line.waiting > 0, or_(vacant, Line.active == 0, untold)
    )
    return counters.lines(session, wanted, most)


def _active() -> Select[str, str, str, str]:
    return (
        select(*LINE)
        .join(Line, Line.distribution_id == D.id)
        .where(D.kind == KIND.value, D.state == DistributionState.ACTIVE.value)
        .where(D.archived_at.is_(None))
    )


def _winners() -> Any:
    return cast(D.rules["winnerCount"].astext, Integer)


def _published(tenant: Tenant) -> Any:
    published = func.greatest(D.created_at, Experience.published_at)
    return (
        rows.of(D, tenant)
        .join(Line, Line.distribution_id == D.id)
        .join(Experience, Experience.id == D.experience_id)
        .where(D.kind == KIND.value, D.state != distributions.DRAFT, D.archived_at.is_(None))
        .with_only_columns(D, Line, func.coalesce(D.open_at, published), func.clock_timestamp())
    )
