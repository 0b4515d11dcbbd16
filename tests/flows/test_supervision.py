"""What `fanfare up` promises about its processes, seen from outside."""

import signal
import socket
from contextlib import closing

import psycopg
import pytest
import redis

from integration.kernel.engines import embedded_urls
from integration.kernel.processes import CannotStart, check_port
from tests.support.databases import plain
from tests.support.engines import short_folder
from tests.support.supervised import is_alive, start, supervised
from tests.support.waiting import wait_until

ENGINES = """
with claim(Path(sys.argv[1])) as engines:
    sys.exit(run([*engines.services, say("engines are up"), sleeper("web"), say("all is up")]))
"""
TWO = 'sys.exit(run([sleeper("web"), sleeper("clock"), say("all is up")]))'
# A master, and a worker in its group that goes on without it, as Granian's do.
MASTER = """
import subprocess, sys, threading
subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait() # worker"])
print("master is up"); threading.Event().wait()
"""
STUBBORN = """
import signal, threading
signal.signal(signal.SIGTERM, signal.SIG_IGN); print("up"); threading.Event().wait()
"""


def test_what_comes_later_waits_until_what_comes_before_is_ready(tmp_path):
    flag = tmp_path / "ready"
    plan = f"""
flag = Path({str(flag)!r})
slow = "import pathlib, threading; threading.Event().wait(0.5); print('slow');"
slow += "pathlib.Path({str(flag)!r}).touch(); threading.Event().wait()"
run([service("first", slow, ready=flag.exists), say("between"), sleeper("second")])
"""

    with supervised(plan) as house:
        house.wait_for("second  │ up")
        house.signal(signal.SIGTERM)
        house.end()

    said = [line.strip() for line in house.lines]
    assert said.index("between") < said.index("second  │ up")
    assert "first   │ slow" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_leaves_no_process(number):
    with short_folder() as folder, supervised(ENGINES, str(folder)) as house:
        house.wait_for("all is up")
        house.signal(number)
        code = house.end()

    assert code == 0
    assert "database system is shut down" in house.text


def test_services_stop_in_reverse_order():
    ends = (
        "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: (print('bye'), sys.exit()))"
    )
    plan = f"""
code = "{ends}; print('up'); signal.pause()"
run([service("one", code), service("two", code), service("three", code)])
"""

    with supervised(plan) as house:
        house.wait_for("│ up", times=3)
        house.signal(signal.SIGTERM)
        house.end()

    goodbyes = [line.split()[0] for line in house.lines if "bye" in line]
    assert goodbyes == ["three", "two", "one"]


def test_a_killed_supervisor_takes_everything_with_it_and_can_start_again_at_once():
    with short_folder() as folder, supervised(ENGINES, str(folder)) as house:
        house.wait_for("all is up")
        house.signal(signal.SIGKILL)
        with supervised(ENGINES, str(folder)) as again:
            again.wait_for("all is up")
            again.signal(signal.SIGINT)
            code = again.end()
        house.end()

    assert code == 0
    assert "automatic recovery" not in again.text


def test_a_killed_guardian_is_replaced_and_knows_everybody():
    with supervised(TWO) as house:
        house.wait_for("all is up")
        killed = house.find("guardian.py")
        killed.kill()
        wait_until(lambda: not is_alive(killed), "the guardian's end")
        house.find("guardian.py")
        house.signal(signal.SIGKILL)
        house.end()


def test_what_dies_is_started_again_and_one_line_says_so():
    with supervised(TWO) as house:
        house.wait_for("all is up")
        house.wait_for("clock   │ up")
        house.find("# clock").kill()
        house.wait_for("clock   │ up", times=2)
        house.signal(signal.SIGTERM)
        house.end()

    notices = [line for line in house.lines if line.startswith("fanfare")]
    assert notices == [
        "fanfare │ clock was killed by signal 9; starting it again in 0.1 s.\n",
        "fanfare │ Stopping.\n",
    ]


def test_what_keeps_dying_is_started_ever_more_slowly_but_never_given_up():
    with supervised('run([service("web", "raise SystemExit(3)")])') as house:
        house.wait_for("again in 1 s")
        house.signal(signal.SIGTERM)
        house.end()

    notices = [line.split("again in ")[1] for line in house.lines if "again in" in line]
    assert notices == ["0.1 s.\n", "0.5 s.\n", "1 s.\n"]
    assert "ended with exit code 3" in house.text


def test_workers_of_a_killed_master_do_not_go_on_beside_the_new_one():
    with supervised(f'run([service("web", {MASTER!r})])') as house:
        house.wait_for("master is up")
        worker = house.find("# worker")
        worker.parent().kill()
        house.wait_for("master is up", times=2)

        assert not is_alive(worker)


def test_a_process_that_asked_for_it_dies_with_its_killed_parent():
    child = "from integration.kernel.processes import die_with_parent as d; d(); "
    child += "import threading; print('up', flush=True); threading.Event().wait() # child"
    plan = f"""
import subprocess
process = subprocess.Popen([sys.executable, "-c", {child!r}], start_new_session=True)
threading.Event().wait()
"""

    with supervised(plan) as house:
        house.wait_for("up")
        child = house.find("# child")
        house.signal(signal.SIGKILL)
        wait_until(lambda: not is_alive(child), "the child's end")


def test_postgres_killed_comes_back_with_every_acknowledged_row():
    with short_folder() as folder, supervised(ENGINES, str(folder)) as house:
        house.wait_for("all is up")
        url = plain(embedded_urls(folder).database_url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        house.find("bin/postgres -D").kill()
        answer = wait_until(lambda: ask(url), "Postgres back")
        house.signal(signal.SIGINT)
        code = house.end()

    assert answer == (42,)
    assert code == 0


def test_valkey_killed_comes_back_empty():
    with short_folder() as folder, supervised(ENGINES, str(folder)) as house:
        house.wait_for("all is up")
        with redis.Redis.from_url(embedded_urls(folder).redis_url) as valkey:
            valkey.set("kept", "no")
            house.find("valkey-server").kill()
            size = wait_until(lambda: size_of(valkey), "Valkey back")

    assert size == "0 keys"


def size_of(valkey):
    try:
        return f"{valkey.dbsize()} keys"
    except redis.ConnectionError:
        return None


def ask(url):
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT answer FROM kept").fetchone()
    except psycopg.OperationalError:
        return None


def test_what_does_not_stop_is_killed_after_its_time():
    with supervised(f'sys.exit(run([service("web", {STUBBORN!r}, stop_seconds=0.3)]))') as house:
        house.wait_for("up")
        house.signal(signal.SIGTERM)
        code = house.end()

    assert code == 1
    assert "web had to be killed" in house.text


def test_a_second_signal_does_not_wait():
    with supervised(f'sys.exit(run([service("web", {STUBBORN!r}, stop_seconds=600)]))') as house:
        house.wait_for("up")
        house.signal(signal.SIGINT)
        house.wait_for("Stopping")
        house.signal(signal.SIGINT)

        assert house.end() == 1


def test_a_signal_breaks_into_a_step():
    with supervised('sys.exit(run([sleeper("web"), say("in"), threading.Event().wait]))') as house:
        house.wait_for("in")
        house.signal(signal.SIGINT)

        assert house.end() == 0


def test_a_step_that_fails_stops_what_was_started():
    with supervised('run([sleeper("web"), lambda: 1 / 0, say("never")])') as house:
        code = house.end()

    assert code == 1
    assert "ZeroDivisionError" in house.text
    assert "never" not in house.text


def test_a_service_that_dies_before_it_is_ready_stops_everything_in_one_line():
    with supervised('run([service("web", "raise SystemExit(3)", ready=lambda: False)])') as house:
        house.end()

    assert "CannotStart: web did not start: ended with exit code 3." in house.text


def test_a_service_that_does_not_get_ready_stops_everything_in_one_line():
    with supervised('run([sleeper("web", ready=lambda: False, ready_seconds=0.3)])') as house:
        house.end()

    assert "CannotStart: web was not ready in 0.3 s." in house.text


def test_output_that_nobody_reads_any_more_stops_nothing(tmp_path):
    count = tmp_path / "count"
    # Far more than a pipe holds.
    chatty = f"""
import pathlib, threading
for number in range(2000): print("x" * 1000)
pathlib.Path({str(count)!r}).write_text("done"); threading.Event().wait()
"""

    process = start(f'sys.exit(run([service("web", {chatty!r})]))')
    process.stdout.close()
    wait_until(count.exists, "all is written")
    process.terminate()

    assert process.wait(30) == 0


def test_a_taken_port_is_refused_in_one_line():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotStart, match=rf"^Port {port} on 127\.0\.0\.1 is taken\..*$"):
            check_port("127.0.0.1", port)


def test_a_free_port_is_fine_and_a_foreign_address_is_not():
    check_port("127.0.0.1", 0)

    with pytest.raises(CannotStart, match="not an address of this machine"):
        check_port("192.0.2.1", 8000)
