"""The HTTP doors: shapes in, one use case, shapes out."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from integration.web.routes import Blueprint


def blueprints() -> Iterator[Blueprint]:
    """Yield the blueprint ``blp`` of every module below: a new file is served when it appears."""
    for module in walk_packages(__path__, f"{__name__}."):
        blueprint = getattr(import_module(module.name), "blp", None)
        if blueprint is not None:
            yield blueprint
