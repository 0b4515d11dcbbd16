"""Bot checks that somebody else hosts: Turnstile and hCaptcha, which ask alike."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NoReturn

import requests

from integration.kernel.bot_checks.base import ChallengedElsewhere, Proof
from integration.kernel.crypto import hash_secret
from integration.kernel.outbound import OutboundFailed
from integration.kernel.tenant import Tenant

HOSTED: Mapping[str, str] = MappingProxyType(
    {
        "turnstile": "https://challenges.cloudflare.com/turnstile/v0/siteverify",
        "hcaptcha": "https://api.hcaptcha.com/siteverify",
    }
)
"""Where each of them verifies."""

REMEMBERED = timedelta(minutes=5)
"""As long as the slower of them lets an answer be shown."""


class Hosted:
    """Asks the service whether an answer is good; the service takes each of them once.

    The visitor's address is not passed on.
    """

    def __init__(
        self, provider: str, url: str, site_key: str, secret: str, http: requests.Session
    ) -> None:
        self.provider = provider
        self.site_key = site_key
        self._url = url
        self._secret = secret
        self._http = http

    def challenge(self, tenant: Tenant, now: datetime) -> NoReturn:
        """Refuse: the service's script makes them."""
        del tenant, now
        raise ChallengedElsewhere

    def verify(self, tenant: Tenant, answer: str, now: datetime) -> Proof | None:
        """Return a proof where the service says yes."""
        del tenant
        form = {"secret": self._secret, "response": answer, "sitekey": self.site_key}
        said = self._said(self._http.post(self._url, data=form))
        return Proof(hash_secret(answer), now + REMEMBERED) if said.get("success") is True else None

    def _said(self, response: requests.Response) -> dict[str, Any]:
        try:
            said = response.json()
        except requests.JSONDecodeError:
            said = None
        if not isinstance(said, dict):
            raise OutboundFailed("The bot check's answer is not one of its own.", kind="broken")
        return said
