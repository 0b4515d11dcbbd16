"""The demo's own style, scripts and pictures."""

from importlib.resources import files
from mimetypes import guess_type

from flask import Response, request
from werkzeug import Response as AnyResponse

from integration.demo.catalog import CATALOG
from integration.demo.pages import PAGES, blueprint
from integration.kernel.errors import NotFound
from integration.web.guard import NOBODY

blp = blueprint("files")

FOLDER = files(__package__) / "static"
FILES = ("style.css", "arrive.js", "begin-again.js", "checkout.js", "icon.svg")
BY_SLUG = {product.slug: product for product in CATALOG.values()}
HOUR = "public, max-age=3600"


@blp.endpoint("GET", "/files/<name>", NOBODY, answers={200: None})
def part(_: None, name: str) -> AnyResponse:
    """Send a style sheet, a script or the icon."""
    if name not in FILES:
        raise NotFound
    return _sent((FOLDER / name).read_bytes(), guess_type(name)[0])


@blp.endpoint("GET", "/pictures/<slug>.svg", NOBODY, answers={200: None})
def picture(_: None, slug: str) -> AnyResponse:
    """Send the drawing of a product."""
    if slug not in BY_SLUG:
        raise NotFound
    upper, sole, lace = BY_SLUG[slug].colours
    drawing = PAGES.get_template("sneaker.svg").render(upper=upper, sole=sole, lace=lace)
    return _sent(drawing.encode(), "image/svg+xml")


def _sent(content: bytes, kind: str | None) -> AnyResponse:
    response = Response(content, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = HOUR
    response.add_etag()
    return response.make_conditional(request)
