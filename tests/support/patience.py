"""Runtimes for tests that are not about time."""

from integration.kernel.settings import Settings
from integration.runtime import Runtime, build

SECONDS = 10


def build_patient(settings: Settings) -> Runtime:
    """Return a runtime to which a busy machine does not look like a dead Valkey."""
    rt = build(settings)
    given = rt.valkey.client.connection_pool.connection_kwargs
    given.update(socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    return rt
