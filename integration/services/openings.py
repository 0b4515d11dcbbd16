"""Experiences that open and close by their times (contract.md, section 6)."""

from integration.kernel.tenant import owner_of
from integration.runtime import Runtime
from integration.store import experiences, openings, outbox

MOST = 100


def tell_due(rt: Runtime) -> int:
    """Tell of what has opened and closed since the last time; return how many.

    Any number of clocks may do it: each experience is told of once.
    """
    with rt.transaction() as tx:
        wake = []
        found = [
            *((row, "opened") for row in openings.opened(tx.session, MOST)),
            *((row, "closed") for row in openings.closed(tx.session, MOST)),
        ]
        for row, what in found:
            wake += experiences.tell(tx.session, owner_of(row), row, what)
        outbox.wake(tx, rt.jobs, wake)
    return len(found)
