"""Talking REST to one store: versions 2 and 3 with one token and one quota."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

import requests

from connectors.base import ConnectorError, NeedsReconnect, PlatformRefused, Surroundings
from connectors.calls import asked_pause, call, json_object

HOST = "https://api.bigcommerce.com"
LONGEST_PAUSE_SECONDS = 3600.0
_UNKNOWN = "BigCommerce has no such store: check the setting storeHash."


class Api:
    """One store's REST API."""

    def __init__(self, store_hash: str, token: str, outside: Surroundings) -> None:
        self._root = f"{HOST}/stores/{store_hash}"
        self._headers = {"X-Auth-Token": token, "Accept": "application/json"}
        self._outside = outside

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """Return an object. Raises ``ConnectorError`` where there is none."""
        found = self.find(path, **params)
        if found is None:
            raise ConnectorError(_UNKNOWN)
        return found

    def find(self, path: str, **params: Any) -> dict[str, Any] | None:
        """Return an object, or None where there is none."""
        response = self._call("GET", path, params=params)
        if response.status_code == HTTPStatus.NOT_FOUND:
            return None
        return json_object(_good(response))

    def v3_page(self, path: str, **params: Any) -> tuple[list[dict[str, Any]], int]:
        """Return a page of a list of version 3, and how many the whole list has."""
        found = self.get(f"v3/{path}", **params)
        return found["data"], int(found["meta"]["pagination"]["total"])

    def v2_list(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Return a page of a list of version 2, which answers nothing where it is empty."""
        response = self._call("GET", f"v2/{path}", params=params)
        if response.status_code in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND}:
            return []
        try:
            found = _good(response).json()
        except (ValueError, RecursionError):
            raise ConnectorError("The shop answered something that is not JSON.") from None
        if not isinstance(found, list):
            raise ConnectorError
        return found

    def send(self, method: str, path: str, body: dict[str, Any], **params: Any) -> dict[str, Any]:
        """Create or change something of version 3, and return it. Raises ``PlatformRefused``."""
        response = _good(self._call(method, f"v3/{path}", json=body, params=params))
        return dict(json_object(response)["data"])

    def may(self, path: str) -> bool:
        """Tell whether the token may read a list."""
        try:
            self._call("GET", path, params={"limit": 1})
        except NeedsReconnect:
            return False
        return True

    def _call(self, method: str, path: str, **given: Any) -> requests.Response:
        response = call(
            self._outside,
            method,
            f"{self._root}/{path}",
            headers=self._headers,
            pause=_pause,
            **given,
        )
        self._learn(response.headers)
        return response

    def _learn(self, headers: Mapping[str, str]) -> None:
        """Take over the quota, which all apps of a store share."""
        try:
            left, quota, window = (
                float(headers[f"X-Rate-Limit-{name}"])
                for name in ("Requests-Left", "Requests-Quota", "Time-Window-Ms")
            )
        except (KeyError, ValueError):
            return
        if window > 0:
            rate = quota / (window / 1000)
            self._outside.bucket.learn(available=left, maximum=quota, per_second=rate)


def _pause(headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds until the quota's window ends; without that the platform is busy."""
    reset = headers.get("X-Rate-Limit-Time-Reset-Ms", "")
    if reset.isdecimal():
        return min(max(float(reset) / 1000, 0.1), LONGEST_PAUSE_SECONDS)
    return asked_pause(headers, now)


def _good(response: requests.Response) -> requests.Response:
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise ConnectorError(_UNKNOWN)
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        raise PlatformRefused
    return response
