"""The demo shop: its window, and a page a launch."""

from flask import Response

from integration.demo.catalog import CATALOG
from integration.demo.pages import blueprint, known, page, snippet
from integration.kernel.errors import NotFound
from integration.web.guard import NOBODY

blp = blueprint("shop")

KINDS = {product.slug: kind for kind, product in CATALOG.items()}


@blp.endpoint("GET", "", NOBODY, answers={200: None})
def window(_: None) -> Response:
    """Show what is launched."""
    known()
    return page("window.html")


@blp.endpoint("GET", "/launches/<slug>", NOBODY, answers={200: None})
def launch(_: None, slug: str) -> Response:
    """Show a product, with its launch in the page."""
    if slug not in KINDS:
        raise NotFound
    facts, kind = known(), KINDS[slug]
    widget = snippet("script-tag", facts=facts, experience_id=facts["experiences"][kind])
    return page("launch.html", product=CATALOG[kind], widget=widget)
