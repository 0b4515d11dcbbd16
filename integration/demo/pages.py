"""The demo's pages: its templates, and the headers that keep them safe."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from flask import Response, request
from jinja2 import Environment, PackageLoader, StrictUndefined

from integration.demo import facts, origins
from integration.demo.catalog import CATALOG, CURRENCY
from integration.kernel.errors import FanfareError, NotFound
from integration.web.guard import runtime
from integration.web.routes import Blueprint

PAGES = Environment(
    loader=PackageLoader("integration.demo"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.globals |= {"catalog": CATALOG, "currency": CURRENCY}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def known() -> facts.Facts:
    """Return what demo.json says, or raise ``NotFound`` where the demo was never seeded."""
    found = facts.read(runtime().settings)
    if found is None:
        raise NotFound("Demo")
    return found


def page(template: str, status: int = 200, *, framed: bool = False, **values: Any) -> Response:
    """Return a page; ``framed``: the demo's own pages may show it in a frame."""
    own = request.host_url.rstrip("/")
    settings = runtime().settings
    html = PAGES.get_template(template).render(
        facts=facts.read(settings),
        built=settings.sdk_built,
        framed=framed,
        hosts=" ".join(dict.fromkeys((own, origins.other(own)))),
        **values,
    )
    response = Response(html, status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _policy(html, own, framed=framed)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def snippet(name: str, **values: Any) -> str:
    """Return the part of a page that is for copying, as it is shown and as it runs."""
    return PAGES.get_template(f"snippets/{name}.html").render(**values)


def apologize(error: FanfareError) -> Response:
    """Return the page for what is not there."""
    return page("message.html", error.status, title="This page is not here", message=str(error))


def blueprint(name: str) -> Blueprint:
    """Return a group of the demo's pages, which explain what goes wrong."""
    made = Blueprint(f"demo_{name}", __name__, url_prefix="/demo")
    made.register_error_handler(FanfareError, apologize)
    return made


def _policy(html: str, own: str, *, framed: bool) -> str:
    """Allow what the demo serves under its two names, and the scripts in this very page."""
    second = origins.other(own)
    ours = "'self'" if second == own else f"'self' {second}"
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *_hashes(INLINE.findall(html))]),
            "style-src 'self'",
            f"img-src {ours} data:",
            f"connect-src {ours}",
            f"form-action {ours}",
            f"frame-src {ours}",
            f"frame-ancestors {ours}" if framed else "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def _hashes(scripts: Iterable[str]) -> Iterable[str]:
    for script in scripts:
        yield f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
