"""When connections are synced by themselves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, text, update

from connectors.base import NeedsReconnect
from integration.services import reconciling
from integration.store import sync_schedule
from integration.store.models import Admission, Connection, Experience, SyncRun
from tests.api.admitted import admitted, status
from tests.api.shopping import check_out, make_shop_launch
from tests.api.test_reconciliation import CONNECTIONS
from tests.jobs.support import drain, make_connection, make_shop


def runs(rt):
    with rt.transaction() as tx:
        return tx.session.scalars(text("SELECT subject FROM sync_run ORDER BY id")).all()


def let_runs_age(rt, **age):
    """Let the runs so far have begun that much earlier."""
    with rt.transaction() as tx:
        tx.session.execute(update(SyncRun).values(started_at=SyncRun.started_at - timedelta(**age)))


def plan(rt, connection_id, **schedule):
    with rt.transaction() as tx:
        tx.session.execute(
            update(Connection).where(Connection.id == connection_id).values(schedule=schedule)
        )


def planned(rt, merchant, connection_id):
    with rt.transaction() as tx:
        return sync_schedule.minutes_of(tx.session, merchant.tenant, connection_id)


def test_a_shop_whose_winners_are_out_is_looked_at_every_five_minutes(client, rt, merchant):
    make_shop_launch(rt, merchant)

    reconciling.start_due(rt)
    drain(rt)
    reconciling.start_due(rt)
    let_runs_age(rt, minutes=6)
    reconciling.start_due(rt)

    assert runs(rt) == ["orders", "orders"]


def expire_in(rt, guest, **left):
    with rt.transaction() as tx:
        mine = Admission.consumer_id == guest.consumer_id
        ends = func.clock_timestamp() + timedelta(**left)
        tx.session.execute(update(Admission).where(mine).values(expires_at=ends))


def test_an_order_is_looked_for_before_its_admission_ends(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    reconciling.start_due(rt)
    drain(rt)
    sold.shop.pay(check_out(client, guest, token))
    let_runs_age(rt, minutes=2)
    reconciling.start_due(rt)
    early = runs(rt)

    expire_in(rt, guest, seconds=40)
    reconciling.start_due(rt)
    drain(rt)
    reconciling.start_due(rt)

    assert (early, runs(rt)) == (["orders"], ["orders", "orders"])
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_whoever_has_not_gone_to_the_shop_is_not_looked_for(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, sold.launch)
    reconciling.start_due(rt)
    drain(rt)
    let_runs_age(rt, minutes=2)

    expire_in(rt, guest, seconds=40)
    reconciling.start_due(rt)

    assert runs(rt) == ["orders"]


def test_a_shop_that_nobody_uses_is_left_alone(rt, merchant):
    make_connection(rt, merchant, make_shop())

    reconciling.start_due(rt)

    assert runs(rt) == []


def test_a_schedule_says_what_and_how_often_and_null_is_never(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop())
    answer = client.patch(
        f"{CONNECTIONS}/{connection_id}",
        headers=merchant.server,
        json={"schedule": {"products": 60, "orders": None}},
    )
    with rt.transaction() as tx:
        tx.session.execute(update(Connection).values(state="active"))

    reconciling.start_due(rt)
    drain(rt)
    let_runs_age(rt, minutes=59)
    reconciling.start_due(rt)
    early = runs(rt)
    let_runs_age(rt, minutes=2)
    reconciling.start_due(rt)

    assert answer.json["schedule"] == {"products": 60, "orders": None}
    assert (early, runs(rt)) == (["products"], ["products", "products"])


@pytest.mark.parametrize(
    ("orders", "minutes"),
    [({"orders": 1440}, 5), ({"orders": None}, 5), ({}, 5), ({"orders": 2}, 2)],
)
def test_no_schedule_looks_at_the_orders_of_a_live_launch_less_often(rt, merchant, orders, minutes):
    sold = make_shop_launch(rt, merchant)
    plan(rt, sold.connection_id, products=60, **orders)

    assert planned(rt, merchant, sold.connection_id) == {"products": 60, "orders": minutes}


@pytest.mark.parametrize("over", ["ended_at", "archived_at", "published_at"])
def test_a_schedule_counts_alone_where_no_launch_is_live(rt, merchant, over):
    sold = make_shop_launch(rt, merchant)
    plan(rt, sold.connection_id, orders=1440)
    values = {over: None if over == "published_at" else func.clock_timestamp()}
    with rt.transaction() as tx:
        tx.session.execute(update(Experience).values(values))

    assert planned(rt, merchant, sold.connection_id) == {"orders": 1440}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("unverified", {"orders": 5}),
        ("needs_reauth", {"orders": 5}),
        ("failing", {"orders": 5}),
        ("uninstalled", {}),
    ],
)
def test_a_live_launchs_orders_are_looked_at_whatever_is_the_matter(rt, merchant, state, expected):
    sold = make_shop_launch(rt, merchant)
    plan(rt, sold.connection_id, products=60)
    with rt.transaction() as tx:
        tx.session.execute(update(Connection).values(state=state))

    assert planned(rt, merchant, sold.connection_id) == expected


def test_orders_complete_again_once_a_shop_that_refused_us_lets_us_in(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    sold.shop.pay(check_out(client, guest, token))
    sold.shop.fail_with = NeedsReconnect()
    reconciling.start_due(rt)
    drain(rt)
    with rt.transaction() as tx:
        refused = tx.session.get_one(Connection, sold.connection_id).state

    sold.shop.fail_with = None
    let_runs_age(rt, minutes=6)
    reconciling.start_due(rt)
    drain(rt)

    assert refused == "needs_reauth"
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


@pytest.mark.parametrize("minutes", [0, -1, 43_201, "often", 1.5])
def test_a_schedule_is_of_whole_minutes(client, rt, merchant, minutes):
    connection_id = make_connection(rt, merchant, make_shop())

    answer = client.patch(
        f"{CONNECTIONS}/{connection_id}",
        headers=merchant.server,
        json={"schedule": {"orders": minutes}},
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("state", ["unverified", "needs_reauth", "uninstalled", "failing"])
def test_a_connection_that_does_not_work_is_not_tried_by_schedule(rt, merchant, state):
    connection_id = make_connection(rt, merchant, make_shop())
    plan(rt, connection_id, products=5)
    with rt.transaction() as tx:
        tx.session.execute(update(Connection).values(state=state))

    reconciling.start_due(rt)

    assert runs(rt) == []


def test_many_clocks_start_one_run(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop())
    plan(rt, connection_id, products=5, customers=5)

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(reconciling.start_due, rt) for _ in range(12)]

    assert [each.exception() for each in done] == [None] * 12
    assert sorted(runs(rt)) == ["customers", "products"]
