"""Two minutes of a launch: processes killed at random, Valkey wiped, and everything still right.

``make test`` lives through a short one; ``make soak`` through the two minutes.
"""

import os
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic

import pytest
import redis

from integration.kernel.engines import embedded_urls
from tests.flows.soak import Crowd, Truth, inversions, together
from tests.flows.storefront import made
from tests.flows.test_crashes import is_back
from tests.store.test_line_soak import in_valkey
from tests.support.house import House, house
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
SECONDS = float(os.environ.get("FANFARE_SOAK_SECONDS", "12"))
WRITERS, READERS = 4, 3
PLENTY = ("queueEntry", "guestAddress", "status", "reading", "admin", "server")
ADMIN = "/admin/api/v1"
SETTLED_SECONDS = 60
VICTIMS = ("web", "worker", "clock", "valkey")
LONGEST_CALM_SECONDS = min(5, SECONDS / 8)


@pytest.fixture
def running() -> Iterator[House]:
    limits = ",".join(f"{name}=1000000" for name in PLENTY)
    with house(FANFARE_WEB_WORKERS="2", FANFARE_LIMITS=limits) as found:
        yield found


def make_lines(running: House) -> list[str]:
    """Publish a queue that passes over who is away, and a lobby that opens in the middle."""
    opens = datetime.now(UTC) + timedelta(seconds=SECONDS / 2)
    lobby = {"openAt": opens.isoformat(), "lobbyOpensAt": "2020-01-01T00:00:00Z"}
    experience = made(
        running, f"{ADMIN}/experiences", {"name": "Soak", "checkoutUrl": "https://shop.example/"}
    )["id"]
    sequence = made(running, f"{ADMIN}/sequences", {"experienceId": experience, "name": "All"})
    rules = [
        {"admissionRate": 600, "absenceSeconds": 2},
        {"admissionRate": 600, "absenceSeconds": 2, "shuffleBeforeOpen": True, **lobby},
    ]
    lines = [
        made(running, f"{ADMIN}/queues", {"sequenceId": sequence["id"], "name": "Line", **rule})
        for rule in rules
    ]
    made(running, f"{ADMIN}/experiences/{experience}/publish", {})
    return [line["id"] for line in lines]


def wreck(running: House, lines: list[str], stop: threading.Event, done: Counter[str]) -> None:
    """Kill and wipe at random once somebody was passed over, until it is time to stop."""
    chance, truth, round_ = random.Random(), Truth(running), list[str]()
    while not stop.wait(0.2) and not (done["passed over"] or truth.passed(lines[0])):
        pass
    done["passed over"] += 1
    with redis.Redis.from_url(embedded_urls(running.data_dir).redis_url) as valkey:
        while not stop.wait(chance.uniform(0.3, LONGEST_CALM_SECONDS)):
            # Each of them as often, in any order.
            round_ = round_ or chance.sample(VICTIMS, len(VICTIMS))
            what = round_.pop()
            if what == "valkey":
                valkey.flushall()
            elif is_back(running, what):
                running.kill(what)
            done[what] += 1
            # What is down the whole time gets nothing wrong.
            while not stop.wait(0.1) and not running.ready():
                pass
    truth.close()


def test_nothing_acknowledged_is_lost_and_no_place_read_wrong(running):
    stop, wrecked = threading.Event(), Counter()
    lines = make_lines(running)
    crowd = Crowd(running, lines, stop)
    begun = monotonic()

    threads = together(
        *(partial(crowd.write, number) for number in range(WRITERS)),
        *(partial(crowd.read, number) for number in range(READERS)),
        partial(wreck, running, lines, stop, wrecked),
    )
    while monotonic() < begun + SECONDS or not enough(crowd, wrecked):
        assert monotonic() < begun + 2 * SECONDS + 150, (crowd.seen, wrecked)
        stop.wait(0.2)
        if crowd.wrong or not all(thread.is_alive() for thread in threads):
            break
    stop.set()
    for thread in threads:
        thread.join(30)
    assert crowd.wrong == []
    truth = Truth(running)
    settle(running, truth, lines)

    passed = [check_record(truth, crowd, line) for line in lines]
    check_valkey(running, truth, lines)
    truth.close()
    sys.stdout.write(
        f"\nsoak: {monotonic() - begun:.0f} s, {dict(crowd.seen)}, killed {dict(wrecked)},"
        f" passed over and back {passed}\n"
    )


def enough(crowd: Crowd, wrecked: Counter[str]) -> bool:
    seen = crowd.seen
    return (
        all(wrecked[what] for what in VICTIMS)
        and seen["entered"] > 100
        and seen["placed"] > 50
        and seen["left"] > 2
    )


def settle(running: House, truth: Truth, lines: list[str]) -> None:
    """Let everything be up again, and the lines stand still."""
    names = ("web", "worker", "clock")
    wait_until(lambda: all(is_back(running, each) for each in names), "all are up", SETTLED_SECONDS)
    running.wait_until_ready(SETTLED_SECONDS)
    for line in lines:
        wait_until(lambda line=line: truth.deal(line), "the lobby has opened", SETTLED_SECONDS)
        wait_until(lambda line=line: pause(running, line), "the line is paused", SETTLED_SECONDS)


def pause(running: House, line: str) -> bool:
    return running.post(f"{ADMIN}/queues/{line}/pause").status_code == 200


def check_record(truth: Truth, crowd: Crowd, line: str) -> tuple[int, int]:
    """Compare what was acknowledged with the rows; return how many were passed over, and back."""
    deal = truth.deal(line)
    assert deal is not None
    rows = truth.rows(
        "SELECT consumer_id, number, state, passed_at IS NOT NULL, returned_at IS NOT NULL"
        " FROM participation WHERE distribution_id = %s ORDER BY number",
        line,
    )
    tickets = {who: deal.ticket(number) for who, number, *_ in rows}
    states = {who: state for who, _, state, *_ in rows}
    people = [person for person in crowd.people if person.line == line]
    lost = [each.id for each in people if each.id not in tickets]
    moved = [
        (each.id, each.number) for each in people if each.number not in {None, tickets.get(each.id)}
    ]
    stayed = [each.id for each in people if each.state == "LEFT" and states[each.id] != "LEFT"]
    entered, waiting, active = truth.rows(
        "SELECT entered, waiting, active FROM line WHERE distribution_id = %s", line
    )[0]
    counts = Counter(states.values())

    assert (lost, moved, stayed) == ([], [], [])
    assert [number for _, number, *_ in rows] == [*range(1, entered + 1)]
    assert (counts["QUEUED"], counts["ADMITTED"]) == (waiting, active)
    assert len(states) == len(rows)
    assert inversions(turns(truth, line)) == []
    return sum(passed for *_, passed, _ in rows), sum(back for *_, back in rows)


def turns(truth: Truth, line: str) -> list[tuple[int, bool]]:
    """Return the tickets in the order in which they were admitted, and who was passed over."""
    deal = truth.deal(line)
    assert deal is not None
    found = truth.rows(
        "SELECT p.number, p.passed_at IS NOT NULL FROM admission a"
        " JOIN participation p ON p.id = a.participation_id"
        " WHERE a.distribution_id = %s AND a.in_turn ORDER BY a.turn",
        line,
    )
    return [(deal.ticket(number), passed) for number, passed in found]


def check_valkey(running: House, truth: Truth, lines: list[str]) -> None:
    """Wait until the clock has mended what there was, and compare who waits."""
    with redis.Redis.from_url(embedded_urls(running.data_dir).redis_url) as valkey:
        for line in lines:
            wait_until(
                lambda line=line: in_valkey(valkey, line) == waiting(truth, line),
                f"Valkey agrees with Postgres on {line}",
                SETTLED_SECONDS,
            )


def waiting(truth: Truth, line: str) -> dict[str, int]:
    found = truth.rows(
        "SELECT consumer_id, number FROM participation WHERE distribution_id = %s"
        " AND state = 'QUEUED' AND (passed_at IS NULL OR returned_at IS NOT NULL)",
        line,
    )
    return {str(consumer): number for consumer, number in found}
