"""Who may enter, and what is answered: the rules of ``enter_batch`` (D4)."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from integration.kernel.tenant import Tenant
from integration.store.line.committer import Ask, Verdict
from tests.store.batches import enter, parts, verdicts
from tests.store.stage import TENANT

LATER = datetime.now(UTC) + timedelta(hours=1)
EARLIER = datetime.now(UTC) - timedelta(hours=1)


def test_who_comes_at_once_enters_in_that_order_with_numbers_and_places(stage):
    line = stage.line()
    people = stage.people(5)
    enter(stage, *[person.asks(line) for person in people[:2]])

    rows = enter(stage, *[person.asks(line) for person in people[2:]])

    assert [(row[0], row[2], row[3], row[5]) for row in rows] == [
        ("ENTERED", number, "QUEUED", number) for number in (3, 4, 5)
    ]
    assert stage.counters(line) == (5, 5)


def test_places_count_who_waits_while_numbers_go_on(stage):
    line = stage.line()
    people = stage.people(4)
    enter(stage, *[person.asks(line) for person in people[:3]])
    stage.leave(line, people[:2])

    ((_, _, number, _, _, place, _),) = enter(stage, people[3].asks(line))

    assert (number, place) == (4, 2)


def test_a_device_holds_exactly_as_many_entries_as_it_may_within_a_batch(stage):
    line = stage.line(max_entries_per_fingerprint=3)
    people = stage.people(7)
    devices = [b"a", b"b", b"a", b"a", b"a", b"b", None]

    said = verdicts(
        stage, *[person.asks(line, device) for person, device in zip(people, devices, strict=True)]
    )

    assert said == [*["ENTERED"] * 4, "FINGERPRINT", "ENTERED", "ENTERED"]


def test_refused_asks_use_up_no_entries_of_a_device(stage):
    line = stage.line(max_entries_per_fingerprint=1)
    ended, good = stage.people(2)
    stage.run("UPDATE session SET revoked_at = now() WHERE id = %s", ended.session_id)

    said = verdicts(stage, ended.asks(line, b"same"), good.asks(line, b"same"))

    assert said == ["REVOKED", "ENTERED"]


def test_a_device_may_enter_again_for_whoever_left(stage):
    line = stage.line(max_entries_per_fingerprint=1)
    first, second = stage.people(2)
    enter(stage, first.asks(line, b"same"))
    stage.leave(line, [first])

    assert verdicts(stage, second.asks(line, b"same")) == ["ENTERED"]


def test_where_devices_are_not_told_apart_there_is_no_cap(stage):
    line = stage.line(fingerprint_policy="off", max_entries_per_fingerprint=1)
    people = stage.people(3)

    assert verdicts(stage, *[each.asks(line, b"same") for each in people]) == ["ENTERED"] * 3


def test_who_left_comes_again_at_the_end_of_the_line(stage):
    line = stage.line()
    people = stage.people(3)
    enter(stage, *[person.asks(line) for person in people])
    stage.leave(line, people[:1])

    ((verdict, _, number, state, _, place, _),) = enter(stage, people[0].asks(line))

    assert (verdict, number, state, place) == ("ENTERED", 4, "QUEUED", 3)


def test_who_is_in_is_answered_with_the_entry_as_it_stands(stage):
    line = stage.line(max_capacity=1)
    (person,) = stage.people(1)
    ((_, entry, *_),) = enter(stage, person.asks(line))
    stage.leave(line, [person], state="ADMITTED")
    stage.run("UPDATE distribution SET close_at = now() WHERE id = %s", line)

    ((verdict, again, number, state, *_),) = enter(stage, person.asks(line))

    assert (verdict, again, number, state) == ("CURRENT", entry, 1, "ADMITTED")


def test_a_session_that_was_ended_enters_nothing_and_sees_nothing(stage):
    line = stage.line()
    (person,) = stage.people(1)
    enter(stage, person.asks(line))
    stage.run("UPDATE session SET revoked_at = now() WHERE id = %s", person.session_id)

    ((verdict, entry, number, *_),) = enter(stage, person.asks(line))

    assert (verdict, entry, number) == ("REVOKED", None, None)


def test_a_session_of_somebody_else_is_none(stage):
    line = stage.line()
    one, other = stage.people(2)

    said = verdicts(stage, one._replace(session_id=other.session_id).asks(line))

    assert said == ["REVOKED"]


@pytest.mark.parametrize("other", [Tenant("org_b", "live"), Tenant("org_a", "test")])
def test_another_organizations_or_modes_line_does_not_exist(stage, other):
    line = stage.line(other)
    (person,) = stage.people(1)
    (own,) = stage.people(1, other)
    enter(stage, own.asks(line))

    rows = enter(stage, person.asks(line), person._replace(consumer_id=own.consumer_id).asks(line))

    assert [(row[0], row[1], row[6]) for row in rows] == [("UNKNOWN", None, None)] * 2
    assert stage.counters(line) == (1, 1)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"state": "draft"}, "UNKNOWN"),
        ({"archived_at": EARLIER}, "UNKNOWN"),
        ({"state": "ended"}, "CLOSED"),
        ({"close_at": EARLIER}, "CLOSED"),
        ({"open_at": LATER}, "NOT_OPEN"),
        ({"open_at": LATER, "close_at": EARLIER}, "CLOSED"),
        ({"max_capacity": 0}, "FULL"),
        ({"inventory_bound": True, "stock": 0}, "SOLD_OUT"),
        ({"inventory_bound": True, "stock": 1, "units_per_admission": 2}, "SOLD_OUT"),
        ({"inventory_bound": False, "stock": 0}, "ENTERED"),
        ({"state": "paused"}, "ENTERED"),
        ({"open_at": EARLIER, "close_at": LATER}, "ENTERED"),
    ],
)
def test_a_line_is_entered_while_it_takes_entries(stage, given, verdict):
    line = stage.line(**given)
    (person,) = stage.people(1)

    assert verdicts(stage, person.asks(line)) == [verdict]


def test_a_line_not_open_yet_says_when_it_will_be(stage):
    line = stage.line(open_at=LATER)
    (person,) = stage.people(1)

    ((*_, opens_at),) = enter(stage, person.asks(line))

    assert opens_at == LATER


def test_while_stock_may_come_back_one_may_still_enter(stage):
    line = stage.line(inventory_bound=True, stock=1)
    stage.run("UPDATE line SET held = 1 WHERE distribution_id = %s", line)
    (person,) = stage.people(1)

    assert verdicts(stage, person.asks(line)) == ["ENTERED"]


def test_a_full_line_takes_the_first_of_a_batch_and_one_more_for_each_that_leaves(stage):
    line = stage.line(max_capacity=2)
    people = stage.people(4)
    asks = [person.asks(line) for person in people]

    first = verdicts(stage, *asks[:3])
    stage.leave(line, people[:1])

    assert first == ["ENTERED", "ENTERED", "FULL"]
    assert verdicts(stage, asks[3], asks[2]) == ["ENTERED", "FULL"]


def test_ten_thousand_asks_for_nothing_change_no_counter(stage):
    line, draft = stage.line(), stage.line(state="draft")
    (person,) = stage.people(1)
    strange = person._replace(tenant=Tenant("org_z", "live"))
    junk = [
        *[person.asks(f"queue_{turn}") for turn in range(4_000)],
        *[strange.asks(line) for _ in range(2_000)],
        *[person.asks(draft) for _ in range(2_000)],
        *[Ask(TENANT, line, f"cons_{turn}", "sess_none") for turn in range(2_000)],
    ]

    said = {row[0] for batch in parts(junk, 250) for row in enter(stage, *batch)}

    assert said == {"UNKNOWN", "REVOKED"}
    assert stage.counters(line) == stage.counters(draft) == (0, 0)
    assert stage.one("SELECT count(*) FROM participation") == 0


def test_the_same_person_twice_in_one_batch_is_refused_whole(stage):
    """Better than a gap in the numbers; the committer merges, and asks again one by one."""
    line = stage.line()
    one, two = stage.people(2)

    with pytest.raises(psycopg.errors.UniqueViolation):
        enter(stage, two.asks(line), one.asks(line), one.asks(line))

    assert stage.counters(line) == (0, 0)


def test_every_verdict_of_the_function_has_a_name(stage):
    source = stage.one("SELECT prosrc FROM pg_proc WHERE proname = 'enter_batch'")

    assert all(f"'{verdict}'" in source for verdict in Verdict)
