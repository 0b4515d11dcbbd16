"""Rate limits at the door, and the headers that tell about them."""

from flask import Flask, Response, request

from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.store.limits import Taken, subject_of

KEY = "fanfare.limit"


def count(rt: Runtime, caller: Caller, name: str) -> None:
    """Count this call against its organization's limit; raise ``RateLimited`` beyond it."""
    most, burst = rt.per_minute(caller.tenant, name), rt.per_second(caller.tenant, name)
    taken = rt.limits.take(name, subject_of(caller.tenant), most, burst=burst)
    tell(taken)
    taken.check()


def count_address(rt: Runtime, caller: Caller, name: str, address: str) -> None:
    """Count this call against what one network address may do; raise beyond it."""
    subject = f"{subject_of(caller.tenant)}:{address}"
    rt.limits.take(name, subject, rt.per_minute(caller.tenant, name)).check()


def tell(taken: Taken) -> None:
    """Put this limit's figures on the answer."""
    request.environ[KEY] = taken


def register(app: Flask) -> None:
    """Show the figures of the limit that counted a call."""
    app.after_request(_show)


def _show(response: Response) -> Response:
    taken = request.environ.get(KEY)
    # A refusal tells of the limit that refused, whichever others have counted the call.
    if taken is not None and "X-RateLimit-Limit" not in response.headers:
        response.headers.update(taken.headers())
    return response
