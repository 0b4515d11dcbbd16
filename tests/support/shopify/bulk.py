"""Bulk operations of the stand-in: a document is executed whole, and its nodes become lines."""

import itertools
import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from graphql import execute

from tests.support.shopify import schema
from tests.support.shopify.resolving import field

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class BulkFiles:
    """Written when asked for; ``polls`` is how often somebody must look until one is ready.

    Unless ``at_once``, a file is written while whoever asked for it is answered.
    """

    def __init__(self, shop: Any) -> None:
        self._shop = shop
        self._writer = ThreadPoolExecutor(1)
        self.at_once = True
        self.polls = 0
        self.at_most = 5
        self.ends_as, self.error = "COMPLETED", None
        self.operations: dict[str, dict[str, Any]] = {}
        self._files: dict[str, Future[bytes]] = {}
        self._numbers = itertools.count(1)

    def root(self, version: str) -> dict[str, Any]:
        """Return the fields of the Admin API that are about bulk operations."""
        return {
            "bulkOperationRunQuery": field(lambda given: self._run(version, given["query"])),
            "bulkOperation": field(lambda given: self._look(given["id"])),
        }

    def answer(self, handler: Any) -> tuple[int, bytes, dict[str, str]]:
        """Serve a file, in parts where those are asked for."""
        body = self._files[handler.path].result()
        asked = _RANGE.fullmatch(handler.headers.get("Range", ""))
        if asked is None:
            return 200, body, {}
        start, end = int(asked[1]), min(int(asked[2]) + 1, len(body))
        return 206, body[start:end], {"Content-Range": f"bytes {start}-{end - 1}/{len(body)}"}

    def _run(self, version: str, text: str) -> dict[str, Any]:
        running = [each for each in self.operations.values() if each["status"] == "RUNNING"]
        if len(running) >= self.at_most:
            problem = {"code": "LIMIT_REACHED", "message": "too many", "field": ["query"]}
            return {"bulkOperation": None, "userErrors": [problem]}
        number = next(self._numbers)
        id_, path = f"gid://shopify/BulkOperation/{number}", f"/bulk/{number}.jsonl"
        self._files[path] = self._writer.submit(self._written, version, text)
        if self.at_once:
            self._files[path].result()
        operation = {
            "id": id_,
            "status": "RUNNING",
            "errorCode": None,
            "createdAt": self._shop.stock.now(),
            "url": None,
            "fileSize": None,
            "left": self.polls,
            "path": path,
        }
        self.operations[id_] = operation
        return {"bulkOperation": operation, "userErrors": []}

    def _look(self, id_: str) -> dict[str, Any] | None:
        operation = self.operations.get(id_)
        if operation is None:
            return None
        file = self._files[operation["path"]]
        if operation["status"] == "RUNNING" and operation["left"] <= 0 and file.done():
            body = file.result()
            operation["status"], operation["errorCode"] = self.ends_as, self.error
            operation["fileSize"] = len(body)
            operation["url"] = f"https://{self._shop.domain}{operation['path']}" if body else None
        operation["left"] -= 1
        return operation

    def _written(self, version: str, text: str) -> bytes:
        document = schema.checked(schema.ADMIN, version, text)
        assert not isinstance(document, list), document
        published = schema.published(schema.ADMIN, version).schema
        done = execute(published, document, root_value=self._shop.resolving.admin())
        assert not done.errors, done.errors
        [found] = done.data.values()
        lines = [line for edge in found["edges"] for line in _lines(edge["node"], None)]
        return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def _lines(node: dict[str, Any], parent: str | None) -> list[dict[str, Any]]:
    own, children = {}, []
    for name, value in node.items():
        if isinstance(value, dict) and "edges" in value:
            children += [line for e in value["edges"] for line in _lines(e["node"], node["id"])]
        else:
            own[name] = value
    return [own | ({"__parentId": parent} if parent else {}), *children]
