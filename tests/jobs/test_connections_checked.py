"""Connections are looked at every hour: what a shop dropped is made again, what ended is said."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from connectors.base import PlatformBusy
from integration.kernel.ids import new_id
from integration.services import connections
from integration.store.models import Connection
from tests.jobs.support import drain
from tests.support.shopify.merchants import connect
from tests.support.shopify.standin import running_stand_in


@pytest.fixture
def shop():
    with running_stand_in() as made:
        yield made


@pytest.fixture
def connection_id(rt, merchant, shop):
    return connect(rt, merchant, shop)


def row_of(rt, connection_id):
    with rt.transaction() as tx:
        return tx.session.get_one(Connection, connection_id)


def look(rt, connection_id):
    row = row_of(rt, connection_id)
    return row.state, row.state_message, row.version


def test_what_the_shop_dropped_of_its_webhooks_is_made_again(rt, shop, connection_id):
    connections.check_due(rt)
    drain(rt)
    made = shop.resolving.subscriptions
    gone = [made.pop(), made.pop()]

    connections.check(rt, connection_id)

    assert {each["topic"] for each in gone} <= {each["topic"] for each in made}
    assert look(rt, connection_id)[0] == "active"


def test_a_connection_is_looked_at_once_an_hour_by_however_many_clocks(rt, shop, connection_id):
    looked = [connections.check_due(rt) for _ in range(3)]

    assert looked == [1, 0, 0]


@pytest.mark.parametrize("state", ["unverified", "uninstalled"])
def test_a_connection_that_needs_its_merchant_is_left_to_them(rt, merchant, shop, state):
    connect(rt, merchant, shop)
    with rt.transaction() as tx:
        for row in tx.session.query(Connection):
            row.state = state

    assert connections.check_due(rt) == 0


@pytest.mark.parametrize("state", ["failing", "needs_reauth"])
def test_a_connection_that_failed_works_again_by_itself(rt, shop, connection_id, state):
    with rt.transaction() as tx:
        row = tx.session.get_one(Connection, connection_id)
        row.state, row.state_message = state, "The shop said so."

    connections.check_due(rt)
    drain(rt)

    assert look(rt, connection_id)[:2] == ("active", None)


def test_a_token_that_is_refused_is_said(rt, shop, connection_id):
    shop.desk.expire()
    shop.desk.refresh.clear()

    connections.check(rt, connection_id)

    state, message, _ = look(rt, connection_id)
    assert state == "needs_reauth"
    assert "install the app again" in message


def test_a_token_that_ended_is_renewed_and_kept(rt, shop, connection_id):
    shop.desk.expire()

    connections.check(rt, connection_id)
    connections.check(rt, connection_id)

    assert look(rt, connection_id)[0] == "active"
    assert shop.desk.handed_out == 1


def test_workers_whose_token_ended_renew_it_once(rt, shop, connection_id):
    row = row_of(rt, connection_id)
    shop.desk.expire()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: rt.open_shop(row).verify().good, range(6)))

    assert found == [True] * 6
    assert shop.desk.handed_out == 1


def test_workers_of_a_shop_spend_no_more_points_than_it_gives(rt, shop, connection_id):
    """Each call is asked to cost 664, and costs ten or so."""
    shop.bucket.set(maximum=1000, per_second=100)
    shop.stock.add_product("ONE")
    row = row_of(rt, connection_id)

    def list_some(_) -> int:
        done = 0
        for _ in range(5):
            with suppress(PlatformBusy):
                done += len(rt.open_shop(row).list_products(None, None).records)
        return done

    with ThreadPoolExecutor(6) as pool:
        done = sum(pool.map(list_some, range(6)))

    assert shop.bucket.throttled == 0
    assert 0 < done == len(shop.asked)


def test_a_shop_that_is_away_for_a_moment_changes_nothing(rt, shop, connection_id):
    before = look(rt, connection_id)
    shop.fault = lambda: "error"

    with pytest.raises(PlatformBusy):
        connections.check(rt, connection_id)

    assert look(rt, connection_id) == before


def test_a_connection_that_is_gone_is_nobodys(rt):
    connections.check(rt, new_id("conn"))
