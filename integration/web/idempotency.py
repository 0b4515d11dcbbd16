"""Idempotency keys: the first answer again, byte for byte (contract.md, section 1)."""

import re
from collections.abc import Callable
from enum import Enum
from functools import wraps
from hashlib import sha256
from typing import Any

import orjson
from flask import Response, request

from integration.kernel.errors import Detail, FanfareError, ValidationFailed
from integration.kernel.tenant import Caller
from integration.services import idempotency
from integration.services.idempotency import Answer, Call
from integration.web import errors
from integration.web.guard import runtime

VISIBLE = re.compile(r"[\x21-\x7e]{1,255}\Z")


class Keyed(Enum):
    """How a route keeps its answers."""

    NO = "no"
    WITH_EFFECT = "with_effect"
    """In the transaction of the effect."""
    LEASED = "leased"
    """Under a claim, because the route calls somebody else's server."""


HEADER = {
    "in": "header",
    "name": "X-Idempotency-Key",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "description": "Repeat the call with the same key and get the first answer again.",
}
PARAMETERS: dict[Keyed, list[dict[str, Any]]] = {
    Keyed.NO: [],
    Keyed.WITH_EFFECT: [HEADER],
    Keyed.LEASED: [HEADER],
}


def keep(view: Callable[..., Any], keyed: Keyed) -> Callable[..., Any]:
    """Wrap a view so that a key is answered once, whoever repeats it."""
    once = idempotency.once if keyed is Keyed.WITH_EFFECT else idempotency.once_leased

    @wraps(view)
    def run(caller: Caller, *args: Any, **path: Any) -> Any:
        key = _key()
        if key is None:
            return view(caller, *args, **path)
        call = Call(caller.tenant, f"{request.method} {request.path}", key, _body_hash())
        kept = once(runtime(), call, lambda: _attempt(lambda: view(caller, *args, **path)))
        return _response(kept)

    return run


def _key() -> str | None:
    headers = request.headers
    key = headers.get("X-Idempotency-Key", headers.get("Idempotency-Key"))
    if key is not None and not VISIBLE.match(key):
        said = "Send 1 to 255 visible ASCII characters."
        raise ValidationFailed(details=[Detail("X-Idempotency-Key", said)])
    return key


def _body_hash() -> bytes:
    """Hash what the body says, so that another spelling of it is the same body."""
    raw = request.get_data()
    if not raw:
        return sha256(b"{}").digest()
    try:
        said = orjson.dumps(orjson.loads(raw), option=orjson.OPT_SORT_KEYS)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        # The route reads no body, or one that is nobody's to spell differently.
        said = raw
    return sha256(said).digest()


def _attempt(view: Callable[[], Response]) -> Answer:
    try:
        response = view()
    except FanfareError as error:
        if not idempotency.keepable(error.status):
            raise
        response = errors.answer(error)
    headers = {name: value for name, value in response.headers.items() if name == "ETag"}
    return Answer(response.status_code, response.get_data(), headers)


def _response(kept: Answer) -> Response:
    response = Response(kept.body, kept.status, kept.headers, content_type="application/json")
    if kept.replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response
