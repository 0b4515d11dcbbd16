"""The auction rows of contract.md, sections 1 and 3: how they refuse, and with which headers."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.engine.status import stamp
from integration.store.limits import subject_of
from tests.support.auctions import bid, call, change, make_auction, show, status
from tests.support.backoffice import ADMIN, stranger_to
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_merchant, without

ACTIONS = [("POST", "bid"), ("GET", "status"), ("GET", "bids/history"), ("GET", "bids")]
ROWS = [*ACTIONS, ("GET", ""), ("GET", "highest-bid")]


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

    assert refused(answer) == (400, error, "BID_TOO_LOW")
    assert "105.00" in answer.json["message"]


def test_423_not_open_yet(client, rt, merchant):
    opens = datetime.now(UTC) + timedelta(minutes=10)
    auction = make_auction(rt, merchant, open_at=opens)

    answer = bid(client, auction, make_guest(client, merchant), "100")

    assert refused(answer) == (423, "Auction is not open yet", "NOT_OPEN_YET")
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
        assert refused(answer) == (400, "Auction is closed", "CLOSED")


def test_429_full(client, rt, merchant):
    auction = make_auction(rt, merchant, max_capacity=1)
    inside = make_guest(client, merchant)
    bid(client, auction, inside, "100")

    answer = bid(client, auction, make_guest(client, merchant), "110")

    assert refused(answer) == (429, "Auction is full", "FULL")
    assert int(answer.headers["Retry-After"]) > 0
    assert bid(client, auction, inside, "110").status_code == 201


def test_404_consumer_not_in_auction(client, rt, merchant):
    auction = make_auction(rt, merchant)

    answer = status(client, auction, make_guest(client, merchant))

    assert refused(answer) == (404, "Consumer not in auction", "NOT_IN_AUCTION")


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

    assert refused(answer) == (404, "Auction not found", "AUCTION_NOT_FOUND")


@pytest.mark.parametrize(("method", "action"), ACTIONS)
def test_400_consumer_required(client, rt, merchant, method, action):
    auction = make_auction(rt, merchant)

    answer = call(client, auction, method, action, merchant.page)

    assert refused(answer) == (400, "Consumer ID is required", "CONSUMER_REQUIRED")


@pytest.mark.parametrize(("method", "action"), ROWS)
def test_401_authentication_required(client, rt, merchant, method, action):
    auction = make_auction(rt, merchant)
    bad = {**merchant.page, "Authorization": "Bearer not.a.token"}

    for headers in ({}, bad):
        answer = call(client, auction, method, action, headers)
        assert refused(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


def test_403_not_routed(client, rt, merchant):
    auction = make_auction(rt, merchant)
    inside, outside = (make_guest(client, merchant) for _ in range(2))
    bid(client, auction, inside, "100")
    change(rt, auction, gate_version=1)

    answer = bid(client, auction, outside, "110")

    assert refused(answer) == (403, "Permission denied", "NOT_ROUTED")
    assert show(client, auction, merchant).json["bidCount"] == 1
    assert bid(client, auction, inside, "110").status_code == 201


def test_403_fingerprint_required(client, rt, merchant):
    auction = make_auction(rt, merchant)
    guest = without(make_guest(client, merchant), "X-Fingerprint")

    answer = bid(client, auction, guest, "100")

    assert refused(answer) == (403, "Fingerprint required", "FINGERPRINT_REQUIRED")
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
    assert refused(answer) == said
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

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [each["field"] for each in answer.json["details"]] == [field]
    assert show(client, auction, merchant).json["bidCount"] == 0


def test_429_bids_are_bounded_by_the_minute(client, rt):
    merchant = make_merchant(rt, limits={"bids": 3, "queue_entry": 1000})
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)

    answers = [bid(client, auction, guest, 100 + 10 * place) for place in range(4)]

    assert [each.status_code for each in answers] == [201, 201, 201, 429]
    assert refused(answers[3]) == (429, "Rate limit exceeded", "RATE_LIMITED")
    assert int(answers[3].headers["Retry-After"]) >= 1
    assert answers[3].headers["X-RateLimit-Limit"] == "3"
    assert show(client, auction, merchant).json["bidCount"] == 3


def test_429_bids_are_bounded_by_the_second(client, rt):
    merchant = make_merchant(rt, limits={})
    auction = make_auction(rt, merchant)
    guest = make_guest(client, merchant)

    # The window of a second may end between the two: not five times.
    answers = [after_fifty(client, rt, merchant, auction, guest) for _ in range(5)]

    refusals = [each for each in answers if each.status_code == 429]
    assert refusals
    assert refused(refusals[0]) == (429, "Rate limit exceeded", "RATE_LIMITED")
    assert refusals[0].headers["X-RateLimit-Limit"] == "500"


def after_fifty(client, rt, merchant, auction, guest):
    rt.limits.take("bids", subject_of(merchant.tenant), 500, 50, burst=50)
    return bid(client, auction, guest, "100")


def test_a_gone_method_is_405(client, rt, merchant):
    auction = make_auction(rt, merchant)

    answer = client.get(f"/api/v1/auctions/{auction}/bid", headers=merchant.page)

    assert refused(answer) == (405, "Method not allowed", "METHOD_NOT_ALLOWED")


def test_the_admin_row_is_behind_its_scope(client, rt, merchant):
    auction = make_auction(rt, merchant)
    reader = make_merchant(rt, scopes=("read:experiences",), of=merchant)

    answers = [
        client.post(f"{ADMIN}/auctions/{auction}/settle", headers=headers)
        for headers in (merchant.page, reader.server)
    ]

    assert refused(answers[0]) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")
    assert refused(answers[1]) == (403, "Permission denied", "PERMISSION_DENIED")
