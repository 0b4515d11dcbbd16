"""Imports that are interrupted: by a kill, by a lost job, by a busy database."""

import signal
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from integration.kernel.ids import new_id
from integration.services import imports
from integration.store.models import Consumer, ImportRun
from jobs import sweeper
from tests.jobs.support import drain, make_due, wait_of
from tests.jobs.test_worker import swept, worker_process
from tests.support.databases import plain
from tests.support.waiting import wait_until

ROWS = 8_000


def people(rows: int) -> bytes:
    """A file of so many consumers, each with all of its cells."""
    lines = (
        f"person{number}@shop.example,+1555{number:07},Person {number},{number},crm"
        for number in range(rows)
    )
    return "\n".join(["email,phone,fullName,externalId,syncSource", *lines]).encode()


def start(rt, merchant, content):
    return imports.start(rt, merchant.tenant, "consumers", content).id


def shown(rt, merchant, run_id):
    return imports.progress(rt, merchant.tenant, run_id)


def emails(rt):
    with rt.transaction() as tx:
        return {row.email for row in tx.session.query(Consumer.email)}


def test_an_import_goes_on_after_its_worker_was_killed_in_the_middle(rt, merchant, settings):
    run_id = start(rt, merchant, people(ROWS))
    with worker_process(settings, new_id("shop"), 0) as process:
        wait_until(lambda: shown(rt, merchant, run_id).rows >= 2_000, "two pages are stored")
        process.send_signal(signal.SIGKILL)
        process.wait()
    between = shown(rt, merchant, run_id)
    in_between = len(emails(rt))

    make_due(rt, "import_run")
    with worker_process(settings, new_id("shop"), 0):
        wait_until(lambda: swept(rt) and shown(rt, merchant, run_id).finished_at, "it ends", 120)

    seen = shown(rt, merchant, run_id)
    assert between.rows == in_between < ROWS
    assert (seen.status, seen.rows, seen.created) == ("completed", ROWS, ROWS)
    assert (seen.updated, seen.failed) == (0, 0)
    assert len(emails(rt)) == ROWS


def test_an_import_that_lost_its_job_is_found_by_the_sweeper(rt, merchant):
    run_id = start(rt, merchant, people(1))
    rt.valkey.client.flushdb()
    assert drain(rt) == 0

    sweeper.sweep(rt)
    drain(rt)

    assert shown(rt, merchant, run_id).status == "completed"


def test_a_page_that_several_workers_take_is_stored_once(rt, merchant):
    run_id = start(rt, merchant, people(500))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: imports.store_page(rt, run_id), range(6)))

    seen = shown(rt, merchant, run_id)
    assert (seen.status, seen.rows, seen.created) == ("completed", 500, 500)


def test_a_page_that_was_slow_and_then_late_is_stored_once(rt, merchant):
    run_id = start(rt, merchant, people(2_500))

    def work(_):
        make_due(rt, "import_run")
        imports.store_page(rt, run_id)

    while shown(rt, merchant, run_id).finished_at is None:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(4)))

    seen = shown(rt, merchant, run_id)
    assert (seen.rows, seen.created, seen.updated) == (2_500, 2_500, 0)


def test_an_import_waits_for_a_row_that_somebody_holds(rt, merchant, settings):
    first = start(rt, merchant, people(1))
    imports.store_page(rt, first)
    assert shown(rt, merchant, first).status == "completed"
    again = start(rt, merchant, people(1).replace(b"Person 0", b"Renamed"))

    with psycopg.connect(plain(settings.database_url)) as other:
        other.execute("SELECT id FROM consumer FOR UPDATE")
        imports.store_page(rt, again)
        held = shown(rt, merchant, again)
        other.rollback()

    assert (held.status, held.rows, held.finished_at) == ("waiting", 0, None)
    assert held.problem == imports.OURS
    assert wait_of(rt, "import_run", again).total_seconds() > 0
    make_due(rt, "import_run")
    imports.store_page(rt, again)
    assert shown(rt, merchant, again).updated == 1


def test_an_import_that_never_succeeds_ends_and_says_so(rt, merchant):
    run_id = start(rt, merchant, people(1))
    with rt.transaction() as tx:
        # What no file of ours holds, for the page cannot be read.
        tx.session.execute(
            ImportRun.__table__.update().values(delimiter="??", attempts=imports.MOST_TRIES - 1)
        )

    with pytest.raises(TypeError):
        imports.store_page(rt, run_id)

    seen = shown(rt, merchant, run_id)
    assert (seen.status, seen.problem) == ("failed", imports.OURS)


def test_old_imports_are_forgotten(rt, merchant):
    run_id = start(rt, merchant, b"email\nnobody")
    imports.store_page(rt, run_id)
    assert shown(rt, merchant, run_id).failed == 1
    with rt.transaction() as tx:
        old = ImportRun.finished_at - imports.import_runs.KEPT
        tx.session.execute(ImportRun.__table__.update().values(finished_at=old))

    sweeper.tidy(rt)

    with rt.transaction() as tx:
        assert tx.session.query(ImportRun).count() == 0
