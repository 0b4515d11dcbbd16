"""Counts who was told no, and by which code: for operators, and for merchants of entries."""

from flask import Flask, Response, request

from integration.engine.insight import REFUSALS, Measure
from integration.kernel.tenant import Caller
from integration.runtime import Runtime
from integration.store.insight import asked
from integration.store.insight.asked import Asked
from integration.web.guard import runtime

CODE = "fanfare.code"
"""Set in the environ to the code that the answer says no with."""
CALLER = "fanfare.caller"
"""Set in the environ to whoever the guard has recognized."""

GUEST = "auth.guest"
"""Where a rush begins: whoever is refused here has not come to a line yet."""
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
        rt = runtime()
        rt.tally.add((f"count:refusals:code={code}", 1))
        refused = _refused(rt, code) if code in REFUSALS else None
        if refused is not None:
            asked.tell(rt.asked, refused, rt.clock.now())
    return response


def _refused(rt: Runtime, code: str) -> Asked | None:
    """Return what was refused, for its merchant to know; None for what is nobody's, or another's.

    Whoever is refused by a limit must not cost a look into the database.
    """
    caller = request.environ.get(CALLER)
    if request.endpoint == GUEST and isinstance(caller, Caller):
        return Asked(caller.tenant, caller.tenant.organization_id, Measure.REFUSED, code)
    if request.endpoint not in ENTERING:
        return None
    [line_id] = (request.view_args or {}).values()
    line = rt.distributions.at_hand(line_id)
    # Without a caller the hot door has been tried: its use case knows whose the line is.
    if line is None or (isinstance(caller, Caller) and caller.tenant != line.tenant):
        return None
    return Asked(line.tenant, line.id, Measure.REFUSED, code)
