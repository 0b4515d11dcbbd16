"""A launch whose checkout is in a make-believe shop, and a way there."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from connectors.fake import FakeShop
from integration.runtime import Runtime
from tests.jobs.support import make_connection, make_shop
from tests.support.launches import Guest, Launch, Merchant, make_launch

RETURN = "https://shop.example/thanks"


@dataclass(frozen=True)
class ShopLaunch:
    """A launch that sells what a connected shop has."""

    launch: Launch
    shop: FakeShop
    connection_id: str


def make_shop_launch(rt: Runtime, merchant: Merchant, **given: Any) -> ShopLaunch:
    shop = make_shop()
    connection_id = make_connection(rt, merchant, shop)
    launch = make_launch(rt, merchant, experience={"connection_id": connection_id}, **given)
    shop.add_product(launch.product_id)
    return ShopLaunch(launch, shop, connection_id)


def hand_off(
    client: FlaskClient, guest: Guest, token: str, pattern: str = "external", **body: Any
) -> TestResponse:
    values = {"admissionToken": token, "pattern": pattern, **body}
    return client.post("/api/v1/handoffs", headers=guest.headers, json=values)


def path_of(handoff: TestResponse) -> str:
    return urlsplit(handoff.json["url"]).path


def query_of(redirect: TestResponse) -> dict[str, str]:
    """What a redirect's address carries."""
    found = parse_qs(urlsplit(redirect.headers["Location"]).query)
    return {name: values[0] for name, values in found.items()}


def check_out(client: FlaskClient, guest: Guest, token: str, **body: Any) -> str:
    """Go to the shop's checkout, and return the shop's name for it."""
    handoff = hand_off(client, guest, token, **body)
    assert handoff.status_code == 201, handoff.text
    return query_of(client.get(path_of(handoff)))["order"]


def let_time_pass(rt: Runtime, table: str, column: str) -> None:
    """Let what a column says of every row be over."""
    with rt.transaction() as tx:
        tx.session.execute(
            text(f"UPDATE {table} SET {column} = clock_timestamp() - interval '1 second'")
        )


def send(
    client: FlaskClient,
    connection_id: str,
    delivery: tuple[dict[str, str], bytes],
    platform: str = "fake",
) -> TestResponse:
    """Deliver a shop's webhook."""
    headers, body = delivery
    return client.post(
        f"/webhooks/{platform}/{connection_id}",
        headers={**headers, "Content-Type": "application/json"},
        data=body,
    )
