"""What every answer must be, whoever asked whatever, as Schemathesis checks it."""

import os
from collections.abc import Generator
from contextlib import ExitStack
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, CheckContext, Response
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from integration.app import create_app
from integration.runtime import Runtime
from tests.api.conftest import make_settings
from tests.contract.world import World, make_world
from tests.support import databases
from tests.support.patience import build_patient
from tests.support.waiting import wait_until

EXAMPLES = int(os.environ.get("FANFARE_EXAMPLES", "3"))
SEED = int(os.environ.get("FANFARE_SEED", "0"))
bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

ERRORS = {
    400: {"Validation failed", "Consumer ID is required"},
    401: {"Authentication required", "Secret key required", "Invalid code"},
    403: {"Permission denied", "Fingerprint required", "Too many entries from this device"},
    405: {"Method not allowed"},
    409: {"Conflict"},
    410: {"Gone"},
    412: {"Precondition failed"},
    413: {"Request too large"},
    415: {"Unsupported media type"},
    422: {"Idempotency key reused"},
    429: {"Rate limit exceeded"},
}
KINDS = ("Queue", "Draw", "Timed release", "Auction", "Appointment")
ERRORS[400] |= {f"{kind} is closed" for kind in (*KINDS, "Waitlist")}
ERRORS[400] |= {"Bid must be higher than current bid", "Bid must meet minimum increment"}
ERRORS[423] = {f"{kind} is not open yet" for kind in KINDS}
ERRORS[429] |= {f"{kind} is full" for kind in KINDS}
NOT_FOUND = ("not found", "Not found", "Consumer not in ")
BUSY = 503
CREDENTIALS = {"Authorization", "X-Publishable-Key", "X-Fingerprint", "If-Match"}


def says_what_the_contract_says(_: CheckContext, response: Response, case: Case) -> None:
    """Section 1: the error table, whole seconds to wait, nothing stored."""
    if "json" in response.headers.get("content-type", [""])[0] and response.status_code >= 400:
        body = response.json()
        told = ERRORS.get(response.status_code, set())
        missing = response.status_code == 404 and any(part in body["error"] for part in NOT_FOUND)
        assert missing or body["error"] in told, (case.operation.label, body)
        assert body["code"] == body["code"].upper(), body
        assert body["message"], body
        if response.status_code in {423, 429}:
            assert int(response.headers["retry-after"][0]) >= 1, body
    if case.path.startswith("/api/v1/") and not case.path.endswith("/line"):
        assert response.headers["cache-control"] == ["no-store"], case.operation.label


def ask(case: Case, world: World) -> Response:
    """Make the call with credentials that its operation takes; wait where told to."""

    def answer() -> Response | None:
        security = case.operation.definition.raw.get("security", [])
        said = case.call(app=world.app, headers=world.headers(security))
        return None if said.status_code == BUSY else said

    return wait_until(answer, f"an answer to {case.as_curl_command()}")


def without_credentials(case: Case) -> None:
    """Leave away what was made up and would only be refused."""
    case.headers = {k: v for k, v in case.headers.items() if k.title() not in CREDENTIALS}


CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    schemathesis.check(says_what_the_contract_says),
]


@pytest.fixture(scope="module")
def rt(engine_urls, worker_number, tmp_path_factory) -> Generator[Runtime]:
    """A runtime on a database that no other test empties."""
    with ExitStack() as stack:
        url = stack.enter_context(databases.database(engine_urls, f"explored_{worker_number}"))
        valkey = f"{engine_urls.redis_url}?db={15 - worker_number}"
        rt = build_patient(make_settings(url, valkey, tmp_path_factory.mktemp("data")))
        stack.callback(rt.close)
        yield rt


@pytest.fixture(scope="module")
def app(rt) -> Flask:
    """The application on it."""
    return create_app(rt)


@pytest.fixture(scope="module")
def document(app) -> dict[str, Any]:
    """What it says of itself."""
    return app.test_client().get("/openapi.json").json


@pytest.fixture
def world(rt, app) -> World:
    """A world of the test's own."""
    return make_world(rt, app)
