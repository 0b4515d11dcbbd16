"""A merchant's own shop, connected by signed calls, from the connection to the completed order."""

import json
from urllib.parse import urlsplit

import pytest

from tests.api.admitted import admitted, status
from tests.api.shopping import check_out, hand_off, make_shop_launch, path_of, send
from tests.api.test_inbound import known_by_address, the_order
from tests.connectors.loopback import plain, serve
from tests.connectors.signed_shop import API_KEY, SECRET, deliver, now, open_shop
from tests.jobs.support import drain
from tests.support.launches import make_launch

__all__ = ["known_by_address"]
CONNECTIONS = "/admin/api/v1/connections"


@pytest.fixture
def shop():
    with open_shop() as (opened, _):
        yield opened


def connect(client, merchant, **settings):
    credentials = {"webhookSecret": SECRET, "apiKey": API_KEY}
    body = {
        "platform": "rest",
        "name": "Mine",
        "settings": settings,
        "credentials": credentials,
    }
    made = client.post(CONNECTIONS, headers=merchant.server, json=body)
    assert made.status_code == 201, made.text
    return made.json["id"]


def redirected(client, guest, token):
    answer = client.get(path_of(hand_off(client, guest, token)))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_winner_buys_in_the_merchants_own_shop(client, rt, merchant, shop):
    connection = connect(client, merchant, url=shop.url)
    verified = client.post(f"{CONNECTIONS}/{connection}/verify", headers=merchant.server).json
    assert (verified["state"], verified["verification"]["problems"]) == ("active", [])
    launch = make_launch(rt, merchant, experience={"connection_id": connection})
    shop.add_product(launch.product_id, "19.99")
    guest, token = admitted(client, rt, merchant, launch)

    cart = urlsplit(redirected(client, guest, token)).path.rsplit("/", 1)[1]
    paid = send(client, connection, shop.buy(cart), platform="rest")
    drain(rt)

    assert paid.status_code == 200
    assert status(client, launch, guest)["status"] == "COMPLETED"
    order = the_order(client, merchant, f"o{cart}")
    assert (order["completion"], order["totalAmount"]) == ("completed", 19.99)


@pytest.mark.parametrize("path", ["/\r\nSet-Cookie: a=b", "/a b", "/\x00"])
def test_an_address_that_is_none_is_the_shops_mistake(client, rt, merchant, path):
    answer = json.dumps({"id": "1", "url": f"https://shop.example{path}"}).encode()
    with serve(plain(answer)) as served:
        named = {"url": served.url, "storefrontUrl": "https://shop.example"}
        connection = connect(client, merchant, **named)
        launch = make_launch(rt, merchant, experience={"connection_id": connection})
        guest, token = admitted(client, rt, merchant, launch)

        refused = client.get(path_of(hand_off(client, guest, token)))

    assert refused.status_code == 503
    assert refused.headers["Retry-After"]


def test_a_filled_in_address_carries_a_claim_that_is_checked(client, rt, merchant):
    connection = connect(client, merchant, checkoutUrl="https://shop.example/buy?h={handle}")
    launch = make_launch(rt, merchant, experience={"connection_id": connection})
    guest, token = admitted(client, rt, merchant, launch)
    handle = redirected(client, guest, token).partition("h=")[2]
    order = {"status": "paid", "total": "5", "currency": "USD", "updatedAt": now()}
    bought = [{"sku": "another", "quantity": 1}, {"sku": launch.product_id, "quantity": 1}]

    for number, line in enumerate(bought):
        told = {**order, "id": f"o{number}", "handle": handle, "lines": [line]}
        send(client, connection, deliver("order.changed", told), platform="rest")
    drain(rt)

    wrong, right = (the_order(client, merchant, f"o{number}") for number in range(2))
    assert (wrong["completion"], wrong["completionReason"]) == ("rejected", "WRONG_PRODUCT")
    assert right["completion"] == "completed"
    assert status(client, launch, guest)["status"] == "COMPLETED"


def test_what_a_shop_sends_as_its_authorization_is_the_shops_affair(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    headers, body = sold.shop.pay(check_out(client, guest, token))

    answer = send(client, sold.connection_id, ({**headers, "Authorization": "Basic eA=="}, body))

    assert answer.status_code == 200
