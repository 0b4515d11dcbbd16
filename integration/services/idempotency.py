"""Answer a keyed call once (design.md, D14)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

import orjson

from integration.kernel.errors import Conflict, FanfareError
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import answers
from integration.store.models import IdempotencyKey

LEASE = timedelta(seconds=60)
"""How long a call to somebody else's server may hold its key before another may try."""


class StillRunning(Conflict):
    """The first call with this key has not been answered yet."""

    code = "IDEMPOTENCY_IN_PROGRESS"
    message = "The first request with this idempotency key is still running. Try again."


class KeyReused(FanfareError):
    """The key came with another body before."""

    error = "Idempotency key reused"
    code = "IDEMPOTENCY_KEY_REUSED"
    status = 422
    message = "This idempotency key was used with another body. Use a new key."


class Call(NamedTuple):
    """One keyed call: whose, on which method and path, and a hash of its body."""

    tenant: Tenant
    route: str
    key: str
    body_hash: bytes


@dataclass(frozen=True)
class Answer:
    """What was, or is to be, answered."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    replayed: bool = False


def keepable(status: int) -> bool:
    """Tell whether an answer is final: all but "later" and "our fault"."""
    return status != 429 and status < 500  # noqa: PLR2004


def once(rt: Runtime, call: Call, run: Callable[[], Answer]) -> Answer:
    """Run and keep the answer in the transaction of its effect, or repeat the first one.

    Raises ``StillRunning`` while the first runs, ``KeyReused`` on another body.
    """
    with rt.transaction() as tx:
        if not answers.lock(tx.session, call):
            raise StillRunning(retry_after=1)
        kept = answers.find(tx.session, call)
        if kept is not None:
            return _again(rt, call, kept)
        first = run()
        answers.keep(tx.session, call, first.status, _seal(rt, first), _about(first))
    return first


def once_leased(rt: Runtime, call: Call, run: Callable[[], Answer]) -> Answer:
    """Do the same for a call to somebody else's server: claim, run, record."""
    with rt.transaction() as tx:
        if not answers.lock(tx.session, call):
            raise StillRunning(retry_after=1)
        kept = answers.find(tx.session, call)
        if kept is not None and kept.answer is not None:
            return _again(rt, call, kept)
        if not answers.claim(tx.session, call, LEASE):
            raise StillRunning(retry_after=1)
    try:
        first = run()
    except BaseException:
        with rt.transaction() as tx:
            answers.release(tx.session, call)
        raise
    with rt.transaction() as tx:
        answers.keep(tx.session, call, first.status, _seal(rt, first), _about(first))
    return first


def _again(rt: Runtime, call: Call, kept: IdempotencyKey) -> Answer:
    if kept.body_hash != call.body_hash:
        raise KeyReused
    if kept.answer is None:
        raise StillRunning(retry_after=1)
    said = orjson.loads(rt.vault.open(kept.answer))
    return Answer(kept.status or 200, said["body"].encode(), said["headers"], replayed=True)


def _seal(rt: Runtime, answer: Answer) -> bytes:
    said = {"body": answer.body.decode(), "headers": dict(answer.headers)}
    return rt.vault.seal(orjson.dumps(said))


def _about(answer: Answer) -> str | None:
    """Return the id of the object that an answer shows, by which it is found to be forgotten."""
    shown = orjson.loads(answer.body) if answer.body else None
    found = shown.get("id") if isinstance(shown, dict) else None
    return found if isinstance(found, str) else None
