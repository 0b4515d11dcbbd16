"""Whether an address is free to listen on."""

import errno
import socket

from integration.kernel.processes.service import CannotStart


def check_port(host: str, port: int) -> None:
    """Raise ``CannotStart``, in one line, if nobody can listen on ``host:port`` now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            # As servers do: a port is not taken by connections that are still closing.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise CannotStart(_say(host, port, error)) from error


def _say(host: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine. Set FANFARE_HOST to one that is."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken. Stop what uses it, or set FANFARE_PORT to another."
    return f"Cannot listen on {host} port {port}: {error.strerror}. Set FANFARE_PORT to another."
