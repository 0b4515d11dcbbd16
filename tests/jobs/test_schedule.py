"""The clock: every step on its beat, whatever happens to the others."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from sqlalchemy import text

from integration.app import create_app
from integration.services import syncing
from integration.store.line.epochs import keys
from jobs import schedule, sweeper
from jobs.schedule import Step
from tests.jobs.support import drain, make_connection, make_shop, run_of
from tests.support.clocks import ticking_on
from tests.support.launches import make_guest, make_launch
from tests.support.waiting import wait_until


def enter(rt, merchant, queue_id: str, people: int) -> None:
    client = create_app(rt).test_client()
    for _ in range(people):
        guest = make_guest(client, merchant)
        answer = client.post(f"/api/v1/queues/{queue_id}/enter", headers=guest.headers)
        assert answer.status_code == 201, answer.text


def states(rt) -> list[str]:
    with rt.transaction() as tx:
        return sorted(tx.session.scalars(text("SELECT state FROM participation")))


def failures(rt, step: str) -> float:
    return rt.tally.read().get(f"count:clock_failures:step={step}", 0)


def test_a_tick_admits_and_sweeps(rt, merchant):
    launch = make_launch(rt, merchant, stock=2, inventory_bound=True)
    enter(rt, merchant, launch.queue_id, 3)
    run = syncing.start(
        rt, merchant.tenant, make_connection(rt, merchant, make_shop(products=1)), "products"
    )
    rt.valkey.client.flushdb()

    schedule.tick(rt)
    drain(rt)

    assert states(rt) == ["ADMITTED", "ADMITTED", "QUEUED"]
    assert run_of(rt, run.id).status == "completed"


def test_two_clocks_admit_as_one(clock_runtime, merchant):
    launch = make_launch(clock_runtime, merchant, stock=5, inventory_bound=True)
    enter(clock_runtime, merchant, launch.queue_id, 12)

    with ticking_on([clock_runtime] * 2):
        wait_until(lambda: states(clock_runtime).count("ADMITTED") == 5, "five are admitted")
        threading.Event().wait(0.6)

    assert states(clock_runtime).count("ADMITTED") == 5


def test_a_step_that_fails_or_hangs_holds_up_no_other(clock_runtime, merchant, monkeypatch):
    ticks: list[str] = []
    release = threading.Event()

    def fail(rt):
        ticks.append("fails")
        raise RuntimeError

    steps = (
        Step("fails", 0.01, fail),
        Step("hangs", 0.01, lambda _: release.wait(20)),
        Step("passes", 0.01, lambda _: ticks.append("passes")),
    )
    monkeypatch.setattr(schedule, "STEPS", steps)

    with ticking_on([clock_runtime]):
        wait_until(lambda: ticks.count("passes") > 3, "the good step goes on")
        wait_until(lambda: ticks.count("fails") > 3, "the bad one is tried again")
        release.set()

    assert failures(clock_runtime, "fails") == ticks.count("fails")


@pytest.mark.parametrize(("command", "line"), [("clock", "clock_"), ("worker", "worker_")])
def test_the_processes_stop_when_asked(rt, settings, command, line):
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "FANFARE_DATA_DIR": str(settings.data_dir),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "integration.cli", command],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )

    begun = next(said for said in process.stderr if line in said)
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=20)

    assert f"{line}started" in begun
    assert f"{line}stopped" in rest
    assert process.returncode == 0


def test_one_line_that_cannot_be_served_holds_up_no_other():
    done = []

    def work(name: str) -> None:
        if name == "bad":
            raise RuntimeError(name)
        done.append(name)

    with pytest.raises(RuntimeError, match="bad"):
        schedule._each(["a", "bad", "b"], work)

    assert done == ["a", "b"]


def test_a_clock_goes_on_after_postgres_threw_it_out(rt, clock_runtime, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    enter(rt, merchant, launch.queue_id, 1)

    with ticking_on([clock_runtime]):
        rt.engine.dispose()
        with rt.transaction() as tx:
            tx.session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                    # Not the autovacuum's, which nobody but a superuser may end.
                    " AND usename = current_user"
                )
            )
            tx.session.execute(text("UPDATE distribution SET rules = '{}'"))
        wait_until(lambda: states(rt) == ["ADMITTED"], "somebody is admitted")


def test_a_clock_mends_a_line_that_valkey_forgot(clock_runtime, merchant):
    launch = make_launch(clock_runtime, merchant, rules={"admissionRate": 0})
    enter(clock_runtime, merchant, launch.queue_id, 2)

    with ticking_on([clock_runtime]):
        clock_runtime.valkey.client.flushdb()
        key = keys(launch.queue_id)[0]
        wait_until(lambda: clock_runtime.valkey.client.exists(key), "the line is back")


def test_a_frozen_clock_loses_its_transaction_soon(clock_runtime):
    schedule.live_lines.let_go_soon(clock_runtime.engine)

    with clock_runtime.engine.connect() as connection:
        limits = [
            connection.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("idle_in_transaction_session_timeout", "lock_timeout")
        ]

    assert limits == ["2s", "1500ms"]


def test_with_valkey_away_a_sweep_ends_at_once(clock_runtime, merchant, monkeypatch):
    for _ in range(3):
        connection_id = make_connection(clock_runtime, merchant, make_shop())
        syncing.start(clock_runtime, merchant.tenant, connection_id, "products")
    asked = []
    monkeypatch.setattr(
        type(clock_runtime.jobs), "enqueue", lambda *_, **ids: asked.append(ids) or False
    )

    swept = sweeper.sweep(clock_runtime)

    assert (swept, len(asked)) == (0, 1)


def test_kept_answers_are_forgotten_after_a_day(rt, merchant):
    insert = """
        INSERT INTO idempotency_key (organization_id, mode, route, key, body_hash, created_at)
        VALUES ('org_1', 'live', 'POST /x', '{0}', '', now() - interval '{1} hours')
    """
    with rt.transaction() as tx:
        tx.session.execute(text(insert.format("old", 25)))
        tx.session.execute(text(insert.format("young", 23)))

    sweeper.tidy(rt)

    with rt.transaction() as tx:
        assert tx.session.scalars(text("SELECT key FROM idempotency_key")).all() == ["young"]
