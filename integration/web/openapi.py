"""How the service describes itself: OpenAPI 3.1."""

from collections.abc import Mapping
from typing import Any

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


def spec(base_url: str) -> dict[str, Any]:
    """Return what the specification says beside the routes."""
    return {
        "info": {
            "title": "Fanfare",
            "version": "1.0",
            "description": "Controlled-access launches for commerce.",
        },
        "servers": [{"url": base_url}],
        "components": {"securitySchemes": dict(SCHEMES)},
    }
