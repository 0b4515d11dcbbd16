"""Everybody at once, on threads, processes and clocks: one order of bids, one set of winners."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from integration.engine.status import stamp
from integration.runtime import build
from integration.services import settling
from integration.store.models import Bid, OutboxEvent
from tests.api.admitted import books, subscribe
from tests.support.auctions import (
    bid,
    change,
    end_bidding,
    make_auction,
    rules_of,
    run_out,
    show,
    status,
)
from tests.support.launches import Launch, make_guest
from tests.support.racing import starting

PROCESSES, EACH = 4, 16
CROWD = PROCESSES * EACH
BUSY = 503


@pytest.fixture(scope="module")
def racers(settings):
    with starting(settings, PROCESSES) as found:
        yield found


def test_of_64_who_bid_the_same_at_once_one_leads(client, rt, merchant, racers):
    auction = make_auction(rt, merchant)
    people = crowd(client, merchant)

    answers = racers.race([bidding(auction, guest, "100") for guest in people])

    assert Counter(each.status for each in answers) == {201: 1, 400: CROWD - 1}
    assert {each.code for each in answers} == {None, "BID_TOO_LOW"}
    assert show(client, auction, merchant).json["bidCount"] == 1
    assert books(rt, Launch(auction, "", "", "")).waiting == 1


def test_of_64_who_outbid_each_other_every_accepted_bid_counts(client, rt, merchant, racers):
    auction = make_auction(rt, merchant, rules={"winnerCount": 3})
    people = crowd(client, merchant)
    amounts = [100 + 5 * (place % 16) for place in range(CROWD)]

    calls = [bidding(auction, who, amount) for who, amount in zip(people, amounts, strict=True)]
    answers = racers.race(calls)

    accepted = [amount for amount, each in zip(amounts, answers, strict=True) if each.status == 201]
    kept = bids_of(rt, auction)
    assert sorted(int(each.amount) for each in kept) == sorted(accepted)
    assert [each.ordinal for each in kept] == [*range(1, len(accepted) + 1)]
    leading = sorted(each["outcome"] for each in told(client, auction, people)).count("WINNING")
    assert leading == 3
    assert show(client, auction, merchant).json["currentHighBid"] == "175.00"


def test_of_64_who_take_a_falling_price_at_once_as_many_get_it_as_there_are_places(
    client, rt, merchant, racers
):
    falling = {"floorPrice": "40", "priceDropAmount": "10", "priceDropIntervalSeconds": 3600}
    rules = {"auctionType": "dutch", "winnerCount": 3, **falling}
    auction = make_auction(rt, merchant, rules=rules)

    calls = [bidding(auction, guest, "100") for guest in crowd(client, merchant)]
    answers = racers.race(calls)

    won = [each.body for each in answers if each.status == 201]
    assert Counter(each.status for each in answers) == {201: 3, 400: CROWD - 3}
    assert {each.code for each in answers} == {None, "CLOSED"}
    assert [each["status"] for each in won] == ["ADMITTED"] * 3
    assert len({each["admissionToken"] for each in won}) == 3
    assert books(rt, Launch(auction, "", "", "")).active == 3


def test_in_the_last_second_of_an_auction_the_highest_bid_in_time_wins(
    client, rt, merchant, settings
):
    auction = make_auction(rt, merchant)
    people = {guest.headers["X-Fingerprint"]: guest for guest in crowd(client, merchant)}

    with bidders(settings, auction, list(people.values())) as processes:
        ends = datetime.now(UTC) + timedelta(seconds=2)
        rules = rules_of(rt, auction) | {"settleAt": stamp(ends)}
        change(rt, auction, close_at=ends, rules=rules)
        answers = last_seconds(processes)
    settle_by_clocks(rt, settings, auction)

    assert {(code, said) for _, _, code, said in answers} <= {
        (201, None),
        (400, "BID_TOO_LOW"),
        (400, "CLOSED"),
        (BUSY, "SERVICE_UNAVAILABLE"),
    }
    accepted = [(amount, who) for who, amount, code, _ in answers if code == 201]
    kept = bids_of(rt, auction)
    assert [each.ordinal for each in kept] == [*range(1, len(accepted) + 1)]
    assert sorted(float(each.amount) for each in kept) == sorted(amount for amount, _ in accepted)
    assert all(each.placed_at < ends for each in kept)
    highest, winner = max(accepted)
    said = {who: status(client, auction, guest) for who, guest in people.items()}
    won = {who: each.json for who, each in said.items() if each.json.get("outcome") == "WON"}
    assert list(won) == [winner]
    assert won[winner]["winningBidAmount"] == f"{highest:.2f}"
    others = {each.json.get("outcome") for who, each in said.items() if who not in won}
    assert others <= {"LOST", "OUTBID", None}
    assert books(rt, Launch(auction, "", "", "")).active == 1


def test_two_clocks_settle_an_auction_once_and_give_each_second_chance_once(
    client, rt, merchant, settings
):
    subscribe(rt, merchant, ["auction.settled", "auction.consumer.admitted"])
    auction = make_auction(rt, merchant, rules={"winnerCount": 2})
    for place in range(6):
        bid(client, auction, make_guest(client, merchant), str(100 + 5 * place))
    end_bidding(rt, auction)

    settle_by_clocks(rt, settings, auction)
    run_out(rt, auction)
    settle_by_clocks(rt, settings, auction)

    with rt.transaction() as tx:
        told = tx.session.scalars(select(OutboxEvent.type)).all()
    assert sorted(told) == ["auction.consumer.admitted"] * 4 + ["auction.settled"]
    assert books(rt, Launch(auction, "", "", "")).active == 2


def crowd(client, merchant):
    return [make_guest(client, merchant) for _ in range(CROWD)]


def bidding(auction, guest, amount):
    path = f"/api/v1/auctions/{auction}/bid"
    body = {"amount": amount}
    return {"path": path, "method": "POST", "headers": guest.headers, "json": body}


def told(client, auction, people):
    found = [status(client, auction, guest).json for guest in people]
    return [each for each in found if "outcome" in each]


def settle_by_clocks(rt, settings, auction):
    """Let three clocks, one with connections of its own, look after it at once and often."""
    other = build(settings)
    try:
        with ThreadPoolExecutor(6) as pool:
            done = [
                pool.submit(settling.move_on, clock, auction)
                for _ in range(8)
                for clock in (rt, other)
            ]
        assert all(each.exception() is None for each in done)
    finally:
        other.close()
    rt.distributions.forget(auction)


def bids_of(rt, auction):
    with rt.transaction() as tx:
        wanted = select(Bid).where(Bid.distribution_id == auction).order_by(Bid.ordinal)
        return tx.session.scalars(wanted).all()


@contextmanager
def bidders(settings, auction, people) -> Generator[list[subprocess.Popen]]:
    """Processes that are ready to bid for these people."""
    command = [sys.executable, "-m", "tests.support.bidding_process"]
    with ExitStack() as stack:
        processes = []
        for place in range(PROCESSES):
            process = stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            stack.callback(process.kill)
            told = {"database_url": settings.database_url, "redis_url": settings.redis_url}
            mine = [each.headers for each in people[place::PROCESSES]]
            tell(process, json.dumps({**told, "auction": auction, "bidders": mine}))
            processes.append(process)
        assert [each.stdout.readline() for each in processes] == ["ready\n"] * PROCESSES
        yield processes


def tell(process, line):
    process.stdin.write(line + "\n")
    process.stdin.flush()


def last_seconds(processes):
    for process in processes:
        tell(process, "go")
    return [answer for process in processes for answer in json.loads(process.stdout.readline())]
