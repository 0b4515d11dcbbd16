"""Entering, leaving, asking: the same three routes for every kind that people wait in."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from integration.api.consumer.schemas.status import StatusView
from integration.engine.kinds import DistributionType
from integration.kernel.errors import Detail, ValidationFailed
from integration.kernel.tenant import Caller
from integration.services import lines
from integration.services.lines import Shown
from integration.web import limits
from integration.web.answers import json_answer
from integration.web.guard import CONSUMER_ACTION, Guard, runtime
from integration.web.routes import Blueprint

FINGERPRINT = re.compile(r"fp_[\x21-\x7e]{5,125}\Z")
FINGERPRINT_HEADER: Mapping[str, Any] = {
    "in": "header",
    "name": "X-Fingerprint",
    "schema": {"type": "string", "pattern": "^fp_[!-~]{5,125}$"},
    "description": "Tells one device from another; stored hashed.",
}
ENTERED: dict[int, Any] = {201: StatusView, 200: StatusView}


def entry_routes(blp: Blueprint, kind: DistributionType, guard: Guard = CONSUMER_ACTION) -> None:
    """Add ``/<line_id>/enter``, ``/leave`` and ``/status`` for distributions of this kind."""

    @blp.endpoint("POST", "/<line_id>/enter", guard, answers=ENTERED, headers=[FINGERPRINT_HEADER])
    def enter(caller: Caller, line_id: str) -> Response:
        """Enter; 200 with the entry as it stands, if there is one."""
        device = fingerprint(request.headers.get("X-Fingerprint"))
        return show_entry(lines.enter(runtime(), caller, kind, line_id, device))

    standing_routes(blp, kind, guard)


def standing_routes(blp: Blueprint, kind: DistributionType, guard: Guard = CONSUMER_ACTION) -> None:
    """Add ``/<line_id>/leave`` and ``/status``, for a kind with a way in of its own."""

    @blp.endpoint("POST", "/<line_id>/leave", guard, answers={200: StatusView})
    def leave(caller: Caller, line_id: str) -> Response:
        """Give your place back, or your admission."""
        return show_entry(lines.leave(runtime(), caller, kind, line_id))

    @blp.endpoint("GET", "/<line_id>/status", guard, answers={200: StatusView})
    def status(caller: Caller, line_id: str) -> Response:
        """Tell where you stand, and your admission if you have one."""
        return show_entry(lines.status(runtime(), caller, kind, line_id))


def fingerprint(sent: str | None) -> str | None:
    """Return the device's fingerprint, if one was sent; raise where it is not one."""
    if sent is not None and not FINGERPRINT.match(sent):
        said = "A fingerprint is 'fp_' and 8 to 128 visible characters in all."
        raise ValidationFailed(details=[Detail("X-Fingerprint", said)])
    return sent


def show_entry(shown: Shown) -> Response:
    """Answer with a status object, and with the figures of the limit that counted."""
    if shown.taken is not None:
        limits.tell(shown.taken)
    return json_answer(shown.body, 201 if shown.created else 200)
