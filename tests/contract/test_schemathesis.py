"""Every operation of our OpenAPI document, called with whatever its shapes allow, and more."""

import re

import pytest
import schemathesis
from hypothesis import given, seed
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.contract.exploring import (
    CHECKS,
    SEED,
    app,
    ask,
    bounded,
    document,
    rt,
    without_credentials,
    world,
)
from tests.contract.world import World

__all__ = ["app", "document", "rt", "world"]

PARTS = 8
METHODS = {"get", "put", "post", "delete", "patch"}
NOT_ALLOWED = (405, "METHOD_NOT_ALLOWED", "Method not allowed")


def operations(document):
    schema = schemathesis.openapi.from_dict(document)
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_answer_is_outside_its_description(document, world, part):
    for operation in sorted(operations(document)[part::PARTS], key=destroys):
        explore(operation, world)


def destroys(operation) -> bool:
    """Whether what it is called for is of less use afterwards."""
    last = operation.path.rpartition("/")[2]
    return operation.method == "delete" or last in {
        "close",
        "end",
        "leave",
        "deny",
        "revoke",
        "logout",
    }


def explore(operation, world: World) -> None:
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @seed(SEED)
    @bounded
    @given(case=cases, real=st.integers(0, 3))
    def call(case, real):
        if real:
            case.path_parameters = world.path(operation.path)
            without_credentials(case)
        if real > 1 and isinstance(case.body, dict):
            case.body = world.fit(case.body)
        case.validate_response(ask(case, world), checks=CHECKS)

    call()


def test_methods_that_are_not_described_are_405(app, document, world):
    client = app.test_client()
    wrong = []
    for path in document["paths"]:
        taken = methods_of(document, path)
        for method in METHODS - taken:
            answer = client.open(path, method=method.upper(), headers=world.merchant.server)
            told = answer.status_code, answer.json["code"], answer.json["error"]
            allow = answer.headers.get("Allow", "").lower().replace(" ", "").split(",")
            if told != NOT_ALLOWED or {*allow} - {"head", "options"} != taken:
                wrong.append((method, path, told, allow))

    assert wrong == []


def methods_of(document, path) -> set[str]:
    """What an address takes: it may be one of several addresses that are described."""
    ways = {re.sub(r"\\{\w+\\}", "[^/]+", re.escape(each)): each for each in document["paths"]}
    found = [document["paths"][each] for way, each in ways.items() if re.fullmatch(way, path)]
    return METHODS & {method for each in found for method in each}
