"""Servers that do not answer."""

import socket
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def frozen_port() -> Generator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
