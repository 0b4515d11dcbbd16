"""What several platforms do alike: filling in addresses, making a secret of webhooks."""

from connectors.base import Surroundings
from connectors.links import filled
from connectors.records import CheckoutRequest
from connectors.webhook_secrets import made_secret
from integration.kernel.clock import SystemClock
from integration.kernel.outbound import guarded_session


def test_what_is_filled_in_is_quoted_and_fills_nothing_in_itself():
    request = CheckoutRequest(
        handle="hnd_1&{sku}", quantity=1, return_url="https://shop.example/?a=1"
    )

    link = filled("https://shop.example/c?h={handle}&s={sku}&r={returnUrl}", request, sku="A/1 {x}")

    assert link == (
        "https://shop.example/c?h=hnd_1%26%7Bsku%7D&s=A%2F1%20%7Bx%7D"
        "&r=https%3A%2F%2Fshop.example%2F%3Fa%3D1"
    )


def test_an_address_without_a_place_to_return_to_has_none():
    request = CheckoutRequest(handle="hnd_1", quantity=1)

    assert filled("https://shop.example/?r={returnUrl}", request) == "https://shop.example/?r="


def test_whoever_comes_second_takes_the_secret_that_the_first_one_made():
    kept: dict[str, str] = {}
    outside = Surroundings(
        http=guarded_session(allow_loopback=True),
        clock=SystemClock(),
        save_credentials=kept.update,
        read_credentials=lambda: kept,
    )

    first, second = made_secret(outside), made_secret(outside)

    assert first == second == kept["webhookSecret"]
    assert len(first) >= 32
