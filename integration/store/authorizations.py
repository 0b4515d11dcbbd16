"""Merchants whom we sent to their shop to agree to something: known for ten minutes, once."""

import os

from redis.exceptions import RedisError

from integration.kernel.crypto import hash_secret
from integration.kernel.errors import ServiceUnavailable
from integration.store.valkey import Valkey, ValkeyAway

SECONDS = 600
STATE_BYTES = 32


def start(valkey: Valkey, connection_id: str) -> str:
    """Return a new state in hexadecimal, for this connection. Raises ``ServiceUnavailable``."""
    state = os.urandom(STATE_BYTES).hex()
    try:
        valkey.run(lambda client: client.set(_key(state), connection_id, ex=SECONDS))
    except (ValkeyAway, RedisError) as error:
        raise ServiceUnavailable(retry_after=2) from error
    return state


def finish(valkey: Valkey, state: str, connection_id: str) -> bool:
    """Use up a state; whether it was this connection's, in time and for the first time."""
    try:
        found = valkey.run(lambda client: client.getdel(_key(state)))
    except (ValkeyAway, RedisError) as error:
        raise ServiceUnavailable(retry_after=2) from error
    return bool(found == connection_id.encode())


def _key(state: str) -> str:
    return f"authorization:{hash_secret(state).hex()}"
