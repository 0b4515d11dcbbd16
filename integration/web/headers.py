"""Headers of every answer."""

from typing import Any

from flask import Flask, Response, request

from integration.web.request_ids import BARE

EXPOSED = [
    "Retry-After",
    "X-Request-Id",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Fingerprint-Error",
    "Idempotency-Replayed",
    "ETag",
]
ALLOWED = [
    "Authorization",
    "X-Publishable-Key",
    "X-Fingerprint",
    "X-Idempotency-Key",
    "Idempotency-Key",
    "Content-Type",
]
CORS_RULES: dict[str, Any] = {
    "origins": "*",
    "methods": ["GET", "POST", "DELETE", "OPTIONS"],
    "allow_headers": ALLOWED,
    "expose_headers": EXPOSED,
    "max_age": 7200,
    "supports_credentials": False,
    "send_wildcard": True,
    "vary_header": False,
}
API_POLICY = "default-src 'none'; frame-ancestors 'none'"


def register(app: Flask) -> None:
    """Let nothing be stored, framed or guessed, unless a view says otherwise."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    if BARE in request.environ:
        return response
    headers = response.headers
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Content-Security-Policy", API_POLICY)
    return response
