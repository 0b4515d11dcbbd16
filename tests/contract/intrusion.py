"""Calls that name somebody else's objects, made up out of the OpenAPI document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Flask
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import text

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store.job_queue import QUEUES
from integration.store.models import Base
from tests.contract.world import World, make_world
from tests.jobs.support import drain
from tests.support.backoffice import post, product_of
from tests.support.launches import Merchant
from tests.support.people import authorize

LOOKS_LIKE_AN_ID = re.compile(r"(?:Id|Ids|Token|Code|Handle)\Z|\Acode\Z")
FIELDS = {
    "experienceId": "experiences",
    "sequenceId": "sequences",
    "distributionId": "queues",
    "productId": "products",
    "variantId": "variants",
    "connectionId": "connections",
    "audienceId": "audiences",
    "consumerId": "consumers",
    "consumerIds": "consumers",
    "slotId": "slots",
    "newSlotId": "slots",
    "admissionId": "admissions",
    "admissionToken": "tokens",
    "refreshToken": "refreshes",
    "exchangeCode": "exchanges",
}
"""Which of somebody's objects a field or a query names."""

ELSEWHERE = {("get", "/admin/api/v1/audit", "subject"): "experiences"}
"""Queries that name objects and do not sound like it."""

NOT_OURS = {
    *("externalId", "externalOrderId", "orderId", "groupId"),
    *("accessCode", "currencyCode", "countryCode", "languageCode", "code"),
}
"""What sounds like an id of ours: ids of the merchant's own, and codes that are no ids."""

PUBLIC = {
    *("/docs", "/docs/{name}", "/healthz", "/readyz", "/metrics", "/.well-known/jwks.json"),
    # The SDK's files are what every shop's page loads.
    "/sdk/{name}",
    # A line is the same for everybody; a shop's words and a code prove themselves.
    *("/api/v1/queues/{queue_id}/line", "/webhooks/{platform}/{connection_id}"),
    # A shop that agrees comes back with what was signed for it.
    *("/checkout/{code}", "/oauth/{platform}/{connection_id}"),
    "/oauth/{platform}/{connection_id}/returned",
}
"""Paths that ask for no key."""


KINDS = ("queues", "draws", "auctions", "timed-releases", "appointments", "waitlists")


class Place(NamedTuple):
    """Where a call names an object: in its path, its query or its body, and of which kind."""

    part: str
    name: str
    kind: str


@dataclass(frozen=True)
class Operation:
    """One operation of the document, which its whole is kept with."""

    method: str
    path: str
    said: dict[str, Any]
    document: dict[str, Any]

    @property
    def label(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def is_public(self) -> bool:
        return self.said["security"] == [{}]

    def shape(self) -> dict[str, Any]:
        """Return the schema of its JSON body; nothing where it reads none."""
        content = self.said.get("requestBody", {}).get("content", {})
        return self.resolved(content.get("application/json", {}).get("schema", {}))

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        name = schema.get("$ref", "").rpartition("/")[2]
        return self.document["components"]["schemas"][name] if name else schema

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield every query and every field, those inside others too, and where it stands."""
        for each in self.said.get("parameters", []):
            if each["in"] == "query":
                yield "query", each["name"]
        yield from self._fields(self.shape(), "body")

    def places(self) -> list[Place]:
        """Return where it names an object; ``KeyError`` for one that nobody has mapped."""
        words = self.path.strip("/").split("/")
        found = [
            Place("path", word.strip("{}"), collection)
            for collection, word in zip(["", *words], words, strict=False)
            if word.startswith("{")
        ]
        for part, name in self.names():
            kind = ELSEWHERE.get((self.method, self.path, name))
            if kind is None and LOOKS_LIKE_AN_ID.search(name) and name not in NOT_OURS:
                kind = FIELDS[name]
            if kind is not None and part != "inside":
                found.append(Place(part, name, kind))
            elif kind is not None:
                raise KeyError(name)
        return found

    def _fields(self, schema: dict[str, Any], part: str) -> Iterator[tuple[str, str]]:
        schema = self.resolved(schema)
        for name, inner in schema.get("properties", {}).items():
            yield part, name
            yield from self._fields(inner, "inside")
        for inner in [schema.get("items", {}), *schema.get("anyOf", [])]:
            if inner:
                yield from self._fields(inner, "inside")


def operations(document: dict[str, Any]) -> list[Operation]:
    """Return all operations of the document."""
    return [
        Operation(method, path, said, document)
        for path, verbs in document["paths"].items()
        for method, said in verbs.items()
        if isinstance(said, dict)
    ]


def settle_in(rt: Runtime, app: Flask, merchant: Merchant | None = None) -> World:
    """Return a world with whatever a call may name."""
    world = make_world(rt, app, merchant)
    client, owner, known = app.test_client(), world.merchant, world.known
    known["variants"] = product_of(client, owner, sku="V", variants=[{"sku": "V1"}])["variants"][0][
        "id"
    ]
    drain(rt)
    known["deliveries"] = post(client, owner, f"/webhooks/{known['webhooks']}/test", 202)["id"]
    run = client.post(
        "/api/imports/consumers",
        data="email\njim@example.com\n",
        content_type="text/csv",
        headers=owner.server,
    )
    assert run.status_code == 202, run.text
    known["imports"] = known["jobs"] = run.json["id"]
    members = {"consumerIds": [known["consumers"]]}
    post(client, owner, f"/audiences/{known['audiences']}/members", 200, **members)
    known["members"] = known["consumers"]
    known["tokens"] = world.told["admissionToken"]
    entries = f"/admin/api/v1/queues/{known['queues']}/participations"
    [entry] = client.get(entries, headers=owner.server).json["data"]
    known["admissions"] = entry["admissionId"]
    session = client.post("/api/v1/auth/guest", headers=owner.page).json
    copy = post(client, owner, f"/experiences/{known['experiences']}/duplicate")["id"]
    for kind in KINDS:
        query = f"/admin/api/v1/{kind}?experienceId={copy}"
        known[f"draft {kind}"] = client.get(query, headers=owner.server).json["data"][0]["id"]
    known["refreshes"] = session["refreshToken"]
    known["exchanges"] = authorize(client, owner, "jane").json["exchangeCode"]
    world.told |= {name: known[kind] for name, kind in FIELDS.items() if name != "consumerIds"}
    return world


def path_of(operation: Operation, world: World, place: Place | None) -> dict[str, str]:
    """Return one's own ids for the path; drafts where a body says what they belong to."""
    ids = world.path(operation.path)
    if operation.method != "patch" or place is None or place.part != "body":
        return ids
    [(name, _)] = ids.items()
    collection = operation.path.split("/")[-2]
    return {name: world.known.get(f"draft {collection}", ids[name])}


def forget_jobs(rt: Runtime) -> None:
    """Take away what is enqueued: whatever is done from now on was asked for from now on."""
    for name in QUEUES:
        Queue(name, connection=rt.valkey.client, serializer=JSONSerializer).empty()


def body_of(operation: Operation, world: World, *also: str) -> dict[str, Any]:
    """Return a body that the operation takes from this world's owner, with these fields too."""
    shape = operation.shape()
    fields = shape.get("properties", {})
    required = [name for name in fields if name in shape.get("required", ())]
    required += _needed(operation, fields, set(also) | set(required))
    if operation.method == "patch":
        required = (
            [] if also else [name for name in ("name", "fullName", "status") if name in fields]
        )
    return {name: _example(operation, world, name, fields[name]) for name in (*required, *also)}


def _needed(operation: Operation, fields: dict[str, Any], given: set[str]) -> list[str]:
    """Return what a body needs although its shape does not say so: one of several fields."""
    if operation.method != "post" or "/orders" in operation.path:
        return []
    needed = [name for name in ("settings", "credentials", "email") if name in fields]
    of_any = operation.path.startswith("/api/v1/admissions")
    subjects = {"admissionToken", "admissionId"} | (set() if of_any else {"consumerId"})
    if subjects & set(fields) and not subjects & given:
        own = of_any or "/queues/{line_id}" in operation.path
        needed.append("admissionToken" if own else "consumerId")
    return needed


def _example(operation: Operation, world: World, name: str, schema: dict[str, Any]) -> Any:
    if name in world.told and name not in NOT_OURS:
        return world.told[name]
    schema = operation.resolved(schema)
    if "enum" in schema or name in SAMPLES:
        return SAMPLES[name] if name in SAMPLES else schema["enum"][0]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return [_example(operation, world, "", schema["items"])]
    if kind == "object":
        inner = schema.get("properties", {})
        return {
            each: _example(operation, world, each, inner[each])
            for each in schema.get("required", ())
        }
    made = {"integer": max(1, schema.get("minimum", 1)), "number": 9.5, "boolean": False}
    return made.get(kind, "text")


SAMPLES: dict[str, Any] = {
    "currencyCode": "USD",
    "settings": {"shop": "shop"},
    "credentials": {"apiKey": "key"},
    "code": "123456",
    "seconds": 60,
    "pattern": "same_site",
}
"""What a field takes where its shape does not say so."""


def unknown(kind: str, known: str) -> str:
    """Return an id of the same form that nobody has."""
    return new_id(known.partition("_")[0]) if kind != "slots" else "slot_unknown"


def ids_of(rt: Runtime, tenant: Tenant) -> set[str]:
    """Return the ids of all that a tenant has."""
    found: set[str] = set()
    with rt.transaction() as tx:
        for table in _tenanted():
            for column in table.primary_key.columns:
                asked = f"SELECT {column.name}::text FROM {table.name} WHERE {MINE}"
                found |= set(tx.session.scalars(text(asked), tenant._asdict()))
    return {each for each in found if "_" in each}


def checksums(rt: Runtime, tenant: Tenant) -> dict[str, str]:
    """Return what tells any change of a tenant's rows, by table."""
    parts = [
        f"SELECT '{table.name}', md5(string_agg({ROW}, '' ORDER BY {ROW}))"
        f" FROM {table.name} AS t WHERE {MINE}"
        for table in _tenanted()
    ]
    parts.append(
        f"SELECT 'organization', md5({ROW}) FROM organization AS t WHERE id = :organization_id"
    )
    with rt.transaction() as tx:
        return dict(tx.session.execute(text(" UNION ALL ".join(parts)), tenant._asdict()).all())


MINE = "organization_id = :organization_id AND mode = :mode"
ROW = "md5((to_jsonb(t) - 'last_used_at')::text)"


def _tenanted() -> list[Any]:
    return [table for table in Base.metadata.sorted_tables if "mode" in table.columns]
