"""One Shopify shop: what it has, its winners' checkouts, and what it tells us."""

from collections.abc import Mapping

from connectors.base import NeedsReconnect, Surroundings
from connectors.lists import Listing
from connectors.reading import reading
from connectors.records import (
    Checkout,
    CheckoutRequest,
    CustomerAsked,
    CustomerErased,
    Interpretation,
    Notice,
    OrderChanged,
    ProductChanged,
    ShopLeft,
    Verification,
    WebhookSetup,
)
from connectors.shopify import arrangements, posted, webhooks
from connectors.shopify.api import Admin
from connectors.shopify.bulk import Bulk
from connectors.shopify.checkout import Checkouts
from connectors.shopify.gate import Gate
from connectors.shopify.install import agreement_url, verified
from connectors.shopify.lists import BULK_FROM, Lists
from connectors.shopify.scopes import STOREFRONT, asked, missing
from connectors.shopify.session_tokens import read_session_token
from connectors.shopify.shop import LOWEST_VERSION, checked_domain
from connectors.shopify.storefront import Storefront, new_token
from connectors.shopify.tokens import Tokens

OF_A_CUSTOMER: Mapping[str, type[CustomerAsked | CustomerErased]] = {
    "customers/data_request": CustomerAsked,
    "customers/redact": CustomerErased,
}


class ShopifyConnector(Listing[Lists]):
    """One shop, by an app that its merchant installed."""

    def __init__(
        self,
        settings: Mapping[str, str],
        credentials: Mapping[str, str],
        outside: Surroundings,
        *,
        page_size: int | None = None,
        bulk_from: int = BULK_FROM,
    ) -> None:
        self._settings, self._outside = settings, outside
        self._shop = checked_domain(settings["shop"])
        self._secrets = [
            credentials.get(name, "") for name in ("clientSecret", "previousClientSecret")
        ]
        self._client_id = credentials.get("clientId", "")
        self._tokens = Tokens(self._shop, credentials, outside)
        self._admin = Admin(self._shop, self._tokens, outside)
        self._lists = Lists(self._admin, Bulk(self._admin, outside), page_size, bulk_from)
        self._zone = credentials.get("timeZone", "")
        self._gate = Gate(self._shop, settings, self._secrets, self._zone)
        token = credentials.get("storefrontToken", "")
        storefront = Storefront(self._shop, token, outside) if token else None
        self._makes_carts = storefront is not None
        percent = settings.get("discountPercent", "")
        self._checkouts = Checkouts(self._shop, self._admin, storefront, self._gate, percent)

    def authorize(self, state: str) -> str:
        """Return the shop's page on which its merchant installs the app."""
        scopes, back = asked(self._settings), self._outside.redirect_url or ""
        return agreement_url(self._shop, self._client_id, scopes, back, state)

    @reading
    def authorized(self, query: str, *, expected: bool) -> None:
        """Take the query that the merchant came back with from there, or opened the app with.

        A code is good only where we sent the merchant ourselves.
        """
        now = self._outside.clock.now()
        given = verified(query, self._shop, self._secrets, now)
        if expected and "code" in given:
            self._tokens.redeem(given["code"])
            return
        token = given.get("id_token", "")
        read_session_token(
            token, shop=self._shop, client_id=self._client_id, secrets=self._secrets, now=now
        )
        self._tokens.exchange(token)

    @reading
    def verify(self) -> Verification:
        """Look whose shop it is, which permissions the app has, and which version answers."""
        found = self._admin.ask(arrangements.VERIFY)
        given = [scope["handle"] for scope in found["currentAppInstallation"]["accessScopes"]]
        self._settle(found["shop"]["ianaTimezone"], given)
        problems = []
        if found["shop"]["myshopifyDomain"].lower() != self._shop:
            problems.append("The token belongs to another shop.")
        if self._admin.outdated:
            problems.append(
                f"Shopify answers with the API of {self._admin.version}; "
                f"{LOWEST_VERSION} or later is needed."
            )
        return Verification(
            shop=found["shop"]["name"],
            currency=found["shop"]["currencyCode"],
            missing_scopes=missing(self._settings, given),
            problems=tuple(problems),
        )

    def _settle(self, zone: str, given: list[str]) -> None:
        """Keep what checkouts will need, and what nobody entered."""
        changed = {}
        if self._gate.function and zone != self._zone:
            changed["timeZone"] = zone
        if STOREFRONT in given and not self._makes_carts:
            changed["storefrontToken"] = new_token(self._admin)
        if changed:
            self._outside.save_credentials(changed)

    @reading
    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make the winner's cart, or a link that fills one where there is no storefrontToken."""
        return self._checkouts.create(request, self._outside.clock.now())

    @reading
    def ensure_webhooks(self) -> WebhookSetup:
        """Subscribe to what is missing, and see to it that the gate stands.

        The compliance topics are the app's own configuration.
        """
        url = self._outside.callback_url or ""
        self._gate.ensure(self._admin)
        names = ", ".join(webhooks.COMPLIANCE)
        by_hand = f"Enter {url} for the compliance webhooks of the app: {names}."
        return WebhookSetup(topics=webhooks.subscribe(self._admin, url), by_hand=by_hand)

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice:
        """Verify the raw bytes by the app's secret, or the one before it, then parse."""
        return webhooks.read_notice(headers, raw_body, self._shop, self._secrets)

    @reading
    def interpret(self, notice: Notice) -> Interpretation:
        """Read an order from its notice; read again what a notice only names."""
        topic, told = notice.topic, notice.payload
        if topic.startswith("orders/") and posted.is_whole(told):
            return OrderChanged(order=posted.order(told))
        if topic.startswith("orders/") or topic == "refunds/create":
            order = self._lists.order(str(told.get("order_id") or told["id"]))
            return OrderChanged(order=order) if order else None
        if topic.startswith("products/"):
            gone = topic == "products/delete"
            product = None if gone else self._lists.product(str(told["id"]))
            return ProductChanged(external_id=str(told["id"]), product=product)
        if topic in OF_A_CUSTOMER:
            return OF_A_CUSTOMER[topic](external_id=str(told["customer"]["id"]))
        if topic in {"app/uninstalled", "shop/redact"} and not self._installed():
            return ShopLeft(erase=topic == "shop/redact")
        return None

    def _installed(self) -> bool:
        """Ask, since a late notice may be about an installation that was followed by another."""
        try:
            self._admin.ask(arrangements.VERIFY)
        except NeedsReconnect:
            return False
        return True
