"""A runtime on real engines, and what jobs have to do with."""

from tests.api.conftest import app, client, merchant, rt, settings, shared_runtime

__all__ = ["app", "client", "merchant", "rt", "settings", "shared_runtime"]
