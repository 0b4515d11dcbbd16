"""The stand-in Shopify as the conformance tests want a shop."""

import itertools
import socket
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from connectors.base import Surroundings
from connectors.shopify.connector import ShopifyConnector
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import PAGE_SIZE
from tests.connectors.loopback import plain, serve
from tests.support.shopify.sessions import Adapter
from tests.support.shopify.standin import ShopifyStandIn, running_stand_in

CALLBACK = "https://fanfare.example/webhooks/shopify/conn_1"
_NAMES = {"apiKey": "accessToken", "webhookSecret": "clientSecret"}


class ShopifyUnderTest:
    def __init__(self, shop: ShopifyStandIn, stack: ExitStack):
        self.shop, self._stack = shop, stack
        self._names = itertools.count(1)
        self.secrets = ("shpat_first", shop.desk.client_secret, shop.storefront_token)

    def connector(
        self, *, clock=None, port=None, settings=None, outside=None, bulk_from=1000, **credentials
    ):
        given = {
            "accessToken": "shpat_first",
            "clientSecret": self.shop.desk.client_secret,
            "storefrontToken": self.shop.storefront_token,
            **{_NAMES.get(name, name): value for name, value in credentials.items()},
        }
        surroundings = Surroundings(
            http=session(Adapter(self.shop.domain, port or self.shop.port)),
            clock=clock or SystemClock(),
            callback_url=CALLBACK,
            redirect_url="https://fanfare.example/oauth/shopify/conn_1",
            **(outside or {}),
        )
        return ShopifyConnector(
            {"shop": self.shop.domain, **(settings or {})},
            {name: text for name, text in given.items() if text is not None},
            surroundings,
            page_size=PAGE_SIZE,
            bulk_from=bulk_from,
        )

    def busy_connector(self, retry_after):
        answer = plain(b"", 429, Retry_After=str(retry_after))
        return self.connector(port=self._stack.enter_context(serve(answer)).port)

    def unreachable_connector(self):
        unused = self._stack.enter_context(socket.socket())
        unused.bind(("127.0.0.1", 0))
        return self.connector(port=unused.getsockname()[1])

    def add_product(self, sku, price):
        return self.shop.stock.add_product(sku, price)

    def change_product(self, external_id):
        self.shop.stock.change_product(external_id, title=f"Renamed {next(self._names)}")

    def add_customer(self, email):
        return self.shop.stock.add_customer(email)

    def buy(self, checkout):
        number = self.shop.stock.place_order(self.shop.stock.carts[checkout.external_ref])
        return self.shop.posting.order("orders/paid", number)

    def cancel(self, checkout):
        number = self.shop.stock.order_of(checkout.external_ref)
        self.shop.stock.cancel_order(number)
        return self.shop.posting.order("orders/cancelled", number)


def session(adapter: Adapter):
    """Return a guarded session that finds the stand-in at the shop's address."""
    made = guarded_session(allow_loopback=True)
    made.mount(adapter.address, adapter)
    return made


@contextmanager
def shopify_with(points: int) -> Generator[ShopifyUnderTest]:
    """Run a stand-in whose bucket holds so many points, and fills with as many a second."""
    with ExitStack() as stack:
        stand_in = stack.enter_context(running_stand_in())
        stand_in.bucket.set(maximum=points, per_second=points)
        yield ShopifyUnderTest(stand_in, stack)
