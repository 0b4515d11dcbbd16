"""The line in Valkey: marks, ranges, fences, tombstones, epochs (D5)."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.store.line.epochs import Epochs, Waiting, keys, members
from integration.store.valkey import Call, Valkey, open_valkey
from tests.store.silence import closed_port, frozen_port
from tests.support.waiting import within

LINE = "queue_x"
AT = datetime(2026, 11, 20, 7, 0, 0, 123456, tzinfo=UTC)


def entry(number: int, who: str | None = None) -> Waiting:
    return Waiting(number, who or f"cons_{number}", AT + timedelta(seconds=number))


def entries(first: int, last: int) -> list[Waiting]:
    return [entry(number) for number in range(first, last + 1)]


def build(valkey: Valkey, waiting: list[Waiting] = [], top: int = 0) -> bytes:  # noqa: B006
    """Make an epoch of these, as a rebuilding does."""
    epoch = begin(valkey, top)
    load(valkey, epoch, top, waiting)
    assert flip(valkey, epoch)
    return epoch


def begin(valkey: Valkey, top: int) -> bytes:
    epoch = valkey.script("begin", keys(LINE), [10_000])
    assert epoch
    load(valkey, epoch, top)
    return epoch


def load(valkey: Valkey, epoch: bytes, top: int, waiting: list[Waiting] = []) -> None:  # noqa: B006
    text = [members(waiting)] if waiting else []
    assert valkey.script("load", keys(LINE), [epoch, 10_000, top, *text]) == 1


def flip(valkey: Valkey, epoch: bytes) -> bool:
    return bool(valkey.script("flip", keys(LINE), [epoch]))


def seen(epochs: Epochs, *numbers: int) -> list[tuple[int, int] | None]:
    """The number and how many are ahead, for each of these; None = ask Postgres."""
    places = [epochs.read(LINE, f"cons_{number}") for number in numbers]
    return [place and place[:2] for place in places]


def test_without_an_epoch_nothing_is_known_and_nothing_is_kept(epochs, valkey):
    epochs.put(LINE, entries(1, 3))

    assert seen(epochs, 1) == [None]
    assert valkey.client.keys() == []


def test_a_place_is_the_number_how_many_wait_before_it_and_since_when(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 5))

    assert epochs.read(LINE, "cons_4") == (4, 3, AT + timedelta(seconds=4))
    assert seen(epochs, 1, 5, 6) == [(1, 0), (5, 4), None]


def test_a_range_that_comes_too_early_waits_and_its_people_ask_postgres(epochs, valkey):
    """Above a gap a rank would be too good by those who are missing."""
    build(valkey)
    epochs.put(LINE, entries(1, 2))
    epochs.put(LINE, entries(5, 6))
    epochs.put(LINE, entries(9, 9))

    before = seen(epochs, 2, 5, 6, 9)
    epochs.put(LINE, entries(3, 4))

    assert before == [(2, 1), None, None, None]
    assert seen(epochs, 3, 5, 6, 9) == [(3, 2), (5, 4), (6, 5), None]


def test_a_range_may_come_twice_or_in_parts(epochs, valkey):
    build(valkey)
    for first, last in [(3, 6), (5, 6), (3, 4), (1, 2), (3, 6), (1, 6)]:
        epochs.put(LINE, entries(first, last))

    assert seen(epochs, 1, 6) == [(1, 0), (6, 5)]


def test_who_leaves_is_asked_about_in_postgres_from_the_fence_on(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 3))

    epochs.fence(LINE, ["cons_1"])
    fenced = seen(epochs, 1, 2)
    epochs.remove(LINE, [(1, "cons_1")])

    assert fenced == [None, (2, 1)]
    assert seen(epochs, 1, 2, 3) == [None, (2, 0), (3, 1)]


def test_who_did_not_leave_after_all_is_believed_again(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 1))
    epochs.fence(LINE, ["cons_1"])

    epochs.unfence(LINE, ["cons_1"])

    assert seen(epochs, 1) == [(1, 0)]


def test_of_two_who_leave_for_the_same_person_the_first_leaves_the_fence_standing(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 1))
    epochs.fence(LINE, ["cons_1"])
    epochs.fence(LINE, ["cons_1"])

    epochs.unfence(LINE, ["cons_1"])

    assert seen(epochs, 1) == [None]
    epochs.remove(LINE, [(1, "cons_1")])
    assert valkey.client.exists(*keys(LINE, "fence", "fences")) == 0


def test_who_is_back_before_their_passing_over_is_told_stays_in_the_line(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 3))
    epochs.fence(LINE, ["cons_1", "cons_2"])

    epochs.fence(LINE, ["cons_1"])
    epochs.rejoin(LINE, entry(1), version=8)
    epochs.put_aside(LINE, [(1, "cons_1"), (2, "cons_2")], version=7)

    assert seen(epochs, 1, 2, 3) == [None, None, (3, 1)]


def test_who_is_passed_over_once_more_after_coming_back_is_taken_out(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 2))
    epochs.fence(LINE, ["cons_1"])
    epochs.rejoin(LINE, entry(1), version=8)

    epochs.fence(LINE, ["cons_1"])
    epochs.put_aside(LINE, [(1, "cons_1")], version=9)

    assert seen(epochs, 2) == [(2, 0)]


def test_who_came_back_and_is_admitted_is_taken_out_for_good(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 2))
    epochs.fence(LINE, ["cons_1"])
    epochs.rejoin(LINE, entry(1), version=8)

    epochs.remove(LINE, [(1, "cons_1")])

    assert seen(epochs, 2) == [(2, 0)]


def test_who_is_back_in_the_middle_of_a_rebuilding_is_in_the_next_epoch_too(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 2))
    epoch = begin(valkey, 2)
    epochs.fence(LINE, ["cons_1"])

    epochs.rejoin(LINE, entry(1), version=8)
    epochs.put_aside(LINE, [(1, "cons_1")], version=7)
    load(valkey, epoch, 2, entries(2, 2))
    assert flip(valkey, epoch)

    assert seen(epochs, 2) == [(2, 1)]


def test_a_range_that_comes_after_somebody_left_does_not_bring_them_back(epochs, valkey):
    build(valkey)
    epochs.fence(LINE, ["cons_2"])
    epochs.remove(LINE, [(2, "cons_2")])

    epochs.put(LINE, entries(1, 3))

    assert seen(epochs, 1, 2, 3) == [(1, 0), None, (3, 1)]


def test_a_range_that_comes_a_second_time_after_somebody_left_does_not_either(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 3))
    epochs.fence(LINE, ["cons_2"])
    epochs.remove(LINE, [(2, "cons_2")])

    epochs.put(LINE, entries(1, 3))

    assert seen(epochs, 2, 3) == [None, (3, 1)]


def test_of_a_range_that_overlaps_the_line_only_the_new_part_counts(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 3))
    epochs.fence(LINE, ["cons_2"])
    epochs.remove(LINE, [(2, "cons_2")])

    epochs.put(LINE, entries(2, 4))

    assert seen(epochs, 2, 4) == [None, (4, 2)]


def test_a_part_of_a_range_does_not_make_the_rest_of_it_wait_for_ever(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(3, 6))
    epochs.put(LINE, entries(5, 6))

    epochs.put(LINE, entries(1, 2))

    assert seen(epochs, 6) == [(6, 5)]


def test_who_enters_again_has_the_new_number_whatever_comes_late(epochs, valkey):
    build(valkey)
    epochs.put(LINE, [entry(1, "cons_a"), entry(2)])
    epochs.fence(LINE, ["cons_a"])
    epochs.put(LINE, [entry(3, "cons_a")])

    epochs.remove(LINE, [(1, "cons_a")])
    epochs.put(LINE, [entry(1, "cons_a"), entry(2)])

    assert epochs.read(LINE, "cons_a")[:2] == (3, 1)


def test_while_a_line_is_rebuilt_the_old_epoch_is_read_and_both_are_written(epochs, valkey):
    build(valkey)
    epochs.put(LINE, entries(1, 4))
    epoch = begin(valkey, 4)
    epochs.put(LINE, entries(5, 6))
    epochs.fence(LINE, ["cons_1", "cons_5"])
    epochs.remove(LINE, [(1, "cons_1"), (5, "cons_5")])
    meanwhile = seen(epochs, 2, 6)

    load(valkey, epoch, 4, entries(1, 4))
    assert flip(valkey, epoch)

    assert meanwhile == [(2, 0), (6, 3)]
    assert seen(epochs, 1, 2, 4, 5, 6) == [None, (2, 0), (4, 2), None, (6, 3)]


def test_a_range_that_comes_late_into_a_rebuilding_brings_nobody_back(epochs, valkey):
    """They had left before it began, and its record does not name them any more."""
    build(valkey)
    epochs.fence(LINE, ["cons_2"])
    epochs.remove(LINE, [(2, "cons_2")])
    epoch = valkey.script("begin", keys(LINE), [10_000])

    epochs.put(LINE, entries(1, 3))
    load(valkey, epoch, 3)
    load(valkey, epoch, 3, [entry(1), entry(3)])
    epochs.put(LINE, entries(1, 3))
    assert flip(valkey, epoch)

    assert seen(epochs, 1, 2, 3) == [(1, 0), None, (3, 1)]


def test_an_old_entry_in_the_record_does_not_undo_a_new_one(epochs, valkey):
    build(valkey)
    epoch = begin(valkey, 2)
    epochs.put(LINE, [entry(3, "cons_a")])

    load(valkey, epoch, 2, [entry(1, "cons_a"), entry(2)])
    assert flip(valkey, epoch)

    assert epochs.read(LINE, "cons_a")[:2] == (3, 1)


def test_only_one_rebuilds_at_a_time_and_a_wipe_ends_its_work(epochs, valkey):
    epoch = begin(valkey, 0)
    assert valkey.script("begin", keys(LINE), [10_000]) is None

    valkey.client.flushdb()

    assert not valkey.script("load", keys(LINE), [epoch, 10_000, 0])
    assert not flip(valkey, epoch)
    assert valkey.client.keys() == []


def test_an_epoch_of_another_run_of_the_server_does_not_count(epochs, valkey):
    """A restart from an old snapshot, or a promoted replica, may have lost removals."""
    epoch = build(valkey, entries(1, 2), 2)
    old = b"0" * 40 + epoch[40:]
    for name in ("waiting", "since", "mark"):
        valkey.client.rename(*[f"line:{{{LINE}}}:{name}:{each.decode()}" for each in (epoch, old)])
    valkey.client.set(keys(LINE)[0], old)

    epochs.put(LINE, entries(3, 3))

    assert seen(epochs, 1, 3) == [None, None]
    build(valkey, entries(1, 3), 3)
    assert seen(epochs, 1, 3) == [(1, 0), (3, 2)]
    assert valkey.client.keys(f"*{old.decode()}*") == []


def test_the_scripts_come_back_after_the_server_lost_them(epochs, valkey):
    build(valkey, entries(1, 2), 2)
    valkey.client.script_flush()

    assert seen(epochs, 2) == [(2, 1)]


def test_a_call_that_was_counted_is_not_counted_again_when_a_script_was_lost(valkey):
    taking = Call("take", ["limit:{x}:minute", "limit:{x}:second"], [1, 10, 0])
    valkey.scripts([taking])
    valkey.client.script_flush()
    valkey.scripts([taking])

    answers = valkey.scripts([taking, Call("ended", ["ended"], ["sess_x"])])

    assert answers[0][:2] == [1, 7]


def test_every_key_of_a_line_ends_by_itself(epochs, valkey):
    build(valkey, entries(1, 2), 2)
    epochs.put(LINE, entries(5, 6))
    epochs.fence(LINE, ["cons_1", "cons_8", "cons_9"])
    epochs.remove(LINE, [(8, "cons_8")])
    begin(valkey, 2)
    epochs.put(LINE, entries(3, 3))
    epochs.remove(LINE, [(9, "cons_9")])

    lasting = {key: valkey.client.ttl(key) for key in valkey.client.scan_iter()}

    assert len(lasting) > 10
    assert all(0 < left <= 25 * 3600 for left in lasting.values())
    name = lasting[keys(LINE)[0].encode()]
    epoch = valkey.client.get(keys(LINE)[0])
    assert all(left > name for key, left in lasting.items() if key.endswith(epoch))


def test_a_line_that_is_over_leaves_nothing_behind(epochs, valkey):
    build(valkey, entries(1, 2), 2)
    epochs.fence(LINE, ["cons_1"])
    begin(valkey, 2)

    epochs.forget(LINE)

    assert valkey.client.keys() == []


@pytest.mark.parametrize("kind", ["closed", "frozen"])
def test_with_valkey_away_nothing_raises_and_nobody_waits_twice(kind):
    with frozen_port() as frozen:
        port = frozen if kind == "frozen" else closed_port()

        def try_everything() -> object:
            epochs = Epochs(open_valkey(f"redis://127.0.0.1:{port}"))
            epochs.put(LINE, entries(1, 2))
            epochs.fence(LINE, ["cons_1"])
            epochs.remove(LINE, [(1, "cons_1")])
            epochs.unfence(LINE, ["cons_1"])
            epochs.forget(LINE)
            return epochs.read(LINE, "cons_1")

        place = within(0.25, try_everything)

    assert place is None


def test_a_fence_that_could_not_be_set_drops_the_epoch_once_valkey_is_back(epochs, valkey):
    """Whoever left meanwhile is still in it, behind no fence."""
    build(valkey, entries(1, 2), 2)
    away = Epochs(open_valkey(f"redis://127.0.0.1:{closed_port()}"))
    away.fence(LINE, ["cons_1"])
    away.remove(LINE, [(1, "cons_1")])
    assert seen(epochs, 1) == [(1, 0)]

    away.valkey.client = valkey.client
    away.valkey._resting_until = 1

    assert seen(away, 2) == [None]
    assert seen(epochs, 1, 2) == [None, None]


def test_ten_thousand_leave_at_once_in_parts(epochs, valkey):
    build(valkey, entries(1, 10_001), 10_001)
    leaving = [(number, f"cons_{number}") for number in range(1, 10_001)]

    epochs.fence(LINE, [consumer for _, consumer in leaving])
    epochs.remove(LINE, leaving)

    assert seen(epochs, 1, 10_001) == [None, (10_001, 0)]
    assert valkey.client.exists(*keys(LINE, "fence", "fences")) == 0
