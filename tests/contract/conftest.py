"""The application on real engines, as the API's tests have it."""

from tests.api.conftest import app, client, listener, merchant, rt, settings, shared_runtime

__all__ = ["app", "client", "listener", "merchant", "rt", "settings", "shared_runtime"]
