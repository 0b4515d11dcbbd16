"""A real Vendure on the embedded Postgres, bound to loopback, for as long as the tests run."""

import json
import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from psycopg.conninfo import conninfo_to_dict

from tests.support.databases import plain
from tests.support.node import node_bin, stop
from tests.support.npm import installed
from tests.support.shops import prepare

HERE = Path(__file__).parent
PASSWORD = "only-for-tests-0123456789abcdef"
PREPARE_SECONDS = 120


class VendureShop:
    """The running shop, and what its merchant does in it."""

    def __init__(self, url: str, database_url: str, webhook_file: Path) -> None:
        self.url, self.database_url = url, database_url
        self._webhook_file = webhook_file
        self._token = ""
        self._numbers = iter(range(1, 1_000_000))
        signed_in = self._post(
            'mutation($p: String!) { login(username: "root", password: $p) { __typename } }',
            {"p": PASSWORD},
        )
        self._token = signed_in.headers["vendure-auth-token"]

    def admin(self, document: str, **variables: Any) -> dict[str, Any]:
        """Ask the Admin API as its administrator."""
        body = self._post(document, variables).json()
        assert "errors" not in body, body
        return body["data"]

    def post_webhooks_to(self, url: str | None, secret: str) -> None:
        """Let the plugin post there from now on; None is nowhere."""
        fresh = self._webhook_file.with_suffix(".new")
        fresh.write_text(json.dumps({"url": url, "secret": secret} if url else {}))
        fresh.replace(self._webhook_file)

    def new_api_key(self, *permissions: str) -> str:
        """Return the key of a role that may do just this."""
        number = next(self._numbers)
        channel = self.admin("{ activeChannel { id } }")["activeChannel"]["id"]
        role = self.admin(
            "mutation($input: CreateRoleInput!) { createRole(input: $input) { id } }",
            input={
                "code": f"role-{number}",
                "description": "of a key",
                "permissions": list(permissions),
                "channelIds": [channel],
            },
        )["createRole"]["id"]
        return self.admin(
            "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey } }",
            input={"roleIds": [role], "translations": [_english(name=f"key {number}")]},
        )["createApiKey"]["apiKey"]

    def add_product(self, sku: str, *, name: str = "Thing", price: int = 1000) -> dict[str, str]:
        """Put a product with one variant on sale, and return its and the variant's id."""
        product = self.admin(
            "mutation($input: CreateProductInput!) { createProduct(input: $input) { id } }",
            input={"translations": [_english(name=name, slug=sku.lower(), description="")]},
        )["createProduct"]["id"]
        created = self.admin(
            "mutation($input: [CreateProductVariantInput!]!)"
            "{ createProductVariants(input: $input) { id } }",
            input=[
                {
                    "productId": product,
                    "sku": sku,
                    "price": price,
                    "stockOnHand": 100,
                    "translations": [_english(name=name)],
                }
            ],
        )["createProductVariants"]
        return {"product": product, "variant": created[0]["id"]}

    def rename_product(self, product: str, name: str) -> None:
        """Change a product, so that it counts as changed now."""
        self.admin(
            "mutation($input: UpdateProductInput!) { updateProduct(input: $input) { id } }",
            input={"id": product, "translations": [_english(name=name)]},
        )

    def change_variant(self, variant: str, **changes: Any) -> None:
        """Change a variant's price or stock."""
        self.admin(
            "mutation($input: [UpdateProductVariantInput!]!)"
            "{ updateProductVariants(input: $input) { id } }",
            input=[{"id": variant, **changes}],
        )

    def delete_product(self, product: str) -> None:
        """Take a product out of the shop."""
        self.admin("mutation($id: ID!) { deleteProduct(id: $id) { result } }", id=product)

    def add_customer(self, email: str, password: str | None = None) -> str:
        """Register a customer, one who can sign in if a password is given; return the id."""
        created = self.admin(
            "mutation($input: CreateCustomerInput!, $password: String)"
            "{ createCustomer(input: $input, password: $password) { ... on Customer { id } } }",
            input={"emailAddress": email, "firstName": "Ada", "lastName": "Byron"},
            password=password,
        )
        return created["createCustomer"]["id"]

    def settle(self, code: str) -> None:
        """Capture the payment of an order."""
        payment = self._order(code)["payments"][0]["id"]
        self.admin("mutation($id: ID!) { settlePayment(id: $id) { __typename } }", id=payment)

    def cancel(self, code: str) -> None:
        """Cancel an order."""
        self.admin(
            "mutation($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename } }",
            input={"orderId": self._order(code)["id"], "cancelShipping": True},
        )

    def _order(self, code: str) -> dict[str, Any]:
        found = self.admin(
            "query($code: String!) { orders(options: {filter: {code: {eq: $code}}})"
            "{ items { id payments { id } } } }",
            code=code,
        )
        return found["orders"]["items"][0]

    def _post(self, document: str, variables: dict[str, Any]) -> requests.Response:
        return requests.post(
            f"{self.url}/admin-api",
            json={"query": document, "variables": variables},
            headers={"Authorization": f"Bearer {self._token}"} if self._token else {},
            timeout=30,
        )


@contextmanager
def running_shop(database_url: str, folder: Path) -> Generator[VendureShop]:
    """Fill an empty database with a shop, and serve it."""
    node = node_bin() / "node"
    webhook_file = folder / "webhook.json"
    webhook_file.write_text("{}")
    environment = {
        "PATH": os.defpath,
        "NODE_PATH": str(installed(HERE)),
        "NODE_ENV": "production",
        "TZ": "UTC",
        "VENDURE_DISABLE_TELEMETRY": "true",
        "SHOP_DATABASE": json.dumps(_for_node(database_url)),
        "SHOP_PASSWORD": PASSWORD,
        "SHOP_WEBHOOK_FILE": str(webhook_file),
    }
    prepare([node, HERE / "populate.js"], environment, seconds=PREPARE_SECONDS)
    with (folder / "vendure.log").open("w+") as log:
        server = subprocess.Popen(
            [node, HERE / "server.js"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            url = f"http://127.0.0.1:{_port(server, log)}"
            yield VendureShop(url, database_url, webhook_file)
        finally:
            stop(server)


def _for_node(database_url: str) -> dict[str, Any]:
    """Write our database's address as node-postgres takes it."""
    found = conninfo_to_dict(plain(database_url))
    return {
        "host": found["host"],
        "port": int(found["port"]),
        "username": found["user"],
        "database": found["dbname"],
    }


def _port(server: subprocess.Popen, log) -> int:
    """Wait for the line with the address that the server prints when it is ready."""
    for line in server.stdout:
        if line.startswith('{"address"'):
            return json.loads(line)["port"]
    log.seek(0)
    raise AssertionError(f"Vendure did not start:\n{log.read()[-3000:]}")


def _english(**texts: str) -> dict[str, str]:
    return {"languageCode": "en", **texts}
