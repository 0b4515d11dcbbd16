"""Counts who was told no, and by which code: for operators, and for merchants of entries."""

from flask import Flask, Response, request

from integration.engine.insight import REFUSALS, Measure
from integration.kernel.tenant import Caller
from integration.store.insight import asked
from integration.store.insight.asked import Asked
from integration.web.guard import runtime

CODE = "fanfare.code"
"""Set in the environ to the code that the answer says no with."""
CALLER = "fanfare.caller"
"""Set in the environ to whoever the guard has recognized."""

ENTERING = frozenset(
    {
        "queues.enter",
        "draws.enter",
        "auctions.bid",
        "timed_releases.enter",
        "appointments.book",
    }
)


def register(app: Flask) -> None:
    """Count every refusal of this app."""
    app.after_request(_count)


def _count(response: Response) -> Response:
    code = request.environ.get(CODE)
    if code is not None:
        runtime().tally.add((f"count:refusals:code={code}", 1))
        if code in REFUSALS and request.endpoint in ENTERING:
            _count_entry(code)
    return response


def _count_entry(code: str) -> None:
    """Count a refused entry, unless the line is somebody else's."""
    rt, caller = runtime(), request.environ.get(CALLER)
    [line_id] = (request.view_args or {}).values()
    line = rt.distributions.get(line_id)
    # Without a caller the hot door has been tried: its use case knows whose the line is.
    if line is not None and (not isinstance(caller, Caller) or caller.tenant == line.tenant):
        told = Asked(line.tenant, line.id, Measure.REFUSED, code)
        asked.tell(rt.asked, told, rt.clock.now())
