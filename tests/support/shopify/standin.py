"""A Shopify that executes the published schema: it meters, throttles, pages, and refuses."""

import json
import re
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from graphql import GraphQLError, execute

from tests.connectors.loopback import serve
from tests.support.shopify import schema
from tests.support.shopify.bucket import ServedBucket
from tests.support.shopify.bulk import BulkFiles
from tests.support.shopify.posting import Posting
from tests.support.shopify.resolving import Resolving
from tests.support.shopify.sessions import Adapter
from tests.support.shopify.stock import Stock
from tests.support.shopify.tokens import TokenDesk

MOST_POINTS = 1000
_PATH = re.compile(r"/(admin/api|api)/(20\d\d-\d\d)/graphql\.json")

Fault = Callable[[], str | None]
Answer = tuple[int, dict[str, Any], dict[str, str]]


class ShopifyStandIn:
    """One shop on loopback, and everybody in it played.

    ``fault`` may name how the next answer fails: ``error``, ``busy``, ``throttled``, ``drop``
    before anything is done, ``lost`` after it was.
    """

    def __init__(self, domain: str = "stand-in.myshopify.com") -> None:
        self.domain = domain
        self.port = 0
        self.stock = Stock()
        self.resolving = Resolving(self.stock, domain)
        self.resolving.scopes = ["read_products", "read_customers", "read_orders"]
        self.bucket = ServedBucket()
        self.desk = TokenDesk()
        self.posting = Posting(self.stock, domain, self.desk.client_secret)
        self.bulk = BulkFiles(self)
        self.storefront_token = "shpat_storefront_private"
        self.fault: Fault = lambda: None
        self.answers_as: str | None = None
        self.asked: list[str] = []
        self.buyers: list[str | None] = []
        self.broken: list[Exception] = []
        self.failed: Counter[str] = Counter()

    def adapter(self) -> Adapter:
        """Return what leads a session to this shop, to be mounted at its domain."""
        return Adapter(self.domain, self.port)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request as Shopify would, or fail as told."""
        fault = self.fault()
        self.failed.update([fault] if fault else [])
        if fault == "drop":
            handler.close_connection = True
            return
        try:
            status, body, headers = self._failed(fault) or self._answer(handler)
        except Exception as error:
            self.broken.append(error)
            raise
        if fault == "lost":
            handler.close_connection = True
            return
        _send(handler, status, body, headers)

    def _failed(self, fault: str | None) -> Answer | None:
        if fault == "error":
            return 502, {"errors": "Bad gateway"}, {}
        if fault == "busy":
            return 429, {"errors": "Too many requests"}, {"Retry-After": "1"}
        return (200, self._throttled(MOST_POINTS), {}) if fault == "throttled" else None

    def _answer(self, handler: BaseHTTPRequestHandler) -> Answer:
        if handler.path == "/admin/oauth/access_token":
            return *self.desk.answer(json.loads(handler.sent)), {}
        if handler.path.startswith("/bulk/"):
            return self.bulk.answer(handler)
        found = _PATH.fullmatch(handler.path)
        if found is None or found[2] not in schema.VERSIONS:
            return 404, {"errors": "Not Found"}, {}
        body = json.loads(handler.sent)
        version = {"X-Shopify-API-Version": self.answers_as or found[2]}
        serve_api = self._admin if found[1] == "admin/api" else self._storefront
        status, answer = serve_api(handler, found[2], body["query"], body.get("variables") or {})
        return status, answer, version

    def _admin(self, handler, version, text, variables) -> tuple[int, dict[str, Any]]:
        if not self.desk.knows(handler.headers.get("X-Shopify-Access-Token", "")):
            said = "[API] Invalid API key or access token (unrecognized login or wrong password)"
            return 401, {"errors": said}
        document = schema.checked(schema.ADMIN, version, text)
        if isinstance(document, list):
            return 200, _errors(document)
        cost = schema.cost_of(schema.ADMIN, version, text, variables)
        if cost > MOST_POINTS:
            return 200, _coded("MAX_COST_EXCEEDED", "Query cost is too high")
        if not self.bucket.take(cost):
            return 200, self._throttled(cost)
        if self._lacks(version, text):
            return 200, _coded("ACCESS_DENIED", "Access denied")
        self.asked.append(document.definitions[0].name.value)
        root = {**self.resolving.admin(), **self.bulk.root(version)}
        answer = _executed(schema.ADMIN, version, document, root, variables)
        spent = min(cost, 1 + _objects(answer.get("data")))
        self.bucket.give_back(cost - spent)
        return 200, {**answer, **self._cost(cost, spent)}

    def _storefront(self, handler, version, text, variables) -> tuple[int, dict[str, Any]]:
        private = handler.headers.get("Shopify-Storefront-Private-Token", "")
        public = handler.headers.get("X-Shopify-Storefront-Access-Token", "")
        self.buyers.append(handler.headers.get("Shopify-Storefront-Buyer-IP"))
        if private != self.storefront_token and public not in self.resolving.public_tokens:
            return 401, {"errors": [{"message": "", "extensions": {"code": "UNAUTHORIZED"}}]}
        document = schema.checked(schema.STOREFRONT, version, text)
        if isinstance(document, list):
            return 200, _errors(document)
        root = self.resolving.storefront()
        return 200, _executed(schema.STOREFRONT, version, document, root, variables)

    def _lacks(self, version: str, text: str) -> bool:
        given = set(self.resolving.scopes)
        given |= {scope.replace("write_", "read_", 1) for scope in given}
        needed = schema.needed_scopes(schema.ADMIN, version, text)
        return any(not any_of & given for any_of in needed)

    def _throttled(self, cost: float) -> dict[str, Any]:
        return {**_coded("THROTTLED", "Throttled"), **self._cost(cost, None)}

    def _cost(self, requested: float, actual: float | None) -> dict[str, Any]:
        status = self.bucket.status()
        points = {"requestedQueryCost": requested, "actualQueryCost": actual}
        return {"extensions": {"cost": {**points, "throttleStatus": status}}}


def _executed(api, version, document, root, variables) -> dict[str, Any]:
    published = schema.published(api, version).schema
    done = execute(published, document, root_value=root, variable_values=variables)
    return {"data": done.data} | (_errors(done.errors) if done.errors else {})


def _errors(errors: list[GraphQLError]) -> dict[str, Any]:
    """What the schema itself objects to is a fault of the connector, or of this stand-in."""
    return {"errors": [{"message": e.message, "extensions": {"code": "invalid"}} for e in errors]}


def _coded(code: str, message: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def _objects(data: Any) -> int:
    """Count the objects of an answer: what it really cost."""
    if isinstance(data, list):
        return sum(_objects(each) for each in data)
    return 1 + sum(_objects(each) for each in data.values()) if isinstance(data, dict) else 0


def _send(handler, status: int, body: dict[str, Any] | bytes, headers: dict[str, str]) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(HTTPStatus(status))
    for name, value in {**headers, "Content-Length": str(len(raw))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(raw)


@contextmanager
def running_stand_in(domain: str = "stand-in.myshopify.com") -> Generator[ShopifyStandIn]:
    """Serve a shop on a free port until the block ends."""
    shop = ShopifyStandIn(domain)
    schema.published(schema.ADMIN, "2026-10")
    with serve(shop.answer) as served:
        shop.port = served.port
        yield shop
        assert not shop.broken, f"the stand-in itself failed: {shop.broken}"
