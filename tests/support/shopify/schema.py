"""Shopify's own schemas: what is valid, what it costs, and which scopes it needs."""

import gzip
import json
from functools import cache
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_client_schema,
    get_named_type,
    is_leaf_type,
    parse,
    validate,
    value_from_ast_untyped,
    visit,
)

from tests.support.shopify.packages import schemas

VERSIONS = ("2026-07", "2026-10")
ADMIN = "admin"
STOREFRONT = "storefront-graphql"
FUNCTION = "functions_cart_checkout_validation"

CONNECTION_POINTS, MUTATION_POINTS = 2, 10


class Published(NamedTuple):
    """One API in one version; ``scopes`` says for types and fields what any of is needed."""

    schema: GraphQLSchema
    scopes: dict[tuple[str, str | None], frozenset[str]]


@cache
def published(api: str, version: str) -> Published:
    """Return an API as Shopify publishes it."""
    packed = (schemas() / f"{api}_{version}.json.gz").read_bytes()
    found = json.loads(gzip.decompress(packed))
    # Shopify deprecates fields that an interface of theirs does not: valid for them.
    schema = build_client_schema(found["data"], assume_valid=True)
    # What no document of ours uses, and graphql-core would not execute beside.
    schema.directives = tuple(d for d in schema.directives if d.name not in {"defer", "stream"})
    items = found.get("offline_scopes", {}).get("items", [])
    scopes = {
        (item["typeName"], item.get("fieldName")): frozenset(item["offlineScopes"])
        for item in items
        if item["offlineScopes"]
    }
    return Published(schema, scopes)


@cache
def checked(api: str, version: str, text: str) -> DocumentNode | list[GraphQLError]:
    """Return a document that is valid there, or what is wrong with it."""
    document = parse(text)
    return validate(published(api, version).schema, document) or document


def needed_scopes(api: str, version: str, text: str) -> set[frozenset[str]]:
    """Return for each thing that a document selects the scopes, one of which it needs."""
    schema, scopes = published(api, version)
    info, found = TypeInfo(schema), set()

    class Reader(Visitor):
        def enter_field(self, node, *_):
            parent, kind = info.get_parent_type(), get_named_type(info.get_type())
            for key in ((parent.name, node.name.value), (kind.name, None)):
                if key in scopes:
                    found.add(scopes[key])

    visit(parse(text), TypeInfoVisitor(info, Reader()))
    return found


def cost_of(api: str, version: str, text: str, variables: dict[str, Any]) -> int:
    """Return what a document is asked to cost before it runs, by Shopify's rule."""
    schema = published(api, version).schema
    operation = parse(text).definitions[0]
    root = schema.mutation_type if operation.operation is OperationType.MUTATION else None
    points = MUTATION_POINTS if root else 0
    return points + _cost(operation, root or schema.query_type, schema, variables)


def _cost(node, parent, schema, variables) -> int:
    """A connection costs its nodes as often as it is long; each node is a point itself."""
    total = 0
    for field in node.selection_set.selections:
        name = field.name.value
        kind = None if name.startswith("__") else get_named_type(parent.fields[name].type)
        if kind is None or is_leaf_type(kind) or name == "pageInfo":
            continue
        inner = _cost(field, kind, schema, variables)
        if kind.name.endswith("Connection"):
            first = next((arg.value for arg in field.arguments if arg.name.value == "first"), None)
            length = value_from_ast_untyped(first, variables) if first else 1
            total += CONNECTION_POINTS + length * inner
        elif name == "edges":
            total += inner
        else:
            total += 1 + inner
    return total
