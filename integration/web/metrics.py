"""How many requests, and how long they took: by route and class of status."""

from bisect import bisect_left
from time import perf_counter

from flask import Flask, Response, request

from integration.runtime import Runtime
from integration.web.guard import runtime

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""The histogram's buckets, in seconds; what took longer is in one more."""
BEGAN = "fanfare.began"


def observe(rt: Runtime, route: str, status: int, seconds: float) -> None:
    """Count one answer."""
    label = f"{route}:{status // 100}xx"
    rt.tally.add(
        (f"request:{label}:{bisect_left(BOUNDS, seconds)}", 1), (f"seconds:{label}", seconds)
    )


def register(app: Flask) -> None:
    """Count every answer of this app; an unknown address is the route ``none``."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    request.environ[BEGAN] = perf_counter()


def _end(response: Response) -> Response:
    began = request.environ.get(BEGAN)
    if began is not None:
        route = request.endpoint or "none"
        observe(runtime(), route, response.status_code, perf_counter() - began)
    return response
