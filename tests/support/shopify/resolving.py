"""Answers to the Admin and the Storefront API, out of a stand-in's stock."""

import base64
import re
from collections.abc import Callable, Iterable
from typing import Any

from tests.support.shopify.stock import Stock

Node = dict[str, Any]
_TERM = re.compile(r"""(\w+):(>=)?(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|(\S+))""")
_NAMES = {"updated_at": "updatedAt", "sku": "sku", "cart_token": "cartToken"}


def page(nodes: Iterable[Node], first: int | None, after: str | None, query: str | None) -> Node:
    """Return a connection's page, in the order in which its nodes changed."""
    found = sorted((node for node in list(nodes) if _matches(node, query)), key=_place)
    if after:
        behind = base64.b64decode(after).decode()
        found = [node for node in found if _place(node) > behind]
    chosen = found[:first]
    return {
        "nodes": chosen,
        "edges": [{"node": node} for node in chosen],
        "pageInfo": {
            "hasNextPage": len(found) > len(chosen),
            "endCursor": _cursor(chosen[-1]) if chosen else None,
        },
    }


def field(answer: Callable[[Node], Any]) -> Callable[..., Any]:
    """Return a field that answers to the arguments it is given."""
    return lambda _, **given: answer(given)


def _listed(nodes: Callable[[], Iterable[Node]]) -> Callable[..., Node]:
    return field(
        lambda given: page(nodes(), given.get("first"), given.get("after"), given.get("query"))
    )


def _counted(nodes: Callable[[], Iterable[Node]]) -> Callable[..., Node]:
    def count(given):
        found = sum(_matches(node, given.get("query")) for node in list(nodes()))
        limit = given.get("limit", 10_000)
        return {"count": found if limit is None else min(found, limit), "precision": "EXACT"}

    return field(count)


def _place(node: Node) -> str:
    return f"{node.get('updatedAt', '')}|{int(node['id'].rpartition('/')[2]):020}"


def _cursor(node: Node) -> str:
    return base64.b64encode(_place(node).encode()).decode()


def _matches(node: Node, query: str | None) -> bool:
    for name, since, *texts in _TERM.findall(query or ""):
        wanted = next((text for text in texts if text), "")
        found = str(node.get(_NAMES[name]) or "")
        wanted = re.sub(r"\\(.)", r"\1", wanted)
        # A whole second stands before its own fractions.
        if since and found < wanted.removesuffix("Z"):
            return False
        if not since and not found.startswith(wanted):
            return False
    return True


class Resolving:
    """The roots of a stand-in's two APIs."""

    def __init__(self, stock: Stock, domain: str) -> None:
        self.stock, self.domain = stock, domain
        self.scopes: list[str] = []
        self.subscriptions: list[Node] = []
        self.validations: list[Node] = []
        self.public_tokens: list[str] = []

    def admin(self) -> Node:
        """Return what the Admin API's queries and mutations answer."""
        stock = self.stock
        return {
            "shop": {
                "name": "Stand-in",
                "myshopifyDomain": self.domain,
                "currencyCode": "USD",
                "ianaTimezone": "Europe/Berlin",
            },
            "products": _listed(self._products),
            "productsCount": _counted(stock.products.values),
            "product": field(lambda given: self._product(stock.products.get(given["id"]))),
            "productVariants": _listed(self._variants),
            "customers": _listed(self._customers),
            "customersCount": _counted(stock.customers.values),
            "orders": _listed(self._orders),
            "ordersCount": _counted(stock.orders.values),
            "order": field(lambda given: self._order(stock.orders.get(given["id"]))),
            "currentAppInstallation": {
                "accessScopes": [{"handle": scope} for scope in self.scopes]
            },
            "webhookSubscriptions": _listed(lambda: self.subscriptions),
            "webhookSubscriptionCreate": field(self._subscribe),
            "discountCodeBasicCreate": field(self._discount),
            "storefrontAccessTokenCreate": field(lambda _: self._let_in()),
            "validations": _listed(lambda: self.validations),
            "validationCreate": field(self._guard),
            "validationUpdate": field(self._guard_anew),
        }

    def storefront(self) -> Node:
        """Return what the Storefront API's mutations answer."""
        return {"cartCreate": field(self._create_cart)}

    def _products(self) -> list[Node]:
        return [self._product(node) for node in list(self.stock.products.values())]

    def _product(self, node: Node | None) -> Node | None:
        return node and {**node, "variants": _listed(lambda: node["parts"])}

    def _variants(self) -> list[Node]:
        products = list(self.stock.products.values())
        return [part for product in products for part in product["parts"]]

    def _customers(self) -> list[Node]:
        hidden = dict.fromkeys(
            ("firstName", "lastName", "defaultEmailAddress", "defaultPhoneNumber")
        )
        nodes = list(self.stock.customers.values())
        return [{**node, **hidden} for node in nodes] if self.stock.protected else nodes

    def _orders(self) -> list[Node]:
        return [self._order(node) for node in list(self.stock.orders.values())]

    def _order(self, node: Node | None) -> Node | None:
        if node is None:
            return None
        hidden = {"email": None} if self.stock.protected else {}
        return {**node, **hidden, "lineItems": _listed(lambda: node["parts"])}

    def _subscribe(self, given: Node) -> Node:
        wanted = given["webhookSubscription"]
        made = {
            "id": self.stock.new_id("WebhookSubscription"),
            "topic": given["topic"],
            "uri": wanted["uri"],
            "format": wanted.get("format", "JSON"),
            "filter": wanted.get("filter"),
        }
        self.subscriptions.append(made)
        return {"webhookSubscription": made, "userErrors": []}

    def _discount(self, given: Node) -> Node:
        code = given["basicCodeDiscount"]["code"]
        if code.casefold() in self.stock.discounts:
            return {"userErrors": [{"code": "TAKEN", "message": "taken", "field": ["code"]}]}
        self.stock.discounts[code.casefold()] = given["basicCodeDiscount"]
        return {"userErrors": []}

    def _let_in(self) -> Node:
        self.public_tokens.append(f"{len(self.public_tokens) + 1:032x}")
        return {
            "storefrontAccessToken": {"accessToken": self.public_tokens[-1]},
            "userErrors": [],
        }

    def _guard(self, given: Node) -> Node:
        made = {
            "id": self.stock.new_id("Validation"),
            "shopifyFunction": {"handle": given["validation"]["functionHandle"]},
        }
        self.validations.append(made)
        return self._guard_anew({"id": made["id"], **given})

    def _guard_anew(self, given: Node) -> Node:
        [found] = [each for each in self.validations if each["id"] == given["id"]]
        told = given["validation"]
        [metafield] = told["metafields"]
        found |= {"enabled": told["enable"], "blocks": told["blockOnFailure"]}
        found["metafield"] = metafield
        return {"userErrors": []}

    def _create_cart(self, given: Node) -> Node:
        [line] = given["input"]["lines"]
        variant = self.stock.variant(line["merchandiseId"])
        if variant is None:
            problem = {"code": "INVALID", "message": "does not exist", "field": ["input"]}
            return {"cart": None, "userErrors": [problem], "warnings": []}
        warnings = []
        if variant["inventoryQuantity"] < line["quantity"]:
            short = "MERCHANDISE_NOT_ENOUGH_STOCK"
            warnings = [{"code": short, "message": "reduced", "target": line["merchandiseId"]}]
        cart = self.stock.add_cart(given["input"])
        token = cart["token"]
        made = {
            "id": f"gid://shopify/Cart/{token}?key=0123abcd",
            "checkoutUrl": f"https://{self.domain}/cart/c/{token}?key=0123abcd",
        }
        return {"cart": made, "userErrors": [], "warnings": warnings}
