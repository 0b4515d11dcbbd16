"""Taking a data folder: one copy at a time, its engines ready to be run."""

import fcntl
import os
import shutil
import stat
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from integration.kernel.engines import postgres, valkey
from integration.kernel.engines.account import Account, engine_account, with_prefix
from integration.kernel.engines.places import EngineUrls, Places, embedded_urls, places
from integration.kernel.processes.service import CannotStart, Service

_ENDING_SECONDS = 15.0
_LOOK_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Engines:
    """Where the engines will listen, and the services to supervise, Postgres first."""

    urls: EngineUrls
    services: tuple[Service, Service]


@contextmanager
def claim(data_dir: Path, postgres_options: Mapping[str, str] | None = None) -> Generator[Engines]:
    """Hold ``data_dir``, with a database ``fanfare`` in it, for as long as this lasts.

    ``postgres_options`` override ours, for tests. Raises ``CannotStart`` when the folder
    cannot be written, when another copy is using it, or when Postgres cannot be set up.
    """
    here = places(data_dir)
    with _locked(here) as lock, _socket_base(here):
        account = _make_sockets(here)
        postgres.prepare(here, account, lock)
        services = (
            postgres.service(here, account, lock, postgres_options),
            valkey.service(here, account, lock),
        )
        yield Engines(embedded_urls(data_dir), services)


@contextmanager
def _locked(here: Places) -> Generator[int]:
    """Hold both locks of the folder; yield the one that the engines are to inherit."""
    copy = engines = -1
    try:
        copy = _open(here, here.copy_lock)
        if not _try_lock(copy):
            raise _in_use(here, os.pread(copy, 32, 0).decode().strip() or "that is starting")
        os.ftruncate(copy, 0)
        os.pwrite(copy, f"{os.getpid()}\n".encode(), 0)
        engines = _open(here, here.engines_lock)
        _wait_for(engines, here)
        yield engines
    finally:
        for handle in (engines, copy):
            if handle >= 0:
                os.close(handle)


def _open(here: Places, lock: Path) -> int:
    try:
        here.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        here.engines.mkdir(mode=0o700, exist_ok=True)
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _not_writable(here, error) from error


def _wait_for(engines: int, here: Places) -> None:
    """Wait for the engines of a copy that was killed; they end within seconds."""
    deadline = time.monotonic() + _ENDING_SECONDS
    pause = threading.Event()
    while not _try_lock(engines):
        if time.monotonic() > deadline:
            raise _in_use(here, "left over from a copy that was killed")
        pause.wait(_LOOK_EVERY_SECONDS)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _socket_base(here: Places) -> Generator[None]:
    """Keep the private folder of a path that is too long, if this one is."""
    if here.socket_base == here.engines:
        yield
        return
    _make_private(here.socket_base)
    try:
        yield
    finally:
        shutil.rmtree(here.socket_base, ignore_errors=True)


def _make_sockets(here: Places) -> Account:
    try:
        account = engine_account(here.cluster)
        here.sockets.mkdir(mode=0o700, exist_ok=True)
        os.chown(here.sockets, account.uid, account.gid)
    except OSError as error:
        raise _not_writable(here, error) from error
    return with_prefix(account, postgres.program("postgres"), here.sockets)


def _make_private(folder: Path) -> None:
    """Make ``folder`` in a place that everybody may write, or refuse somebody else's."""
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
    except OSError as error:
        raise CannotStart(
            f"{folder} cannot be made ({error.strerror}): choose a shorter FANFARE_DATA_DIR, "
            "whose path leaves room for a socket."
        ) from error
    if (
        not stat.S_ISDIR(found.st_mode)
        or found.st_uid != os.geteuid()
        or stat.S_IMODE(found.st_mode) != 0o700  # noqa: PLR2004
    ):
        raise CannotStart(
            f"{folder} is not a private folder of ours: remove it, or choose a shorter "
            "FANFARE_DATA_DIR, whose path leaves room for a socket."
        )


def _in_use(here: Places, process: str) -> CannotStart:
    return CannotStart(
        f"The data folder {here.data_dir} is in use by process {process}. "
        "Stop that copy, or set FANFARE_DATA_DIR and FANFARE_PORT to run another beside it."
    )


def _not_writable(here: Places, error: OSError) -> CannotStart:
    return CannotStart(
        f"The data folder {here.data_dir} cannot be written ({error.strerror}): "
        "choose another with FANFARE_DATA_DIR."
    )
