"""A page for each way of building it: the thing running, beside its source."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from flask import Response

from integration.demo.pages import blueprint, known, page, snippet
from integration.kernel.errors import NotFound
from integration.web.guard import NOBODY, runtime

blp = blueprint("paths")


class Path(NamedTuple):
    """A way of building it, and the launch that shows it; ``source``: what is built into it."""

    title: str
    says: str
    kind: str
    source: str | None = None


PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "script-tag": Path(
            "A script tag",
            "For any page that takes HTML. One file, no build; the element looks after the rest.",
            "queue",
        ),
        "web-component": Path(
            "A web component",
            "For pages with modules of their own: you say when the element is registered, and"
            " hear what happens.",
            "timedRelease",
        ),
        "react": Path(
            "React",
            "For storefronts in React: a provider, the same widget as a component, and hooks for"
            " what you draw yourself.",
            "draw",
            "browser/src/demo-react.tsx",
        ),
        "core": Path(
            "Your own markup",
            "For pages that draw everything themselves: read the journey's view, and call what"
            " is there.",
            "queue",
        ),
        "checkout": Path(
            "Ways to the checkout",
            "Three ways of handing over, each to a checkout on this site, on another, or in a"
            " frame of this page.",
            "queue",
        ),
    }
)


@blp.endpoint("GET", "/paths", NOBODY, answers={200: None})
def overview(_: None) -> Response:
    """Show the ways."""
    return page("paths.html", paths=PATHS)


@blp.endpoint("GET", "/paths/<slug>", NOBODY, answers={200: None})
def path(_: None, slug: str) -> Response:
    """Show one of them, running."""
    if slug not in PATHS:
        raise NotFound
    chosen, facts = PATHS[slug], known()
    html = snippet(
        slug,
        facts=facts,
        experience_id=facts["experiences"][chosen.kind],
        outlet_id=facts["experiences"]["timedRelease"],
    )
    return page("path.html", paths=PATHS, slug=slug, html=html, source=_source(chosen))


def _source(chosen: Path) -> str | None:
    if chosen.source is None:
        return None
    file = runtime().settings.sdk_dir / chosen.source
    return file.read_text() if file.is_file() else None
