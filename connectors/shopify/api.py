"""Asking the Admin API: paid for in advance, and its errors in our words."""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import requests

from connectors.base import (
    ConnectorError,
    NeedsReconnect,
    PlatformBusy,
    PlatformRefused,
    Surroundings,
    Unmetered,
)
from connectors.calls import call, json_object
from connectors.shopify.documents import Document
from connectors.shopify.shop import LOWEST_VERSION, VERSION
from connectors.shopify.tokens import Tokens
from integration.kernel.logging import logger

log = logger(__name__)

_FROZEN = {HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.LOCKED}
LEAST_WAIT_SECONDS = 0.1
_VERSION = re.compile(r"20[0-9]{2}-[0-9]{2}")


class Denied(NeedsReconnect):
    """The token is good, but not for this."""


class Admin:
    """One shop's Admin API."""

    def __init__(self, shop: str, tokens: Tokens, outside: Surroundings) -> None:
        self._url = f"https://{shop}/admin/api/{VERSION}/graphql.json"
        self._tokens, self._outside = tokens, outside
        self.version = VERSION

    def ask(self, document: Document, **variables: Any) -> dict[str, Any]:
        """Return the data of an answer; a token that ended meanwhile is renewed, once.

        Raises ``PlatformBusy`` with the wait that the bucket tells, ``NeedsReconnect``,
        ``ConnectorError``.
        """
        token = self._tokens.current()
        try:
            return self._ask(document, variables, token)
        except Denied:
            raise
        except NeedsReconnect:
            return self._ask(document, variables, self._tokens.renewed(token))

    def _ask(self, document: Document, variables: dict[str, Any], token: str) -> dict[str, Any]:
        response = call(
            self._outside,
            "POST",
            self._url,
            cost=document.cost,
            json={"query": document.text, "variables": variables},
            headers={"X-Shopify-Access-Token": token},
        )
        self._note_version(response.headers.get("X-Shopify-API-Version", VERSION))
        body = answered(response)
        cost = (body.get("extensions") or {}).get("cost")
        if cost:
            self._learn(document, cost)
        raise_for_errors(body.get("errors"), cost)
        return _data(body)

    def _note_version(self, told: str) -> None:
        """Remember which version answered: Shopify takes a later one when ours is over."""
        self.version = told if _VERSION.fullmatch(told) else "an unknown version"
        if self.version != VERSION:
            log.warning("shopify_version", asked=VERSION, answered=self.version)

    def _learn(self, document: Document, cost: dict[str, Any]) -> None:
        told, spent = cost["throttleStatus"], cost.get("actualQueryCost") or 0
        self._outside.bucket.learn(
            available=float(told["currentlyAvailable"]),
            maximum=float(told["maximumAvailable"]),
            per_second=float(told["restoreRate"]),
            refund=document.cost - float(spent),
        )

    @property
    def outdated(self) -> bool:
        """Whether Shopify answered with a version that lacks what we read."""
        return not LOWEST_VERSION <= self.version < "3"


def unmetered(outside: Surroundings) -> Surroundings:
    """Return the surroundings of calls that Shopify does not count against the Admin API."""
    return replace(outside, bucket=Unmetered())


def answered(response: requests.Response) -> dict[str, Any]:
    """Return the body of a GraphQL answer. Raises ``ConnectorError`` for none."""
    if response.status_code in _FROZEN:
        raise ConnectorError("The shop is frozen or locked at Shopify: open it again there first.")
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise ConnectorError("Shopify knows no shop of this name: check the setting shop.")
    return json_object(response)


def raise_for_errors(errors: Any, cost: dict[str, Any] | None = None) -> None:
    """Raise what an answer's errors mean; does nothing where there are none."""
    if not errors:
        return
    codes = {_code(error) for error in errors}
    if "THROTTLED" in codes:
        raise PlatformBusy("The shop asks us to wait.", retry_after=wait_for(cost))
    if "ACCESS_DENIED" in codes:
        raise Denied("The app lacks a permission in this shop: verify the connection to see which.")
    if codes & {"INTERNAL_SERVER_ERROR", "TIMEOUT"}:
        raise PlatformBusy("The shop had an internal error. Try again in a moment.")
    if "SHOP_INACTIVE" in codes:
        raise ConnectorError("The shop is closed at Shopify.")
    raise ConnectorError(f"The shop answered {', '.join(sorted(codes))}.")


def wait_for(cost: dict[str, Any] | None) -> float:
    """Return the seconds until the bucket holds what a throttled call asked for."""
    if cost is None:
        return 1
    told = cost["throttleStatus"]
    missing = float(cost["requestedQueryCost"]) - float(told["currentlyAvailable"])
    return max(LEAST_WAIT_SECONDS, missing / float(told["restoreRate"]))


def refused(errors: list[dict[str, Any]], what: str) -> None:
    """Raise ``PlatformRefused`` for a mutation's user errors; their codes alone are told."""
    if errors:
        codes = sorted({str(error.get("code") or "INVALID") for error in errors})
        raise PlatformRefused(f"The shop refused {what}: {', '.join(codes)}.")


def _code(error: Any) -> str:
    code = error.get("extensions", {}).get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and code.isascii() else "INVALID"


def _data(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data")
    if not isinstance(data, dict):
        raise ConnectorError("The shop's answer has no data.")
    return data
