import random
from bisect import bisect_left
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.marks import LIMIT, SAMPLES, choose_marks, interpolate, sample_ranks

MILLION = 1_000_000


def marks_of(waiting):
    """Marks as the builder of the line card makes them, from numbers in order."""
    return choose_marks([(waiting[rank], rank) for rank in sample_ranks(len(waiting))])


def everybody():
    return list(range(1, MILLION + 1))


def random_leavers(share):
    dice = random.Random(1)
    return [number for number in everybody() if dice.random() > share]


def bursts_of_leavers():
    dice, stayed = random.Random(2), bytearray(b"\1" * MILLION)
    for _ in range(200):
        start, length = dice.randrange(MILLION), dice.randrange(100, 3_000)
        stays = bytes(dice.random() < 0.1 for _ in range(length))
        stayed[start : start + length] = stays[: MILLION - start]
    return [number for number in everybody() if stayed[number - 1]]


def leavers_in_front():
    dice = random.Random(3)
    return [number for number in everybody() if number > MILLION // 2 or dice.random() < 0.4]


LINES = {
    "everybody waits": everybody,
    "a tenth left": lambda: random_leavers(0.1),
    "almost all left": lambda: random_leavers(0.9),
    "bursts left": bursts_of_leavers,
    "the front half left": leavers_in_front,
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_million_know_their_place_within_six_or_one_percent(line):
    waiting = line()

    marks = marks_of(waiting)

    assert len(marks) <= LIMIT
    for rank in [*range(2_000), *range(2_000, len(waiting), 37), len(waiting) - 1]:
        assert abs(interpolate(marks, waiting[rank]) - rank) <= max(6, rank / 100)


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_the_first_hundred_know_their_place_within_two(line):
    waiting = line()

    marks = marks_of(waiting)

    assert all(abs(interpolate(marks, waiting[rank]) - rank) <= 2 for rank in range(100))


@given(st.sets(st.integers(1, 10**9), max_size=LIMIT))
def test_while_no_more_than_64_wait_every_place_is_exact(numbers):
    waiting = sorted(numbers)

    marks = marks_of(waiting)

    assert [interpolate(marks, number) for number in waiting] == list(range(len(waiting)))


@given(st.sets(st.integers(1, 5_000), min_size=65, max_size=400))
def test_marks_are_true_ascending_and_reach_from_first_to_last(numbers):
    waiting = sorted(numbers)

    marks = marks_of(waiting)

    assert len(marks) <= LIMIT
    assert marks[0] == (waiting[0], 0)
    assert marks[-1] == (waiting[-1], len(waiting) - 1)
    assert marks == sorted(set(marks))
    assert all(waiting[rank] == number for number, rank in marks)


@given(st.sets(st.integers(1, 2_000), min_size=1, max_size=500), st.integers(-10, 3_000))
def test_whoever_is_further_back_never_sees_a_better_place(numbers, number):
    marks = marks_of(sorted(numbers))

    assert 0 <= interpolate(marks, number) <= interpolate(marks, number + 1)


@given(st.sets(st.integers(1, 800), min_size=65, max_size=700))
def test_small_lines_with_any_leavers_stay_within_a_dozen(numbers):
    waiting = sorted(numbers)
    marks = marks_of(waiting)

    worst = max(abs(interpolate(marks, n) - bisect_left(waiting, n)) for n in waiting)

    assert worst <= 12


def test_a_straight_line_needs_two_marks():
    assert marks_of(range(5, 100_005, 2)) == [(5, 0), (100_003, 49_999)]


def test_outside_the_marks_nobody_is_before_the_first_and_all_wait_after_the_last():
    marks = [(10, 0), (20, 5)]

    assert interpolate(marks, 3) == 0
    assert interpolate(marks, 14) == 2
    assert interpolate(marks, 23) == 8
    assert interpolate([], 3) == 0


@given(st.integers(0, 20_000_000))
def test_samples_are_ranks_in_order_with_both_ends(waiting):
    ranks = sample_ranks(waiting)

    assert len(ranks) <= SAMPLES
    assert all(a < b for a, b in pairwise(ranks))
    assert ranks[:256] == list(range(min(256, waiting)))
    assert ranks[-1:] == ([waiting - 1] if waiting else [])
