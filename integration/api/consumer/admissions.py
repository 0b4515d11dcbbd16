"""The secret rows: what a merchant's server does with entries and admissions."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from marshmallow import Schema

from integration.api.consumer.entries import FINGERPRINT_HEADER, fingerprint
from integration.api.consumer.schemas.admissions import (
    AdmitBody,
    AdmittedView,
    CompleteAnyBody,
    CompleteBody,
    DenyAnyBody,
    DenyBody,
    ExtendAnyBody,
    ValidateAnyBody,
    ValidateBody,
    ValidityView,
)
from integration.api.consumer.schemas.status import StatusView
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import admissions, extending, letting_in, lines, validation
from integration.services.admissions import Paid
from integration.services.validation import Validity
from integration.store.named import Named
from integration.web.answers import json_answer
from integration.web.guard import Guard, runtime, secret_row
from integration.web.idempotency import Keyed
from integration.web.routes import Blueprint, View

blp = Blueprint(
    "admissions", __name__, url_prefix="/api/v1", description="Admissions, for your server"
)

PATHS = {
    DistributionType.QUEUE: "queues",
    DistributionType.DRAW: "draws",
    DistributionType.AUCTION: "auctions",
    DistributionType.TIMED_RELEASE: "timed-releases",
    DistributionType.APPOINTMENT: "appointments",
}
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
    queue = lines.find(rt, tenant, DistributionType.QUEUE, queue_id)
    if "count" in body:
        return json_answer({"admitted": letting_in.admit_next(rt, tenant, queue, body["count"])})
    return json_answer({"admitted": letting_in.admit(rt, tenant, queue, body["consumer_id"])})


def secret_rows(kind: DistributionType, path: str) -> None:
    """Add ``complete``, ``deny`` and ``validate`` for distributions of this kind."""

    def row(
        verb: str, guard: Guard, body: type[Schema], answer: type[Schema]
    ) -> Callable[[View], View]:
        return blp.endpoint(
            "POST",
            f"/{path}/<line_id>/{verb}",
            guard,
            body=body,
            answers={200: answer},
            limit="server",
            keyed=Keyed.WITH_EFFECT,
            headers=[FINGERPRINT_HEADER] if verb == "validate" else [],
            name=f"{verb}_in_{kind}",
        )

    @row("complete", WRITE, CompleteBody, StatusView)
    def complete(caller: Caller, body: dict[str, Any], line_id: str) -> Response:
        """Complete an admission, by the order that it led to."""
        return _complete(caller, body, _within(caller, kind, line_id, body))

    @row("deny", WRITE, DenyBody, StatusView)
    def deny(caller: Caller, body: dict[str, Any], line_id: str) -> Response:
        """Turn a consumer away, waiting or admitted."""
        return _deny(caller, body, _within(caller, kind, line_id, body))

    @row("validate", READ, ValidateBody, ValidityView)
    def validate(caller: Caller, body: dict[str, Any], line_id: str) -> Validity:
        """Say whether an admission token is good for this distribution now."""
        return _validate(caller, body, _within(caller, kind, line_id, body))


for each, its_path in PATHS.items():
    secret_rows(each, its_path)


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
    headers=[FINGERPRINT_HEADER],
)
def validate_any(caller: Caller, body: dict[str, Any]) -> Validity:
    """Say whether an admission of any kind is good now."""
    return _validate(caller, body, _named(body))


@blp.endpoint(
    "POST",
    "/admissions/extend",
    WRITE,
    body=ExtendAnyBody,
    answers={200: StatusView},
    limit="server",
    keyed=Keyed.WITH_EFFECT,
)
def extend_any(caller: Caller, body: dict[str, Any]) -> Response:
    """Give an admission of an extendable distribution more time, once."""
    shown = extending.extend(runtime(), caller.tenant, _named(body), body["seconds"])
    return json_answer(shown)


def _within(caller: Caller, kind: DistributionType, line_id: str, body: dict[str, Any]) -> Named:
    line = lines.find(runtime(), caller.tenant, kind, line_id)
    return Named(line, body.get("consumer_id"), body.get("admission_token"))


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
