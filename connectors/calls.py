"""One call to a platform: metered, and its failures told as what to do about them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import requests

from connectors.base import (
    ConnectorError,
    NeedsReconnect,
    OwnLimit,
    PlatformBusy,
    Surroundings,
)
from integration.kernel.breakers import NotNow
from integration.kernel.outbound import OutboundFailed, OutboundRefused

PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 3600.0
AWAY = "The shop has not been answering, or has its hands full. We try again in a moment."
Pause = Callable[[Mapping[str, str], datetime], float]
_WAIT = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def asked_pause(headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds that a ``Retry-After`` asks for, as a number or as a date."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_PAUSE_SECONDS)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return PAUSE_SECONDS
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)


def call(
    outside: Surroundings,
    method: str,
    url: str,
    *,
    cost: float = 1,
    pause: Pause = asked_pause,
    **kwargs: Any,
) -> requests.Response:
    """Return a 2xx answer, or a 4xx that is about the request and the platform's to explain.

    Raises ``PlatformBusy`` (429, 5xx, no answer, bucket empty, breaker open, too many at once),
    ``NeedsReconnect`` (401, 403) and ``ConnectorError``. No text of the platform's own reaches
    the error. ``pause`` reads from the headers of a refusal how long to wait.
    """
    wait = outside.bucket.take(cost)
    if wait > 0:
        raise OwnLimit(retry_after=wait)
    try:
        with outside.breaker.turn():
            response = _asked(outside, method, url, kwargs)
    except NotNow as error:
        raise PlatformBusy(AWAY, retry_after=error.seconds) from error
    try:
        _raise_for_status(response, pause(response.headers, outside.clock.now()))
    except PlatformBusy as error:
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            outside.bucket.rest(error.retry_after or PAUSE_SECONDS)
        raise
    return response


def _asked(
    outside: Surroundings, method: str, url: str, given: Mapping[str, Any]
) -> requests.Response:
    """Ask, and tell the breaker whether the shop does its work."""
    try:
        response = outside.http.request(method, url, **given)
    except OutboundRefused as error:
        raise ConnectorError(f"The shop's address cannot be used: {error}") from error
    except OutboundFailed as error:
        outside.breaker.failed()
        if error.kind in {"timeout", "connect"}:
            raise PlatformBusy(str(error), retry_after=PAUSE_SECONDS) from error
        raise ConnectorError(str(error)) from error
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        outside.breaker.failed()
    else:
        outside.breaker.answered()
    return response


def json_object(response: requests.Response) -> dict[str, Any]:
    """Return the JSON object that an answer is. Raises ``ConnectorError``."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        raise ConnectorError("The shop answered something that is not JSON.") from None
    if not isinstance(body, dict):
        raise ConnectorError
    return body


def _raise_for_status(response: requests.Response, pause: float) -> None:
    status = response.status_code
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise NeedsReconnect
    if status in _WAIT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise PlatformBusy(retry_after=pause)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise ConnectorError("The shop redirects us: enter its final address.")
