"""A run that waits for its shop does not sleep through the end of an admission."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from connectors.base import PlatformBusy
from integration.services import reconciling, syncing
from integration.store import rows
from integration.store.models import SyncRun
from jobs import sweeper
from tests.api.admitted import admitted, status
from tests.api.shopping import check_out, make_shop_launch
from tests.api.test_sync_schedule import expire_in
from tests.jobs.support import drain, make_connection, make_due, make_shop, wait_of

TRIES = 10
SECOND = timedelta(seconds=1)


@pytest.fixture
def sold(rt, merchant):
    return make_shop_launch(rt, merchant)


@pytest.fixture
def guest(client, rt, merchant, sold):
    """Somebody who has paid, which their shop could not tell."""
    guest, token = admitted(client, rt, merchant, sold.launch)
    sold.shop.pay(check_out(client, guest, token))
    return guest


def fall_asleep(rt, merchant, sold, **busy):
    """Let a run try in vain so often that it rests for minutes, and return its id."""
    sold.shop.fail_with = PlatformBusy(**busy)
    run = syncing.start(rt, merchant.tenant, sold.connection_id, "orders")
    for _ in range(TRIES):
        make_due(rt, "sync_run")
        syncing.pull_page(rt, run.id)
    return run.id


def run_of(rt, run_id):
    with rt.transaction() as tx:
        return tx.session.get_one(SyncRun, run_id)


def let_rest(rt, **time):
    """Let a run have rested that long."""
    moved = {name: getattr(SyncRun, name) - timedelta(**time) for name in ("due_at", "earliest_at")}
    with rt.transaction() as tx:
        tx.session.execute(update(SyncRun).values(moved))


def test_a_sleeping_run_is_woken_before_an_admission_ends(client, rt, merchant, sold, guest):
    run_id = fall_asleep(rt, merchant, sold)
    sold.shop.fail_with = None
    let_rest(rt, seconds=30)
    expire_in(rt, guest, seconds=40)

    reconciling.start_due(rt)
    sweeper.sweep(rt)
    drain(rt)

    assert run_of(rt, run_id).status == "completed"
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_a_shop_that_is_away_is_not_asked_more_often_for_that(rt, merchant, sold, guest):
    with rt.transaction() as tx:
        began = rows.now(tx.session)
    run_id = fall_asleep(rt, merchant, sold)
    expire_in(rt, guest, seconds=55)

    reconciling.start_due(rt)
    reconciling.start_due(rt)

    run = run_of(rt, run_id)
    assert (run.due_at, run.attempts) == (run.earliest_at, TRIES - 1)
    assert run.earliest_at - began > 25 * SECOND


def test_a_try_that_was_brought_forward_brings_nobody_nearer_to_giving_up(
    rt, merchant, sold, guest
):
    run_id = fall_asleep(rt, merchant, sold)
    expire_in(rt, guest, seconds=55)

    for _ in range(3):
        reconciling.start_due(rt)
        let_rest(rt, seconds=30)
        syncing.pull_page(rt, run_id)

    assert run_of(rt, run_id).attempts == TRIES


def test_what_the_shop_itself_asked_for_counts_more(rt, merchant, sold, guest):
    run_id = fall_asleep(rt, merchant, sold, retry_after=900)
    expire_in(rt, guest, seconds=40)

    reconciling.start_due(rt)

    assert wait_of(rt, "sync_run", run_id) > 800 * SECOND


def test_nobody_is_woken_for_an_admission_that_has_time(rt, merchant, sold, guest):
    run_id = fall_asleep(rt, merchant, sold)

    reconciling.start_due(rt)

    assert wait_of(rt, "sync_run", run_id) > 200 * SECOND


def test_no_other_shop_is_woken_and_no_other_subject(rt, merchant, sold, guest):
    other = make_shop()
    other.fail_with = PlatformBusy()
    other_id = make_connection(rt, merchant, other)
    sold.shop.fail_with = PlatformBusy()
    runs = [
        syncing.start(rt, merchant.tenant, connection_id, subject).id
        for connection_id, subject in ((other_id, "orders"), (sold.connection_id, "products"))
    ]
    for _ in range(TRIES):
        make_due(rt, "sync_run")
        for run_id in runs:
            syncing.pull_page(rt, run_id)
    expire_in(rt, guest, seconds=40)

    reconciling.start_due(rt)

    assert all(wait_of(rt, "sync_run", run_id) > 200 * SECOND for run_id in runs)
