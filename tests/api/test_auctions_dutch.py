"""Auctions whose price falls, through the front door."""

from datetime import UTC, datetime, timedelta

from tests.support.auctions import bid, change, clock, make_auction, pay, settle, show, status
from tests.support.launches import make_guest

FALLING = {
    "auctionType": "dutch",
    "floorPrice": "40",
    "priceDropAmount": "10",
    "priceDropIntervalSeconds": 60,
}


def make_dutch(rt, merchant, *, minutes=0, **given):
    """Create one that opened so many minutes ago, half a minute after its last fall."""
    opened = datetime.now(UTC) - timedelta(minutes=minutes, seconds=30)
    rules = {**FALLING, **given.pop("rules", {})}
    return make_auction(rt, merchant, open_at=opened, rules=rules, **given)


def test_the_price_falls_by_steps_down_to_its_floor(client, rt, merchant):
    prices = [
        show(client, make_dutch(rt, merchant, minutes=minutes), merchant).json["currentPrice"]
        for minutes in (0, 1, 5, 6, 30)
    ]

    assert prices == ["100.00", "90.00", "50.00", "40.00", "40.00"]


def test_the_first_taker_is_admitted_at_once_at_the_current_price(client, rt, merchant):
    auction = make_dutch(rt, merchant, minutes=2)
    guest = make_guest(client, merchant)

    answer = bid(client, auction, guest, "95")

    assert answer.status_code == 201, answer.json
    said = answer.json
    assert (said["status"], said["outcome"], said["position"]) == ("ADMITTED", "WON", 0)
    assert (said["lastBidAmount"], said["winningBidAmount"]) == ("95.00", "80.00")
    assert said["admissionToken"]
    assert status(client, auction, guest).json == said


def test_less_than_the_price_is_refused(client, rt, merchant):
    auction = make_dutch(rt, merchant, minutes=2)
    guest = make_guest(client, merchant)

    answer = bid(client, auction, guest, "79.99")

    assert (answer.status_code, answer.json["code"]) == (400, "BID_TOO_LOW")
    assert show(client, auction, merchant).json["bidCount"] == 0


def test_whoever_has_taken_is_shown_that_again(client, rt, merchant):
    auction = make_dutch(rt, merchant, rules={"winnerCount": 2})
    guest = make_guest(client, merchant)
    first = bid(client, auction, guest, "100")

    again = bid(client, auction, guest, "100")

    assert (again.status_code, again.json) == (200, first.json)
    assert show(client, auction, merchant).json["bidCount"] == 1


def test_nobody_takes_more_than_there_are_places(client, rt, merchant):
    auction = make_dutch(rt, merchant)
    first, late = (make_guest(client, merchant) for _ in range(2))
    bid(client, auction, first, "100")

    answer = bid(client, auction, late, "100")

    assert (answer.status_code, answer.json["code"]) == (400, "CLOSED")
    assert status(client, auction, late).status_code == 404


def test_nobody_takes_more_than_the_stock(client, rt, merchant):
    auction = make_dutch(rt, merchant, rules={"winnerCount": 5}, inventory_bound=True, stock=1)
    first, late = (make_guest(client, merchant) for _ in range(2))
    bid(client, auction, first, "100")

    held = bid(client, auction, late, "100")
    pay(client, merchant, auction, first)
    sold = bid(client, auction, late, "100")

    assert (held.status_code, held.json["code"]) == (429, "FULL")
    assert (sold.status_code, sold.json["code"]) == (409, "SOLD_OUT")


def test_takers_of_a_paused_auction_are_admitted_when_it_goes_on(client, rt, merchant):
    auction = make_dutch(rt, merchant, state="paused", rules={"winnerCount": 2})
    first, late = (make_guest(client, merchant) for _ in range(2))

    taken = bid(client, auction, first, "100")
    again = bid(client, auction, first, "100")
    change(rt, auction, state="active")
    settle(rt, auction)

    assert (taken.status_code, taken.json["status"]) == (201, "QUEUED")
    assert (again.status_code, again.json) == (200, taken.json)
    won = status(client, auction, first).json
    assert (won["status"], won["winningBidAmount"]) == ("ADMITTED", "100.00")
    assert bid(client, auction, late, "100").json["code"] == "CLOSED"


def test_a_ceiling_makes_no_sense_while_the_price_falls(client, rt, merchant):
    auction = make_dutch(rt, merchant)

    answer = bid(client, auction, make_guest(client, merchant), "100", "120")

    assert answer.status_code == 400
    assert answer.json["details"][0]["field"] == "maxAmount"


def test_it_is_settled_once_everything_is_paid_for(client, rt, merchant):
    auction = make_dutch(rt, merchant)
    guest = make_guest(client, merchant)
    bid(client, auction, guest, "100")
    pay(client, merchant, auction, guest)

    clock(rt)

    said = show(client, auction, merchant).json
    assert (said["status"], said["currentHighBid"]) == ("SETTLED", "100.00")
    assert status(client, auction, guest).json["status"] == "COMPLETED"
