"""``fanfare orgs`` and ``fanfare keys``."""

import json

import pytest
from click.testing import CliRunner

from integration.cli import main

PRODUCTS = "/api/products"


@pytest.fixture
def fanfare(rt, monkeypatch, tmp_path):
    """Runs a command on this test's engines; returns its status and what it said."""
    monkeypatch.setenv("DATABASE_URL", rt.settings.database_url)
    monkeypatch.setenv("REDIS_URL", rt.settings.redis_url)
    monkeypatch.setenv("FANFARE_DATA_DIR", str(tmp_path))

    def run(*words):
        result = CliRunner().invoke(main, words)
        return result.exit_code, result.output.strip()

    return run


@pytest.fixture
def acme(fanfare):
    """An organization that an operator has created."""
    code, said = fanfare("orgs", "create", "Acme", "--slug", "acme", "--currency", "EUR")
    assert code == 0, said
    return json.loads(said)


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def test_an_organization_comes_with_keys_that_serve(client, acme):
    shown = client.get(
        "/admin/api/v1/organizations/current", headers=bearer(acme["secret_key"])
    ).json

    assert (shown["id"], shown["slug"]) == (acme["organization_id"], "acme")
    assert (shown["name"], shown["currencyCode"]) == ("Acme", "EUR")
    page = {"X-Publishable-Key": acme["publishable_key"]}
    assert client.get("/api/v1/organizations/current", headers=page).status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Acme", "--slug", "acme"), "An organization with this slug exists."),
        (("Acme", "--slug", "Acme Inc"), "Lower case letters"),
        (("", "--slug", "other"), "1 to 200 characters"),
        (("Acme", "--slug", "other", "--currency", "EURO"), "ISO 4217"),
    ],
)
def test_an_organization_that_cannot_be_is_refused(fanfare, acme, words, said):
    code, answer = fanfare("orgs", "create", *words)

    assert code == 2
    assert said in answer


def test_a_key_is_made_listed_and_revoked(client, fanfare, acme):
    of_acme = ("--org", "acme")
    make = ("keys", "create", *of_acme, "--kind", "secret", "--name", "Sync")
    code, key = fanfare(*make, "--scope", "read:products", "--expires", "2100-01-01")
    assert (code, key[:8]) == (0, "sk_live_")
    assert client.get(PRODUCTS, headers=bearer(key)).status_code == 200
    assert client.get("/api/orders", headers=bearer(key)).status_code == 403

    lines = fanfare("keys", "list", *of_acme)[1].splitlines()
    [line] = [each for each in lines if each.endswith("Sync")]
    code, _ = fanfare("keys", "revoke", *of_acme, line.split()[0])

    assert (len(lines), code) == (3, 0)
    assert "serves" in line
    assert key[-4:] in line
    assert "revoked" in fanfare("keys", "list", *of_acme)[1]


def test_a_test_key_is_made_for_the_test_mode_alone(fanfare, acme):
    kind = ("--kind", "publishable", "--origin", "https://shop.example")
    code, key = fanfare("keys", "create", "--org", "acme", "--mode", "test", "--name", "T", *kind)

    assert (code, key[:8]) == (0, "pk_test_")
    assert len(fanfare("keys", "list", "--org", "acme", "--mode", "test")[1].splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "--kind", "secret", "--name", "K", "--scope", "everything"), "everything"),
        (("create", "--kind", "publishable", "--name", "K", "--scope", "admin"), "scopes"),
        (("create", "--kind", "secret", "--name", "K", "--expires", "2000-01-01"), "expiresAt"),
        (("revoke", "key_unknown"), "API key not found"),
    ],
)
def test_a_key_that_cannot_be_is_refused(fanfare, acme, words, said):
    code, answer = fanfare("keys", words[0], "--org", "acme", *words[1:])

    assert code == 2
    assert said in answer
