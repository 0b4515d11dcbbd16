"""Two clocks look after auctions: each is settled within two seconds of its time, once."""

import threading
from datetime import UTC, datetime, timedelta

from integration.engine.status import stamp
from integration.store.models import Distribution
from tests.api.admitted import books, events, subscribe
from tests.support.auctions import bid, change, make_auction, rules_of, show, status
from tests.support.clocks import ticking
from tests.support.launches import Launch, make_guest
from tests.support.waiting import wait_until

LATEST_SECONDS = 2
AFTERWARDS_SECONDS = 1.5


def end_in(rt, auction, seconds):
    ends = datetime.now(UTC) + timedelta(seconds=seconds)
    rules = rules_of(rt, auction) | {"settleAt": stamp(ends)}
    change(rt, auction, close_at=ends, rules=rules)
    return ends


def settled_at(rt, auction):
    with rt.transaction() as tx:
        row = tx.session.get(Distribution, auction)
        return row and row.settled_at


def test_an_auction_is_settled_at_its_time_and_once(client, rt, merchant, settings):
    subscribe(rt, merchant, ["auction.settled", "auction.consumer.admitted"])
    auction = make_auction(rt, merchant, rules={"winnerCount": 2})
    people = [make_guest(client, merchant) for _ in range(3)]
    for place, guest in enumerate(people):
        bid(client, auction, guest, 100 + 10 * place)

    with ticking(settings):
        ends = end_in(rt, auction, 1)
        moment = wait_until(lambda: settled_at(rt, auction), "the auction is settled")
        threading.Event().wait(AFTERWARDS_SECONDS)

    assert 0 <= (moment - ends).total_seconds() <= LATEST_SECONDS
    told = sorted(name for name, _, _ in events(rt))
    assert told == ["auction.consumer.admitted"] * 2 + ["auction.settled"]
    assert books(rt, Launch(auction, "", "", "")).active == 2
    assert [status(client, auction, each).json["outcome"] for each in people] == [
        "OUTBID",
        "WON",
        "WON",
    ]


def test_everything_waits_for_the_extended_end(client, rt, merchant, settings):
    auction = make_auction(rt, merchant, rules={"autoExtendSeconds": 3})
    guest = make_guest(client, merchant)

    with ticking(settings):
        first_end = end_in(rt, auction, 2.5)
        bid(client, auction, guest, "100")
        extended = datetime.fromisoformat(show(client, auction, merchant).json["settleAt"])
        moment = wait_until(lambda: settled_at(rt, auction), "the auction is settled")

    assert extended > first_end
    lag = (moment - extended).total_seconds()
    assert -0.001 <= lag <= LATEST_SECONDS
