"""What the merchant and the shoppers of a real Medusa do in it."""

import itertools
import json
from pathlib import Path
from typing import Any

import requests

EMAIL, PASSWORD = "root@shop.example", "only-for-tests-0123"
CURRENCY = "usd"


class MedusaShop:
    """The running shop, and what its merchant and its shoppers do in it."""

    def __init__(self, url: str, webhook_file: Path) -> None:
        self.url, self._webhook_file = url, webhook_file
        self._numbers = itertools.count(1)
        answer = requests.post(
            f"{url}/auth/user/emailpass", json={"email": EMAIL, "password": PASSWORD}, timeout=60
        )
        self._headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        self.api_key = self.ask("POST", "admin/api-keys", title="k", type="secret")["api_key"][
            "token"
        ]
        self._open()

    def ask(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        """Call the Admin API as the merchant."""
        answer = requests.request(
            method, f"{self.url}/{path}", json=body or None, headers=self._headers, timeout=60
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def shop(self, path: str, **body: Any) -> dict[str, Any]:
        """Call the Store API as a shopper."""
        answer = requests.post(
            f"{self.url}/store/{path}",
            json=body,
            headers={"x-publishable-api-key": self.publishable_key},
            timeout=60,
        )
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def post_webhooks_to(self, url: str | None, secret: str) -> None:
        """Let the plugin post there from now on; None is nowhere."""
        fresh = self._webhook_file.with_suffix(".new")
        fresh.write_text(json.dumps({"url": url, "secret": secret} if url else {}))
        fresh.replace(self._webhook_file)

    def _open(self) -> None:
        """Set up all that a shop needs before it can sell anything."""
        made = self.ask("POST", "admin/sales-channels", name="Web")
        self._channel = made["sales_channel"]["id"]
        key = self.ask("POST", "admin/api-keys", title="web", type="publishable")["api_key"]
        self.publishable_key = key["token"]
        self.ask("POST", f"admin/api-keys/{key['id']}/sales-channels", add=[self._channel])
        store = self.ask("GET", "admin/stores")["stores"][0]["id"]
        currencies = [{"currency_code": CURRENCY, "is_default": True}]
        self.ask(
            "POST",
            f"admin/stores/{store}",
            name="Stand",
            supported_currencies=currencies,
            default_sales_channel_id=self._channel,
        )
        self.region = self.ask(
            "POST",
            "admin/regions",
            name="US",
            currency_code=CURRENCY,
            countries=["us"],
            payment_providers=["pp_system_default"],
        )["region"]["id"]
        self.ask("POST", "admin/tax-regions", country_code="us", provider_id="tp_system")
        self._ship()

    def _ship(self) -> None:
        location = self.ask("POST", "admin/stock-locations", name="House")["stock_location"]["id"]
        self._location = location
        at = f"admin/stock-locations/{location}"
        self.ask("POST", f"{at}/sales-channels", add=[self._channel])
        self.ask("POST", f"{at}/fulfillment-providers", add=["manual_manual"])
        profiles = self.ask("GET", "admin/shipping-profiles")["shipping_profiles"]
        profile = profiles[0] if profiles else self._profile()
        self._profile_id = profile["id"]
        made = self.ask("POST", f"{at}/fulfillment-sets", name="Ship", type="shipping")
        sets = self.ask("GET", f"{at}?fields=*fulfillment_sets")["stock_location"]
        fulfillment = sets["fulfillment_sets"][0]["id"]
        assert made
        zone = self.ask(
            "POST",
            f"admin/fulfillment-sets/{fulfillment}/service-zones",
            name="US",
            geo_zones=[{"type": "country", "country_code": "us"}],
        )["fulfillment_set"]["service_zones"][0]["id"]
        self._option = self.ask(
            "POST",
            "admin/shipping-options",
            name="Post",
            service_zone_id=zone,
            shipping_profile_id=self._profile_id,
            provider_id="manual_manual",
            price_type="flat",
            type={"label": "Post", "description": "Post", "code": "post"},
            prices=[{"currency_code": CURRENCY, "amount": 0}],
            rules=[
                {"attribute": "enabled_in_store", "operator": "eq", "value": "true"},
                {"attribute": "is_return", "operator": "eq", "value": "false"},
            ],
        )["shipping_option"]["id"]

    def _profile(self) -> dict[str, Any]:
        made = self.ask("POST", "admin/shipping-profiles", name="Default", type="default")
        return made["shipping_profile"]

    def add_product(self, sku: str, price: float, stock: int = 100) -> dict[str, Any]:
        """Put a product with one variant on sale."""
        variant = {
            "title": "One",
            "sku": sku,
            "options": {"Size": "One"},
            "manage_inventory": True,
            "prices": [{"currency_code": CURRENCY, "amount": price}],
        }
        product = self.ask(
            "POST",
            "admin/products?fields=id,*variants,*variants.inventory_items",
            title=sku,
            status="published",
            shipping_profile_id=self._profile_id,
            sales_channels=[{"id": self._channel}],
            options=[{"title": "Size", "values": ["One"]}],
            variants=[variant],
        )["product"]
        item = product["variants"][0]["inventory_items"][0]["inventory_item_id"]
        self.ask(
            "POST",
            f"admin/inventory-items/{item}/location-levels",
            location_id=self._location,
            stocked_quantity=stock,
        )
        return product

    def rename_product(self, product: str) -> None:
        """Change a product."""
        self.ask("POST", f"admin/products/{product}", title=f"Renamed {next(self._numbers)}")

    def add_customer(self, email: str) -> str:
        """Register a customer; return the id."""
        return self.ask("POST", "admin/customers", email=email, first_name="Ada")["customer"]["id"]

    def check_out(self, cart: str) -> str:
        """Go through a cart's checkout, and pay; return the order's id."""
        address = {
            "first_name": "Ada",
            "last_name": "Byron",
            "address_1": "1 Main",
            "city": "Town",
            "country_code": "us",
            "postal_code": "10001",
        }
        self.shop(f"carts/{cart}", email="ada@example.test", shipping_address=address)
        self.shop(f"carts/{cart}/shipping-methods", option_id=self._option)
        pay = self.shop("payment-collections", cart_id=cart)["payment_collection"]["id"]
        sessions = f"payment-collections/{pay}/payment-sessions"
        self.shop(sessions, provider_id="pp_system_default")
        return self.shop(f"carts/{cart}/complete")["order"]["id"]

    def cancel(self, order: str) -> None:
        """Cancel an order as the merchant."""
        self.ask("POST", f"admin/orders/{order}/cancel")
