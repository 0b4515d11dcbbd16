"""Talking REST to one shop."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import requests

from connectors.base import ConnectorError, PlatformRefused, Surroundings
from connectors.calls import call, json_object

_MISSING = "No WooCommerce answers there: check the address, and that permalinks are not plain."
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class Api:
    """The REST API, version 3, with a merchant's key."""

    def __init__(self, url: str, credentials: Mapping[str, str], outside: Surroundings) -> None:
        self._root = f"{url}/wp-json/wc/v3"
        self._auth = (credentials.get("consumerKey", ""), credentials.get("consumerSecret", ""))
        self._outside = outside

    def get(self, path: str) -> dict[str, Any]:
        """Return an object. Raises ``ConnectorError`` where there is none."""
        found = self.find(path)
        if found is None:
            raise ConnectorError(_MISSING)
        return found

    def find(self, path: str) -> dict[str, Any] | None:
        """Return an object, or None where there is none."""
        response = self._call("GET", path)
        return None if response.status_code in _GONE else json_object(_good(response))

    def page(self, path: str, **params: Any) -> tuple[list[dict[str, Any]], int]:
        """Return a page of a list, and how many the whole list has."""
        response = _good(self._call("GET", path, params=params))
        try:
            found, total = response.json(), int(response.headers["X-WP-Total"])
        except (ValueError, RecursionError, KeyError):
            raise ConnectorError(_MISSING) from None
        if not isinstance(found, list):
            raise ConnectorError(_MISSING)
        return found, total

    def send(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create or change something, and return it. Raises ``PlatformRefused``."""
        return json_object(_good(self._call(method, path, json=body)))

    def _call(self, method: str, path: str, **given: Any) -> requests.Response:
        return call(self._outside, method, f"{self._root}/{path}", auth=self._auth, **given)


def _good(response: requests.Response) -> requests.Response:
    if response.status_code in _GONE:
        raise ConnectorError(_MISSING)
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        raise PlatformRefused
    return response
