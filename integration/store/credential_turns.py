"""Renewing a connection's credentials: one worker at a time, without a transaction."""

from collections.abc import Generator
from contextlib import contextmanager, suppress

from redis.exceptions import LockError, RedisError

from integration.kernel.errors import ServiceUnavailable
from integration.store.valkey import Valkey

LEASE_SECONDS = 60
"""Longer than a shop may take to answer; a worker that died holds nobody up for longer."""

WAIT_SECONDS = 20
LOOK_EVERY_SECONDS = 0.05


class RenewedElsewhere(ServiceUnavailable):
    """Another worker is still at it, or nobody can tell."""

    code = "CREDENTIALS_BUSY"
    message = "The shop's credentials are being renewed. Try again in a moment."


@contextmanager
def alone(valkey: Valkey, connection_id: str) -> Generator[None]:
    """Have a connection's credentials to oneself for a block. Raises ``RenewedElsewhere``."""
    turn = valkey.client.lock(
        f"credentials:{connection_id}",
        timeout=LEASE_SECONDS,
        blocking_timeout=WAIT_SECONDS,
        sleep=LOOK_EVERY_SECONDS,
    )
    try:
        mine = turn.acquire()
    except RedisError:
        mine = False
    if not mine:
        raise RenewedElsewhere(retry_after=2)
    try:
        yield
    finally:
        # A lease that ended meanwhile is not ours to give back.
        with suppress(LockError, RedisError):
            turn.release()
