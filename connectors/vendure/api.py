"""Talking GraphQL to one Vendure server: keys, sessions, and errors in our words."""

from typing import Any

from connectors.base import (
    ConnectorError,
    NeedsReconnect,
    PlatformBusy,
    Surroundings,
)
from connectors.calls import call, json_object
from connectors.vendure.queries import LOGIN

_TOKEN_HEADER = "vendure-auth-token"
_KEY_HEADER = "vendure-api-key"
_DENIED = {"FORBIDDEN", "UNAUTHENTICATED"}
_PASSING = {"INTERNAL_SERVER_ERROR"}


class Denied(NeedsReconnect):
    """The shop says that we may not, which an old session or a missing permission causes."""


class Api:
    """The Admin API as the merchant's key or account, the Shop API as a new guest."""

    def __init__(
        self, url: str, api_key: str, login: tuple[str, str], token: str, outside: Surroundings
    ) -> None:
        self._url, self._outside = url.rstrip("/"), outside
        self._api_key, self._login, self._token = api_key, login, token

    def admin(self, document: str, **variables: Any) -> dict[str, Any]:
        """Ask the Admin API; signs in when there is no session, and once more when it ended."""
        if self._api_key:
            return self._ask("admin-api", document, variables, {_KEY_HEADER: self._api_key})[0]
        if self._token:
            try:
                return self._as_account(document, variables)
            except Denied:
                self._token = ""
        self._sign_in()
        return self._as_account(document, variables)

    def guest(self, document: str, token: str = "", **variables: Any) -> tuple[dict[str, Any], str]:
        """Ask the Shop API as the guest of ``token``, or a new one; also returns their token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data, given = self._ask("shop-api", document, variables, headers)
        return data, given or token

    def _as_account(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"}
        return self._ask("admin-api", document, variables, headers)[0]

    def _sign_in(self) -> None:
        username, password = self._login
        variables = {"username": username, "password": password}
        data, token = self._ask("admin-api", LOGIN, variables, {})
        if data["login"]["__typename"] != "CurrentUser":
            raise NeedsReconnect("The shop refused the user name and password.")
        if not token:
            raise NeedsReconnect("Add 'bearer' to authOptions.tokenMethod in the shop's config.")
        self._token = token
        self._outside.save_credentials({"sessionToken": token})

    def _ask(
        self, api: str, document: str, variables: dict[str, Any], headers: dict[str, str]
    ) -> tuple[dict[str, Any], str]:
        response = call(
            self._outside,
            "POST",
            f"{self._url}/{api}",
            json={"query": document, "variables": variables},
            headers={**headers, "Apollo-Require-Preflight": "true"},
        )
        body = json_object(response)
        _raise_for_errors(body.get("errors"))
        data = body.get("data")
        if not isinstance(data, dict):
            raise ConnectorError("This is not a Vendure server: check the address.")
        return data, response.headers.get(_TOKEN_HEADER, "")


def _raise_for_errors(errors: Any) -> None:
    if not errors:
        return
    try:
        codes = {str(error["extensions"]["code"]) for error in errors}
    except (KeyError, TypeError):
        raise ConnectorError from None
    if codes & _DENIED:
        raise Denied("The shop refused the credentials, or their role lacks a permission.")
    if codes & _PASSING:
        raise PlatformBusy("The shop had an internal error. Try again in a moment.")
    if "GRAPHQL_VALIDATION_FAILED" in codes:
        raise ConnectorError(
            "The shop's API lacks a field that we need: install the Fanfare plugin, "
            "or name its own custom field in the setting orderField."
        )
    raise ConnectorError(f"The shop answered {', '.join(sorted(codes))}.")
