"""The one door to Valkey: short waits, and a breaker, so that nobody waits for a dead one twice."""

from collections.abc import Callable, Sequence
from hashlib import sha1
from importlib import resources
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple, TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as CannotConnect
from redis.exceptions import NoScriptError, RedisError
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

T = TypeVar("T")
Part = str | bytes | int

ANSWER_SECONDS = 0.15
"""How long an answer may take: with Valkey away a call costs at most 250 ms more (D2)."""

REST_SECONDS = 0.5
"""How long a Valkey that did not answer is left alone."""


class ValkeyAway(Exception):
    """Valkey does not answer, or not in time; what it holds can be told by Postgres."""


class Script(NamedTuple):
    """A script, and the name that the server knows it by."""

    text: str
    sha: str


class Call(NamedTuple):
    """One run of the script ``scripts/<name>.lua``; all keys in one hash slot."""

    name: str
    keys: Sequence[Part]
    args: Sequence[Part] = ()


def open_valkey(url: str) -> "Valkey":
    """Return the door to the Valkey or Redis at this address; connects when first used."""
    return Valkey(
        Redis.from_url(
            url.replace("valkey", "redis", 1) if url.startswith("valkey") else url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
        )
    )


class Valkey:
    """A client and the memory of its last silence.

    ``client`` takes and gives bytes; what it raises itself is not caught.
    """

    def __init__(self, client: Redis) -> None:
        self.client = client
        self._resting_until = 0.0
        self._probing = Lock()
        self._owing = Lock()
        self._owed: dict[str, Call] = {}

    def run(self, work: Callable[[Redis], T]) -> T:
        """Return what ``work`` gets out of the client; raises ``ValkeyAway``.

        After a silence it is raised at once for half a second, then one caller at a time
        may try.
        """
        if not self._resting_until:
            return self._try(work)
        if monotonic() < self._resting_until or not self._probing.acquire(blocking=False):
            raise ValkeyAway
        try:
            self._pay()
            answer = self._try(work)
            self._resting_until = 0.0
            return answer
        finally:
            self._probing.release()

    def script(self, name: str, keys: Sequence[Part], args: Sequence[Part] = ()) -> Any:
        """Return what one script answers; raises ``ValkeyAway``."""
        return self.scripts([Call(name, keys, args)])[0]

    def scripts(self, calls: Sequence[Call]) -> list[Any]:
        """Return what these scripts answer, in one round trip; raises ``ValkeyAway``.

        A server that was restarted has forgotten them: those are loaded and run again.
        """
        return self.run(lambda client: _run_all(client, calls))

    def owe(self, name: str, call: Call) -> None:
        """Run this script before anything else once Valkey answers again."""
        with self._owing:
            self._owed[name] = call
        self._resting_until = self._resting_until or monotonic()

    def _pay(self) -> None:
        with self._owing:
            owed, self._owed = self._owed, {}
        if not owed:
            return
        try:
            self._try(lambda client: _run_all(client, list(owed.values())))
        except ValkeyAway:
            with self._owing:
                self._owed = owed | self._owed
            raise

    def _try(self, work: Callable[[Redis], T]) -> T:
        try:
            return work(self.client)
        except (CannotConnect, NoAnswer) as error:
            self._resting_until = monotonic() + REST_SECONDS
            raise ValkeyAway from error
        except RedisError as error:
            raise ValkeyAway from error


def _run_all(client: Redis, calls: Sequence[Call]) -> list[Any]:
    answers = _send(client, calls)
    lost = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
    if lost:
        for name in {calls[place].name for place in lost}:
            client.script_load(_script(name).text)
        again = _send(client, [calls[place] for place in lost])
        for place, answer in zip(lost, again, strict=True):
            answers[place] = answer
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def _send(client: Redis, calls: Sequence[Call]) -> list[Any]:
    pipeline = client.pipeline(transaction=False)
    for name, keys, args in calls:
        pipeline.evalsha(_script(name).sha, len(keys), *keys, *args)
    return pipeline.execute(raise_on_error=False)


_known: dict[str, Script] = {}


def _script(name: str) -> Script:
    script = _known.get(name)
    if script is None:
        folder = resources.files(__package__) / "scripts"
        text = (folder / "prelude.lua").read_text() + (folder / f"{name}.lua").read_text()
        digest = sha1(text.encode(), usedforsecurity=False).hexdigest()
        script = _known[name] = Script(text, digest)
    return script
