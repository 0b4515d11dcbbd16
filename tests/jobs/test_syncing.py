"""Runs over a make-believe shop: one at a time, page by page, whatever the shop does."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from connectors.base import ConnectorError, NeedsReconnect, OwnLimit, PlatformBusy
from connectors.fake.connector import FakeConnector
from connectors.records import Page
from integration.engine.pauses import MOST_TRIES
from integration.services import syncing
from integration.store import runs, sync_runs
from integration.store.models import Connection, SyncRun
from tests.jobs.support import (
    drain,
    finish,
    make_connection,
    make_due,
    make_endpoint,
    make_product,
    make_shop,
    products_of,
    run_of,
    stock,
    sync,
    wait_of,
)


def start(rt, merchant, connection_id, subject="products", **given):
    return syncing.start(rt, merchant.tenant, connection_id, subject, **given)


def connection_row(rt, connection_id) -> Connection:
    with rt.transaction() as tx:
        return tx.session.get_one(Connection, connection_id)


def test_workers_pull_every_page_and_count_what_they_stored(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=250))
    run = start(rt, merchant, connection_id)

    jobs = drain(rt)

    done = syncing.progress(rt, merchant.tenant, run.id)
    assert jobs == 3
    assert (done.status, done.pages, done.records, done.total) == ("completed", 3, 250, 250)
    assert (done.created, done.updated, done.failed, done.problem) == (250, 0, 0, None)
    assert done.rate > 0
    assert (done.seconds_left, done.finished_at is None) == (None, False)
    assert len(products_of(rt, merchant)) == 250


def test_a_run_shows_its_rate_and_the_time_left_while_it_runs(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=250))
    run = start(rt, merchant, connection_id)
    syncing.pull_page(rt, run.id)
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql(
            "UPDATE sync_run SET started_at = clock_timestamp() - interval '10 seconds'"
        )

    seen = syncing.progress(rt, merchant.tenant, run.id)

    assert (seen.status, seen.records, seen.total) == ("running", 100, 250)
    assert seen.rate == pytest.approx(10, abs=0.5)
    assert seen.seconds_left == pytest.approx(15, abs=1)


def test_only_what_changed_since_the_last_completed_run_is_asked_for(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=2))
    first = sync(rt, merchant, connection_id)

    second = start(rt, merchant, connection_id)
    since = run_of(rt, second.id).since
    finish(rt, second.id)
    third = start(rt, merchant, connection_id, full=True)

    assert run_of(rt, first.id).since is None
    assert since == first.started_at - timedelta(minutes=10)
    assert run_of(rt, third.id).since is None


def test_a_failed_run_does_not_move_the_point_that_the_next_begins_at(rt, merchant):
    shop = make_shop(products=1)
    connection_id = make_connection(rt, merchant, shop)
    shop.fail_with = NeedsReconnect()
    sync(rt, merchant, connection_id)
    shop.fail_with = None

    run = start(rt, merchant, connection_id)

    assert run_of(rt, run.id).since is None


def test_one_run_is_open_per_connection_and_subject(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    other_id = make_connection(rt, merchant, make_shop(products=1))
    first = start(rt, merchant, connection_id)

    with pytest.raises(syncing.SyncRunning) as refused:
        start(rt, merchant, connection_id)
    customers = start(rt, merchant, connection_id, "customers")
    other = start(rt, merchant, other_id)

    assert refused.value.extra == {"syncRunId": first.id}
    assert len({first.id, customers.id, other.id}) == 3


def test_of_racing_starts_one_wins(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    outcomes: list[str] = []

    def race():
        try:
            outcomes.append(start(rt, merchant, connection_id).id)
        except syncing.SyncRunning as error:
            outcomes.append(error.extra["syncRunId"])

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    with rt.transaction() as tx:
        listed = sync_runs.page(tx.session, merchant.tenant, connection_id, None, 100)
    assert len(listed) == 1
    assert set(outcomes) == {listed[0].id}


def test_a_page_that_two_workers_fetched_is_counted_once(rt, merchant, monkeypatch):
    connection_id = make_connection(rt, merchant, make_shop(products=150))
    run = start(rt, merchant, connection_id)
    together = threading.Barrier(2)
    list_products = FakeConnector.list_products

    def at_once(self, cursor, since):
        page = list_products(self, cursor, since)
        if cursor is None:
            together.wait(10)
        return page

    monkeypatch.setattr(FakeConnector, "list_products", at_once)
    monkeypatch.setattr(syncing, "LEASE", timedelta(0))
    workers = [threading.Thread(target=syncing.pull_page, args=(rt, run.id)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    seen = syncing.progress(rt, merchant.tenant, run.id)
    assert (seen.pages, seen.records, seen.created) == (1, 100, 100)


def test_a_page_being_pulled_is_left_alone(rt, merchant):
    shop = make_shop(products=1)
    connection_id = make_connection(rt, merchant, shop)
    run = start(rt, merchant, connection_id)
    with rt.transaction() as tx:
        runs.claim(tx.session, SyncRun, run.id, syncing.LEASE)

    syncing.pull_page(rt, run.id)

    assert shop.calls["list_products"] == 0


def test_a_page_and_its_cursor_are_stored_together_or_not_at_all(rt, merchant, monkeypatch):
    connection_id = make_connection(rt, merchant, make_shop(products=150))
    run = start(rt, merchant, connection_id)
    monkeypatch.setattr(sync_runs, "go_on", refuse("go_on"))

    with pytest.raises(RuntimeError):
        syncing.pull_page(rt, run.id)

    monkeypatch.undo()
    between = (len(products_of(rt, merchant)), run_of(rt, run.id).pages)
    finish(rt, run.id)
    seen = syncing.progress(rt, merchant.tenant, run.id)
    assert between == (0, 0)
    assert (seen.status, seen.records, seen.created) == ("completed", 150, 150)


def refuse(name: str) -> Callable[..., None]:
    def refused(*args, **given):
        raise RuntimeError(name)

    return refused


def test_a_busy_shop_lets_the_run_wait_and_go_on(rt, merchant):
    shop = make_shop(products=150)
    connection_id = make_connection(rt, merchant, shop)
    run = start(rt, merchant, connection_id)
    syncing.pull_page(rt, run.id)
    shop.fail_with = PlatformBusy(retry_after=40)

    syncing.pull_page(rt, run.id)

    waiting = syncing.progress(rt, merchant.tenant, run.id)
    pause = wait_of(rt, "sync_run", run.id).total_seconds()
    shop.fail_with = None
    syncing.pull_page(rt, run.id)
    untouched = run_of(rt, run.id).pages
    finish(rt, run.id)
    done = syncing.progress(rt, merchant.tenant, run.id)
    assert (waiting.status, waiting.records) == ("waiting", 100)
    assert waiting.problem == "The shop is busy or cannot be reached. Try again in a moment."
    assert pause == pytest.approx(40, abs=5)
    assert untouched == 1
    assert (done.status, done.records, done.problem) == ("completed", 150, None)


def test_a_shop_that_stays_away_is_asked_less_and_less_often(rt, merchant):
    shop = make_shop(products=1)
    connection_id = make_connection(rt, merchant, shop)
    run = start(rt, merchant, connection_id)
    shop.fail_with = PlatformBusy(retry_after=1)

    waits = []
    for _ in range(11):
        make_due(rt, "sync_run")
        syncing.pull_page(rt, run.id)
        waits.append(wait_of(rt, "sync_run", run.id).total_seconds())

    pauses = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert all(wait <= pause for wait, pause in zip(waits, pauses, strict=True))
    # Some time has passed since, on a slow machine up to seconds.
    assert [wait > 0.5 * pause for wait, pause in zip(waits, pauses, strict=True)][3:] == [True] * 8


def test_a_run_that_waits_for_our_own_bucket_comes_back_when_it_was_told(rt, merchant):
    shop = make_shop(products=1)
    connection_id = make_connection(rt, merchant, shop)
    run = start(rt, merchant, connection_id)
    shop.fail_with = OwnLimit(retry_after=7)

    waits = []
    for _ in range(8):
        make_due(rt, "sync_run")
        syncing.pull_page(rt, run.id)
        waits.append(round(wait_of(rt, "sync_run", run.id).total_seconds()))
    shop.fail_with = ConnectorError("odd")
    make_due(rt, "sync_run")
    syncing.pull_page(rt, run.id)

    assert waits == [7] * 8
    assert run_of(rt, run.id).finished_at is None


def test_refused_credentials_end_the_run_and_ask_the_merchant(rt, merchant):
    shop = make_shop(products=1)
    connection_id = make_connection(rt, merchant, shop, key="wrong")

    run = sync(rt, merchant, connection_id)
    drain(rt)

    connection = connection_row(rt, connection_id)
    assert (run.status, run.problem) == ("failed", NeedsReconnect.message)
    assert (connection.state, connection.state_message) == ("needs_reauth", run.problem)


def test_one_refusal_parks_no_connection_whose_credentials_are_good(rt, merchant, monkeypatch):
    connection_id = make_connection(rt, merchant, make_shop(products=1))

    def refuse(*_):
        raise NeedsReconnect

    monkeypatch.setattr(FakeConnector, "list_products", refuse)
    run = sync(rt, merchant, connection_id)
    drain(rt)

    assert (run.status, run.problem) == ("failed", NeedsReconnect.message)
    connection = connection_row(rt, connection_id)
    assert (connection.state, connection.state_message) == ("active", None)


def test_a_shop_that_was_left_stays_so_whatever_a_late_run_is_refused(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1), key="wrong")
    run = start(rt, merchant, connection_id)
    with rt.transaction() as tx:
        tx.session.get_one(Connection, connection_id).state = "uninstalled"

    syncing.pull_page(rt, run.id)
    drain(rt)

    assert run_of(rt, run.id).status == "failed"
    assert connection_row(rt, connection_id).state == "uninstalled"


def test_a_shop_that_answers_nonsense_ends_the_run_after_some_tries(rt, merchant):
    shop = make_shop(products=1)
    connection_id = make_connection(rt, merchant, shop)
    shop.fail_with = ConnectorError("The shop answered something that is not JSON.")

    run = sync(rt, merchant, connection_id)

    assert (run.status, shop.calls["list_products"]) == ("failed", MOST_TRIES)
    assert run.problem == "The shop answered something that is not JSON."
    assert connection_row(rt, connection_id).state == "active"


def test_pages_that_go_round_in_a_circle_end_the_run(rt, merchant, monkeypatch):
    connection_id = make_connection(rt, merchant, make_shop())
    circle = Page(records=(), next_cursor="1")
    monkeypatch.setattr(FakeConnector, "list_products", lambda *_: circle)

    run = sync(rt, merchant, connection_id)

    assert (run.status, run.problem) == ("failed", "The shop's pages go round in a circle.")


def test_a_mistake_of_ours_is_loud_and_the_run_goes_on(rt, merchant, monkeypatch):
    shop = make_shop(products=1)
    connection_id = make_connection(rt, merchant, shop)
    run = start(rt, merchant, connection_id)
    monkeypatch.setattr(FakeConnector, "list_products", refuse("a bug"))

    with pytest.raises(RuntimeError):
        syncing.pull_page(rt, run.id)

    waiting = syncing.progress(rt, merchant.tenant, run.id)
    monkeypatch.undo()
    finish(rt, run.id)
    assert (waiting.status, waiting.problem) == ("waiting", syncing.OURS)
    assert syncing.progress(rt, merchant.tenant, run.id).status == "completed"


def test_a_connection_that_was_deleted_ends_its_run(rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    run = start(rt, merchant, connection_id)
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql("UPDATE connection SET archived_at = now()")

    syncing.pull_page(rt, run.id)

    seen = syncing.progress(rt, merchant.tenant, run.id)
    assert (seen.status, seen.problem) == ("failed", "The connection was deleted.")


def test_the_first_hundred_failures_are_told_and_all_are_counted(rt, merchant):
    shop = make_shop()
    stock(shop, *[make_product(number, price=None) for number in range(250)])
    connection_id = make_connection(rt, merchant, shop)

    run = sync(rt, merchant, connection_id)

    assert (run.failed, len(run.failures)) == (250, 100)


def test_the_end_of_a_run_is_an_event(rt, merchant):
    shop = make_shop(products=3)
    connection_id = make_connection(rt, merchant, shop)
    make_endpoint(rt, merchant, "http://127.0.0.1:9/hook", events=["sync.completed"])

    run = sync(rt, merchant, connection_id)

    with rt.transaction() as tx:
        [event] = tx.session.connection().exec_driver_sql(
            "SELECT type, subject_id, data FROM outbox_event"
        )
    assert (event.type, event.subject_id) == ("sync.completed", run.id)
    assert event.data["created"] == 3
    assert event.data["status"] == "completed"
    assert event.data["finishedAt"].endswith("Z")
