"""The embedded engines, as the account that runs the tests."""

import os
import subprocess
import sys

import psutil
import psycopg
import pytest
import redis

from integration.kernel.engines import claim, embedded_urls
from integration.kernel.engines.places import places
from integration.kernel.engines.wheels import wheel_program
from integration.kernel.processes import CannotStart
from tests.support.databases import plain
from tests.support.engines import FORGETFUL, running_engines, short_folder
from tests.support.waiting import wait_until


# One worker runs them all, so that they can share a pair of engines.
@pytest.fixture
def folder():
    with short_folder() as path:
        yield path


def connect(urls, **options):
    return psycopg.connect(plain(urls.database_url), autocommit=True, **options)


def answers(urls):
    """Whether both engines serve: who we are in Postgres, and what Valkey says to a ping."""
    with connect(urls) as connection, redis.Redis.from_url(urls.redis_url) as valkey:
        return connection.execute("SELECT current_user").fetchone()[0], valkey.ping()


def test_the_addresses_do_not_depend_on_how_the_folder_is_spelled(folder):
    (folder / "link").symlink_to(folder / "data")

    direct = embedded_urls(folder / "data")

    assert embedded_urls(folder / "link") == direct
    assert embedded_urls(folder / "other" / ".." / "data") == direct


@pytest.fixture(scope="module")
def engines():
    with pytest.MonkeyPatch.context() as patch, short_folder() as path:
        patch.setenv("FANFARE_SECRET", "not for engines")
        with running_engines(path / "data") as running:
            yield running


def test_both_engines_serve_where_the_addresses_say(engines):
    urls = embedded_urls(engines.data_dir)

    assert urls == engines.urls
    assert answers(urls) == ("fanfare", True)


def test_the_engines_run_without_root_without_ports_and_without_our_secrets(engines):
    running = [psutil.Process(pid) for pid in engines.pids.values()]

    assert all(process.uids().effective != 0 for process in running)
    assert not any(process.net_connections("inet") for process in running)
    assert not any("FANFARE_SECRET" in process.environ() for process in running)


def test_nobody_else_gets_at_the_sockets_or_the_data(engines):
    here = places(engines.data_dir)
    closed = [here.data_dir, here.engines, here.sockets, here.cluster]

    assert {path.stat().st_mode & 0o777 for path in closed} == {0o700}


def test_postgres_is_durable_and_forgotten_transactions_end(engines):
    names = ("fsync", "synchronous_commit", "full_page_writes")

    with connect(engines.urls) as connection:
        durable = {connection.execute(f"SHOW {name}").fetchone()[0] for name in names}
        limit = connection.execute("SHOW idle_in_transaction_session_timeout").fetchone()[0]

    assert durable == {"on"}
    assert limit == "30s"


def test_valkey_writes_nothing_and_drops_nothing(engines):
    with redis.Redis.from_url(engines.urls.redis_url) as valkey:
        kept = valkey.config_get("save", "appendonly", "maxmemory-policy")

    assert kept == {"save": "", "appendonly": "no", "maxmemory-policy": "noeviction"}


def test_the_log_of_postgres_repeats_nobodys_data(engines):
    with connect(engines.urls) as connection:
        connection.execute("CREATE TABLE person (email text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('ada@example.com')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('ada@example.com')")
    log = (engines.data_dir / "log").read_text()

    assert "ready to accept connections" in log
    assert "ada@example.com" not in log


def test_a_folder_in_use_is_refused_in_one_line(engines):
    in_use = rf"in use by process {os.getpid()}\b.*FANFARE_DATA_DIR"

    with pytest.raises(CannotStart, match=in_use), claim(engines.data_dir):
        pass


def test_what_was_committed_outlives_a_kill_of_postgres(folder):
    data = folder / "data"

    with running_engines(data) as engines:
        with connect(engines.urls) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        engines.kill("postgres")
    left_behind = (places(data).cluster / "postmaster.pid").exists()
    with running_engines(data) as engines, connect(engines.urls) as connection:
        answer = connection.execute("SELECT answer FROM kept").fetchone()[0]

    assert left_behind
    assert answer == 42


def test_a_stale_pid_file_that_names_a_living_stranger_does_not_matter(engines, folder):
    with running_engines(folder, FORGETFUL) as killed:
        killed.kill("postgres")
    stale = places(folder).cluster / "postmaster.pid"
    lines = stale.read_text().splitlines()[1:]
    stale.write_text("\n".join([str(engines.pids["valkey"]), *lines]))

    with running_engines(folder, FORGETFUL) as again:
        found = answers(again.urls)

    assert found == ("fanfare", True)


def test_two_folders_run_side_by_side(engines, folder):
    with running_engines(folder, FORGETFUL) as others:
        with connect(engines.urls) as connection:
            connection.execute("CREATE TABLE only_here ()")
        with connect(others.urls) as connection:
            seen = connection.execute("SELECT to_regclass('only_here')").fetchone()[0]

    assert seen is None


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(folder):
    (folder / "file").write_text("in the way")

    with (
        pytest.raises(CannotStart, match=r"^The data folder .* cannot be written .*DATA_DIR\.$"),
        claim(folder / "file" / "data"),
    ):
        pass


@pytest.mark.parametrize("name", ["x" * 120, "with, a comma"])
def test_a_path_that_fits_no_socket_address_serves_all_the_same(folder, name):
    data = folder / name

    with running_engines(data, FORGETFUL) as running:
        found = answers(running.urls)
        base = places(data).socket_base
        mode = base.stat().st_mode & 0o777

    assert found == ("fanfare", True)
    assert mode == 0o700
    assert not base.exists()


def test_a_path_with_spaces_and_signs_serves(folder):
    with running_engines(folder / 'a "b" %c + ü', FORGETFUL) as running:
        found = answers(running.urls)

    assert found == ("fanfare", True)


def test_a_socket_folder_that_others_may_enter_is_refused(folder):
    base = places(folder / ("x" * 120)).socket_base
    base.mkdir(mode=0o755)

    try:
        with pytest.raises(CannotStart, match="not a private folder"), claim(folder / ("x" * 120)):
            pass
    finally:
        base.rmdir()


def test_a_kill_in_the_middle_of_the_first_start_leaves_nothing_broken(folder):
    data = folder / "data"
    code = f"from integration.kernel.engines import claim\nwith claim({str(data)!r}): input()"
    unfinished = places(data).engines / "postgres.new"

    first = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    wait_until(lambda: unfinished.exists() and any(unfinished.iterdir()), "initdb at work")
    first.kill()
    first.wait()
    first.stdin.close()
    with running_engines(data, FORGETFUL) as running:
        found = answers(running.urls)

    assert found == ("fanfare", True)
    assert not unfinished.exists()


def test_data_of_another_major_version_is_refused_in_one_line(folder):
    data = folder / ("x" * 120)
    with claim(data):
        (places(data).cluster / "PG_VERSION").write_text("17\n")

    with pytest.raises(CannotStart, match=r"written by PostgreSQL 17, this is 18"), claim(data):
        pass

    assert not places(data).socket_base.exists()


def test_a_missing_wheel_says_what_to_do():
    with pytest.raises(CannotStart, match="DATABASE_URL"):
        wheel_program("no_such_wheel", "bin/x")
