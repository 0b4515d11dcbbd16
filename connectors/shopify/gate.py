"""The hard gate: passes that the shop's own checkout Function can check without asking anybody.

A pass names one variant, how many, and when it ends in the shop's time; the Function sees that
clock in steps of two hours. That a pass is used once shows on the order alone.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from connectors.base import ConnectorError
from connectors.gates import ShopGate, hard, soft
from connectors.records import CheckoutRequest
from connectors.shopify import arrangements
from connectors.shopify.api import Admin, refused
from connectors.shopify.documents import Document

PASS = "fanfare_pass"
NAMESPACE, KEY = "$app:fanfare", "gate"
STEP_HOURS = 2
LASTS = timedelta(hours=1)
"""For a checkout that nobody said the end of."""

LATEST_ZONE = "Etc/GMT-14"
"""Where a shop's own time is not known yet: nowhere is it later."""


_OPEN = soft("Set gateFunction and gatedVariants to have the checkout Function refuse it.")
_CLOSED = hard(
    "The checkout Function refuses the gatedVariants to whoever has no pass, once the connection "
    "is active. Other variants, orders made by API and at a point of sale are sold to anybody."
)


def of_checkout(settings: Mapping[str, str]) -> ShopGate:
    """Return hard where the shop's checkout Function has something to refuse."""
    closed = settings.get("gateFunction") and settings.get("gatedVariants")
    return (_CLOSED if closed else _OPEN)(settings)


class Gate:
    """One shop's gate; open where no Function is named."""

    def __init__(
        self, shop: str, settings: Mapping[str, str], secrets: Sequence[str], zone: str
    ) -> None:
        self.function = settings.get("gateFunction", "")
        named = settings.get("gatedVariants", "")
        self._variants = frozenset(named.split(",")) if named and self.function else frozenset()
        self._keys = [_key(secret, shop) for secret in secrets if secret]
        self._zone = zone

    def passes(self, request: CheckoutRequest, variant: str, now: datetime) -> dict[str, str]:
        """Return the attribute that lets this winner's cart through, if it needs one."""
        if variant not in self._variants or not self._keys:
            return {}
        ends = _hour((request.expires_at or now + LASTS).astimezone(_zone(self._zone)))
        text = f"v1|{request.handle}|{variant}|{request.quantity}|{ends}"
        mac = hmac.digest(self._keys[0], text.encode(), sha256).hex()
        return {PASS: f"v1.{variant}.{request.quantity}.{ends}.{mac}"}

    def ensure(self, admin: Admin) -> None:
        """See to it that the Function runs in every checkout, with these keys and variants."""
        if not self.function:
            return
        told = {"keys": [key.hex() for key in self._keys], "variants": sorted(self._variants)}
        value = json.dumps(told)
        nodes = admin.ask(arrangements.VALIDATIONS)["validations"]["nodes"]
        mine = [each for each in nodes if each["shopifyFunction"]["handle"] == self.function]
        if not mine:
            _make(admin, arrangements.CREATE_VALIDATION, value, functionHandle=self.function)
        elif not (mine[0]["enabled"] and (mine[0]["metafield"] or {}).get("value") == value):
            _make(admin, arrangements.UPDATE_VALIDATION, value, id=mine[0]["id"])


def _make(admin: Admin, document: Document, value: str, **which: str) -> None:
    id_ = {"id": which.pop("id")} if "id" in which else {}
    validation = {
        **which,
        "enable": True,
        "blockOnFailure": True,
        "metafields": [{"namespace": NAMESPACE, "key": KEY, "type": "json", "value": value}],
    }
    made = admin.ask(document, validation=validation, **id_)["made"]
    refused(made["userErrors"], "the checkout Function")


def _key(secret: str, shop: str) -> bytes:
    """Derive what signs passes for this shop, and nothing else."""
    return hmac.digest(secret.encode(), f"fanfare checkout gate|{shop}".encode(), sha256)


def _hour(when: datetime) -> str:
    """Return the last step of the shop's clock at which a moment has not passed."""
    return f"{when:%Y-%m-%d}T{when.hour // STEP_HOURS * STEP_HOURS:02}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or LATEST_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        raise ConnectorError("The shop's time zone is not known here.") from None
