"""The Integration API answers with and without ``/api`` in front (contract.md, section 4)."""

from collections.abc import Callable
from typing import Any

from integration.web.routes import Blueprint

PREFIX = "/api"


class IntegrationBlueprint(Blueprint):
    """A group of routes; each is served at both of its addresses."""

    def route(self, rule: str, **options: Any) -> Callable[[Callable[..., Any]], Any]:
        """Add a view under ``/api`` and, with an endpoint of its own, without it."""

        def add(view: Callable[..., Any]) -> Callable[..., Any]:
            name = view.__name__
            self.add_url_rule(PREFIX + rule, name, view, **options)
            self.add_url_rule(rule, f"{name}_without_prefix", view, **options)
            return view

        return add
