"""A place in the line goes over to another name."""

from datetime import UTC, datetime

import pytest

from integration.store.line import renaming
from integration.store.line.epochs import Waiting, keys

LINE = "queue_1"
THEN = datetime(2026, 1, 1, tzinfo=UTC)


def waiting(*names):
    return [Waiting(number, name, THEN) for number, name in enumerate(names, 1)]


@pytest.fixture
def line(epochs):
    """An open line in which a, b and c wait."""
    names = keys(LINE)
    epoch = epochs.valkey.script("begin", names, [10_000])
    epochs.valkey.script("load", names, [epoch, 10_000, 0])
    epochs.valkey.script("flip", names, [epoch])
    epochs.put(LINE, waiting("a", "b", "c"))
    return epochs


def settle(line):
    """Take down every fence, as the mender does."""
    line.valkey.client.delete(*keys(LINE, "fence", "fences"))


def test_the_place_stays_where_it_was(line):
    renaming.fence(line, LINE, "b", "me")
    renaming.tell(line, LINE, [], "b", Waiting(2, "me", THEN))
    settle(line)

    assert line.read(LINE, "b") is None
    assert line.read(LINE, "me") == (2, 1, THEN)
    assert line.read(LINE, "c") == (3, 2, THEN)


def test_the_worse_of_two_places_is_taken_out(line):
    renaming.fence(line, LINE, "a", "c")
    renaming.tell(line, LINE, [(3, "c")], "a", Waiting(1, "c", THEN))
    settle(line)

    assert line.read(LINE, "c") == (1, 0, THEN)
    assert line.read(LINE, "b") == (2, 1, THEN)
    assert line.read(LINE, "a") is None


def test_nobody_is_believed_until_the_mender_came_by(line):
    renaming.fence(line, LINE, "b", "me")
    renaming.tell(line, LINE, [(3, "me")], "b", Waiting(2, "me", THEN))

    assert line.read(LINE, "me") is None


def test_a_name_that_comes_late_keeps_the_place_for_the_others(line):
    renaming.tell(line, LINE, [], "d", Waiting(4, "me", THEN))
    line.put(LINE, [Waiting(4, "d", THEN), Waiting(5, "e", THEN)])

    assert line.read(LINE, "e") == (5, 4, THEN)
    assert line.read(LINE, "me") is None


def test_the_place_of_somebody_else_is_left_alone(line):
    renaming.tell(line, LINE, [], "a", Waiting(2, "me", THEN))

    assert line.read(LINE, "a") == (1, 0, THEN)
    assert line.read(LINE, "me") is None


def test_a_sign_of_life_goes_over_too(line):
    client, [signs] = line.valkey.client, keys(LINE, "signs")
    client.zadd(signs, {"b": 1_000, "me": 500})

    renaming.tell(line, LINE, [], "b", Waiting(2, "me", THEN))

    assert client.zrange(signs, 0, -1, withscores=True) == [(b"me", 1_000)]


def test_a_ticket_of_a_lobby_goes_over_too(line):
    client = line.valkey.client
    epoch = client.get(keys(LINE)[0]).decode()
    [order] = keys(LINE, f"order:{epoch}")
    client.zadd(order, {"a": 3, "b": 1, "c": 2})

    renaming.tell(line, LINE, [], "b", Waiting(2, "me", THEN))

    assert client.zrange(order, 0, -1) == [b"me", b"c", b"a"]


def test_without_valkey_nothing_is_raised(line):
    line.valkey.client.connection_pool.connection_kwargs["port"] = 1
    line.valkey.client.connection_pool.disconnect()

    renaming.tell(line, LINE, [], "b", Waiting(2, "me", THEN))
