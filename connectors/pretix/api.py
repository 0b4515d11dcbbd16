"""Talking REST to one event of one organizer."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import requests

from connectors.base import ConnectorError, PlatformBusy, PlatformRefused, Surroundings
from connectors.calls import call, json_object

PAGE_SIZE = 50
"""The most that pretix gives at once."""
_MISSING = "pretix knows no such organizer or event: check the connection's settings."


class Api:
    """The REST API with a team's token."""

    def __init__(self, settings: Mapping[str, str], token: str, outside: Surroundings) -> None:
        self.organizer, self.event = settings["organizer"], settings["event"]
        self.url = settings["url"].rstrip("/")
        self._headers = {"Authorization": f"Token {token}"}
        self._outside = outside

    def of_organizer(self, path: str = "") -> str:
        """Return the address of something that the organizer has."""
        return f"{self.url}/api/v1/organizers/{self.organizer}/{path}"

    def of_event(self, path: str = "") -> str:
        """Return the address of something that the event has."""
        return self.of_organizer(f"events/{self.event}/{path}")

    def get(self, url: str, **params: Any) -> dict[str, Any]:
        """Return an object. Raises ``ConnectorError`` where there is none."""
        found = self.find(url, **params)
        if found is None:
            raise ConnectorError(_MISSING)
        return found

    def find(self, url: str, **params: Any) -> dict[str, Any] | None:
        """Return an object, or None where there is none."""
        response = self._call("GET", url, params=params)
        return None if response.status_code == HTTPStatus.NOT_FOUND else _good(response)

    def page(self, url: str, number: int, **params: Any) -> tuple[dict[str, Any], bool]:
        """Return a page of a list, empty beyond its end, and whether there are more."""
        response = self._call("GET", url, params={**params, "page": number})
        if response.status_code == HTTPStatus.NOT_FOUND and number > 1:
            return {"results": [], "count": 0}, False
        found = _good(response)
        return found, found["next"] is not None

    def every(self, url: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Yield what a list holds, page after page."""
        number, more = 1, True
        while more:
            found, more = self.page(url, number, page_size=PAGE_SIZE, **params)
            yield from found["results"]
            number += 1

    def send(self, method: str, url: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create or change something, and return it. Raises ``PlatformRefused``."""
        return _good(self._call(method, url, json=body))

    def _call(self, method: str, url: str, **given: Any) -> requests.Response:
        return call(self._outside, method, url, headers=self._headers, **given)


def _good(response: requests.Response) -> dict[str, Any]:
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise ConnectorError(_MISSING)
    if response.status_code == HTTPStatus.CONFLICT:
        raise PlatformBusy
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        raise PlatformRefused
    return json_object(response)
