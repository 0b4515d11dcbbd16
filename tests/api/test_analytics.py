"""Analytics through the front door, beside a plain reckoning."""

from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from integration.engine.insight import Measure
from integration.services import counting
from integration.store.insight import asked, counts
from integration.store.insight.asked import Asked
from integration.store.insight.counts import Count
from tests.api.admitted import act, admitted, enter, waiting
from tests.support.launches import make_guest, make_launch, make_merchant, without
from tests.support.waiting import wait_until

ADMIN = "/admin/api/v1"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def ask(client, merchant, path="/analytics", status=200, **query):
    answer = client.get(f"{ADMIN}{path}", query_string=query, headers=merchant.server)
    assert answer.status_code == status, answer.text
    return answer.json


def keep(rt, merchant, launch, measure, at, *, value=1, label=""):
    """Count something at a moment of our choosing."""
    found = Count(merchant.tenant, launch.queue_id, measure.value, at, value, label)
    with rt.transaction() as tx:
        counts.add(tx.session, [found])


def press(client, path, headers):
    """Call until the service has time for it."""
    answers = []

    def call():
        answers.append(client.post(path, headers=headers))
        return answers[-1].status_code != 503

    wait_until(call, f"an answer to {path}")
    return answers[-1]


def told(client, rt, merchant, wanted, **query):
    """What is told once all processes have handed over what they counted."""
    said = {}

    def count():
        counting.count(rt)
        said.update(ask(client, merchant, **query)["total"])
        return wanted(said)

    wait_until(count, "the counts of all processes")
    return said


@contextmanager
def renamed(rt, table):
    """Have no table of this name until the block ends."""
    with rt.transaction() as tx:
        tx.session.execute(text(f"ALTER TABLE {table} RENAME TO elsewhere"))
    try:
        yield
    finally:
        with rt.transaction() as tx:
            tx.session.execute(text(f"ALTER TABLE elsewhere RENAME TO {table}"))


def sold(client, rt, merchant, launch, amount):
    """Somebody who has bought."""
    guest, _ = admitted(client, rt, merchant, launch)
    body = {"consumerId": guest.consumer_id, "orderId": guest.consumer_id, "orderAmount": amount}
    assert act(client, merchant, launch, "complete", **body).status_code == 200
    return guest


def test_the_figures_of_a_launch_are_what_happened_in_it(client, rt, merchant):
    launch = make_launch(rt, merchant)
    for amount in ("19.99", "0.01", "1000000000.10"):
        sold(client, rt, merchant, launch, amount)
    left, denied = waiting(client, merchant, launch, 2)
    client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=left.headers)
    act(client, merchant, launch, "deny", consumerId=denied.consumer_id, reason="No.")
    waiting(client, merchant, launch, 1)
    counting.count(rt)

    said = ask(client, merchant)

    total = said["total"]
    assert total["funnel"] == {
        "routed": 0,
        "gated": 0,
        "noAccess": 0,
        "entered": 6,
        "admitted": 3,
        "checkedOut": 3,
        "completed": 3,
        "expired": 0,
        "denied": 1,
        "left": 1,
    }
    assert total["conversion"] == {"ofEntered": 0.5, "ofAdmitted": 1.0}
    assert total["revenue"] == [
        {"currencyCode": "USD", "amount": "1000000020.10", "refunded": "0.00", "orders": 3}
    ]
    assert total["fairness"] == {"tau": 1.0, "pairs": 3}
    assert total["wait"]["count"] == total["timeToComplete"]["count"] == 3
    assert 0 < total["wait"]["p50"] <= total["wait"]["p99"]
    assert said["now"] == {"waiting": 1, "admitted": 0}
    assert said["groups"] == []
    assert sum(point["entered"] for point in said["series"]) == 6
    assert sum(point["admitted"] for point in said["series"]) == 3


def test_whoever_passes_the_line_makes_it_less_fair(client, rt, merchant):
    launch = make_launch(rt, merchant)
    first, second, third = waiting(client, merchant, launch, 3)
    for guest in (third, first, second):
        act(client, merchant, launch, "admit", consumerId=guest.consumer_id)
    counting.count(rt)

    fairness = ask(client, merchant)["total"]["fairness"]

    assert fairness == {"tau": round(-1 / 3, 6), "pairs": 3}


def test_a_period_holds_what_happened_in_it_and_nothing_else(client, rt, merchant):
    launch = make_launch(rt, merchant)
    for minutes in (-1, 0, 59, 60, 119, 120, 121):
        keep(rt, merchant, launch, Measure.ENTERED, NOON + timedelta(minutes=minutes))

    def entered(since, until, **more):
        said = ask(client, merchant, **{"from": since.isoformat(), "to": until.isoformat(), **more})
        assert (
            sum(point["entered"] for point in said["series"])
            == (said["total"]["funnel"]["entered"])
        )
        return said["total"]["funnel"]["entered"]

    minute = timedelta(minutes=1)
    assert entered(NOON, NOON + 120 * minute) == 4
    assert entered(NOON - minute, NOON + 121 * minute) == 6
    assert entered(NOON + 30 * minute, NOON + 61 * minute) == 2
    assert entered(NOON + 58 * minute, NOON + 59 * minute) == 0
    assert entered(NOON, NOON + 61 * minute, interval="hour") == 4
    assert entered(NOON, NOON + minute, interval="day") == 7


def test_a_series_has_a_point_for_every_interval(client, rt, merchant):
    launch = make_launch(rt, merchant)
    keep(rt, merchant, launch, Measure.ADMITTED, NOON + timedelta(seconds=61), value=5)

    query = {"from": "2026-03-01T12:00:30Z", "to": "2026-03-01T12:03:00Z"}
    said = ask(client, merchant, **query)

    assert (said["from"], said["to"]) == ("2026-03-01T12:00:00.000Z", "2026-03-01T12:03:00.000Z")
    assert said["interval"] == "minute"
    assert [point["admitted"] for point in said["series"]] == [0, 5, 0]
    assert said["series"][1]["at"] == "2026-03-01T12:01:00.000Z"


@pytest.mark.parametrize("group", ["experience", "sequence", "distribution", "mechanism"])
def test_groups_add_up_to_the_total(client, rt, merchant, group):
    launches = [make_launch(rt, merchant) for _ in range(2)]
    launches.append(make_launch(rt, merchant, kind="draw"))
    for place, launch in enumerate(launches):
        keep(rt, merchant, launch, Measure.ENTERED, NOON, value=10 + place)
        keep(rt, merchant, launch, Measure.REVENUE, NOON, value=Decimal("0.1"), label="EUR")
        keep(rt, merchant, launch, Measure.ORDERS, NOON, label="EUR")
    make_launch(rt, make_merchant(rt))

    query = {"from": NOON.isoformat(), "to": (NOON + timedelta(hours=1)).isoformat()}
    said = ask(client, merchant, groupBy=group, **query)

    found = {each["id"]: each["funnel"]["entered"] for each in said["groups"]}
    ids = {"experience": "experience_id", "sequence": "sequence_id", "distribution": "queue_id"}
    if group == "mechanism":
        assert found == {"queue": 21, "draw": 12}
    else:
        assert found == {getattr(each, ids[group]): 10 + n for n, each in enumerate(launches)}
    assert said["total"]["funnel"]["entered"] == 33
    assert said["total"]["revenue"][0]["amount"] == "0.30"


def test_filters_narrow_to_what_they_name(client, rt, merchant):
    one, other = make_launch(rt, merchant), make_launch(rt, merchant, kind="auction")
    keep(rt, merchant, one, Measure.ENTERED, NOON)
    keep(rt, merchant, other, Measure.ENTERED, NOON, value=2)

    def entered(**query):
        times = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}
        return ask(client, merchant, **times, **query)["total"]["funnel"]["entered"]

    assert entered(experienceId=one.experience_id) == 1
    assert entered(sequenceId=other.sequence_id) == 2
    assert entered(distributionId=other.queue_id) == 2
    assert entered(mechanism="queue") == 1
    assert entered(mechanism="draw") == 0
    assert entered(experienceId=one.experience_id, mechanism="auction") == 0


def test_refused_entries_are_counted_by_their_codes(client, rt, merchant):
    closed = make_launch(rt, merchant, state="ended")
    full = make_launch(rt, merchant, max_capacity=1)
    guests = [make_guest(client, merchant) for _ in range(3)]
    theirs = make_guest(client, make_merchant(rt))
    for guest in guests:
        press(client, f"/api/v1/queues/{closed.queue_id}/enter", guest.headers)
        press(client, f"/api/v1/queues/{full.queue_id}/enter", guest.headers)
    for guest in (without(guests[0], "X-Fingerprint"), theirs):
        press(client, f"/api/v1/queues/{full.queue_id}/enter", guest.headers)

    everything = {"CLOSED": 3, "FINGERPRINT_REQUIRED": 1, "FULL": 2}
    told(client, rt, merchant, lambda said: said["refused"]["codes"] == everything)

    refused = ask(client, merchant, distributionId=full.queue_id)["total"]["refused"]
    assert refused["codes"] == {"FINGERPRINT_REQUIRED": 1, "FULL": 2}
    assert (refused["limits"], refused["gates"]) == (0.5, 0.25)


def test_a_limit_that_stands_before_the_use_case_counts_too(client, rt):
    merchant = make_merchant(rt, limits={"queue_entry": 1_000, "bids": 1})
    stranger = make_merchant(rt, limits={"queue_entry": 1_000, "bids": 1})
    auction = make_launch(rt, merchant, kind="auction", rules={"auctionType": "english"})
    for somebody in (merchant, stranger):
        bidder = make_guest(client, somebody)
        for _ in range(60):
            path, body = f"/api/v1/auctions/{auction.queue_id}/bid", {"amount": "0.00"}
            client.post(path, headers=bidder.headers, json=body)

    codes = told(client, rt, merchant, lambda said: said["refused"]["codes"])["refused"]["codes"]

    assert set(codes) == {"RATE_LIMITED"}
    assert 0 < codes["RATE_LIMITED"] < 60
    assert ask(client, stranger)["total"]["refused"]["codes"] == {}


def test_guests_who_were_refused_are_the_organizations(client, rt):
    merchant = make_merchant(rt, limits={"guest_address": 1})
    launch = make_launch(rt, merchant)
    answers = [press(client, "/api/v1/auth/guest", merchant.page) for _ in range(4)]

    said = told(client, rt, merchant, lambda said: said["refused"]["codes"] == {"RATE_LIMITED": 3})

    assert [answer.status_code for answer in answers] == [201, 429, 429, 429]
    assert said["refused"]["limits"] == 1.0
    narrowed = ask(client, merchant, experienceId=launch.experience_id)
    assert narrowed["total"]["refused"]["codes"] == {}


def test_ways_that_were_asked_for_are_counted(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    path = f"/api/v1/experiences/{launch.experience_id}/route"
    client.post(path, headers=guest.headers)
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE sequence SET require_authentication = true, gate_version = 1")
        )
    client.post(path, headers=guest.headers)

    def counted(said):
        return (said["funnel"]["routed"], said["funnel"]["gated"]) == (1, 1)

    assert told(client, rt, merchant, counted)["refused"]["routing"] == 0.5
    [group] = ask(client, merchant, groupBy="sequence")["groups"]
    assert (group["id"], group["funnel"]["routed"]) == (launch.sequence_id, 1)


def test_an_experience_and_a_sequence_tell_all_that_they_have_come_to(client, rt, merchant):
    launch, other = make_launch(rt, merchant), make_launch(rt, merchant)
    sold(client, rt, merchant, launch, "5.00")
    enter(client, other, make_guest(client, merchant))
    keep(rt, merchant, launch, Measure.ENTERED, NOON - timedelta(days=2_000), value=7)
    counting.count(rt)

    whole = ask(client, merchant, f"/experiences/{launch.experience_id}/metrics")
    part = ask(client, merchant, f"/sequences/{launch.sequence_id}/metrics")

    for said, group in ((whole, launch.sequence_id), (part, launch.queue_id)):
        assert said["total"]["funnel"]["entered"] == 8
        assert [each["id"] for each in said["groups"]] == [group]
        assert said["groups"][0]["revenue"] == said["total"]["revenue"] != []
        assert "series" not in said
    assert (whole["groupBy"], part["groupBy"]) == ("sequence", "distribution")


def test_what_was_not_counted_yet_is_owned_up_to(client, rt, merchant):
    launch = make_launch(rt, merchant)
    waiting(client, merchant, launch, 1)
    counting.count(rt)
    entered_at = enter(client, launch, make_guest(client, merchant))["enteredAt"]

    said = ask(client, merchant)

    assert said["total"]["funnel"]["entered"] == 1
    assert said["asOf"] == entered_at
    counting.count(rt)
    again = ask(client, merchant)
    assert again["total"]["funnel"]["entered"] == 2
    assert again["asOf"] > entered_at


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z"}, "from"),
        ({"from": "2020-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z"}, "interval"),
        (
            {"from": "2026-03-01T00:00:00Z", "to": "2026-03-09T00:00:00Z", "interval": "minute"},
            "interval",
        ),
        ({"from": "yesterday"}, "from"),
        ({"interval": "second"}, "interval"),
        ({"groupBy": "color"}, "groupBy"),
        ({"mechanism": "raffle"}, "mechanism"),
        ({"experienceId": ""}, "experienceId"),
    ],
)
def test_odd_questions_are_refused(client, merchant, query, field):
    said = ask(client, merchant, status=400, **query)

    assert said["code"] == "VALIDATION_FAILED"
    assert [each["field"] for each in said["details"]] == [field]


def test_nobody_sees_what_is_not_theirs(client, rt, merchant):
    launch = make_launch(rt, merchant)
    keep(rt, merchant, launch, Measure.ENTERED, datetime.now(UTC), value=5)

    for other in (make_merchant(rt), make_merchant(rt, "test", of=merchant)):
        assert ask(client, other)["total"]["funnel"]["entered"] == 0
        for name, its_id in (
            ("experience", launch.experience_id),
            ("sequence", launch.sequence_id),
            ("distribution", launch.queue_id),
        ):
            said = ask(client, other, status=404, **{f"{name}Id": its_id})
            assert said["code"] == f"{name.upper()}_NOT_FOUND"
        ask(client, other, f"/experiences/{launch.experience_id}/metrics", 404)
        ask(client, other, f"/sequences/{launch.sequence_id}/metrics", 404)


def test_counts_that_cannot_be_kept_are_tried_again(client, rt, merchant):
    launch = make_launch(rt, merchant)
    asked.tell(rt.asked, Asked(merchant.tenant, launch.queue_id, Measure.REFUSED, "FULL"), NOON)

    def fails():
        with suppress(DBAPIError):
            counting.count(rt)
            return False
        return True

    with renamed(rt, "insight_count"):
        wait_until(fails, "counts that cannot be kept")

    times = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}
    told(client, rt, merchant, lambda said: said["refused"]["codes"] == {"FULL": 1}, **times)
