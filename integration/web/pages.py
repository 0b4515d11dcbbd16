"""Plain pages for people whom an address led nowhere: what happened, and what to do."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from flask import Response, request

from integration.kernel.errors import FanfareError
from integration.web import errors

STYLE = (
    "body{font:1.125rem/1.6 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}"
    "main{max-width:36rem;margin:4rem auto;padding:0 1.5rem}h1{font-size:1.5rem}"
    "@media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#1a1a1a}}"
)
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{refresh}<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{message}</p>
{again}</main>
</body>
</html>
"""
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)


def wants_json() -> bool:
    """Tell whether the caller asks for JSON, rather than for a page."""
    offered = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(offered, "text/html") == "application/json"


def page_of(error: FanfareError, title: str, message: str | None = None) -> Response:
    """Return the answer to a failure as a page, or as JSON for whoever asks for that.

    The page says ``message``, or what the error says.
    """
    response = errors.answer(error)
    if wants_json():
        return response
    seconds = response.headers.get("Retry-After")
    return _filled(response, title, message or str(error), seconds)


def plain_page(title: str, message: str) -> Response:
    """Return a page that says just this."""
    return _filled(Response(), title, message, None)


def _filled(response: Response, title: str, message: str, seconds: str | None) -> Response:
    response.set_data(
        PAGE.format(
            title=escape(title),
            message=escape(message),
            style=STYLE,
            refresh=f'<meta http-equiv="refresh" content="{seconds}">\n' if seconds else "",
            again="<p>This page tries again by itself.</p>\n" if seconds else "",
        )
    )
    response.content_type = "text/html; charset=utf-8"
    response.headers["Content-Security-Policy"] = POLICY
    return response
