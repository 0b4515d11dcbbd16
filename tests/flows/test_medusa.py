"""The main job on a headless shop, through real processes: Medusa there, ``fanfare up`` here."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.flows.storefront import ADMIN, Customer, Launch, made, order_of, shop_launch
from tests.support.house import House
from tests.support.medusa.fixtures import medusa
from tests.support.medusa.shop import MedusaShop
from tests.support.waiting import wait_until

__all__ = ["medusa"]
pytestmark = [pytest.mark.platforms, pytest.mark.timeout(900)]
SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgZmxvdyB0ZXN0cw=="
SKU = "FLOW-MEDUSA"
STOREFRONT = "https://www.shop.example/launch?cart={cartId}&handle={handle}"


@pytest.fixture(scope="module")
def connection(running, medusa) -> str:
    """The shop, connected by API with no more than its address, then given its storefront."""
    body = {
        "platform": "medusa",
        "name": "Shop",
        "settings": {"url": medusa.url},
        "credentials": {
            "apiKey": medusa.api_key,
            "publishableKey": medusa.publishable_key,
            "webhookSecret": SECRET,
        },
    }
    connected = made(running, f"{ADMIN}/connections", body)
    path = f"{ADMIN}/connections/{connected['id']}"
    settings = {"url": medusa.url, "storefrontUrl": STOREFRONT}
    verified = made(running, f"{path}/verify", {})
    running.call("PATCH", path, json={"settings": settings}, headers=running.server)
    again = made(running, f"{path}/verify", {})
    assert (connected["state"], verified["state"]) == ("unverified", "active")
    assert "storefrontUrl" in verified["webhooks"]["byHand"]
    assert "storefrontUrl" not in again["webhooks"]["byHand"]
    assert all(connected["credentialsSet"].values())
    assert not [each for each in (SECRET, medusa.api_key) if each in str([connected, again])]
    return connected["id"]


@pytest.fixture
def posting(running, connection, medusa) -> Iterator[None]:
    """The shop posts its webhooks to us."""
    medusa.post_webhooks_to(f"{running.url}/webhooks/medusa/{connection}", SECRET)
    yield
    medusa.post_webhooks_to(None, SECRET)


@pytest.fixture(scope="module")
def sold(running, connection, medusa) -> Launch:
    """A launch of the shop's sneaker, whose winners go to the shop."""
    medusa.add_product(SKU, 129.0, stock=5)
    made(running, f"{ADMIN}/connections/{connection}/sync", {"subject": "products"})
    return shop_launch(running, connection, SKU)


def bought(medusa: MedusaShop, address: str) -> str:
    """Check out the cart that an address names, as a storefront does; return the order's id."""
    [cart] = parse_qs(urlsplit(address).query)["cart"]
    return medusa.check_out(cart)


def completed(running: House, id_: str) -> bool:
    return order_of(running, id_).get("completion") == "completed"


def test_the_winners_cart_completes_the_admission(running, medusa, sold, posting):
    winner, other = Customer(running), Customer(running)
    token = winner.admitted(sold)
    other.admitted(sold)

    address = winner.check_out(token)
    id_ = bought(medusa, address)

    wait_until(lambda: completed(running, id_), "it completes")
    order = order_of(running, id_)
    assert address.startswith("https://www.shop.example/launch?cart=cart_")
    assert token not in address
    assert (order["consumerId"], order["totalAmount"]) == (winner.id, 129.0)
    assert [(line["sku"], line["quantity"]) for line in order["lineItems"]] == [(SKU, 1)]
    assert [each.status(sold)["status"] for each in (winner, other)] == ["COMPLETED", "ADMITTED"]


def test_a_cancelled_order_gives_its_place_back(running, medusa, sold, posting):
    winner = Customer(running)
    id_ = bought(medusa, winner.check_out(winner.admitted(sold)))
    wait_until(lambda: completed(running, id_), "it completes")
    before = sold.counters["sold"]

    medusa.cancel(id_)

    wait_until(lambda: order_of(running, id_)["status"] == "cancelled", "it is cancelled")
    assert sold.counters["sold"] == before - 1


def test_an_order_whose_webhook_got_lost_completes_all_the_same(running, medusa, sold, connection):
    winner = Customer(running)
    id_ = bought(medusa, winner.check_out(winner.admitted(sold)))

    # The schedule may be at it just now, and have asked the shop before.
    again = partial(running.post, f"{ADMIN}/connections/{connection}/sync", {"subject": "orders"})
    wait_until(lambda: again().status_code < 300, "a sync begins")

    wait_until(lambda: completed(running, id_), "it completes")
    assert winner.status(sold)["status"] == "COMPLETED"


def test_what_changes_in_the_shop_changes_here_by_itself(running, medusa, connection, posting):
    product = medusa.add_product("FLOW-MUG", 5.0)["id"]

    def found():
        return running.get("/api/products?sku=FLOW-MUG").json()["data"]

    wait_until(found, "the new product is here")
    medusa.ask("POST", f"admin/products/{product}", title="Large mug")
    wait_until(lambda: found()[0]["name"] == "Large mug", "it has its new name")
    medusa.ask("DELETE", f"admin/products/{product}")

    wait_until(lambda: not found(), "it is gone here, too")
