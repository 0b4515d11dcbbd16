"""A real Medusa as the conformance tests want a shop."""

import json

from connectors.base import Surroundings
from connectors.medusa.connector import MedusaConnector
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import PAGE_SIZE
from tests.connectors.loopback import plain
from tests.support.waiting import wait_until

SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgY29ubmVjdG9yIHRlc3Rz"
WEBHOOK_SECONDS = 60


class MedusaUnderTest:
    """Everybody but us in a Medusa."""

    def __init__(self, medusa, received, serving):
        self.medusa, self._received, self._serving = medusa, received, serving
        self.secrets = (SECRET, medusa.api_key, medusa.publishable_key)
        self._orders = {}

    def connector(self, *, clock=None, url=None, **credentials):
        given = {
            "apiKey": self.medusa.api_key,
            "publishableKey": self.medusa.publishable_key,
            "webhookSecret": SECRET,
        }
        outside = Surroundings(
            http=guarded_session(allow_loopback=True), clock=clock or SystemClock()
        )
        settings = {"url": url or self.medusa.url}
        return MedusaConnector(settings, given | credentials, outside, page_size=PAGE_SIZE)

    def busy_connector(self, retry_after):
        return self.connector(url=self._serving(plain(b"", 503, Retry_After=str(retry_after))).url)

    def unreachable_connector(self):
        return self.connector(url="http://127.0.0.1:9")

    def add_product(self, sku, price):
        return self.medusa.add_product(sku, float(price))["id"]

    def change_product(self, external_id):
        self.medusa.rename_product(external_id)

    def add_customer(self, email):
        return self.medusa.add_customer(email)

    def buy(self, checkout):
        order = self.medusa.check_out(checkout.external_ref)
        self._orders[checkout.external_ref] = order
        return self.delivered("order.placed", order)

    def cancel(self, checkout):
        order = self._orders[checkout.external_ref]
        self.medusa.cancel(order)
        return self.delivered("order.canceled", order)

    def delivered(self, topic, id_, times=1):
        """Wait for so many webhooks about something; return the last."""

        def arrived():
            told = [(each, json.loads(each["body"])) for each in list(self._received.requests)]
            about = [
                each
                for each, body in told
                if body.get("type") == topic and body["data"]["id"] == id_
            ]
            return about if len(about) >= times else []

        told = wait_until(arrived, f"Medusa has told of {topic} {id_}", WEBHOOK_SECONDS)[-1]
        assert told["path"] == "/webhooks/medusa/conn_1"
        headers = {name: value for name, value in told.items() if name not in {"path", "body"}}
        return headers, told["body"].encode()
