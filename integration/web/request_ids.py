"""Each request's id: in its answer, in its errors, in every line it logs."""

import re

from flask import Flask, Response, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from integration.kernel.ids import new_id

KEY = "fanfare.request_id"
ACCEPTABLE = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
BARE = "fanfare.bare"
"""Set in the environ of answers that are the same bytes for everybody."""


def request_id() -> str:
    """Return the id of the request that is being answered."""
    return str(request.environ[KEY])


def choose(sent: str | None) -> str:
    """Return the caller's own id where it is harmless, else a new one."""
    return sent if sent is not None and ACCEPTABLE.match(sent) else new_id("req")


def register(app: Flask) -> None:
    """Give every request an id: the caller's own where it is harmless, else a new one."""
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    known = request.environ.get(KEY) or choose(request.headers.get("X-Request-Id"))
    request.environ[KEY] = known
    clear_contextvars()
    bind_contextvars(request_id=known)


def _finish(response: Response) -> Response:
    if BARE not in request.environ:
        response.headers["X-Request-Id"] = request_id()
    return response
