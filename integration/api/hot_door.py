"""The hot door: three routes of a launch, answered without Flask's stack (design.md, D11).

It calls the same guard and the same use cases, and answers plain success only. Whatever
else there is to say, Flask's view says: it gets the error that the use case raised.
"""

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

import orjson

from integration.api.consumer.entries import fingerprint
from integration.api.consumer.queues import line_headers
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.services import access, line_cards, lines
from integration.services.access import Credentials
from integration.services.lines import Shown
from integration.web import metrics, request_ids
from integration.web.headers import API_POLICY, EXPOSED
from integration.web.routes import REFUSED

QUEUE = DistributionType.QUEUE
PREFIX = "/api/v1/queues/"
ALWAYS = [
    ("Content-Type", "application/json"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(sorted(EXPOSED))),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", API_POLICY),
]

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Answer = tuple[str, list[tuple[str, str]], bytes]


class HotDoor:
    """A WSGI application in front of another one."""

    def __init__(self, rt: Runtime, behind: Application) -> None:
        self._rt = rt
        self.behind = behind
        self._routes: dict[tuple[str, str], Callable[[Environ, str], Answer]] = {
            ("GET", "line"): self._line,
            ("GET", "status"): self._status,
            ("POST", "enter"): self._enter,
        }

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or let the application behind do it."""
        queue_id, _, action = environ["PATH_INFO"].removeprefix(PREFIX).partition("/")
        route = self._routes.get((environ["REQUEST_METHOD"], action))
        if route is None or not environ["PATH_INFO"].startswith(PREFIX):
            return self.behind(environ, start_response)
        began = perf_counter()
        try:
            status, headers, body = route(environ, queue_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, the view behind owns it
            environ[REFUSED] = error
            return self.behind(environ, start_response)
        headers.append(("Content-Length", str(len(body))))
        metrics.observe(self._rt, f"queues.{action}", int(status[:3]), perf_counter() - began)
        start_response(status, headers)
        return [body]

    def _line(self, environ: Environ, queue_id: str) -> Answer:
        card = line_cards.card(self._rt, queue_id)
        headers = line_headers(card.etag)
        if "HTTP_IF_NONE_MATCH" in environ and card.etag in environ["HTTP_IF_NONE_MATCH"]:
            return "304 NOT MODIFIED", headers, b""
        return "200 OK", headers, card.body

    def _status(self, environ: Environ, queue_id: str) -> Answer:
        shown = lines.status(self._rt, self._caller(environ), QUEUE, queue_id)
        return _answer(environ, shown)

    def _enter(self, environ: Environ, queue_id: str) -> Answer:
        caller = self._caller(environ)
        device = fingerprint(environ.get("HTTP_X_FINGERPRINT"))
        return _answer(environ, lines.enter(self._rt, caller, QUEUE, queue_id, device))

    def _caller(self, environ: Environ) -> Caller:
        self._rt.ticker.start()
        sent = Credentials(
            environ.get("HTTP_X_PUBLISHABLE_KEY"),
            environ.get("HTTP_AUTHORIZATION"),
            environ.get("HTTP_ORIGIN"),
        )
        return access.consumer(self._rt, sent)


def _answer(environ: Environ, shown: Shown) -> Answer:
    headers = ALWAYS.copy()
    if shown.taken is not None:
        headers.extend(shown.taken.headers().items())
    headers.append(("X-Request-Id", request_ids.choose(environ.get("HTTP_X_REQUEST_ID"))))
    status = "201 CREATED" if shown.created else "200 OK"
    return status, headers, orjson.dumps(shown.body)
