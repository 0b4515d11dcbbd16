"""The real Vendure as the conformance tests want a shop, and everybody in it played."""

import itertools
import json
import socket

from connectors.base import Surroundings
from connectors.vendure.connector import VendureConnector
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import PAGE_SIZE
from tests.connectors.loopback import plain, serve
from tests.support.vendure.shop import PASSWORD
from tests.support.vendure.shopper import Shopper
from tests.support.waiting import wait_until

SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgY29ubmVjdG9yIHRlc3Rz"


class VendureUnderTest:
    def __init__(self, vendure, session_token, received, stack):
        self.vendure, self._received, self._stack = vendure, received, stack
        self._account = {"username": "root", "password": PASSWORD, "sessionToken": session_token}
        self._names = itertools.count(1)
        self.secrets = (session_token, SECRET, PASSWORD)

    def connector(
        self,
        *,
        clock=None,
        url=None,
        storefront="",
        saved=None,
        page_size=PAGE_SIZE,
        **credentials,
    ):
        outside = Surroundings(
            http=guarded_session(allow_loopback=True),
            clock=clock or SystemClock(),
            save_credentials=saved.update if saved is not None else lambda _: None,
        )
        return VendureConnector(
            {"url": url or self.vendure.url, "storefrontUrl": storefront},
            {**self._account, "webhookSecret": SECRET, **credentials},
            outside,
            page_size=page_size,
        )

    def busy_connector(self, retry_after):
        answer = plain(b"", 429, Retry_After=str(retry_after))
        served = self._stack.enter_context(serve(answer))
        return self.connector(url=served.url)

    def unreachable_connector(self):
        unused = self._stack.enter_context(socket.socket())
        unused.bind(("127.0.0.1", 0))
        return self.connector(url=f"http://127.0.0.1:{unused.getsockname()[1]}")

    def add_product(self, sku, price):
        return self.vendure.add_product(sku, price=int(price * 100))["product"]

    def change_product(self, external_id):
        self.vendure.rename_product(external_id, f"Renamed {next(self._names)}")

    def add_customer(self, email):
        return self.vendure.add_customer(email)

    def buy(self, checkout):
        shopper = Shopper(self.vendure.url)
        assert shopper.follow(checkout.url)
        assert shopper.check_out() == "PaymentAuthorized"
        return self.delivery("order.placed", checkout.external_ref)

    def cancel(self, checkout):
        self.vendure.cancel(checkout.external_ref)
        return self.delivery("order.cancelled", checkout.external_ref)

    def delivery(self, topic, ref):
        """Wait for the webhook about an order (its code) or a product (its id)."""

        def arrived():
            for request in self._received.requests:
                told = json.loads(request["body"])
                if told.get("type") == topic and ref in (
                    told["data"].get("code"),
                    str(told["data"]["id"]),
                ):
                    return request, request["body"].encode()
            return None

        headers, body = wait_until(arrived, f"{topic} of {ref} arrives")
        return headers, body


def new_session_token(vendure) -> str:
    """Sign the shop's administrator in."""
    saved = {}
    outside = Surroundings(
        http=guarded_session(allow_loopback=True),
        clock=SystemClock(),
        save_credentials=saved.update,
    )
    credentials = {"username": "root", "password": PASSWORD}
    VendureConnector({"url": vendure.url}, credentials, outside).verify()
    return saved["sessionToken"]
