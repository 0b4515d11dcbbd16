"""A real pretix as the conformance tests want a shop."""

import itertools
from urllib.parse import urlsplit

from connectors.base import Surroundings
from connectors.pretix.connector import PretixConnector
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session
from tests.connectors.conformance import PAGE_SIZE
from tests.connectors.loopback import plain
from tests.support.pretix.shop import EVENT, ORGANIZER
from tests.support.waiting import wait_until

SECRET = "of-the-address/only"


class PretixUnderTest:
    """Everybody but us in a pretix."""

    def __init__(self, pretix, received, serving):
        self._pretix, self._received, self._serving = pretix, received, serving
        self.secrets = (SECRET, pretix.token)
        self._names = itertools.count(1)
        self._codes = {}

    def connector(self, *, clock=None, url=None, saved=None, **credentials):
        names = {"apiKey": "apiToken", "webhookSecret": "webhookPath"}
        given = {"apiToken": self._pretix.token, "webhookPath": SECRET}
        given |= {names.get(name, name): value for name, value in credentials.items()}
        settings = {"url": url or self._pretix.url, "organizer": "org", "event": "launch"}
        outside = Surroundings(
            http=guarded_session(allow_loopback=True),
            clock=clock or SystemClock(),
            save_credentials=(saved if saved is not None else {}).update,
            callback_url=f"{self._received.url}/webhooks/pretix/conn_1",
        )
        return PretixConnector(settings, given, outside, page_size=PAGE_SIZE)

    def busy_connector(self, retry_after):
        return self.connector(url=self._serving(plain(b"", 503, Retry_After=str(retry_after))).url)

    def unreachable_connector(self):
        return self.connector(url="http://127.0.0.1:9")

    def add_product(self, sku, price):
        return str(self._pretix.add_item(sku, str(price), sku=sku))

    def change_product(self, external_id):
        self._pretix.rename_item(external_id)

    def add_customer(self, email):
        return self._pretix.add_customer(email)

    def buy(self, checkout):
        voucher = self._pretix.ask("GET", f"{EVENT}/vouchers/{checkout.external_ref}/")
        code = self._pretix.order(voucher)
        self._codes[checkout.external_ref] = code
        return self._delivered(code, "pretix.event.order.placed")

    def cancel(self, checkout):
        code = self._codes[checkout.external_ref]
        self._pretix.cancel(code)
        return self._delivered(code, "pretix.event.order.canceled")

    def webhooks(self):
        """Return what is set up for us: a webhook of others stays in the list when deleted."""
        found = self._pretix.ask("GET", f"{ORGANIZER}/webhooks/")["results"]
        here = urlsplit(self._received.url).netloc
        return [each for each in found if f"@{here}/" in each["target_url"]]

    def _delivered(self, code, action):
        def arrived():
            return [
                each
                for each in self._received.requests
                if f'"code": "{code}"' in each["body"] and f'"{action}"' in each["body"]
            ]

        wait_until(arrived, f"pretix has told of {code}")
        told = arrived()[0]
        assert urlsplit(told["path"]).path == "/webhooks/pretix/conn_1"
        headers = {name: value for name, value in told.items() if name not in {"path", "body"}}
        return headers, told["body"].encode()
