"""Checkouts that were open in a shop before handoffs said which of them go on."""

import pytest
from alembic import command
from sqlalchemy import text

from integration.app import create_app
from integration.runtime import build
from integration.store import schema
from tests.api.admitted import admitted
from tests.api.conftest import make_settings
from tests.api.shopping import hand_off, make_shop_launch, path_of
from tests.support.launches import make_merchant

BEFORE = "reconciling"
pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def old(fresh_database, redis_url, tmp_path):
    """A launch whose winners may buy two, its winner's ways out, and how to open and migrate."""
    url = fresh_database()
    rt = build(make_settings(url, redis_url, tmp_path))
    app = create_app(rt)
    client = app.test_client()
    merchant = make_merchant(rt)
    sold = make_shop_launch(rt, merchant, units_per_admission=2)
    guest, token = admitted(client, rt, merchant, sold.launch)
    yield (
        rt,
        sold,
        lambda **body: hand_off(client, guest, token, **body),
        lambda handoff: app.test_client().get(path_of(handoff)),
    )
    rt.close()


def migrate(rt):
    """Take the database to where these checkouts come from, and to the head again."""
    config = schema.config(rt.engine.url.render_as_string(hide_password=False))
    rt.engine.dispose()
    command.downgrade(config, BEFORE)
    command.upgrade(config, "head")


def open_another(rt, quantity):
    """Give a way out a checkout of its own, as was done before."""
    with rt.transaction() as tx:
        tx.session.execute(
            text(
                "UPDATE handoff SET external_ref = 'ANOTHER', checkout_url = ("
                " SELECT checkout_url FROM handoff WHERE checkout_url IS NOT NULL LIMIT 1"
                ") WHERE quantity = :quantity AND checkout_url IS NULL"
            ),
            {"quantity": quantity},
        )


def test_what_was_open_goes_on(old):
    rt, sold, ask, go = old
    places = [go(ask(quantity=1)).headers["Location"]]
    ask(quantity=1)
    open_another(rt, 1)

    migrate(rt)
    places.append(go(ask(quantity=1)).headers["Location"])
    refused = ask(quantity=2)

    assert places[0] == places[1]
    assert (refused.status_code, refused.json["quantity"]) == (409, 1)
    assert sold.shop.calls["create_checkout"] == 1


def test_of_two_that_differ_both_go_on(old):
    rt, sold, ask, go = old
    first, other = ask(quantity=1), ask(quantity=2)
    go(first)
    open_another(rt, 2)

    migrate(rt)
    answers = [go(ask(quantity=each)).status_code for each in (1, 2)]
    late = go(other).status_code

    assert (answers, late) == ([303, 303], 303)
    assert sold.shop.calls["create_checkout"] == 1
