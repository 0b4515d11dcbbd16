"""Setting up auctions through the Admin API: what they need, default to, and keep."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.auctions import bid, settle, show
from tests.support.backoffice import ADMIN, draft, path_of, post, publish
from tests.support.launches import make_guest

SETTLES = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="milliseconds")
ENGLISH = {"settleAt": SETTLES, "startingPrice": "100", "currencyCode": "EUR"}
DUTCH = {
    **ENGLISH,
    "auctionType": "dutch",
    "floorPrice": 40,
    "priceDropAmount": "2.5",
    "priceDropIntervalSeconds": 60,
}


def add(client, merchant, body, status=201):
    experience = draft(client, merchant)
    sequence = path_of(client, merchant, experience)
    return post(client, merchant, "/auctions", status, sequenceId=sequence["id"], **body)


def running(client, merchant, body):
    made = add(client, merchant, body)
    publish(client, merchant, {"id": made["experienceId"]})
    return made["id"]


def patch(client, merchant, auction, body):
    return client.patch(f"{ADMIN}/auctions/{auction}", json=body, headers=merchant.server)


def test_an_english_auction_needs_three_fields(client, merchant):
    made = add(client, merchant, ENGLISH)

    wanted = {
        "auctionType": "english",
        "startingPrice": "100.00",
        "minimumBidIncrement": "0.01",
        "reservePrice": None,
        "winnerCount": 1,
        "autoExtendSeconds": 0,
        "currencyCode": "EUR",
        "settledAt": None,
        "admissionExpirationSeconds": 86_400,
        "type": "auction",
        "state": "draft",
    }
    assert {name: made[name] for name in wanted} == wanted
    assert made["closeAt"] == made["settleAt"] == SETTLES.replace("+00:00", "Z")


def test_the_smallest_increment_is_the_currencys(client, merchant):
    made = add(client, merchant, {**ENGLISH, "currencyCode": "JPY", "startingPrice": 100})

    assert (made["startingPrice"], made["minimumBidIncrement"]) == ("100", "1")


def test_a_dutch_auction_tells_how_its_price_falls(client, merchant):
    made = add(client, merchant, DUTCH)

    assert (made["floorPrice"], made["priceDropAmount"]) == ("40.00", "2.50")
    assert made["priceDropIntervalSeconds"] == 60


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**ENGLISH, "settleAt": None}, "settleAt"),
        ({**ENGLISH, "currencyCode": "XXX"}, "currencyCode"),
        ({**ENGLISH, "auctionType": "sealed"}, "auctionType"),
        ({**ENGLISH, "startingPrice": "100.001"}, "startingPrice"),
        ({**ENGLISH, "startingPrice": -1}, "startingPrice"),
        ({**ENGLISH, "reservePrice": "99.99"}, "reservePrice"),
        ({**ENGLISH, "minimumBidIncrement": 0}, "minimumBidIncrement"),
        ({**ENGLISH, "winnerCount": 0}, "winnerCount"),
        ({**ENGLISH, "floorPrice": "50"}, "floorPrice"),
        ({**ENGLISH, "openAt": SETTLES}, "closeAt"),
        ({**DUTCH, "floorPrice": None}, "floorPrice"),
        ({**DUTCH, "floorPrice": "100.01"}, "floorPrice"),
        ({**DUTCH, "priceDropAmount": 0}, "priceDropAmount"),
        ({**DUTCH, "priceDropIntervalSeconds": None}, "priceDropIntervalSeconds"),
        ({**DUTCH, "reservePrice": "120"}, "reservePrice"),
        ({**DUTCH, "autoExtendSeconds": 60}, "autoExtendSeconds"),
    ],
)
def test_what_makes_no_auction_is_refused(client, merchant, body, field):
    answer = add(client, merchant, body, status=400)

    assert [each["field"] for each in answer["details"]] == [field]


def test_closing_moves_along_with_settling_unless_the_merchant_set_it(client, merchant):
    plain = add(client, merchant, ENGLISH)
    earlier = (datetime.now(UTC) + timedelta(hours=3)).isoformat(timespec="milliseconds")
    own = add(client, merchant, {**ENGLISH, "closeAt": earlier})
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="milliseconds")

    moved = [patch(client, merchant, each["id"], {"settleAt": later}).json for each in (plain, own)]

    assert [each["settleAt"] for each in moved] == [later.replace("+00:00", "Z")] * 2
    assert [each["closeAt"] for each in moved] == [
        later.replace("+00:00", "Z"),
        earlier.replace("+00:00", "Z"),
    ]


def test_a_naive_settling_time_is_in_the_auctions_zone(client, merchant):
    body = {**ENGLISH, "settleAt": "2031-07-01T20:00:00", "timeZone": "Europe/Berlin"}

    made = add(client, merchant, body)

    assert made["settleAt"] == made["closeAt"] == "2031-07-01T18:00:00.000Z"


def test_its_terms_are_fixed_once_it_has_opened(client, merchant):
    auction = running(client, merchant, ENGLISH)

    refused = patch(client, merchant, auction, {"startingPrice": "90", "winnerCount": 2})
    same = patch(client, merchant, auction, {"startingPrice": 100, "autoExtendSeconds": 60})

    assert (refused.status_code, refused.json["error"]) == (409, "Conflict")
    assert [each["field"] for each in refused.json["details"]] == ["startingPrice", "winnerCount"]
    assert (same.status_code, same.json["autoExtendSeconds"]) == (200, 60)


def test_before_it_opens_everything_may_change(client, merchant):
    opens = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    auction = running(client, merchant, {**ENGLISH, "openAt": opens})

    changed = patch(client, merchant, auction, {"startingPrice": "90", "winnerCount": 2})

    assert (changed.status_code, changed.json["startingPrice"]) == (200, "90.00")
    assert show(client, auction, merchant).json["winnerCount"] == 2


def test_nothing_of_a_settled_auction_moves(client, rt, merchant):
    auction = running(client, merchant, ENGLISH)
    settle(rt, auction)

    answers = [
        patch(client, merchant, auction, body)
        for body in ({"settleAt": SETTLES}, {"closeAt": SETTLES}, {"autoExtendSeconds": 5})
    ]
    named = patch(client, merchant, auction, {"name": "Past"})

    assert {(each.status_code, each.json["code"]) for each in answers} == {(409, "AUCTION_SETTLED")}
    assert (named.status_code, named.json["name"]) == (200, "Past")


def test_bids_go_on_where_the_merchant_set_it_up(client, merchant):
    auction = running(client, merchant, {**ENGLISH, "minimumBidIncrement": "2.50"})
    first, second = (make_guest(client, merchant) for _ in range(2))

    answers = [
        bid(client, auction, first, "100"),
        bid(client, auction, second, "102.49"),
        bid(client, auction, second, "102.50"),
    ]

    assert [each.status_code for each in answers] == [201, 400, 201]
    assert answers[2].json["currencyCode"] == "EUR"


def test_bidding_that_has_ended_does_not_begin_again(client, merchant):
    auction = running(client, merchant, ENGLISH)
    post(client, merchant, f"/auctions/{auction}/close", 200)

    answer = post(client, merchant, f"/auctions/{auction}/open", 409)

    assert answer["code"] == "CLOSED_FOR_GOOD"
    assert show(client, auction, merchant).json["status"] == "CLOSED"
