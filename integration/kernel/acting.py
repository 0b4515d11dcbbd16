"""Who acts: said once at the door, read where the record of changes is written."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Actor(NamedTuple):
    """A key (``key_…``), a consumer (``cons_…``), a connection (``conn_…``) or ``system:…``.

    ``via`` names the route, job or step; ``request_id`` the request it came with.
    """

    id: str
    via: str | None = None
    request_id: str | None = None


_acting: ContextVar[Actor | None] = ContextVar("actor", default=None)


def acting() -> Actor | None:
    """Return who acts in this thread; None where nobody has said so."""
    return _acting.get()


@contextmanager
def act_as(actor: Actor) -> Generator[None]:
    """Let ``actor`` be who acts, until the block ends."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)
