"""The main job on a real ticket shop, through real processes: pretix there, ``fanfare up`` here."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.flows.storefront import ADMIN, Customer, Launch, made, order_of, shop_launch
from tests.support.pretix.shop import EVENT, ORGANIZER
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow
SKU = "FLOW-TICKET"


@pytest.fixture(scope="module")
def connection(running, pretix) -> Iterator[str]:
    """The shop, connected by API; verifying sets up its webhooks."""
    body = {
        "platform": "pretix",
        "name": "Tickets",
        "settings": {"url": pretix.url, "organizer": "org", "event": "launch"},
        "credentials": {"apiToken": pretix.token},
    }
    connected = made(running, f"{ADMIN}/connections", body)
    verified = made(running, f"{ADMIN}/connections/{connected['id']}/verify", {})
    assert (verified["state"], verified["webhooks"]["byHand"]) == ("active", None)
    yield connected["id"]
    for each in pretix.ask("GET", f"{ORGANIZER}/webhooks/")["results"]:
        if connected["id"] in each["target_url"]:
            pretix.ask("DELETE", f"{ORGANIZER}/webhooks/{each['id']}/")


@pytest.fixture(scope="module")
def sold(running, connection, pretix) -> Launch:
    """A launch of the shop's ticket, whose winners go to the shop."""
    pretix.add_item("Front row", "129.00", size=5, sku=SKU)
    made(running, f"{ADMIN}/connections/{connection}/sync", {"subject": "products"})
    return shop_launch(running, connection, SKU)


def test_a_voucher_takes_the_winner_in_and_the_order_completes_the_admission(running, pretix, sold):
    winner, other = Customer(running), Customer(running)
    token = winner.admitted(sold)
    other.admitted(sold)

    address = winner.check_out(token)
    again = winner.check_out(token)
    [code] = parse_qs(urlsplit(address).query)["voucher"]
    shown = requests.get(address, timeout=60)
    [voucher] = pretix.ask("GET", f"{EVENT}/vouchers/?code={code}")["results"]
    bought = pretix.order(voucher)

    wait_until(lambda: order_of(running, bought).get("completion") == "completed", "it completes")
    order = order_of(running, bought)
    assert again == address
    assert "Front row" in shown.text
    assert token not in address
    assert (order["consumerId"], order["totalAmount"]) == (winner.id, 129.0)
    assert [each.status(sold)["status"] for each in (winner, other)] == ["COMPLETED", "ADMITTED"]


def test_a_cancelled_ticket_gives_its_place_back(running, pretix, sold):
    winner = Customer(running)
    address = winner.check_out(winner.admitted(sold))
    [code] = parse_qs(urlsplit(address).query)["voucher"]
    [voucher] = pretix.ask("GET", f"{EVENT}/vouchers/?code={code}")["results"]
    bought = pretix.order(voucher)
    wait_until(lambda: order_of(running, bought).get("completion") == "completed", "it completes")
    before = sold.counters["sold"]

    pretix.cancel(bought)

    wait_until(lambda: order_of(running, bought)["status"] == "cancelled", "it is cancelled")
    assert sold.counters["sold"] == before - 1


def test_a_lie_about_an_order_is_read_again_and_changes_nothing(running, pretix, sold, connection):
    winner = Customer(running)
    winner.admitted(sold)
    [hook] = [
        each["target_url"]
        for each in pretix.ask("GET", f"{ORGANIZER}/webhooks/")["results"]
        if connection in each["target_url"]
    ]
    told = {"notification_id": 10**9, "organizer": "org", "event": "launch", "code": "NONE1"}
    bare = hook.replace(urlsplit(hook).netloc.rpartition("@")[0] + "@", "")

    lie = requests.post(hook, json={**told, "action": "pretix.event.order.paid"}, timeout=60)
    stranger = requests.post(bare, json=told, timeout=60)

    assert (lie.status_code, stranger.status_code) == (200, 401)
    assert winner.status(sold)["status"] == "ADMITTED"
    assert order_of(running, "NONE1") == {}
