"""What operators ask of the service itself."""

import pytest

from integration.app import create_app
from integration.runtime import build
from tests.api.conftest import make_settings
from tests.support import databases

NOWHERE = ("postgresql://nobody@127.0.0.1:1/none", "redis://127.0.0.1:1")


@pytest.fixture
def service(tmp_path):
    """Makes the application on some database and Valkey; closes its runtime afterwards."""
    opened = []

    def start(database_url, redis_url):
        rt = build(make_settings(database_url, redis_url, tmp_path))
        opened.append(rt)
        return create_app(rt).test_client()

    yield start
    for rt in opened:
        rt.close()


def test_the_process_lives_whatever_is_away(service):
    answer = service(*NOWHERE).get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_it_is_ready_when_all_is_there(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"status": "ready", "missing": {}})


def test_what_is_missing_is_named_with_how_to_mend_it(service, database_url, redis_url):
    nothing = service(*NOWHERE).get("/readyz")
    no_valkey = service(database_url, NOWHERE[1]).get("/readyz")

    assert (nothing.status_code, no_valkey.status_code) == (503, 503)
    assert set(nothing.json["missing"]) == {"database", "migrations", "valkey"}
    assert set(no_valkey.json["missing"]) == {"valkey"}
    assert "REDIS_URL" in no_valkey.json["missing"]["valkey"]
    assert "127.0.0.1" not in nothing.text


def test_a_database_without_the_schema_is_not_ready(service, engine_urls, worker_number, redis_url):
    name = f"bare_{worker_number}"
    bare = databases.create(engine_urls, name, "template1")
    try:
        answer = service(bare, redis_url).get("/readyz")
    finally:
        databases.drop(engine_urls, name)

    assert answer.status_code == 503
    assert set(answer.json["missing"]) == {"migrations"}
    assert "fanfare migrate" in answer.json["missing"]["migrations"]


def test_the_keys_that_verify_our_tokens_are_public(client, rt):
    answer = client.get("/.well-known/jwks.json")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert [key["kid"] for key in answer.json["keys"]] == [rt.keyring.active_kid]
    assert all("d" not in key for key in answer.json["keys"])
