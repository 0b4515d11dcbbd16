import hmac
from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.engine.shuffle import commitment, shuffled, unshuffled

SEED = bytes(range(32))


def seeds(count):
    return [sha256(str(number).encode()).digest() for number in range(count)]


@settings(max_examples=30)
@given(seed=st.binary(min_size=32, max_size=32), size=st.integers(1, 100))
def test_every_size_is_permuted_and_every_place_leads_back(seed, size):
    places = [shuffled(seed, size, number) for number in range(1, size + 1)]

    assert sorted(places) == list(range(1, size + 1))
    assert [unshuffled(seed, size, place) for place in places] == list(range(1, size + 1))


@given(st.data(), st.integers(1, 10**9))
def test_large_lobbies_lead_back_too(data, size):
    number = data.draw(st.integers(1, size))

    place = shuffled(SEED, size, number)

    assert 1 <= place <= size
    assert unshuffled(SEED, size, place) == number


def model(seed, size, number):
    """The description in words, by somebody who has not seen the code."""
    bits = 1
    while 4**bits < size:
        bits += 1
    value = number - 1
    while True:
        left, right = divmod(value, 2**bits)
        for turn in range(10):
            said = f"fanfare-shuffle-v1:{size}:{turn}:{right}".encode()
            mixed = int.from_bytes(hmac.new(seed, said, "sha256").digest()[:8], "big") % 2**bits
            left, right = right, left ^ mixed
        value = left * 2**bits + right
        if value < size:
            return value + 1


@given(st.data(), st.integers(1, 10**6))
def test_an_outsider_computes_the_same(data, size):
    number = data.draw(st.integers(1, size))

    assert shuffled(SEED, size, number) == model(SEED, size, number)


def test_the_published_vector_holds():
    assert [shuffled(SEED, 10, number) for number in range(1, 11)] == [
        5,
        2,
        3,
        6,
        10,
        7,
        9,
        1,
        4,
        8,
    ]
    assert shuffled(SEED, 1_000_000, 1) == 683_948
    assert commitment("queue_1", SEED).hex() == (
        "60b9648bedd703c4468d1a491fd57b1fbdeeecabb85371cf2bdc7600c42b68fa"
    )


@pytest.mark.parametrize("size", [2, 3, 5, 9])
def test_everybody_gets_every_place_equally_often(size):
    seen = Counter(
        (number, shuffled(seed, size, number))
        for seed in seeds(1000)
        for number in range(1, size + 1)
    )

    expected = 1000 / size
    spread = sum(
        (seen[number, place] - expected) ** 2 / expected
        for number in range(1, size + 1)
        for place in range(1, size + 1)
    )
    freedom = (size - 1) ** 2
    assert spread < freedom + 5 * (2 * freedom) ** 0.5 + 10


def test_all_orders_of_three_come_up():
    orders = Counter(
        tuple(shuffled(seed, 3, number) for number in (1, 2, 3)) for seed in seeds(600)
    )

    assert len(orders) == 6
    assert min(orders.values()) > 65


def test_another_seed_or_one_more_in_the_lobby_is_another_shuffle():
    order = [shuffled(SEED, 50, number) for number in range(1, 51)]

    assert order != [shuffled(b"x" * 32, 50, number) for number in range(1, 51)]
    assert order != [shuffled(SEED, 51, number) for number in range(1, 51)]


def test_the_commitment_is_of_this_queue_and_this_seed():
    assert commitment("queue_1", SEED) != commitment("queue_2", SEED)
    assert commitment("queue_1", SEED) != commitment("queue_1", b"x" * 32)


@pytest.mark.parametrize(("size", "number"), [(10, 0), (10, 11), (0, 1), (10, -1)])
def test_who_was_not_in_the_lobby_has_no_place_in_it(size, number):
    with pytest.raises(ValueError, match="There is no"):
        shuffled(SEED, size, number)
    with pytest.raises(ValueError, match="There is no"):
        unshuffled(SEED, size, number)
