"""One error shape, whoever raised it (contract.md, section 1)."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import structlog
from flask import Flask, Response, request
from redis import RedisError
from werkzeug.exceptions import HTTPException

from integration.kernel.errors import (
    Detail,
    FanfareError,
    NotFound,
    RequestTooLarge,
    ServiceUnavailable,
    ValidationFailed,
)
from integration.web.answers import json_answer
from integration.web.refusals import CODE
from integration.web.request_ids import request_id

log = structlog.get_logger(__name__)


class MethodNotAllowed(FanfareError):
    """The address exists, but not for this verb."""

    error = "Method not allowed"
    code = "METHOD_NOT_ALLOWED"
    status = 405
    message = "This address does not take that method. See the Allow header."


class UnsupportedMediaType(FanfareError):
    """The body is of another type than the route reads."""

    error = "Unsupported media type"
    code = "UNSUPPORTED_MEDIA_TYPE"
    status = 415
    message = "Send the body as JSON, with 'Content-Type: application/json'."


class BadRequest(ValidationFailed):
    """The body is not what it says it is."""

    message = "The request cannot be read. Send well-formed JSON and a correct query."


FAMILY: Mapping[int, type[FanfareError]] = {
    405: MethodNotAllowed,
    413: RequestTooLarge,
    415: UnsupportedMediaType,
}


def answer(error: FanfareError) -> Response:
    """Return the answer to a failure: the shape, the status, the headers."""
    request.environ[CODE] = error.code
    body: dict[str, Any] = {"error": error.error, "code": error.code, "message": str(error)}
    if error.details:
        body["details"] = [detail._asdict() for detail in error.details]
    headers = dict(error.headers)
    if error.retry_after is not None:
        # Whole seconds: a time there breaks urllib3 and Number().
        seconds = max(1, math.ceil(error.retry_after))
        headers["Retry-After"] = str(seconds)
        if error.status == 429:  # noqa: PLR2004 - the one status whose body repeats it
            body["retryAfter"] = seconds
    body |= error.extra
    body["requestId"] = request_id()
    return json_answer(body, error.status, headers)


def register(app: Flask) -> None:
    """Answer every exception of this app in the one shape."""
    app.register_error_handler(FanfareError, answer)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(RedisError, _of_valkey)
    app.register_error_handler(Exception, _unexpected)


def flatten(messages: Any, path: str = "") -> Iterator[Detail]:
    """Yield marshmallow's nested messages as one detail a field."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            step = "" if name in {"_schema", "json", "query"} else str(name)
            yield from flatten(inner, f"{path}.{step}".strip("."))
    elif isinstance(messages, (list, tuple)):
        yield Detail(path, " ".join(map(str, messages)))
    else:
        yield Detail(path, str(messages))


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404:  # noqa: PLR2004
        return answer(NotFound())
    allow = error.get_headers() if status == 405 else []  # noqa: PLR2004
    headers = {name: value for name, value in allow if name == "Allow"}
    if status < 500:  # noqa: PLR2004
        return answer(FAMILY.get(status, BadRequest)(headers=headers))
    return answer(FanfareError())


def _of_valkey(error: RedisError) -> Response:
    log.warning("valkey_away", problem=type(error).__name__)
    return answer(ServiceUnavailable())


def _unexpected(error: Exception) -> Response:
    log.error("unexpected", path=request.path, exc_info=error)
    return answer(FanfareError())
