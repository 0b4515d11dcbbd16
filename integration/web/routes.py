"""A route, said once: its guard, its limit, its shapes, its idempotency."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn, TypeVar

import orjson
from flask import Request, make_response, request
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from integration.kernel.acting import Actor, act_as
from integration.kernel.errors import NotFound, ValidationFailed
from integration.kernel.tenant import Caller
from integration.web import idempotency, limits, uploads
from integration.web.errors import BadRequest, UnsupportedMediaType, flatten
from integration.web.guard import Guard, runtime
from integration.web.refusals import CALLER
from integration.web.request_ids import request_id
from integration.web.uploads import File

REFUSED = "fanfare.refused"
"""Set in the environ of a request that another door has tried already: its error."""

NUL = "\x00"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
NO_NUL = "The request holds a NUL character, which no text of ours may."


@dataclass(frozen=True)
class Media:
    """An answer that is not JSON."""

    type: str


Shape = type[Schema] | Schema | Media | None
View = TypeVar("View", bound=Callable[..., Any])


class Parser(FlaskParser):
    """Reads bodies and queries as the contract says, and refuses with its 400."""

    DEFAULT_VALIDATION_STATUS = 400

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002
        """Return the JSON body; an absent one is empty, another type is refused."""
        raw = req.get_data()
        if not raw and not req.content_type:
            return {}
        if not req.is_json:
            raise UnsupportedMediaType
        try:
            body = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise BadRequest("The body is not well-formed JSON.") from error
        if b"\\u0000" in raw and _holds_nul(body):
            raise BadRequest(NO_NUL)
        return body

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """Return the query."""
        if any(NUL in value for value in req.args.values()):
            raise BadRequest(NO_NUL)
        return super().load_querystring(req, schema)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Raise the contract's error, with a detail a field."""
        raise ValidationFailed(details=list(flatten(error.messages))) from error


class Blueprint(SmorestBlueprint):  # type: ignore[misc]
    """A group of routes."""

    ARGUMENTS_PARSER = Parser()

    def endpoint(
        self,
        method: str,
        path: str,
        guard: Guard,
        *,
        answers: Mapping[int, Shape],
        body: type[Schema] | Schema | None = None,
        file: File | None = None,
        query: type[Schema] | Schema | None = None,
        limit: str | None = None,
        keyed: idempotency.Keyed = idempotency.Keyed.NO,
        headers: Sequence[Mapping[str, Any]] = (),
        name: str | None = None,
    ) -> Callable[[View], View]:
        """Add a route whose view takes ``(caller, query?, body?, **path)``.

        The first of ``answers`` is the usual one; a view returns another status beside
        its result; ``file`` is a body that is no JSON; ``name`` is the operation's where the
        view's is not its own; ``limit`` names the rate limit that counts the call;
        ``headers`` are what it reads beside its credentials, as OpenAPI describes them.
        """

        def add(view: View) -> View:
            run = self._shaped(view, answers)
            if keyed is not idempotency.Keyed.NO:
                run = idempotency.keep(run, keyed)
            if body is not None:
                run = self.arguments(body)(run)
            if file is not None:
                run = self.doc(**file.docs())(uploads.reading(run, file))
            if query is not None:
                run = self.arguments(query, location="query")(run)
            run = self._guarded(run, guard, limit, [*idempotency.PARAMETERS[keyed], *headers])
            run.__name__ = name or run.__name__
            self.route(path, methods=[method])(run)
            return view

        return add

    def _guarded(
        self,
        view: Callable[..., Any],
        guard: Guard,
        limit: str | None,
        parameters: list[Mapping[str, Any]],
    ) -> Callable[..., Any]:
        # An empty list here would take the place of what the query's schema says.
        more = {"parameters": parameters} if parameters else {}
        described = self.doc(security=list(guard.security), **more)
        return described(_guarded(view, guard, limit))  # type: ignore[no-any-return]

    def _shaped(self, view: Callable[..., Any], answers: Mapping[int, Shape]) -> Callable[..., Any]:
        (status, shape), *others = answers.items()
        run = self.response(status, **_described(shape))(view)
        for other, its_shape in others:
            run = self.alt_response(other, **_described(its_shape))(run)
        return run  # type: ignore[no-any-return]


def _described(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Media):
        return {"schema": {"type": "string"}, "content_type": shape.type}
    return {"schema": shape}


def _guarded(view: Callable[..., Any], guard: Guard, limit: str | None) -> Callable[..., Any]:
    @wraps(view)
    def run(**path: Any) -> Any:
        if any(NUL in each for each in path.values()):
            raise NotFound
        if (refused := request.environ.get(REFUSED)) is not None:
            raise refused
        caller = request.environ[CALLER] = guard.check()
        if limit is not None and caller is not None:
            limits.count(runtime(), caller, limit)
        with _acting(caller):
            return make_response(view(caller, **path))

    run.guard = guard  # type: ignore[attr-defined]
    return run


def _acting(caller: Caller | None) -> AbstractContextManager[None]:
    """Say who changes what this request changes; what only reads needs nobody."""
    if caller is None or request.method in READING:
        return nullcontext()
    via = f"{request.method} {request.url_rule}"
    return act_as(Actor(caller.consumer_id or caller.key_id, via, request_id()))


def _holds_nul(body: Any) -> bool:
    """Tell whether a text anywhere in it holds what Postgres keeps in none."""
    left = [body]
    while left:
        each = left.pop()
        if isinstance(each, str) and NUL in each:
            return True
        if isinstance(each, dict):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            left += each
    return False
