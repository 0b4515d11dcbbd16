"""Bidding in english auctions, through the front door."""

from datetime import UTC, datetime, timedelta

from tests.support.auctions import bid, change, make_auction, settle, show, status
from tests.support.launches import make_guest
from tests.support.people import prove


def guests(client, merchant, count):
    return [make_guest(client, merchant) for _ in range(count)]


def test_the_first_bid_enters_and_leads(client, rt, merchant):
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)

    answer = bid(client, auction, guest, "100")

    assert answer.status_code == 201, answer.json
    said = answer.json
    assert (said["status"], said["outcome"]) == ("QUEUED", "WINNING")
    assert said["auctionId"] == auction
    assert said["lastBidAmount"] == said["currentHighBid"] == "100.00"
    assert (said["bidCount"], said["currencyCode"]) == (1, "USD")
    assert said["winningBidAmount"] is None
    assert said["position"] is None
    assert status(client, auction, guest).json == said


def test_a_higher_bid_outbids(client, rt, merchant):
    auction = make_auction(rt, merchant)
    first, second = guests(client, merchant, 2)
    bid(client, auction, first, "100")

    answer = bid(client, auction, second, 105)

    assert (answer.status_code, answer.json["outcome"]) == (201, "WINNING")
    beaten = status(client, auction, first).json
    assert (beaten["status"], beaten["outcome"]) == ("QUEUED", "OUTBID")
    assert (beaten["lastBidAmount"], beaten["currentHighBid"]) == ("100.00", "105.00")
    assert beaten["bidCount"] == 2


def test_a_ceiling_answers_for_its_bidder_and_stays_secret(client, rt, merchant):
    auction = make_auction(rt, merchant)
    first, second = guests(client, merchant, 2)
    bid(client, auction, first, "100", "200")

    answer = bid(client, auction, second, "150")

    assert (answer.status_code, answer.json["outcome"]) == (201, "OUTBID")
    assert answer.json["currentHighBid"] == "155.00"
    leading = status(client, auction, first).json
    assert (leading["outcome"], leading["currentHighBid"]) == ("WINNING", "155.00")
    assert leading["lastBidAmount"] == "100.00"
    assert "200" not in show(client, auction, merchant).text


def test_a_refused_bid_changes_nothing(client, rt, merchant):
    auction = make_auction(rt, merchant, rules={"autoExtendSeconds": 7200})
    first, second = guests(client, merchant, 2)
    bid(client, auction, first, "100")
    before = show(client, auction, merchant).json

    answers = [bid(client, auction, second, amount) for amount in ("100", "104.99", "1")]

    assert [answer.status_code for answer in answers] == [400] * 3
    after = show(client, auction, merchant).json
    assert {**after, "serverTime": None} == {**before, "serverTime": None}
    assert status(client, auction, second).status_code == 404


def test_an_accepted_bid_near_the_end_moves_it_for_everything(client, rt, merchant):
    soon = datetime.now(UTC) + timedelta(seconds=30)
    auction = make_auction(rt, merchant, close_at=soon, rules={"autoExtendSeconds": 120})
    guest = make_guest(client, merchant)

    bid(client, auction, guest, "100")

    said = show(client, auction, merchant).json
    extended = datetime.fromisoformat(said["closeAt"])
    assert soon + timedelta(seconds=85) < extended < soon + timedelta(seconds=125)
    assert said["settleAt"] == said["closeAt"]
    assert rt.distributions.get(auction).window.close_at > soon


def test_several_places_are_bid_for(client, rt, merchant):
    auction = make_auction(rt, merchant, rules={"winnerCount": 2})
    first, second, third = guests(client, merchant, 3)
    bid(client, auction, first, "100")
    bid(client, auction, second, "100")
    full = show(client, auction, merchant).json

    refused = bid(client, auction, third, "102")
    taken = bid(client, auction, third, "105")

    assert full["currentPrice"] == "100.00"
    assert (refused.status_code, taken.status_code) == (400, 201)
    assert [status(client, auction, each).json["outcome"] for each in (first, second, third)] == [
        "WINNING",
        "OUTBID",
        "WINNING",
    ]


def test_the_winners_are_admitted_for_what_they_bid(client, rt, merchant):
    auction = make_auction(rt, merchant)
    first, second, third = guests(client, merchant, 3)
    bid(client, auction, first, "100")
    bid(client, auction, second, "120", "200")
    bid(client, auction, third, "130")

    settle(rt, auction)

    won = status(client, auction, second).json
    assert (won["status"], won["outcome"], won["position"]) == ("ADMITTED", "WON", 0)
    assert won["winningBidAmount"] == "135.00"
    assert won["admissionToken"]
    runner_up, lost = (status(client, auction, each).json for each in (third, first))
    assert (runner_up["status"], runner_up["outcome"]) == ("QUEUED", "OUTBID")
    assert (lost["status"], lost["outcome"]) == ("DENIED", "LOST")
    assert lost["denyReason"] == "NOT_SELECTED"
    assert show(client, auction, merchant).json["status"] == "SETTLED"


def test_nobody_wins_below_the_reserve(client, rt, merchant):
    auction = make_auction(rt, merchant, rules={"reservePrice": "150"})
    guest = make_guest(client, merchant)
    bid(client, auction, guest, "120")
    before = show(client, auction, merchant).json

    settle(rt, auction)

    assert before["reserveMet"] is False
    assert "150" not in str(before)
    lost = status(client, auction, guest).json
    assert (lost["status"], lost["outcome"]) == ("DENIED", "LOST")


def test_a_paused_auction_takes_bids_and_is_settled_afterwards(client, rt, merchant):
    auction = make_auction(rt, merchant, state="paused")
    guest = make_guest(client, merchant)

    taken = bid(client, auction, guest, "100")
    settle(rt, auction)
    waiting = status(client, auction, guest).json
    change(rt, auction, state="active")
    settle(rt, auction)

    assert taken.status_code == 201
    assert waiting["status"] == "QUEUED"
    assert status(client, auction, guest).json["status"] == "ADMITTED"


def test_a_guest_who_signs_in_keeps_the_bid_that_leads(client, rt, merchant):
    auction = make_auction(rt, merchant)
    known, other = prove(client, merchant, email="jane@shop.example"), make_guest(client, merchant)
    guest = make_guest(client, merchant)
    bid(client, auction, known, "100")
    bid(client, auction, other, "110")
    bid(client, auction, guest, "120", "150")

    person = prove(client, merchant, guest, email="jane@shop.example")

    assert person.consumer_id == known.consumer_id
    said = status(client, auction, person).json
    assert (said["outcome"], said["lastBidAmount"]) == ("WINNING", "120.00")
    settle(rt, auction)
    assert status(client, auction, person).json["winningBidAmount"] == "120.00"
    assert status(client, auction, other).json["outcome"] == "OUTBID"


def test_whoever_led_as_a_second_self_gives_way_to_the_next(client, rt, merchant):
    auction = make_auction(rt, merchant, rules={"winnerCount": 2})
    known, other = prove(client, merchant, email="jane@shop.example"), make_guest(client, merchant)
    guest = make_guest(client, merchant)
    bid(client, auction, other, "100")
    bid(client, auction, known, "110")
    bid(client, auction, guest, "120")
    before = status(client, auction, other).json["outcome"]

    prove(client, merchant, guest, email="jane@shop.example")

    assert before == "OUTBID"
    assert status(client, auction, other).json["outcome"] == "WINNING"
