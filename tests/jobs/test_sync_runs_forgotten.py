"""Runs that ended are kept for a week, and what the next one begins at for good."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from integration.store import sync_runs
from integration.store.models import SyncRun
from integration.store.runs import RunStatus
from jobs import sweeper
from tests.jobs.support import make_connection, make_shop

WEEK = timedelta(days=7)
COMPLETED, FAILED = RunStatus.COMPLETED, RunStatus.FAILED


@pytest.fixture
def connection_id(rt, merchant):
    return make_connection(rt, merchant, make_shop())


def ran(rt, merchant, connection_id, *statuses, subject="orders"):
    """Let runs begin and end, one after the other, and return their ids."""
    made = []
    with rt.transaction() as tx:
        for status in statuses:
            run_id = sync_runs.add(tx.session, merchant.tenant, connection_id, subject, None)
            sync_runs.finish(tx.session, tx.session.get_one(SyncRun, run_id), status)
            tx.session.flush()
            made.append(run_id)
    return made


def let_pass(rt, time):
    values = {name: getattr(SyncRun, name) - time for name in ("started_at", "finished_at")}
    with rt.transaction() as tx:
        tx.session.execute(update(SyncRun).values(values))


def left(rt):
    with rt.transaction() as tx:
        return tx.session.scalars(select(SyncRun.id).order_by(SyncRun.id)).all()


def test_the_newest_run_and_the_newest_completed_one_stay(rt, merchant, connection_id):
    _, completed, _, newest = ran(rt, merchant, connection_id, COMPLETED, COMPLETED, FAILED, FAILED)
    [products] = ran(rt, merchant, connection_id, COMPLETED, subject="products")
    let_pass(rt, WEEK)

    sweeper.tidy(rt)

    assert left(rt) == [completed, newest, products]


def test_the_next_run_begins_where_it_did_before(rt, merchant, connection_id):
    ran(rt, merchant, connection_id, COMPLETED, COMPLETED, FAILED)
    let_pass(rt, WEEK)
    with rt.transaction() as tx:
        asked = (tx.session, merchant.tenant, connection_id, "orders")
        before = sync_runs.last_start(*asked)

    sweeper.tidy(rt)

    with rt.transaction() as tx:
        assert sync_runs.last_start(tx.session, *asked[1:]) == before


def test_what_ended_within_a_week_stays_and_what_is_open(rt, merchant, connection_id):
    ended = ran(rt, merchant, connection_id, COMPLETED, FAILED, COMPLETED)
    with rt.transaction() as tx:
        open_one = sync_runs.add(tx.session, merchant.tenant, connection_id, "orders", None)
    let_pass(rt, WEEK - timedelta(minutes=30))

    sweeper.tidy(rt)

    assert left(rt) == [*ended, open_one]


def test_many_are_deleted_bit_by_bit(rt, merchant, connection_id, monkeypatch):
    monkeypatch.setattr(sync_runs, "MOST_FORGOTTEN", 2)
    *_, newest = ran(rt, merchant, connection_id, *[COMPLETED] * 5)
    let_pass(rt, WEEK)

    sweeper.tidy(rt)
    after_one = len(left(rt))
    sweeper.tidy(rt)

    assert (after_one, left(rt)) == (3, [newest])
