"""Along the links of our OpenAPI document: what one answer makes, the next call takes."""

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import seed, settings
from hypothesis.errors import Flaky
from schemathesis import Config, GenerationMode

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
from tests.contract.world import is_id

__all__ = ["app", "document", "rt", "world"]

WALKS = [
    "experiences|sequences",
    "queues",
    "draws",
    "auctions",
    "timed-releases",
    "appointments",
    "waitlists|sequences",
    "audiences|consumers",
    "webhooks|api-keys",
    "connections",
    "products|orders",
    "auth|handoffs|checkout",
]
"""Collections that are walked through by themselves: a walk through all of them meets few."""

SCENARIOS_AN_EXAMPLE = 2
STEPS = 15


@pytest.mark.parametrize("collections", WALKS)
def test_no_answer_along_the_links_is_outside_its_description(document, world, collections):
    config = Config.from_dict(
        {
            "generation": {"mode": GenerationMode.POSITIVE.value},
            "phases": {"stateful": {"inference": {"algorithms": []}}},
        }
    )
    everything = schemathesis.openapi.from_dict(document, config=config)
    schema = everything.include(path_regex=f"/({collections})(/|$)")

    found: list[Exception] = []

    @seed(SEED)
    class Walk(schema.as_state_machine()):
        # Which operations come first is another shuffle each time.
        rule_order_seed = SEED

        def before_call(self, case):
            known = world.path(case.path)
            given = case.path_parameters or {}
            case.path_parameters = {k: v if is_id(v) else known[k] for k, v in given.items()}
            without_credentials(case)
            if isinstance(case.body, dict):
                case.body = world.fit(case.body)

        def call(self, case, **_):
            return ask(case, world)

        def validate_response(self, response, case, _more=None, **_):
            try:
                case.validate_response(response, checks=CHECKS)
            except Exception as problem:
                found.append(problem)
                raise

    # What an answer makes possible depends on what was made before: a walk may end early.
    # What was wrong on the way is wrong all the same.
    with suppress(Flaky):
        Walk.run(
            settings=settings(
                bounded,
                max_examples=bounded.max_examples * SCENARIOS_AN_EXAMPLE,
                stateful_step_count=STEPS,
            )
        )

    assert found == []
