"""Auctions for tests: made straight in the database, bid in through the front door."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, update

from integration.engine.auction_terms import complete
from integration.engine.status import stamp
from integration.kernel.ids import new_id
from integration.runtime import Runtime
from integration.services import admitting, settling
from integration.store.models import Admission, Distribution, Line
from tests.support.launches import Merchant, make_launch

OPEN_FOR = timedelta(hours=1)


def make_auction(rt: Runtime, merchant: Merchant, **given: Any) -> str:
    """Create a published auction that is open for an hour; columns and ``rules`` may be given."""
    launch = make_launch(rt, merchant)
    now = datetime.now(UTC)
    close_at = given.pop("close_at", now + OPEN_FOR)
    rules = {"startingPrice": "100", "currencyCode": "USD", "minimumBidIncrement": "5"}
    rules |= {"settleAt": stamp(close_at), **given.pop("rules", {})}
    auction_id = new_id("auction")
    with rt.transaction() as tx:
        like = tx.session.get(Distribution, launch.queue_id)
        values = {
            c.name: getattr(like, c.name) for c in Distribution.__table__.c if c.name != "metadata"
        }
        values |= {
            "id": auction_id,
            "kind": "auction",
            "name": "Auction",
            "rules": complete(rules),
            "open_at": now - timedelta(minutes=1),
            "close_at": close_at,
            "admission_expiration_seconds": 86_400,
            **given,
        }
        tx.session.add(Distribution(**values))
        tx.session.flush()
        tx.session.add(Line(distribution_id=auction_id, **merchant.tenant._asdict()))
    return auction_id


def rules_of(rt: Runtime, auction_id: str) -> dict[str, Any]:
    """Return an auction's own fields as they are kept."""
    with rt.transaction() as tx:
        row = tx.session.get(Distribution, auction_id)
        assert row is not None
        return row.rules


def change(rt: Runtime, auction_id: str, **columns: Any) -> None:
    """Change an auction's columns, as time or a merchant would."""
    with rt.transaction() as tx:
        tx.session.execute(
            update(Distribution).where(Distribution.id == auction_id).values(**columns)
        )
    rt.distributions.forget(auction_id)


def end_bidding(rt: Runtime, auction_id: str) -> None:
    """Let the auction's time be over."""
    with rt.transaction() as tx:
        row = tx.session.get(Distribution, auction_id)
        assert row is not None
        over = datetime.now(UTC) - timedelta(seconds=1)
        rules = {**row.rules, "settleAt": stamp(over)}
    change(rt, auction_id, close_at=over, rules=rules)


def clock(rt: Runtime) -> None:
    """Let a clock come by, twice: what the first time leaves, the second finds."""
    for _ in range(2):
        for auction_id in settling.due(rt):
            settling.move_on(rt, auction_id)


def settle(rt: Runtime, auction_id: str) -> None:
    """Let the auction's time be over, and a clock come by."""
    end_bidding(rt, auction_id)
    clock(rt)


def run_out(rt: Runtime, auction_id: str) -> None:
    """Let every live admission's time be over, and a clock come by."""
    with rt.transaction() as tx:
        tx.session.execute(
            update(Admission)
            .where(Admission.distribution_id == auction_id, Admission.state == "ADMITTED")
            .values(expires_at=func.clock_timestamp())
        )
    admitting.expire_due(rt)
    clock(rt)


def pay(client, merchant, auction_id, guest):
    """Report a winner's order."""
    return client.post(
        f"/api/v1/auctions/{auction_id}/complete",
        json={"consumerId": guest.consumer_id},
        headers=merchant.server,
    )


def deny(client, merchant, auction_id, guest):
    """Turn a bidder away."""
    return client.post(
        f"/api/v1/auctions/{auction_id}/deny",
        json={"consumerId": guest.consumer_id, "reason": "BOT_DETECTED"},
        headers=merchant.server,
    )


def fates(client, auction_id, guests):
    """Return status and outcome of each of these bidders."""
    said = [status(client, auction_id, each).json for each in guests]
    return [(each["status"], each["outcome"]) for each in said]


def bid(client, auction_id, guest, amount, most=None):
    """Bid, as a page does."""
    body = {"amount": amount} | ({} if most is None else {"maxAmount": most})
    return client.post(f"/api/v1/auctions/{auction_id}/bid", json=body, headers=guest.headers)


def status(client, auction_id, guest):
    """Ask how a bidder stands."""
    return client.get(f"/api/v1/auctions/{auction_id}/status", headers=guest.headers)


def show(client, auction_id, merchant):
    """Ask for the auction, as anybody with a key."""
    return client.get(f"/api/v1/auctions/{auction_id}", headers=merchant.page)


def call(client, auction, method, action="", headers=None, **more):
    """Call a row of the Consumer API about an auction."""
    if action == "bid":
        more.setdefault("json", {"amount": "100"})
    path = f"/api/v1/auctions/{auction}" + (f"/{action}" if action else "")
    return client.open(path, method=method, headers=headers, **more)
