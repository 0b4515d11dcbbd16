"""A connection's credentials are changed one by one; those that are kept were taken once."""

import pytest

from integration.store.models import Connection
from integration.store.shops import open_credentials, seal_credentials
from tests.support.backoffice import ADMIN, post

OLD = {"apiKey": "key-1", "webhookSecret": "short"}


@pytest.fixture
def made(client, merchant, rt):
    """A connection of before its secrets had a form."""
    settings, credentials = {"url": "https://shop.example"}, {"apiKey": "key-1"}
    given = {"name": "Shop", "settings": settings, "credentials": credentials}
    made = post(client, merchant, "/connections", platform="vendure", **given)
    with rt.transaction() as tx:
        row = tx.session.get_one(Connection, made["id"])
        row.credentials = seal_credentials(rt.vault, OLD)
    return made


def rotate(client, merchant, made, **credentials):
    path = f"{ADMIN}/connections/{made['id']}"
    return client.patch(path, json={"credentials": credentials}, headers=merchant.server)


def kept(rt, made):
    with rt.transaction() as tx:
        return open_credentials(rt.vault, tx.session.get_one(Connection, made["id"]))


def test_a_new_key_needs_no_new_form_of_what_is_kept(client, merchant, rt, made):
    answer = rotate(client, merchant, made, apiKey="key-2")

    assert (answer.status_code, answer.json["state"]) == (200, "unverified")
    assert kept(rt, made) == {**OLD, "apiKey": "key-2"}


@pytest.mark.parametrize(
    ("credentials", "field"),
    [
        ({"webhookSecret": "shorter"}, "credentials.webhookSecret"),
        ({"apiKey": "key-2", "webhookSecret": "shorter"}, "credentials.webhookSecret"),
        ({"odd": "x"}, "credentials.odd"),
        ({"apiKey": None, "username": "admin"}, "credentials"),
    ],
)
def test_what_is_given_has_its_form_and_completes_a_group(
    client, merchant, made, credentials, field
):
    refused = rotate(client, merchant, made, **credentials)

    assert refused.status_code == 400
    assert [each["field"] for each in refused.json["details"]] == [field]
