"""Asking a shop: one address, one signed POST for each question."""

from http import HTTPStatus
from typing import Any

import orjson

from connectors.base import ConnectorError, PlatformRefused, Surroundings
from connectors.calls import call, json_object
from connectors.signatures import standard_headers
from integration.kernel.ids import new_id

_NOT_OFFERED = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


class NotOffered(ConnectorError):
    """The merchant's shop does not answer this question, and need not."""

    code = "PLATFORM_LACKS_THIS"


class Shop:
    """The merchant's address, and how it knows that it is us."""

    def __init__(self, url: str, secret: str, api_key: str, outside: Surroundings) -> None:
        self._url, self._secret, self._api_key, self._outside = url, secret, api_key, outside

    def ask(self, question: str, **data: Any) -> dict[str, Any]:
        """Return the object that the shop answers to a question.

        Raises ``NotOffered`` (404, 405), ``PlatformRefused`` (another 4xx) and what
        ``connectors.calls.call`` raises.
        """
        if not self._url:
            raise NotOffered(f"Set the connection's url: without it the shop answers no {question}")
        now = self._outside.clock.now()
        asked = {"type": question, "timestamp": now.isoformat(), "data": data}
        body = orjson.dumps(asked)
        headers = standard_headers(new_id("call"), now, body, self._secret)
        response = call(
            self._outside, "POST", self._url, data=body, headers=headers | self._bearer()
        )
        if response.status_code in _NOT_OFFERED:
            raise NotOffered(f"The shop does not answer {question}.")
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            raise PlatformRefused(f"The shop refused {question}.")
        return json_object(response)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._api_key}"} if self._api_key else {}
