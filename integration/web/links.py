"""What may be called next with what an answer shows: OpenAPI's links."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

MADE = "$response.body#/id"

PARENTS: Mapping[str, str] = MappingProxyType(
    {
        "experiences": "experienceId",
        "sequences": "sequenceId",
        "connections": "connectionId",
        "products": "productId",
        "audiences": "audienceId",
        "consumers": "consumerId",
        **dict.fromkeys(
            ("queues", "draws", "auctions", "timed-releases", "appointments"), "distributionId"
        ),
    }
)
"""By which name a body tells an object of a collection."""

HANDED_ON: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "/api/v1/auth/refresh": ("/api/v1/auth/guest", "refreshToken", "refreshToken"),
        "/api/v1/auth/external/exchange": (
            "/api/v1/auth/external/authorize",
            "exchangeCode",
            "exchangeCode",
        ),
        "/checkout/{code}": ("/api/v1/handoffs", "code", "code"),
    }
)
"""What is no object of a collection: to where, from where, its name there and here."""

AFTER_ENTERING = ("status", "leave", "cancel", "reschedule", "calendar.ics")
ENTRANCES = ("enter", "bid", "book")

Link = dict[str, Any]


class Links:
    """Adds to answers that make something the links to whatever goes on with it.

    A collection is the word before ``/{id}`` in a path: what ``POST …/queues`` makes goes
    into ``/admin/api/v1/queues/{line_id}`` and ``/api/v1/queues/{queue_id}/status`` alike.
    """

    def __init__(self) -> None:
        self._sources: dict[str, list[dict[str, Link]]] = {}
        self._targets: dict[str, dict[str, Link]] = {}

    def note(self, path: str, method: str, operation: dict[str, Any], body: Iterable[str]) -> None:
        """Take note of an operation that reads the fields of ``body``, and link it."""
        made = [each for status, each in operation["responses"].items() if str(status) == "201"]
        for answer in made if method == "post" else []:
            for name in _offers(path):
                answer.setdefault("links", {}).update(self._targets.get(name, {}))
                self._sources.setdefault(name, []).append(answer["links"])
        for name, given in _takes(path, set(body)):
            link = {"operationId": operation["operationId"], **given}
            self._targets.setdefault(name, {})[operation["operationId"]] = link
            for links in self._sources.get(name, []):
                links[operation["operationId"]] = link


def _offers(path: str) -> Iterator[str]:
    head, _, last = path.rpartition("/")
    if last in ENTRANCES:
        yield head.partition("{")[0] + "entered"
    elif "{" not in path:
        yield last
        yield path


def _takes(path: str, body: set[str]) -> Iterator[tuple[str, Link]]:
    words = path.strip("/").split("/")
    for collection, word in pairwise(words):
        if word.startswith("{"):
            yield collection, {"parameters": {word.strip("{}"): MADE}}
    for collection, name in PARENTS.items():
        if name in body:
            yield collection, {"requestBody": {name: MADE}}
    if words[-1] in AFTER_ENTERING and words[-2].startswith("{"):
        name = words[-2].strip("{}")
        here = {name: f"$request.path.{name}"}
        yield path.partition("{")[0] + "entered", {"parameters": here}
    if path in HANDED_ON:
        source, there, name = HANDED_ON[path]
        told = {name: f"$response.body#/{there}"}
        yield source, {"parameters" if "{" in path else "requestBody": told}
