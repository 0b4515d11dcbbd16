"""The token endpoint: codes and refresh tokens for access tokens that end."""

import itertools
import threading
from typing import Any


class TokenDesk:
    """Hands out tokens as Shopify does: the refresh token before stays good until it is used."""

    def __init__(self) -> None:
        self.client_id, self.client_secret = (
            "client-of-the-tests",
            "shpss_0123456789abcdef0123456789abcdef",
        )
        self.access = {"shpat_first"}
        self.refresh = {"shprt_first"}
        self.codes: set[str] = set()
        self.handed_out = 0
        self.asked: list[dict[str, Any]] = []
        self._numbers, self._lock = itertools.count(1), threading.Lock()

    def knows(self, token: str) -> bool:
        return token in self.access

    def expire(self) -> None:
        """Let every access token's hour be over."""
        self.access.clear()

    def answer(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self._lock:
            self.asked.append(asked)
            client = (asked.get("client_id"), asked.get("client_secret"))
            if client != (self.client_id, self.client_secret):
                return 401, {"error": "invalid_client"}
            if asked.get("grant_type") == "refresh_token":
                return self._renewed(asked.get("refresh_token", ""))
            if asked.get("subject_token"):
                return 200, self._pair()
            if asked.get("code") not in self.codes or asked.get("expiring") != "1":
                return 400, {"error": "invalid_request"}
            self.codes.remove(asked["code"])
            return 200, self._pair()

    def _renewed(self, token: str) -> tuple[int, dict[str, Any]]:
        if token not in self.refresh:
            return 400, {"error": "invalid_grant"}
        self.refresh = {token}
        return 200, self._pair()

    def _pair(self) -> dict[str, Any]:
        number = next(self._numbers)
        self.handed_out += 1
        pair = {"access_token": f"shpat_{number:032}", "refresh_token": f"shprt_{number:032}"}
        self.access.add(pair["access_token"])
        self.refresh.add(pair["refresh_token"])
        return {
            **pair,
            "scope": "read_products",
            "expires_in": 3600,
            "refresh_token_expires_in": 7_776_000,
        }
