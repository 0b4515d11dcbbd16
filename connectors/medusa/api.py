"""Talking REST to one Medusa server: the Admin API by its key, the Store API as a guest."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import requests

from connectors.base import ConnectorError, PlatformRefused, Surroundings
from connectors.calls import call, json_object

_MISSING = "No Medusa answers there: check the address."


class Api:
    """One server."""

    def __init__(self, url: str, credentials: Mapping[str, str], outside: Surroundings) -> None:
        self._url, self._outside = url, outside
        self._auth = (credentials.get("apiKey", ""), "")
        self._store = {"x-publishable-api-key": credentials.get("publishableKey", "")}

    def admin(self, path: str, **params: Any) -> dict[str, Any]:
        """Ask the Admin API. Raises ``ConnectorError`` where there is nothing."""
        found = self.find(path, **params)
        if found is None:
            raise ConnectorError(_MISSING)
        return found

    def find(self, path: str, **params: Any) -> dict[str, Any] | None:
        """Ask the Admin API; None where there is nothing."""
        url = f"{self._url}/admin/{path}"
        response = call(self._outside, "GET", url, params=params, auth=self._auth)
        if response.status_code == HTTPStatus.NOT_FOUND:
            return None
        return json_object(_good(response))

    def shop(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        """Ask the Store API as a guest. Raises ``PlatformRefused``."""
        url = f"{self._url}/store/{path}"
        response = call(self._outside, method, url, headers=self._store, **given)
        return json_object(_good(response))


def _good(response: requests.Response) -> requests.Response:
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        raise PlatformRefused
    return response
