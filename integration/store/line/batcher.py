"""Many callers, one worker: what waits is done together, in one round trip."""

import contextlib
import copy
import os
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from integration.kernel.errors import ServiceUnavailable
from integration.store.line.watching import Watch, nobody

T = TypeVar("T")
R = TypeVar("R")

Run = Callable[[Sequence[T], Callable[[], None]], Sequence["R | BaseException"]]
"""Does a batch: one result or error for each item, in order.

The second argument answers the batch before: to be called while waiting for a server.
"""

SIZE = 256
BACKLOG = 2048
PROBES = 8
"""How many callers may wait at once while the other side is in trouble (design.md, D18)."""

LATE_SECONDS = 0.5
NEVER = float("inf")


class _Call(Generic[T, R]):
    """One item on its way; ``ready`` opens when its answer is there."""

    __slots__ = ("answer", "given_up", "item", "ready")

    answer: R | BaseException

    def __init__(self, item: T) -> None:
        self.item = item
        self.given_up = False
        self.ready = Lock()
        self.ready.acquire()


class Batcher(Generic[T, R]):
    """Hands what many threads submit to ``run``, up to ``size`` at a time, one at a time.

    The worker thread starts with the first item, in whichever process that is, and
    outlives every error of ``run``: those go to the callers. ``afterwards`` gets each
    batch once its callers have been answered; what it raises is nobody's concern.
    """

    _thread: Thread | None
    _waiting: "deque[_Call[T, R]]"
    _starting: Lock
    _bell: Lock
    _asleep: bool
    _closing: bool
    _troubled: bool
    _in_hand: int
    _late_at: float

    def __init__(
        self,
        run: "Run[T, R]",
        *,
        size: int = SIZE,
        backlog: int = BACKLOG,
        name: str,
        afterwards: Callable[[Sequence[tuple[T, R | BaseException]]], None] | None = None,
        watch: Watch = nobody,
    ) -> None:
        self._run = run
        self._watch = watch
        self._size = size
        self._backlog = backlog
        self._name = name
        self._afterwards = afterwards
        self._begin_anew()
        _batchers.add(self)

    def submit(self, item: T, timeout: float = 1.0) -> R:
        """Return what ``run`` made of this item, or raise what it raised.

        Raises ``ServiceUnavailable`` at once when too many wait already, and after
        ``timeout`` seconds without an answer; an item not begun by then is dropped.
        """
        if len(self._waiting) >= self._room():
            raise ServiceUnavailable
        call: _Call[T, R] = _Call(item)
        self._waiting.append(call)
        if self._asleep:
            self._wake()
        if not call.ready.acquire(timeout=timeout):
            call.given_up = True
            raise ServiceUnavailable
        answer = call.answer
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def close(self, timeout: float = 5.0) -> None:
        """End the worker once it has answered whoever waits; a later item begins another."""
        thread = self._thread
        if thread is not None:
            self._closing = True
            self._wake()
            thread.join(timeout)
            self._begin_anew()

    def _room(self) -> int:
        if self._troubled or monotonic() > self._late_at:
            return min(PROBES - self._in_hand, self._backlog)
        return self._backlog

    def _wake(self) -> None:
        if self._thread is None:
            self._start()
        self._asleep = False
        # Two callers may ring at once; one ring is enough.
        with contextlib.suppress(RuntimeError):
            self._bell.release()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                thread = Thread(target=self._work, name=self._name, daemon=True)
                thread.start()
                self._thread = thread

    def _work(self) -> None:
        before: Callable[[], None] | None = None
        while self._waiting or before is not None or not self._closing:
            calls = self._take(wait=before is None)
            if calls:
                before = self._run_batch(calls, before or _nothing)
            elif before is not None:
                before()
                before = None

    def _take(self, *, wait: bool) -> list[_Call[T, R]]:
        waiting = self._waiting
        while wait and not waiting and not self._closing:
            self._asleep = True
            if not waiting:
                self._bell.acquire()
            self._asleep = False
        taken = [waiting.popleft() for _ in range(min(len(waiting), self._size))]
        return [call for call in taken if not call.given_up]

    def _run_batch(
        self, calls: list[_Call[T, R]], before: Callable[[], None]
    ) -> Callable[[], None]:
        """Run one batch; return what answers it."""
        once = _Once(before)
        items = [call.item for call in calls]
        self._in_hand, self._late_at = len(calls), monotonic() + LATE_SECONDS
        try:
            answers = self._run(items, once)
            pairs = list(zip(calls, answers, strict=True))
        except BaseException as error:  # noqa: BLE001 - it is the callers' to handle
            answers = [copy.copy(error) for _ in items]
            pairs = list(zip(calls, answers, strict=True))
        once()
        self._watch(len(calls), monotonic() + LATE_SECONDS - self._late_at)
        self._in_hand, self._late_at = 0, NEVER
        self._troubled = all(isinstance(answer, ServiceUnavailable) for answer in answers)
        return lambda: self._answer(pairs)

    def _answer(self, pairs: "list[tuple[_Call[T, R], R | BaseException]]") -> None:
        for call, answer in pairs:
            call.answer = answer
            call.ready.release()
        if self._afterwards is not None:
            with contextlib.suppress(Exception):
                self._afterwards([(call.item, answer) for call, answer in pairs])

    def _begin_anew(self) -> None:
        """Have no thread and nobody waiting, like a forked child."""
        self._starting = Lock()
        self._thread = None
        self._waiting = deque()
        self._bell = Lock()
        self._bell.acquire()
        self._asleep = True
        self._closing = False
        self._troubled = False
        self._in_hand = 0
        self._late_at = NEVER


class _Once:
    """Calls a function the first time it is called."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action: Callable[[], None] | None = action

    def __call__(self) -> None:
        action, self._action = self._action, None
        if action is not None:
            action()


def _nothing() -> None:
    pass


_batchers: WeakSet[Batcher[Any, Any]] = WeakSet()


def _after_fork() -> None:
    for batcher in _batchers:
        batcher._begin_anew()  # noqa: SLF001 - its own module


os.register_at_fork(after_in_child=_after_fork)
