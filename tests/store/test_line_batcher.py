"""Many callers, one worker (D4, D18)."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from integration.kernel.errors import NotFound, ServiceUnavailable
from integration.store.line.batcher import PROBES, Batcher
from tests.support.waiting import wait_until


class Gate:
    """Work that stands still until it is let through, and remembers its batches."""

    def __init__(self) -> None:
        self.open = Event()
        self.begun = Event()
        self.batches: list[list] = []

    def run(self, items, meanwhile):
        meanwhile()
        self.batches.append(list(items))
        self.begun.set()
        assert self.open.wait(30)
        return [item * 10 for item in items]


@pytest.fixture
def gate():
    made = Gate()
    yield made
    made.open.set()


@pytest.fixture
def batcher(gate):
    made = Batcher(gate.run, size=4, backlog=6, name="under test")
    yield made
    gate.open.set()
    made.close()


def submit(batcher: Batcher, item: int, timeout: float = 30) -> Thread:
    """Submit in a thread of its own, and return once it waits."""
    waiting = len(batcher._waiting)
    caller = Thread(target=batcher.submit, args=(item, timeout))
    caller.start()
    wait_until(lambda: len(batcher._waiting) > waiting or batcher._in_hand, "it waits")
    return caller


def test_each_caller_gets_the_answer_to_its_own_item(gate):
    gate.open.set()
    batcher = Batcher(gate.run, size=4, name="under test")

    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda item: batcher.submit(item, 30), range(2_000), timeout=60))

    assert answers == [item * 10 for item in range(2_000)]
    assert max(map(len, gate.batches)) <= 4
    batcher.close()


def test_what_arrives_meanwhile_goes_together(batcher, gate):
    callers = [submit(batcher, 1)]
    assert gate.begun.wait(30)
    for item in range(2, 8):
        callers.append(Thread(target=batcher.submit, args=(item, 30)))
        callers[-1].start()
        wait_until(lambda item=item: len(batcher._waiting) == item - 1, "it waits")

    gate.open.set()
    for caller in callers:
        caller.join()

    assert gate.batches == [[1], [2, 3, 4, 5], [6, 7]]


def test_a_full_backlog_is_refused_at_once(batcher, gate):
    callers = [submit(batcher, 0)]
    assert gate.begun.wait(30)
    callers += [Thread(target=batcher.submit, args=(item, 30)) for item in range(6)]
    for caller in callers[1:]:
        caller.start()
    wait_until(lambda: len(batcher._waiting) == 6, "the backlog is full")

    with pytest.raises(ServiceUnavailable) as refused:
        batcher.submit(7, 30)

    assert refused.value.retry_after == 1
    gate.open.set()
    for caller in callers:
        caller.join()


def test_who_gave_up_before_the_work_began_is_dropped(batcher, gate):
    first = submit(batcher, 1)
    assert gate.begun.wait(30)

    with pytest.raises(ServiceUnavailable):
        batcher.submit(2, timeout=0.01)
    gate.open.set()
    first.join()

    assert batcher.submit(3, 30) == 30
    assert gate.batches == [[1], [3]]


def test_an_error_goes_to_all_of_its_batch_and_the_next_one_is_served(gate):
    def run(items, meanwhile):
        if items == [0]:
            raise NotFound("Queue")
        return items

    batcher = Batcher(run, name="under test")

    with pytest.raises(NotFound, match="Nothing is here"):
        batcher.submit(0, 30)

    assert batcher.submit(1, 30) == 1
    batcher.close()


def test_an_error_may_be_the_answer_to_one_item_alone():
    batcher = Batcher(lambda items, _: [ValueError(item) for item in items], name="under test")

    with pytest.raises(ValueError, match="7"):
        batcher.submit(7, 30)

    batcher.close()


def test_too_few_answers_are_an_error_and_not_a_dead_thread():
    batcher = Batcher(lambda items, _: items[1:], name="under test")

    for _ in range(2):
        with pytest.raises(ValueError, match="shorter"):
            batcher.submit(1, 30)

    batcher.close()


def test_the_batch_before_is_answered_while_the_next_is_under_way():
    events = []

    def run(items, meanwhile):
        events.append(f"begin {items[0]}")
        if items == [1]:
            second.start()
            wait_until(lambda: len(batcher._waiting) == 1, "the second waits")
        else:
            meanwhile()
            wait_until(first.done.is_set, "the first is answered")
        events.append(f"end {items[0]}")
        return items

    class Caller(Thread):
        def __init__(self, item):
            super().__init__()
            self.item, self.done = item, Event()

        def run(self):
            batcher.submit(self.item, 30)
            self.done.set()

    batcher = Batcher(run, size=1, name="under test")
    first, second = Caller(1), Caller(2)
    first.start()
    first.join(30)
    second.join(30)
    batcher.close()

    assert events == ["begin 1", "end 1", "begin 2", "end 2"]
    assert second.done.is_set()


def test_what_comes_afterwards_may_fail():
    seen = []

    def afterwards(settled):
        seen.append(settled)
        raise OSError

    batcher = Batcher(lambda items, _: items, name="under test", afterwards=afterwards)

    assert [batcher.submit(item, 30) for item in (1, 2)] == [1, 2]
    batcher.close()
    assert seen == [[(1, 1)], [(2, 2)]]


def test_in_trouble_only_a_few_may_wait():
    """A dead server must not take every thread of the process with it."""
    gate = Gate()

    def run(items, meanwhile):
        gate.run(items, meanwhile)
        raise ServiceUnavailable

    batcher = Batcher(run, name="under test")
    gate.open.set()
    with pytest.raises(ServiceUnavailable):
        batcher.submit(0, 30)
    gate.open.clear()
    with ThreadPoolExecutor(32) as pool:
        calls = [pool.submit(batcher.submit, item, 30) for item in range(32)]
        wait_until(lambda: sum(call.done() for call in calls) == 32 - PROBES, "the rest refused")
        gate.open.set()

    assert all(isinstance(call.exception(), ServiceUnavailable) for call in calls)
    batcher.close()


def test_nothing_starts_before_the_first_item_and_close_ends_it():
    batcher = Batcher(lambda items, _: items, name="named")

    def running():
        return [thread for thread in threading.enumerate() if thread.name == "named"]

    assert running() == []
    batcher.submit(1, 30)
    assert len(running()) == 1
    batcher.close()
    assert running() == []
    assert batcher.submit(2, 30) == 2
    batcher.close()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_has_a_worker_of_its_own(batcher, gate):
    gate.open.set()
    assert batcher.submit(1, 30) == 10
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(send, str(batcher.submit(2, 5)).encode())
        os._exit(0)
    os.close(send)

    with os.fdopen(receive, "rb") as told:
        assert told.read() == b"20"

    assert os.waitpid(child, 0)[1] == 0
    assert batcher.submit(3, 30) == 30
