"""Webhooks as Shopify sends them: the older API's shape, signed over the raw bytes."""

import base64
import hmac
import json
from hashlib import sha256
from typing import Any
from uuid import uuid4

from tests.support.shopify.stock import Stock

Delivery = tuple[dict[str, str], bytes]


def number_of(global_id: str) -> int:
    return int(global_id.rpartition("/")[2])


def order_payload(node: dict[str, Any], *, protected: bool) -> dict[str, Any]:
    """Say an order; only some of what Shopify says beside what matters."""
    total = node["totalPriceSet"]["shopMoney"]
    return {
        "id": number_of(node["id"]),
        "admin_graphql_api_id": node["id"],
        "email": None if protected else node["email"],
        "cart_token": node["cartToken"],
        "checkout_token": uuid4().hex,
        "cancelled_at": node["cancelledAt"],
        "financial_status": node["displayFinancialStatus"].lower(),
        "processed_at": node["processedAt"],
        "updated_at": node["updatedAt"],
        "total_price": total["amount"],
        "currency": total["currencyCode"],
        "landing_site": "/products/thing?utm=1",
        "note_attributes": [
            {"name": each["key"], "value": each["value"]} for each in node["customAttributes"]
        ],
        "discount_codes": [{"code": code, "amount": "0.00"} for code in node["discountCodes"]],
        "shipping_address": None if protected else {"address1": "12 St James's Square"},
        "line_items": [
            {
                "id": number_of(line["id"]),
                "sku": line["sku"],
                "quantity": line["quantity"],
                "current_quantity": line["currentQuantity"],
                "price": line["originalUnitPriceSet"]["shopMoney"]["amount"],
                "variant_id": number_of(line["variant"]["id"]),
            }
            for line in node["parts"]
        ],
    }


class Posting:
    """Writes and signs the deliveries of one shop."""

    def __init__(self, stock: Stock, domain: str, secret: str) -> None:
        self._stock, self._domain, self.secret = stock, domain, secret

    def order(self, topic: str, number: str) -> Delivery:
        """Tell of an order as it is now."""
        node = self._stock.orders[f"gid://shopify/Order/{number}"]
        return self.signed(topic, order_payload(node, protected=self._stock.protected))

    def signed(
        self,
        topic: str,
        payload: dict[str, Any],
        *,
        secret: str | None = None,
        ref: str | None = None,
    ) -> Delivery:
        """Return the headers and raw bytes of a new delivery; slashes are escaped, as theirs."""
        body = json.dumps(payload).replace("/", "\\/").encode()
        return self.signed_raw(topic, body, secret=secret, ref=ref)

    def signed_raw(
        self, topic: str, body: bytes, *, secret: str | None = None, ref: str | None = None
    ) -> Delivery:
        """Return a delivery of these very bytes."""
        digest = hmac.digest((secret or self.secret).encode(), body, sha256)
        headers = {
            "X-Shopify-Topic": topic,
            "X-Shopify-Shop-Domain": self._domain,
            "X-Shopify-Hmac-SHA256": base64.b64encode(digest).decode(),
            "X-Shopify-API-Version": "2026-10",
            "X-Shopify-Webhook-Id": ref or str(uuid4()),
            "X-Shopify-Event-Id": str(uuid4()),
            "X-Shopify-Triggered-At": self._stock.now(),
        }
        return headers, body
