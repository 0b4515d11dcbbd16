"""Rules about the routes: each is guarded, and described."""

import pytest
from alembic import command
from openapi_spec_validator import validate

from integration.app import create_app
from integration.runtime import build
from integration.store.schema import config
from tests.api.conftest import make_settings

UNDESCRIBED = ("/docs", "/openapi.json", "/demo")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The application; nothing here connects."""
    urls = "postgresql://nobody@127.0.0.1:1/none", "redis://127.0.0.1:1"
    return create_app(build(make_settings(*urls, tmp_path_factory.mktemp("data"))))


@pytest.fixture(scope="module")
def document(app):
    return app.test_client().get("/openapi.json").json


def rules(app):
    found = app.url_map.iter_rules()
    return [rule for rule in found if not rule.rule.startswith(UNDESCRIBED)]


def test_every_route_names_its_guard(app):
    bare = [
        rule.rule for rule in rules(app) if not hasattr(app.view_functions[rule.endpoint], "guard")
    ]

    assert bare == []


def test_every_route_is_described(app, document):
    described = {
        (path.replace("{", "<").replace("}", ">"), verb.upper())
        for path, verbs in document["paths"].items()
        for verb in verbs
    }
    served = {
        (rule.rule, verb) for rule in rules(app) for verb in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert served - described == set()


def test_the_document_is_valid_openapi(document):
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_operation_says_who_may_call_it(document):
    silent = [
        f"{verb} {path}"
        for path, verbs in document["paths"].items()
        for verb, operation in verbs.items()
        if isinstance(operation, dict) and not operation.get("security")
    ]

    assert silent == []


def test_operations_have_names_of_their_own(document):
    names = [
        operation["operationId"]
        for verbs in document["paths"].values()
        for operation in verbs.values()
        if isinstance(operation, dict)
    ]

    assert len(names) == len(set(names))


def test_links_lead_to_operations_and_from_everything_that_is_made_somewhere(document):
    operations = [each for path in document["paths"].values() for each in path.values()]
    named = [each for each in operations if isinstance(each, dict)]
    links = {
        link["operationId"]
        for operation in named
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    }
    made = document["paths"]["/admin/api/v1/queues"]["post"]["responses"]["201"]["links"]

    assert links <= {operation["operationId"] for operation in named}
    assert {"adminQueuesGet", "queuesEnter", "queuesLine", "ordersReportOrder"} <= made.keys()


def test_models_and_migrations_agree(database_url):
    command.check(config(database_url))


def test_migrations_can_be_taken_back(fresh_database):
    alembic = config(fresh_database())

    command.downgrade(alembic, "base")
    command.upgrade(alembic, "head")

    command.check(alembic)
