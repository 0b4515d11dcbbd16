"""What every answer must be, whoever asked whatever, as Schemathesis checks it."""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, Response
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

ERRORS = {
    400: {"Validation failed", "Consumer ID is required"},
    401: {"Authentication required", "Secret key required", "Invalid code"},
    403: {"Permission denied", "Fingerprint required", "Too many entries from this device"},
    405: {"Method not allowed"},
    409: {"Conflict"},
    410: {"Gone"},
    412: {"Precondition failed"},
    413: {"Request too large"},
    415: {"Unsupported media type"},
    422: {"Idempotency key reused"},
    429: {"Rate limit exceeded"},
    503: {"Service unavailable"},
}
KINDS = ("Queue", "Draw", "Timed release", "Auction", "Appointment")
ERRORS[400] |= {f"{kind} is closed" for kind in (*KINDS, "Waitlist")}
ERRORS[400] |= {"Bid must be higher than current bid", "Bid must meet minimum increment"}
ERRORS[423] = {f"{kind} is not open yet" for kind in KINDS}
ERRORS[429] |= {f"{kind} is full" for kind in KINDS}
NOT_FOUND = ("not found", "Not found", "Consumer not in ")
PAGES = "/checkout/"


def says_what_the_contract_says(_: CheckContext, response: Response, case: Case) -> None:
    """Section 1: the error table, whole seconds to wait, nothing stored."""
    if "json" in response.headers.get("content-type", [""])[0] and response.status_code >= 400:
        body = response.json()
        told = ERRORS.get(response.status_code, set())
        missing = response.status_code == 404 and any(part in body["error"] for part in NOT_FOUND)
        assert missing or body["error"] in told, (case.operation.label, body)
        assert body["code"] == body["code"].upper(), body
        assert body["message"], body
        if response.status_code in {423, 429, 503}:
            assert int(response.headers["retry-after"][0]) >= 1, body
    if case.path.startswith("/api/v1/") and not case.path.endswith("/line"):
        assert response.headers["cache-control"] == ["no-store"], case.operation.label


CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    schemathesis.check(says_what_the_contract_says),
]
