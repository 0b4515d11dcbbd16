"""The auction rows of contract.md, sections 1 to 3 and 5: exact errors, codes, headers, shapes."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.engine.status import stamp
from tests.support.auctions import (
    bid,
    change,
    deny,
    fates,
    make_auction,
    pay,
    settle,
    show,
    status,
)
from tests.support.backoffice import ADMIN, stranger_to
from tests.support.launches import make_guest, make_merchant, without

STATUS = {
    "status",
    "enteredAt",
    "admittedAt",
    "completedAt",
    "denyReason",
    "position",
    "admissionToken",
    "outcome",
    "expiresAt",
    "number",
    "estimatedWaitSeconds",
    "estimatedWait",
    "pollAfterMs",
    "auctionId",
    "consumerId",
    "experienceId",
    "sequenceId",
}
BIDDING = {"lastBidAmount", "lastBidTime", "bidCount", "currentHighBid", "currencyCode"}
ACTIONS = [("POST", "bid"), ("GET", "status"), ("GET", "bids/history"), ("GET", "bids")]
ROWS = [*ACTIONS, ("GET", ""), ("GET", "highest-bid")]


def call(client, auction, method, action="", headers=None, **more):
    if action == "bid":
        more.setdefault("json", {"amount": "100"})
    path = f"/api/v1/auctions/{auction}" + (f"/{action}" if action else "")
    return client.open(path, method=method, headers=headers, **more)


def refusal(answer):
    return answer.status_code, answer.json["error"], answer.json["code"]


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
    assert set(answer.json) == STATUS | BIDDING | {"winningBidAmount"}
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

    assert set(said) == STATUS | BIDDING | {"winningBidAmount"}
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
    assert refusal(forged) == (400, "Validation failed", "VALIDATION_FAILED")
    assert refusal(beyond) == (400, "Validation failed", "VALIDATION_FAILED")


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


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        ("100.00", "Bid must be higher than current bid"),
        ("99", "Bid must be higher than current bid"),
        ("104.99", "Bid must meet minimum increment"),
    ],
)
def test_bid_too_low(client, rt, merchant, amount, error):
    auction = make_auction(rt, merchant)
    bid(client, auction, make_guest(client, merchant), "100")

    answer = bid(client, auction, make_guest(client, merchant), amount)

    assert refusal(answer) == (400, error, "BID_TOO_LOW")
    assert "105.00" in answer.json["message"]


def test_423_not_open_yet(client, rt, merchant):
    opens = datetime.now(UTC) + timedelta(minutes=10)
    auction = make_auction(rt, merchant, open_at=opens)

    answer = bid(client, auction, make_guest(client, merchant), "100")

    assert refusal(answer) == (423, "Auction is not open yet", "NOT_OPEN_YET")
    assert answer.json["opensAt"] == stamp(opens)
    assert 590 <= int(answer.headers["Retry-After"]) <= 600


@pytest.mark.parametrize(
    "columns",
    [
        {"close_at": datetime.now(UTC) - timedelta(seconds=1)},
        {"state": "ended"},
        {"settled_at": datetime.now(UTC)},
    ],
    ids=["closed", "ended", "settled"],
)
def test_400_closed(client, rt, merchant, columns):
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)
    bid(client, auction, guest, "100")

    change(rt, auction, **columns)

    for each in (guest, make_guest(client, merchant)):
        answer = bid(client, auction, each, "200")
        assert refusal(answer) == (400, "Auction is closed", "CLOSED")


def test_429_full(client, rt, merchant):
    auction = make_auction(rt, merchant, max_capacity=1)
    inside = make_guest(client, merchant)
    bid(client, auction, inside, "100")

    answer = bid(client, auction, make_guest(client, merchant), "110")

    assert refusal(answer) == (429, "Auction is full", "FULL")
    assert int(answer.headers["Retry-After"]) > 0
    assert bid(client, auction, inside, "110").status_code == 201


def test_404_consumer_not_in_auction(client, rt, merchant):
    auction = make_auction(rt, merchant)

    answer = status(client, auction, make_guest(client, merchant))

    assert refusal(answer) == (404, "Consumer not in auction", "NOT_IN_AUCTION")


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
@pytest.mark.parametrize("whose", ["nobody", "organization", "mode", "draft", "another kind"])
def test_404_auction_not_found(client, rt, merchant, row, whose):
    strangers = whose in {"organization", "mode"}
    caller = stranger_to(rt, merchant, whose) if strangers else merchant
    state = "draft" if whose == "draft" else "active"
    auction = make_auction(rt, merchant, state=state)
    if whose == "another kind":
        change(rt, auction, kind="queue")
    guest = make_guest(client, caller)

    named = "auction_0" if whose == "nobody" else auction
    answer = call(client, named, *row, guest.headers)

    assert refusal(answer) == (404, "Auction not found", "AUCTION_NOT_FOUND")


@pytest.mark.parametrize(("method", "action"), ACTIONS)
def test_400_consumer_required(client, rt, merchant, method, action):
    auction = make_auction(rt, merchant)

    answer = call(client, auction, method, action, merchant.page)

    assert refusal(answer) == (400, "Consumer ID is required", "CONSUMER_REQUIRED")


@pytest.mark.parametrize(("method", "action"), ROWS)
def test_401_authentication_required(client, rt, merchant, method, action):
    auction = make_auction(rt, merchant)
    bad = {**merchant.page, "Authorization": "Bearer not.a.token"}

    for headers in ({}, bad):
        answer = call(client, auction, method, action, headers)
        assert refusal(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


def test_403_not_routed(client, rt, merchant):
    auction = make_auction(rt, merchant)
    inside, outside = (make_guest(client, merchant) for _ in range(2))
    bid(client, auction, inside, "100")
    change(rt, auction, gate_version=1)

    answer = bid(client, auction, outside, "110")

    assert refusal(answer) == (403, "Permission denied", "NOT_ROUTED")
    assert show(client, auction, merchant).json["bidCount"] == 1
    assert bid(client, auction, inside, "110").status_code == 201


def test_403_fingerprint_required(client, rt, merchant):
    auction = make_auction(rt, merchant)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    answer = bid(client, auction, guest, "100")

    assert refusal(answer) == (403, "Fingerprint required", "FINGERPRINT_REQUIRED")
    assert answer.headers["X-Fingerprint-Error"] == "true"


@pytest.mark.parametrize("policy", ["recommended", "off"])
def test_without_the_policy_a_bid_needs_no_fingerprint(client, rt, merchant, policy):
    auction = make_auction(rt, merchant, fingerprint_policy=policy)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    assert bid(client, auction, guest, "100").status_code == 201


def test_403_fingerprint_limit(client, rt, merchant):
    auction = make_auction(rt, merchant, max_entries_per_fingerprint=1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    bid(client, auction, first, "100")
    second.headers["X-Fingerprint"] = first.headers["X-Fingerprint"]

    answer = bid(client, auction, second, "110")

    said = (403, "Too many entries from this device", "FINGERPRINT_LIMIT")
    assert refusal(answer) == said
    assert answer.headers["X-Fingerprint-Error"] == "true"
    assert bid(client, auction, first, "110").status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": "1e3"}, "amount"),
        ({"amount": "100.001"}, "amount"),
        ({"amount": "1000000000000"}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": "100", "maxAmount": "99"}, "maxAmount"),
        ({"amount": "100", "maxAmount": "100.005"}, "maxAmount"),
        ({"amount": "100", "tip": "1"}, "tip"),
    ],
)
def test_400_validation_failed(client, rt, merchant, body, field):
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)

    answer = call(client, auction, "POST", "bid", guest.headers, json=body)

    assert refusal(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [each["field"] for each in answer.json["details"]] == [field]
    assert show(client, auction, merchant).json["bidCount"] == 0


def test_429_bids_are_bounded_by_the_minute(client, rt):
    merchant = make_merchant(rt, limits={"bids": 3, "queue_entry": 1000})
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)

    answers = [bid(client, auction, guest, 100 + 10 * place) for place in range(4)]

    assert [each.status_code for each in answers] == [201, 201, 201, 429]
    assert refusal(answers[3]) == (429, "Rate limit exceeded", "RATE_LIMITED")
    assert int(answers[3].headers["Retry-After"]) >= 1
    assert answers[3].headers["X-RateLimit-Limit"] == "3"
    assert show(client, auction, merchant).json["bidCount"] == 3


def test_429_bids_are_bounded_by_the_second(client, rt):
    merchant = make_merchant(rt, limits={})
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)
    burst = rt.per_second(merchant.tenant, "bids")

    rt.limits.take("bids", ":".join(merchant.tenant), 500, burst, burst=burst)
    answer = bid(client, auction, guest, "100")

    assert burst == 50
    assert answer.status_code in {201, 429}
    assert answer.headers["X-RateLimit-Limit"] == "500"


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


def test_a_gone_method_is_405(client, rt, merchant):
    auction = make_auction(rt, merchant)

    answer = client.get(f"/api/v1/auctions/{auction}/bid", headers=merchant.page)

    assert refusal(answer) == (405, "Method not allowed", "METHOD_NOT_ALLOWED")


def test_the_admin_row_is_behind_its_scope(client, rt, merchant):
    auction = make_auction(rt, merchant)
    reader = make_merchant(rt, scopes=("read:experiences",), of=merchant)

    answers = [
        client.post(f"{ADMIN}/auctions/{auction}/settle", headers=headers)
        for headers in (merchant.page, reader.server)
    ]

    assert refusal(answers[0]) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")
    assert refusal(answers[1]) == (403, "Permission denied", "PERMISSION_DENIED")
