"""One entry, as its merchant handles it: let in, turned away, given more time."""

from typing import Any

from flask import Response

from integration.api.consumer.schemas.admissions import DenialBody, ExtendBody
from integration.api.consumer.schemas.status import StatusView
from integration.kernel.tenant import Caller
from integration.services import admissions, entries, extending, letting_in
from integration.store.named import Named
from integration.web.answers import json_answer
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.routes import Blueprint

blp = Blueprint(
    "admin_participations",
    __name__,
    url_prefix="/admin/api/v1/participations",
    description="Handle single entries",
)
WRITE = merchant("write:admissions")


@blp.endpoint(
    "POST",
    "/<entry_id>/admit",
    WRITE,
    answers={200: StatusView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def admit(caller: Caller, entry_id: str) -> Response:
    """Admit somebody who waits in a queue, out of turn; never beyond stock."""
    rt, tenant = runtime(), caller.tenant
    entry = entries.in_queue(rt, tenant, entry_id)
    [admitted] = letting_in.admit(rt, tenant, entry.distribution, entry.consumer_id)
    return json_answer(admitted)


@blp.endpoint(
    "POST",
    "/<entry_id>/deny",
    WRITE,
    body=DenialBody,
    answers={200: StatusView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def deny(caller: Caller, body: dict[str, Any], entry_id: str) -> Response:
    """Turn somebody away, waiting or admitted."""
    rt, tenant = runtime(), caller.tenant
    entry = entries.latest(rt, tenant, entry_id)
    named = Named(entry.distribution, entry.consumer_id)
    return json_answer(admissions.deny(rt, tenant, named, body["reason"]))


@blp.endpoint(
    "POST",
    "/<entry_id>/extend",
    WRITE,
    body=ExtendBody,
    answers={200: StatusView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def extend(caller: Caller, body: dict[str, Any], entry_id: str) -> Response:
    """Give somebody who was admitted more time, once."""
    rt, tenant = runtime(), caller.tenant
    entry = entries.latest(rt, tenant, entry_id)
    named = Named(entry.distribution, entry.consumer_id)
    return json_answer(extending.extend(rt, tenant, named, body["seconds"]))
