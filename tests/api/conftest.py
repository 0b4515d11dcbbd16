"""The application on real engines, called through the front door."""

from collections.abc import Generator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from integration.app import create_app
from integration.kernel.settings import Settings
from integration.runtime import Runtime
from tests.support.backoffice import draft, path_of
from tests.support.launches import Merchant, make_merchant
from tests.support.patience import build_patient
from tests.support.tenancy import Listener


@pytest.fixture(scope="session")
def settings(database_url, redis_url, tmp_path_factory) -> Settings:
    """Development settings on this worker's engines."""
    return make_settings(database_url, redis_url, tmp_path_factory.mktemp("data"))


def make_settings(database_url: str, redis_url: str, data_dir: Path, **given) -> Settings:
    values = {
        "database_url": database_url,
        "redis_url": redis_url,
        "data_dir": data_dir,
        "host": "127.0.0.1",
        "port": 8000,
        "public_url": "http://fanfare.test",
        "secret": "a-secret-for-tests-that-is-long-enough",
        "previous_secrets": (),
        "env": "development",
        "web_workers": 1,
        "job_workers": 1,
        "log_level": "info",
        "log_format": "console",
        "metrics_token": None,
        "trusted_proxies": 0,
        **given,
    }
    return Settings(**values)


@pytest.fixture(scope="session")
def shared_runtime(settings) -> Generator[Runtime]:
    """One runtime a worker: what it holds in memory is keyed by ids that never repeat."""
    rt = build_patient(settings)
    yield rt
    rt.close()


@pytest.fixture(scope="session")
def listener(shared_runtime) -> Listener:
    """Hears every statement of that runtime."""
    return Listener(shared_runtime.engine)


@pytest.fixture
def rt(shared_runtime, clean, listener) -> Generator[Runtime]:
    """A runtime on an empty database; no request may forget whose data it asks for."""
    listener.bare.clear()
    yield shared_runtime
    assert listener.bare == []


@pytest.fixture(scope="session")
def app(shared_runtime) -> Flask:
    """The application."""
    return create_app(shared_runtime)


@pytest.fixture
def client(app, rt) -> FlaskClient:
    """Somebody who calls the application."""
    return app.test_client()


@pytest.fixture
def merchant(rt) -> Merchant:
    """An organization with live keys of every scope."""
    return make_merchant(rt)


@pytest.fixture
def sequence(client, merchant) -> dict:
    """A sequence of a draft."""
    return path_of(client, merchant, draft(client, merchant))
