"""The auction rows of contract.md, sections 2 and 3: what they answer."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.engine.status import stamp
from tests.support.auctions import (
    bid,
    call,
    change,
    deny,
    fates,
    make_auction,
    pay,
    settle,
    show,
    status,
)
from tests.support.envelopes import STATUS, refused
from tests.support.launches import make_guest

BIDDER = STATUS | {
    "auctionId",
    "lastBidAmount",
    "lastBidTime",
    "bidCount",
    "currentHighBid",
    "winningBidAmount",
    "currencyCode",
}


def test_get_auction_is_as_a_queue_with_its_own_fields(client, rt, merchant):
    ends = datetime.now(UTC) + timedelta(hours=2)
    rules = {"winnerCount": 2, "autoExtendSeconds": 60, "reservePrice": "150"}
    auction = make_auction(rt, merchant, close_at=ends, rules=rules, notice="Hi", max_capacity=9)
    bid(client, auction, make_guest(client, merchant), "100", "180")

    shown = show(client, auction, merchant)

    assert shown.status_code == 200
    body = shown.json
    assert body == {
        "id": auction,
        "name": "Auction",
        "sequenceId": body["sequenceId"],
        "capacity": 9,
        "openAt": body["openAt"],
        "closeAt": stamp(ends),
        "settleAt": stamp(ends),
        "timeZone": "UTC",
        "status": "OPEN",
        "auctionType": "english",
        "startingPrice": "100.00",
        "currentPrice": "100.00",
        "nextPriceDropAt": None,
        "reserveMet": True,
        "minimumBidIncrement": "5.00",
        "currentHighBid": "150.00",
        "winnerCount": 2,
        "bidCount": 1,
        "autoExtendSeconds": 60,
        "currencyCode": "USD",
        "consumerCount": 1,
        "notice": "Hi",
        "serverTime": body["serverTime"],
    }


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"open_at": datetime.now(UTC) + timedelta(minutes=30)}, "PENDING"),
        ({"state": "active"}, "OPEN"),
        ({"state": "paused"}, "OPEN"),
        ({"close_at": datetime.now(UTC) - timedelta(seconds=1)}, "CLOSED"),
        ({"state": "ended"}, "CLOSED"),
        ({"settled_at": datetime.now(UTC)}, "SETTLED"),
    ],
)
def test_the_status_of_an_auction_is_one_of_four(client, rt, merchant, columns, said):
    auction = make_auction(rt, merchant)

    change(rt, auction, **columns)

    assert show(client, auction, merchant).json["status"] == said


def test_post_bid_answers_201_with_the_status_object_and_the_bid(client, rt, merchant):
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)

    answer = bid(client, auction, guest, 110, 120)

    assert answer.status_code == 201
    assert set(answer.json) == BIDDER
    said = {name: answer.json[name] for name in ("status", "outcome", "number", "consumerId")}
    assert said == {
        "status": "QUEUED",
        "outcome": "WINNING",
        "number": 1,
        "consumerId": guest.consumer_id,
    }
    assert answer.json["lastBidAmount"] == answer.json["currentHighBid"] == "110.00"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-RateLimit-Limit"] == "1000000"


def test_get_status_adds_the_winning_bid_amount(client, rt, merchant):
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)
    bid(client, auction, guest, "100")
    settle(rt, auction)

    said = status(client, auction, guest).json

    assert set(said) == BIDDER
    assert (said["status"], said["outcome"], said["position"]) == ("ADMITTED", "WON", 0)
    assert said["winningBidAmount"] == "100.00"
    assert said["expiresAt"] is not None


def test_get_highest_bid(client, rt, merchant):
    auction = make_auction(rt, merchant)
    before = call(client, auction, "GET", "highest-bid", merchant.page)
    placed = bid(client, auction, make_guest(client, merchant), "100").json

    after = call(client, auction, "GET", "highest-bid", merchant.page)

    assert before.json == {
        "amount": None,
        "currencyCode": "USD",
        "bidCount": 0,
        "bidTime": None,
    }
    assert after.json == {
        "amount": "100.00",
        "currencyCode": "USD",
        "bidCount": 1,
        "bidTime": placed["lastBidTime"],
    }


def test_get_bids_history_lists_ones_own(client, rt, merchant):
    auction = make_auction(rt, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))
    placed = bid(client, auction, first, "100", "103").json
    bid(client, auction, second, "110")
    bid(client, auction, first, "120")

    mine = call(client, auction, "GET", "bids/history", first.headers).json

    assert [each["amount"] for each in mine["data"]] == ["120.00", "100.00"]
    assert mine["data"][1] == {
        "id": mine["data"][1]["id"],
        "amount": "100.00",
        "maxAmount": "103.00",
        "currencyCode": "USD",
        "bidTime": placed["lastBidTime"],
    }
    assert mine["pageInfo"]["hasNextPage"] is False


def test_get_bids_lists_all_and_masks_the_bidders(client, rt, merchant):
    auction = make_auction(rt, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))
    bid(client, auction, first, "100", "104.50")
    bid(client, auction, second, "110")
    bid(client, auction, first, "120")

    answer = call(client, auction, "GET", "bids", first.headers)

    assert [(each["amount"], each["own"]) for each in answer.json["data"]] == [
        ("120.00", True),
        ("110.00", False),
        ("100.00", True),
    ]
    assert set(answer.json["data"][0]) == {
        "id",
        "amount",
        "currencyCode",
        "bidTime",
        "bidder",
        "own",
    }
    bidders = [each["bidder"] for each in answer.json["data"]]
    assert bidders[0] == bidders[2] != bidders[1]
    for secret in (first.consumer_id, second.consumer_id, "104.50"):
        assert secret not in answer.text


def test_lists_of_bids_are_cut_by_signed_cursors(client, rt, merchant):
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)
    for amount in (100, 110, 120):
        bid(client, auction, guest, amount)
    first = call(client, auction, "GET", "bids?limit=2", guest.headers).json
    bid(client, auction, guest, 130)
    cursor = first["pageInfo"]["endCursor"]

    rest = call(client, auction, "GET", f"bids?limit=2&cursor={cursor}", guest.headers).json
    forged = call(client, auction, "GET", f"bids/history?cursor={cursor}", guest.headers)
    beyond = call(client, auction, "GET", "bids?limit=101", guest.headers)

    assert first["pageInfo"]["hasNextPage"] is True
    assert [each["amount"] for each in rest["data"]] == ["100.00"]
    assert rest["pageInfo"]["hasNextPage"] is False
    assert refused(forged) == (400, "Validation failed", "VALIDATION_FAILED")
    assert refused(beyond) == (400, "Validation failed", "VALIDATION_FAILED")


def test_outcomes_and_what_they_mean_for_the_status(client, rt, merchant):
    auction = make_auction(rt, merchant)
    people = [make_guest(client, merchant) for _ in range(3)]
    for place, guest in enumerate(people):
        bid(client, auction, guest, 100 + 10 * place)
    before = fates(client, auction, people)

    settle(rt, auction)

    assert before == [("QUEUED", "OUTBID"), ("QUEUED", "OUTBID"), ("QUEUED", "WINNING")]
    assert fates(client, auction, people) == [
        ("DENIED", "LOST"),
        ("QUEUED", "OUTBID"),
        ("ADMITTED", "WON"),
    ]
    assert status(client, auction, people[0]).json["denyReason"] == "NOT_SELECTED"


def test_the_secret_rows_serve_auctions(client, rt, merchant):
    auction = make_auction(rt, merchant)
    winner, beaten = (make_guest(client, merchant) for _ in range(2))
    bid(client, auction, beaten, "100")
    bid(client, auction, winner, "110")
    settle(rt, auction)
    token = status(client, auction, winner).json["admissionToken"]

    valid = client.post(
        f"/api/v1/auctions/{auction}/validate",
        json={"admissionToken": token},
        headers=merchant.server,
    )
    denied = deny(client, merchant, auction, beaten)
    paid = pay(client, merchant, auction, winner)

    assert (valid.status_code, valid.json["valid"]) == (200, True)
    assert valid.json["distributionType"] == "auction"
    assert (denied.json["status"], denied.json["auctionId"]) == ("DENIED", auction)
    assert (paid.json["status"], paid.json["outcome"]) == ("COMPLETED", "WON")
