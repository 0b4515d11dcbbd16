"""Where ``wsgi:app`` would be: answers every request with what its environ holds."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

# Reads the settings and hides the secrets, as it does where it is served itself.
import wsgi

__all__ = ["app", "wsgi"]


def app(environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the environ, its values as text."""
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({name: str(value) for name, value in environ.items()}).encode()]
