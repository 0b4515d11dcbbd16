"""How the service describes itself: OpenAPI 3.1."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

from apispec import APISpec, BasePlugin
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from marshmallow import INCLUDE, fields
from werkzeug.routing import Rule

from integration.web.fields import Money, Timestamp, Wire
from integration.web.links import Links
from integration.web.versions import IF_MATCH

CONFIG: Mapping[str, Any] = {
    "API_TITLE": "Fanfare",
    "API_VERSION": "1.0",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/",
    "OPENAPI_JSON_PATH": "openapi.json",
}

SCHEMES: Mapping[str, Any] = {
    "publishableKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Publishable-Key",
        "description": "pk_live_... or pk_test_...: for browsers and apps.",
    },
    "secretKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "sk_live_... or sk_test_...: for servers only.",
    },
    "consumerToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of a consumer's session.",
    },
}

DESCRIPTION = """
Controlled-access launches for commerce: fair queues, and a signed hand-off to the shop's checkout.

* **Consumer API** (`/api/v1`): browsers, apps and the SDK, with a publishable key.
* **Integration API** (`/api`, also without it): the merchant's back end, with a secret key.
* **Admin API** (`/admin/api/v1`): the merchant's tooling, with a secret key that has the scope.

Every answer carries `X-Request-Id`; every failure has the shape of `Problem`.
"""

VERSIONED = ("/admin/", "/api/products", "/api/consumers", "/products", "/consumers")
"""Where objects have an ETag."""

FLASK_SMORESTS_OWN = ("ErrorSchema", "PaginationMetadataSchema")
"""Shapes that it brings along and that no route of ours answers with."""


class FieldProblem(Wire):
    """One field at fault, by its dotted path."""

    field = fields.String(required=True)
    message = fields.String(required=True)


class Problem(Wire):
    """What every failure looks like; some codes add fields of their own."""

    class Meta:
        """A code may add more than these."""

        unknown = INCLUDE

    error = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.List(fields.Nested(FieldProblem))
    request_id = fields.String(required=True)
    retry_after = fields.Integer(metadata={"description": "With 429: seconds, as Retry-After."})
    opens_at = Timestamp(metadata={"description": "With NOT_OPEN_YET."})
    id = fields.String(metadata={"description": "Of the object that has the place already."})


REQUEST_ID = "X-Request-Id"
HEADERS: Mapping[str, Any] = {
    REQUEST_ID: {
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
    },
    "Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds."},
    "Allow": {"schema": {"type": "string"}, "description": "With 405: the methods there are."},
    "X-Fingerprint-Error": {"schema": {"type": "string", "enum": ["true"]}},
    "X-RateLimit-Limit": {"schema": {"type": "integer", "minimum": 0}},
    "X-RateLimit-Remaining": {"schema": {"type": "integer", "minimum": 0}},
    "X-RateLimit-Reset": {"schema": {"type": "integer"}, "description": "Unix seconds."},
}
"""Headers of failures; the first is on every answer, the last three where a limit counted."""

PAGES = ("/checkout/", "/oauth/")
"""Where people come: failures are plain pages, or JSON for whoever asks for that."""

PAGED = ("400", "401", "403", "404", "409", "410", "429", "503")

BARE = ("/api/v1/queues/{queue_id}/line",)
"""Whose good answers are the same bytes for everybody."""


class ContractPlugin(BasePlugin):
    """Says of every route what all routes share."""

    def init_spec(self, spec: APISpec) -> None:
        """Teach the specification our fields and our errors."""
        self._schemas = spec.components.schemas
        self._links = Links()
        # Typed as Any: apispec's own hints stop halfway.
        shapes: Any = next(each for each in spec.plugins if isinstance(each, MarshmallowPlugin))
        shapes.map_to_openapi_type(Timestamp, "string", "date-time")
        shapes.map_to_openapi_type(Money, "string", None)
        shapes.converter.add_attribute_function(_money_properties)
        spec.components.response(
            "Problem",
            {
                "description": "A failure",
                "content": {"application/json": {"schema": Problem}},
                "headers": _headers(*HEADERS),
            },
        )
        page = {
            "description": "A failure, as a page",
            "content": {
                "text/html": {"schema": {"type": "string"}},
                "application/json": {"schema": Problem},
            },
            "headers": _headers(REQUEST_ID),
        }
        spec.components.response("Page", page)
        for name, header in HEADERS.items():
            spec.components.header(name, header)

    def schema_helper(self, name: str, definition: dict[str, Any], **given: Any) -> Any:
        """Describe a shape by the docstring of its class."""
        del name, definition
        described: str | None = vars(resolve_schema_cls(given["schema"])).get("__doc__")
        return described and {"description": inspect.cleandoc(described)}

    def operation_helper(
        self,
        path: str | None = None,
        operations: dict[str, Any] | None = None,
        **given: Any,
    ) -> None:
        """Name each operation, and add its failures and its preconditions."""
        rule: Rule = given["rule"]
        for unused in FLASK_SMORESTS_OWN:
            self._schemas.pop(unused, None)
        for method, operation in (operations or {}).items():
            operation["operationId"] = operation_id(rule.endpoint)
            responses = operation.setdefault("responses", {})
            for status in ("400", 400, "default"):
                responses.pop(status, None)
            if path not in BARE:
                for answer in responses.values():
                    answer.setdefault("headers", {}).update(_headers(REQUEST_ID))
            for status in PAGED if (path or "").startswith(PAGES) else ():
                responses[status] = {"$ref": "#/components/responses/Page"}
            self._links.note(path or "", method, operation, self._fields_of(operation))
            responses["default"] = "Problem"
            if method in {"patch", "delete"} and (path or "").startswith(VERSIONED):
                operation.setdefault("parameters", []).append(IF_MATCH)

    def _fields_of(self, operation: dict[str, Any]) -> Iterable[str]:
        """Return the names of the fields of the JSON body that an operation reads."""
        content = operation.get("requestBody", {}).get("content", {})
        shape = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        fields_of: Iterable[str] = self._schemas.get(shape.rpartition("/")[2], {}).get(
            "properties", ()
        )
        return fields_of


def spec(base_url: str) -> dict[str, Any]:
    """Return what the specification says beside the routes."""
    return {
        "info": {"description": DESCRIPTION.strip()},
        "servers": [{"url": base_url}],
        "components": {"securitySchemes": dict(SCHEMES)},
        "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_schema_name),
        "extra_plugins": [ContractPlugin()],
    }


def operation_id(endpoint: str) -> str:
    """Return the name of an operation: ``queues.show`` is ``queuesShow``."""
    head, *rest = endpoint.replace(".", "_").replace("-", "_").split("_")
    return head + "".join(part.capitalize() for part in rest)


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _schema_name(schema: Any) -> str:
    """Name a schema after its class; one with everything optional is a change."""
    found = resolve_schema_cls(schema)
    name: str = getattr(found, "__name__", "")
    if getattr(schema, "partial", None):
        return name.removesuffix("Body") + "Changes"
    return name


def _money_properties(_: Any, field: Any, ret: dict[str, Any], **__: Any) -> dict[str, Any]:
    if not isinstance(field, Money):
        return {}
    if not field.number:
        return {"examples": ["105.00"]}
    kinds = ret["type"] if isinstance(ret["type"], list) else [ret["type"]]
    return {
        "type": ["number" if kind == "string" else kind for kind in kinds],
        "examples": [105.5],
        "minimum": 0,
    }
