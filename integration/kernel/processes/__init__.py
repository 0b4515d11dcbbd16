"""Running other programs: in order, under one log, restarted, and gone when we are gone.

``run`` is what ``fanfare up`` does. Whatever starts workers of its own (a web server's
master, a job worker) calls ``die_with_parent`` in them.
"""

from integration.kernel.processes.children import Children
from integration.kernel.processes.parent import die_with_parent
from integration.kernel.processes.ports import check_port
from integration.kernel.processes.service import CannotStart, Service, Step
from integration.kernel.processes.supervisor import run

__all__ = [
    "CannotStart",
    "Children",
    "Service",
    "Step",
    "check_port",
    "die_with_parent",
    "run",
]
