"""A shopper with a browser session of their own, in Vendure's Shop API."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

ADDRESS = {
    "fullName": "Ada Byron",
    "streetLine1": "12 St James's Square",
    "city": "London",
    "postalCode": "SW1Y 4LB",
    "countryCode": "GB",
}


class Shopper:
    """Does what a storefront does for the person in front of it."""

    def __init__(self, shop_url: str, *, token: str = "", cookies: bool = False) -> None:
        self._url = f"{shop_url.rstrip('/')}/shop-api"
        self._token, self._browser = token, requests.Session() if cookies else None

    def sign_in(self, email: str, password: str) -> None:
        """Become a customer."""
        signed_in = self.ask(
            "mutation($email: String!, $password: String!)"
            "{ login(username: $email, password: $password) { __typename } }",
            email=email,
            password=password,
        )
        assert signed_in["login"]["__typename"] == "CurrentUser", signed_in

    def follow(self, checkout_url: str) -> dict[str, Any] | None:
        """Arrive at a checkout address as our connector makes them, and take the order over."""
        query = parse_qs(urlsplit(checkout_url).query)
        return self.take_over(query["order"][0], query["handle"][0])

    def take_over(self, code: str, handle: str) -> dict[str, Any] | None:
        """Make a prepared order one's own; None where code and handle do not belong together."""
        return self.ask(
            "mutation($code: String!, $handle: String!)"
            "{ takeOverFanfareOrder(code: $code, handle: $handle) { code state totalWithTax } }",
            code=code,
            handle=handle,
        )["takeOverFanfareOrder"]

    def check_out(self, email: str = "ada@example.test") -> str:
        """Fill in and pay; return the state that the order is in then."""
        self.fill_in(email)
        return self.pay()

    def fill_in(self, email: str = "ada@example.test") -> None:
        """Give name, address and shipping, up to the page with the payment."""
        self._accepted(
            "setCustomerForOrder(input: $input)",
            "CreateCustomerInput!",
            {"emailAddress": email, "firstName": "Ada", "lastName": "Byron"},
        )
        self._accepted("setOrderShippingAddress(input: $input)", "CreateAddressInput!", ADDRESS)
        methods = self.ask("{ eligibleShippingMethods { id } }")["eligibleShippingMethods"]
        chosen = [methods[0]["id"]]
        self._accepted("setOrderShippingMethod(shippingMethodId: $input)", "[ID!]!", chosen)
        self._accepted("transitionOrderToState(state: $input)", "String!", "ArrangingPayment")

    def pay(self) -> str:
        """Let the payment be authorized; return the state that the order is in then."""
        payment = {"method": "standard-payment", "metadata": {}}
        return self._accepted("addPaymentToOrder(input: $input)", "PaymentInput!", payment)

    def active_order(self) -> dict[str, Any] | None:
        """Return the order in this shopper's hands."""
        lines = "lines { quantity productVariant { sku } }"
        return self.ask(f"{{ activeOrder {{ code state {lines} }} }}")["activeOrder"]

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """Ask the Shop API; stay the same guest by bearer token, or by cookie like a browser."""
        answer = (self._browser or requests).post(
            self._url,
            json={"query": document, "variables": variables},
            headers={"Authorization": f"Bearer {self._token}"} if self._token else {},
            timeout=30,
        )
        if not self._browser:
            self._token = answer.headers.get("vendure-auth-token") or self._token
        body = answer.json()
        assert "errors" not in body, body
        return body["data"]

    def _accepted(self, call: str, kind: str, value: Any) -> str:
        document = (
            f"mutation($input: {kind}) {{ done: {call} "
            "{ ... on Order { state } ... on ErrorResult { errorCode message } } }"
        )
        done = self.ask(document, input=value)["done"]
        assert "errorCode" not in done, done
        return done["state"]
