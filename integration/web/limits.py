"""Rate limits at the door, and the headers that tell about them."""

from collections.abc import Mapping

from flask import Flask, Response, request

from integration.kernel.errors import RateLimited
from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.store.limits import Taken

KEY = "fanfare.limit"

PER_MINUTE: Mapping[str, int] = {
    "queue_entry": 1000,
    "status": 5000,
    "authentication": 100,
    "products": 100,
    "consumers": 100,
    "orders": 50,
    "admin": 1000,
    "reading": 5000,
    "checkout": 1000,
}
"""Calls a minute and organization (contract.md, section 1); ``limits`` overrides them."""


def limit_of(caller: Caller, name: str) -> int:
    """Return how many calls a minute this organization may make."""
    return caller.limits.get(name, PER_MINUTE[name])


def count(rt: Runtime, caller: Caller, name: str) -> None:
    """Count this call against its organization's limit; raise ``RateLimited`` beyond it."""
    subject = ":".join(caller.tenant)
    taken = rt.limiter.take(name, subject, limit_of(caller, name))
    tell(taken)
    if not taken.granted:
        raise RateLimited(retry_after=taken.retry_after)


def tell(taken: Taken) -> None:
    """Put this limit's figures on the answer."""
    request.environ[KEY] = taken


def register(app: Flask) -> None:
    """Show the figures of the limit that counted a call."""
    app.after_request(_show)


def _show(response: Response) -> Response:
    taken = request.environ.get(KEY)
    if taken is not None:
        response.headers["X-RateLimit-Limit"] = str(taken.limit)
        response.headers["X-RateLimit-Remaining"] = str(taken.remaining)
        response.headers["X-RateLimit-Reset"] = str(taken.reset)
    return response
