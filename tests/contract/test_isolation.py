"""Another organization's and the other mode's ids, tried on every route of the document."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from tests.contract.intrusion import (
    PUBLIC,
    Operation,
    Place,
    body_of,
    checksums,
    forget_jobs,
    ids_of,
    operations,
    path_of,
    settle_in,
    unknown,
)
from tests.contract.world import World, make_world
from tests.jobs.support import drain
from tests.support.launches import make_merchant

SECRETS = ("tokens", "refreshes", "exchanges")
"""What proves something by itself: the contract says 401, or that it proves nothing here."""

CSV = {True: "sku,name,price\nS1,Shoe,9.50\n", False: "email\njo@example.com\n"}
"""A list of products, or of people."""

ORDER = [
    re.compile(pattern)
    for pattern in (
        "GET",
        "PATCH",
        r"POST (?!.*/(close|end|leave|deny|revoke|settle|run|logout)$)",
        "POST (?!.*/logout$)",
        "DELETE .*/(leave|cancel|members/.*)$",
        "POST",
        "DELETE (?!.*/({experience_id}|{sequence_id})$)",
        "DELETE .*/{sequence_id}$",
        "DELETE",
    )
]
"""What is called first, so that there is something left to call."""

SAYS_LATER = ("/orders", "/auth/logout")
"""An order is judged by its job; logging out says nothing of whether there was a session."""

GOOD = {200, 201, 202, 204, 409}
"""What comes of a call that is good in itself; its state may be against it."""

PAIRS = ["another organization", "the test mode", "the live mode"]


class Attempt(NamedTuple):
    """A call that names somebody else's object in one place, and what it came to."""

    operation: Operation
    place: Place
    answer: Any
    unknown: Any


@pytest.fixture
def document(client) -> dict[str, Any]:
    return client.get("/openapi.json").json


def is_first(operation: Operation) -> bool:
    """Leave out the second address of a route that has two."""
    return operation.path.startswith(("/api/", "/admin/"))


def send(world: World, operation: Operation, ids: dict[str, str], query=None, body=None):
    """Call an operation as this world's owner, or as somebody who takes part in it."""
    path, more = operation.path, {}
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    content = operation.said.get("requestBody", {}).get("content", {})
    if "text/csv" in content and "application/json" not in content:
        more = {"data": CSV[operation.path.endswith("/products")], "content_type": "text/csv"}
    elif content or operation.method != "get":
        more = {"json": body or {}}
    return world.app.test_client().open(
        path,
        method=operation.method,
        query_string=query,
        headers=world.headers(operation.said["security"]),
        **more,
    )


def attempt(world: World, operation: Operation, place: Place, value: str):
    """Call it with everything one's own but this one id."""
    ids = path_of(operation, world, place)
    if place.part == "path":
        return send(world, operation, ids | {place.name: value}, body=body_of(operation, world))
    if place.part == "query":
        return send(world, operation, ids, query={place.name: value})
    many = place.name.endswith("Ids")
    body = body_of(operation, world, place.name) | {place.name: [value] if many else value}
    return send(world, operation, ids, body=body)


def attempts(
    attacker: World, victim: World, document, *, compared: bool, spared: str
) -> Iterator[Attempt]:
    """Yield every call; ``compared`` with the same about what nobody has."""
    # Whoever logs out can call no more.
    for operation in sorted(operations(document), key=lambda each: "logout" in each.path):
        for place in [] if operation.is_public else operation.places():
            if place.kind == spared:
                continue
            theirs = victim.known[place.kind]
            told = attempt(attacker, operation, place, theirs)
            nobodys = None
            if compared and place.kind not in SECRETS:
                nobodys = attempt(attacker, operation, place, unknown(place.kind, theirs))
            yield Attempt(operation, place, told, nobodys)


def is_refused(found: Attempt) -> bool:
    """Tell whether the call came to what the contract says of an id that names nothing."""
    status, place, path = found.answer.status_code, found.place, found.operation.path
    if path.endswith("/validate") and place.part == "body":
        return status == 200 and found.answer.json["valid"] is False
    if place.kind in SECRETS:
        return status in {400, 401, 404} or path.endswith(SAYS_LATER)
    if place.part == "query":
        return status == 404 or (status == 200 and found.answer.json.get("data", []) == [])
    return status == 404 or (status == 409 and place.kind == "slots")


def same(found: Attempt) -> bool:
    """Tell whether nobody can tell somebody's id from nobody's."""
    if found.unknown is None:
        return True
    passing = {"requestId": "", "remainingSeconds": 0}
    one, other = ({**(each.json or {}), **passing} for each in (found.answer, found.unknown))
    return (found.answer.status_code, one) == (found.unknown.status_code, other)


@pytest.mark.parametrize("pair", PAIRS)
def test_nobody_reads_or_changes_what_is_somebody_elses(rt, app, document, pair):
    first = settle_in(rt, app)
    other = None if pair == PAIRS[0] else make_merchant(rt, "test", of=first.merchant)
    second = settle_in(rt, app, other)
    attacker, victim = (first, second) if pair == "the test mode" else (second, first)
    forget_jobs(rt)
    tenant, wrong = victim.merchant.tenant, []
    before, secrets = checksums(rt, tenant), ids_of(rt, tenant)
    # A live key looks after the keys of the test mode: that is how those come to be.
    spared = "api-keys" if pair == "the test mode" else ""

    for found in attempts(attacker, victim, document, compared=pair == PAIRS[0], spared=spared):
        after, sent = checksums(rt, tenant), victim.known[found.place.kind]
        leaked = [each for each in secrets if each in found.answer.text and each != sent]
        if after != before or leaked or not is_refused(found) or not same(found):
            changed = {name for name in after if after[name] != before[name]}
            wrong.append((found.operation.label, found.place, found.answer.text, changed, leaked))
        before = after
    drain(rt)

    assert checksums(rt, tenant) == before
    assert not wrong, "\n".join(map(str, wrong))


def test_every_place_that_names_an_object_is_known(document):
    unmapped = []

    for operation in operations(document):
        try:
            operation.places()
        except KeyError as error:
            unmapped.append((operation.label, error.args[0]))

    assert unmapped == []
    public = {each.path for each in operations(document) if each.is_public}
    assert public == PUBLIC


def test_the_calls_are_good_where_everything_in_them_is_ones_own(rt, app, document):
    world = settle_in(rt, app)
    known = [each for each in operations(document) if not each.is_public and is_first(each)]
    known.sort(key=lambda each: [bool(step.match(each.label)) for step in ORDER].index(True))
    refused = []

    for operation in known:
        body = body_of(operation, world)
        answer = send(world, operation, path_of(operation, world, None), body=body)
        if answer.status_code not in GOOD and "INVALID_OTP" not in answer.text:
            refused.append((operation.label, body, answer.text))

    assert not refused, "\n".join(map(str, refused))


def test_a_session_is_good_with_keys_of_its_own_organization_and_mode_alone(rt, app, document):
    mine = make_world(rt, app)
    others = [make_world(rt, app), make_world(rt, app, make_merchant(rt, "test", of=mine.merchant))]
    taken = []

    for operation in operations(document):
        if "consumerToken" in operation.said["security"][0]:
            for key, token in [pair for other in others for pair in ((mine, other), (other, mine))]:
                mixed = replace(key, consumer=token.consumer | key.merchant.page)
                answer = send(mixed, operation, key.path(operation.path))
                if (answer.status_code, answer.json["error"]) != (401, "Authentication required"):
                    taken.append((operation.label, answer.text))

    assert taken == []
