"""The secret rows: what a merchant's server does with entries and admissions."""

from typing import Any

from flask import Response, request

from integration.api.consumer.queues import fingerprint
from integration.api.consumer.schemas.admissions import (
    AdmitBody,
    AdmittedView,
    CompleteAnyBody,
    CompleteBody,
    DenyAnyBody,
    DenyBody,
    ValidateAnyBody,
    ValidateBody,
    ValidityView,
)
from integration.api.consumer.schemas.status import StatusView
from integration.kernel.tenant import Caller
from integration.services import admissions, letting_in, queues, validation
from integration.services.admissions import Paid
from integration.services.validation import Validity
from integration.store.named import Named
from integration.web.answers import json_answer
from integration.web.guard import runtime, secret_row
from integration.web.idempotency import Keyed
from integration.web.routes import Blueprint

blp = Blueprint(
    "admissions", __name__, url_prefix="/api/v1", description="Admissions, for your server"
)

READ = secret_row("read:admissions")
WRITE = secret_row("write:admissions")


@blp.endpoint(
    "POST",
    "/queues/<queue_id>/admit",
    WRITE,
    body=AdmitBody,
    answers={200: AdmittedView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def admit_to_queue(caller: Caller, body: dict[str, Any], queue_id: str) -> Response:
    """Admit a consumer out of turn, or the next so many; never beyond stock."""
    rt, tenant = runtime(), caller.tenant
    queue = queues.find(rt, tenant, queue_id)
    if "count" in body:
        return json_answer({"admitted": letting_in.admit_next(rt, tenant, queue, body["count"])})
    return json_answer({"admitted": letting_in.admit(rt, tenant, queue, body["consumer_id"])})


@blp.endpoint(
    "POST",
    "/queues/<queue_id>/complete",
    WRITE,
    body=CompleteBody,
    answers={200: StatusView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def complete_in_queue(caller: Caller, body: dict[str, Any], queue_id: str) -> Response:
    """Complete an admission, by the order that it led to."""
    return _complete(caller, body, _in_queue(caller, queue_id, body))


@blp.endpoint(
    "POST",
    "/queues/<queue_id>/deny",
    WRITE,
    body=DenyBody,
    answers={200: StatusView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def deny_in_queue(caller: Caller, body: dict[str, Any], queue_id: str) -> Response:
    """Turn a consumer away, waiting or admitted."""
    return _deny(caller, body, _in_queue(caller, queue_id, body))


@blp.endpoint(
    "POST",
    "/queues/<queue_id>/validate",
    READ,
    body=ValidateBody,
    answers={200: ValidityView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def validate_in_queue(caller: Caller, body: dict[str, Any], queue_id: str) -> Validity:
    """Say whether an admission token is good for this queue now."""
    return _validate(caller, body, _in_queue(caller, queue_id, body))


@blp.endpoint(
    "POST",
    "/admissions/complete",
    WRITE,
    body=CompleteAnyBody,
    answers={200: StatusView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def complete_any(caller: Caller, body: dict[str, Any]) -> Response:
    """Complete an admission of any kind."""
    return _complete(caller, body, _named(body))


@blp.endpoint(
    "POST",
    "/admissions/deny",
    WRITE,
    body=DenyAnyBody,
    answers={200: StatusView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def deny_any(caller: Caller, body: dict[str, Any]) -> Response:
    """End an admission of any kind; what it held comes back."""
    return _deny(caller, body, _named(body))


@blp.endpoint(
    "POST",
    "/admissions/validate",
    READ,
    body=ValidateAnyBody,
    answers={200: ValidityView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def validate_any(caller: Caller, body: dict[str, Any]) -> Validity:
    """Say whether an admission of any kind is good now."""
    return _validate(caller, body, _named(body))


def _in_queue(caller: Caller, queue_id: str, body: dict[str, Any]) -> Named:
    queue = queues.find(runtime(), caller.tenant, queue_id)
    return Named(queue, body.get("consumer_id"), body.get("admission_token"))


def _named(body: dict[str, Any]) -> Named:
    return Named(token=body.get("admission_token"), admission_id=body.get("admission_id"))


def _complete(caller: Caller, body: dict[str, Any], named: Named) -> Response:
    paid = Paid(body["order_id"], body["order_amount"]) if body["order_id"] else None
    return json_answer(admissions.complete(runtime(), caller.tenant, named, paid))


def _deny(caller: Caller, body: dict[str, Any], named: Named) -> Response:
    return json_answer(admissions.deny(runtime(), caller.tenant, named, body["reason"]))


def _validate(caller: Caller, body: dict[str, Any], named: Named) -> Validity:
    shown = body["fingerprint"] or fingerprint(request.headers.get("X-Fingerprint"))
    return validation.validate(runtime(), caller.tenant, named, body["consumer_id"], shown)
