"""Whether everything underneath is there."""

from collections.abc import Callable

from redis import RedisError

from integration.kernel.errors import FanfareError
from integration.runtime import Runtime
from integration.store import schema
from integration.store.valkey import ValkeyAway

ADVICE = {
    "database": "PostgreSQL does not answer. Start it, or correct DATABASE_URL.",
    "migrations": "The schema is not this version's. Run 'fanfare migrate'.",
    "valkey": "Valkey does not answer. Start it, or correct REDIS_URL.",
}


def missing(rt: Runtime) -> dict[str, str]:
    """Return what is missing, each with how to mend it; empty when all is well."""
    checks: dict[str, Callable[[], object]] = {
        "database": lambda: schema.ping(rt.engine),
        "migrations": lambda: schema.require_current(rt.engine),
        "valkey": lambda: rt.valkey.run(lambda client: client.ping()),
    }
    return {name: ADVICE[name] for name, check in checks.items() if not _passes(check)}


def _passes(check: Callable[[], object]) -> bool:
    try:
        check()
    except (FanfareError, RedisError, ValkeyAway, schema.Behind, schema.DatabaseAway):
        return False
    return True
