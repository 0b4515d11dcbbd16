"""The API reference for people: Swagger UI on our own document, served by ourselves."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from mimetypes import guess_type

from flask import Response, request
from werkzeug import Response as AnyResponse

from integration.kernel.errors import NotFound
from integration.web.guard import NOBODY
from integration.web.routes import Blueprint, Media

blp = Blueprint("docs", __name__, url_prefix="/docs", description="The API reference")

OURS = files(__name__)
THEIRS = files("flask_swagger_ui") / "dist"
PAGE = OURS / "page.html"
FILES = {
    "start.js": OURS / "start.js",
    **{
        name: THEIRS / name
        for name in ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")
    },
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing inline, nothing from elsewhere; the pictures in the style sheet are data."""
DAY_SECONDS = 86_400


@blp.endpoint("GET", "", NOBODY, answers={200: Media("text/html")})
def reference(_: None) -> AnyResponse:
    """Show the API reference."""
    return _file(PAGE, seconds=0)


@blp.endpoint("GET", "/<path:name>", NOBODY, answers={200: Media("*/*")})
def part(_: None, name: str) -> AnyResponse:
    """Send a script, style or picture of the API reference."""
    if name not in FILES:
        raise NotFound
    return _file(FILES[name], seconds=DAY_SECONDS)


def _file(file: Traversable, seconds: int) -> AnyResponse:
    kind, _ = guess_type(file.name)
    response = Response(file.read_bytes(), content_type=kind)
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Content-Security-Policy"] = POLICY
    response.add_etag()
    return response.make_conditional(request)
