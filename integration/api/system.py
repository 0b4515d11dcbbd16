"""What operators and tools ask of the service itself."""

from typing import Any

from flask import Response
from marshmallow import fields

from integration.services import readiness
from integration.web.answers import json_answer
from integration.web.fields import Wire
from integration.web.guard import NOBODY, runtime
from integration.web.routes import Blueprint

blp = Blueprint("system", __name__, description="The service itself")

KEYS_MAX_AGE = 300


class HealthView(Wire):
    """Alive."""

    status = fields.String(required=True)


class ReadinessView(Wire):
    """Ready, or what is missing and how to mend it."""

    status = fields.String(required=True)
    missing = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class KeySetView(Wire):
    """A JSON Web Key Set (RFC 7517)."""

    keys = fields.List(fields.Dict(), required=True)


@blp.endpoint("GET", "/healthz", NOBODY, answers={200: HealthView})
def healthz(_: None) -> dict[str, str]:
    """Tell that the process lives."""
    return {"status": "ok"}


@blp.endpoint("GET", "/readyz", NOBODY, answers={200: ReadinessView, 503: ReadinessView})
def readyz(_: None) -> tuple[dict[str, Any], int]:
    """Tell whether the service can serve, and if not, what is missing."""
    missing = readiness.missing(runtime())
    return {"status": "missing" if missing else "ready", "missing": missing}, (
        503 if missing else 200
    )


@blp.endpoint("GET", "/.well-known/jwks.json", NOBODY, answers={200: KeySetView})
def jwks(_: None) -> Response:
    """Publish the keys that verify our tokens."""
    headers = {"Cache-Control": f"public, max-age={KEYS_MAX_AGE}"}
    return json_answer(runtime().keyring.jwks(), headers=headers)
