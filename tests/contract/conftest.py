"""The same front door as in tests/api."""

from tests.api.conftest import app, client, listener, merchant, rt, settings, shared_runtime

__all__ = ["app", "client", "listener", "merchant", "rt", "settings", "shared_runtime"]
