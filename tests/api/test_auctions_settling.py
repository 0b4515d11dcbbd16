"""Settling auctions: who pays, who follows where somebody does not, who is told they lost."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.services import admitting, settling
from integration.store.models import OutboxEvent
from tests.api.admitted import books, subscribe
from tests.support.auctions import (
    bid,
    change,
    clock,
    deny,
    end_bidding,
    fates,
    make_auction,
    pay,
    run_out,
    settle,
    show,
    status,
)
from tests.support.launches import Launch, make_guest

WON, OUTBID, LOST = ("ADMITTED", "WON"), ("QUEUED", "OUTBID"), ("DENIED", "LOST")
WINNING, EXPIRED, PAID = ("QUEUED", "WINNING"), ("DENIED", "WON"), ("COMPLETED", "WON")


def bidders(client, merchant, auction, count):
    """Bidders of 100, 105, 110 …: the last one leads."""
    found = [make_guest(client, merchant) for _ in range(count)]
    for place, guest in enumerate(found):
        answer = bid(client, auction, guest, str(100 + 5 * place))
        assert answer.status_code == 201, answer.json
    return found


def balance(rt, auction):
    return books(rt, Launch(auction, "", "", ""))


def test_the_next_one_follows_a_winner_who_did_not_pay(client, rt, merchant):
    auction = make_auction(rt, merchant)
    people = bidders(client, merchant, auction, 3)
    settle(rt, auction)

    run_out(rt, auction)

    assert fates(client, auction, people) == [LOST, WON, EXPIRED]
    assert status(client, auction, people[1]).json["winningBidAmount"] == "105.00"
    assert status(client, auction, people[2]).json["denyReason"] == "ADMISSION_EXPIRED"
    assert balance(rt, auction).active == 1


def test_runners_up_have_lost_once_every_winner_has_paid(client, rt, merchant):
    auction = make_auction(rt, merchant)
    people = bidders(client, merchant, auction, 2)
    settle(rt, auction)
    clock(rt)
    before = fates(client, auction, people)

    pay(client, merchant, auction, people[1])
    clock(rt)

    assert before == [OUTBID, WON]
    assert fates(client, auction, people) == [LOST, PAID]


def test_a_winner_who_gives_back_is_followed_too(client, rt, merchant):
    auction = make_auction(rt, merchant, rules={"winnerCount": 2})
    people = bidders(client, merchant, auction, 4)
    settle(rt, auction)

    deny(client, merchant, auction, people[3])
    clock(rt)

    assert fates(client, auction, people) == [OUTBID, WON, WON, ("DENIED", "WON")]


def test_nobody_follows_while_it_is_paused(client, rt, merchant):
    auction = make_auction(rt, merchant)
    people = bidders(client, merchant, auction, 2)
    settle(rt, auction)

    change(rt, auction, state="paused")
    run_out(rt, auction)
    paused = fates(client, auction, people)
    change(rt, auction, state="active")
    clock(rt)

    assert paused == [OUTBID, EXPIRED]
    assert fates(client, auction, people) == [WON, EXPIRED]


def test_no_more_win_than_there_is_stock(client, rt, merchant):
    auction = make_auction(rt, merchant, rules={"winnerCount": 3}, inventory_bound=True, stock=1)
    people = bidders(client, merchant, auction, 3)

    settle(rt, auction)
    clock(rt)
    first = fates(client, auction, people)
    run_out(rt, auction)
    second = fates(client, auction, people)
    pay(client, merchant, auction, people[1])
    clock(rt)

    assert first == [OUTBID, OUTBID, WON]
    assert second == [OUTBID, WON, EXPIRED]
    assert fates(client, auction, people) == [LOST, PAID, EXPIRED]
    assert balance(rt, auction).sold == 1


def test_who_is_turned_away_leads_no_more(client, rt, merchant):
    auction = make_auction(rt, merchant)
    people = bidders(client, merchant, auction, 3)

    denied = deny(client, merchant, auction, people[2])

    assert (denied.json["status"], denied.json["outcome"]) == LOST
    assert fates(client, auction, people) == [OUTBID, WINNING, LOST]
    assert show(client, auction, merchant).json["currentHighBid"] == "105.00"
    assert bid(client, auction, people[2], "500").status_code == 200
    settle(rt, auction)
    assert fates(client, auction, people) == [OUTBID, WON, LOST]


def test_ending_an_auction_turns_everybody_away(client, rt, merchant):
    auction = make_auction(rt, merchant)
    people = bidders(client, merchant, auction, 2)

    change(rt, auction, state="ended")
    settle(rt, auction)
    admitting.settle_waiting(rt)

    assert fates(client, auction, people) == [LOST, LOST]
    assert status(client, auction, people[0]).json["denyReason"] == "QUEUE_CLOSED"


def test_an_auction_without_bids_is_settled_too(client, rt, merchant):
    auction = make_auction(rt, merchant)

    settle(rt, auction)

    said = show(client, auction, merchant).json
    assert (said["status"], said["currentHighBid"], said["bidCount"]) == ("SETTLED", None, 0)


def test_hundreds_of_losers_are_told_in_turns(client, rt, merchant, monkeypatch):
    monkeypatch.setattr(settling, "BATCH", 2)
    auction = make_auction(rt, merchant)
    people = bidders(client, merchant, auction, 7)
    end_bidding(rt, auction)

    counts = [settling.move_on(rt, auction) for _ in range(4)]

    assert counts == [3, 2, 1, 0]
    assert fates(client, auction, people) == [*[LOST] * 5, OUTBID, WON]


def test_everybody_who_subscribes_hears_of_it(client, rt, merchant):
    subscribe(rt, merchant)
    auction = make_auction(rt, merchant)
    second, first = bidders(client, merchant, auction, 2)

    settle(rt, auction)

    with rt.transaction() as tx:
        told = tx.session.query(OutboxEvent).order_by(OutboxEvent.id).all()
    told.sort(key=lambda each: (each.subject_id, each.sequence))
    of = {each.type: each for each in told}
    assert [e.sequence for e in told if e.subject_id == auction] == [1, 2, 3]
    assert of["auction.bid.placed"].data["currentHighBid"] in {"100.00", "105.00"}
    assert of["auction.bid.outbid"].data["consumerId"] == second.consumer_id
    assert of["auction.bid.outbid"].data["currentHighBid"] == "105.00"
    assert of["auction.settled"].data["winners"] == [
        {"consumerId": first.consumer_id, "winningBidAmount": "105.00"}
    ]
    assert of["auction.consumer.admitted"].data["winningBidAmount"] == "105.00"
    assert of["auction.consumer.admitted"].data["outcome"] == "WON"
    assert all("maxAmount" not in each.data for each in told)


@pytest.mark.parametrize("moment", ["open", "closed"])
def test_a_merchant_settles_by_hand(client, rt, merchant, moment):
    auction = make_auction(rt, merchant)
    people = bidders(client, merchant, auction, 2)
    if moment == "closed":
        change(rt, auction, close_at=datetime.now(UTC) - timedelta(seconds=1))

    answers = [by_hand(client, merchant, auction) for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json["settledAt"] == answers[1].json["settledAt"] is not None
    assert fates(client, auction, people) == [OUTBID, WON]
    assert bid(client, auction, people[0], "500").json["code"] == "CLOSED"


@pytest.mark.parametrize(
    "columns",
    [{"state": "paused"}, {"open_at": datetime.now(UTC) + timedelta(minutes=30)}],
    ids=["paused", "not open yet"],
)
def test_what_is_held_up_is_not_settled_by_hand(client, rt, merchant, columns):
    auction = make_auction(rt, merchant, **columns)

    answer = by_hand(client, merchant, auction)

    assert (answer.status_code, answer.json["code"]) == (409, "NOT_SETTLEABLE")


def by_hand(client, merchant, auction):
    return client.post(f"/admin/api/v1/auctions/{auction}/settle", headers=merchant.server)
