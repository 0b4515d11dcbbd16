"""Every operation of our OpenAPI document, called with whatever its shapes allow, and more."""

import os
from collections.abc import Generator
from contextlib import ExitStack

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from integration.app import create_app
from integration.runtime import Runtime, build
from tests.api.conftest import make_settings
from tests.contract.exploring import CHECKS
from tests.contract.world import World, make_world
from tests.support import databases

EXAMPLES = int(os.environ.get("FANFARE_EXAMPLES", "8"))
SEED = int(os.environ.get("FANFARE_SEED", "0"))
PARTS = 8


@pytest.fixture(scope="module")
def rt(engine_urls, worker_number, tmp_path_factory) -> Generator[Runtime]:
    """A runtime on a database that no other test empties."""
    with ExitStack() as stack:
        url = stack.enter_context(databases.database(engine_urls, f"explored_{worker_number}"))
        valkey = f"{engine_urls.redis_url}?db={15 - worker_number}"
        rt = build(make_settings(url, valkey, tmp_path_factory.mktemp("data")))
        stack.callback(rt.close)
        yield rt


@pytest.fixture(scope="module")
def app(rt) -> Flask:
    return create_app(rt)


@pytest.fixture(scope="module")
def document(app):
    return app.test_client().get("/openapi.json").json


@pytest.fixture
def world(rt, app) -> World:
    return make_world(rt, app)


def operations(document):
    schema = schemathesis.openapi.from_dict(document)
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_answer_is_outside_its_description(document, world, part):
    for operation in operations(document)[part::PARTS]:
        explore(operation, world)


def explore(operation, world: World) -> None:
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, real=st.integers(0, 3))
    def call(case, real):
        if real:
            case.path_parameters = world.path(operation.path)
        if real > 1 and isinstance(case.body, dict):
            case.body.update({k: v for k, v in world.told.items() if k in case.body})
        headers = world.headers(operation.definition.raw.get("security", []))
        case.call_and_validate(app=world.app, headers=headers, checks=CHECKS)

    call()
