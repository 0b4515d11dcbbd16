"""Admin API tokens: an hour long, renewed early, by one worker at a time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from connectors.base import NeedsReconnect, Surroundings
from connectors.calls import call, json_object
from connectors.reading import moment, reading

EARLY = timedelta(minutes=5)
"""So long before its end a token is renewed: a job that begins with it may last."""

GONE = "The shop does not renew our access any more: install the app again."


class Tokens:
    """The token of one shop, which another worker may renew at any time."""

    def __init__(self, shop: str, credentials: Mapping[str, str], outside: Surroundings) -> None:
        self._shop, self._credentials, self._outside = shop, dict(credentials), outside

    def current(self) -> str:
        """Return a token that is good for some minutes. Raises ``NeedsReconnect``."""
        token = self._credentials.get("accessToken", "")
        if not token:
            raise NeedsReconnect("Install the app in the shop first, or enter an accessToken.")
        ends = self._credentials.get("accessTokenExpiresAt")
        if ends and moment(ends) - self._outside.clock.now() < EARLY:
            return self.renewed(token)
        return token

    def renewed(self, stale: str) -> str:
        """Return the token that followed a stale one, or make Shopify give it to us.

        Raises ``NeedsReconnect`` where there is nothing to renew it with.
        """
        if not self._credentials.get("refreshToken"):
            raise NeedsReconnect
        with self._outside.alone():
            self._credentials.update(self._outside.read_credentials())
            if self._credentials["accessToken"] == stale:
                self.take(self._ask())
        return self._credentials["accessToken"]

    def take(self, given: Mapping[str, str]) -> None:
        """Keep what Shopify gave."""
        self._outside.save_credentials(given)
        self._credentials.update(given)

    def redeem(self, code: str) -> None:
        """Take the tokens that an installation's code stands for."""
        self.take(self._token_for({"code": code, "expiring": "1"}))

    def exchange(self, session_token: str) -> None:
        """Take the tokens of an app that is installed, for somebody's session in its shop."""
        grant = {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token": session_token,
            "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
            "requested_token_type": "urn:shopify:params:oauth:token-type:offline-access-token",
            "expiring": "1",
        }
        self.take(self._token_for(grant))

    def _ask(self) -> Mapping[str, str]:
        return self._token_for(
            {"grant_type": "refresh_token", "refresh_token": self._credentials["refreshToken"]}
        )

    @reading
    def _token_for(self, grant: Mapping[str, str]) -> Mapping[str, str]:
        client = {
            "client_id": self._credentials.get("clientId", ""),
            "client_secret": self._credentials.get("clientSecret", ""),
        }
        url = f"https://{self._shop}/admin/oauth/access_token"
        response = call(self._outside, "POST", url, cost=0, json={**client, **grant})
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            raise NeedsReconnect(GONE)
        return _saved(json_object(response), self._outside.clock.now())


def _saved(given: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """Return an answer as a connection keeps it; one that never ends has no refresh token."""
    lasts = given.get("expires_in")
    ends = now + timedelta(seconds=float(lasts)) if lasts else None
    return {
        "accessToken": str(given["access_token"]),
        "refreshToken": str(given.get("refresh_token") or ""),
        "accessTokenExpiresAt": ends.astimezone(UTC).isoformat() if ends else "",
    }
